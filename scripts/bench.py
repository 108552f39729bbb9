"""How fast, how large: words a second on one core, stage by stage and in all; peak memory; start-up.

    scripts/bench [FOLDER] [--documents N] [--json]

FOLDER holds the texts, ``data/wikipedia_current_events/*.jsonl`` and ``data/white_house/*.jsonl`` below it; without it
the environment variable REJOINDER_SHARED, or the folder ``shared`` beside the repository, is taken.
"""

import argparse
import datetime as dt
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rejoinder.draft import Draft
from rejoinder.records import Document

if TYPE_CHECKING:
    from rejoinder.pipeline import Stage

ROOT = Path(__file__).resolve().parent.parent
ONE_CORE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
SOURCES = ("wikipedia_current_events/korea_timeline.jsonl", "white_house/korea_related.jsonl")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that one stage took for all words of a source."""

    stage: str
    seconds: float
    words_per_second: int


@dataclass(frozen=True, slots=True)
class Result:
    """What coding one source took."""

    source: str
    documents: int
    words: int
    acts: int
    words_per_second: int
    stages: tuple[Timing, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything measured. Memory in MB (10**6 bytes), times in seconds."""

    python: str
    machine: str
    results: tuple[Result, ...]
    load_seconds: float
    peak_memory_mb: int
    import_seconds: float
    version_seconds: float
    help_seconds: float


def main() -> int:
    """Measure and print."""
    os.environ.update(dict.fromkeys(ONE_CORE, "1"))  # read when numpy is loaded, which is with the pipeline
    parser = argparse.ArgumentParser(description="Measure speed, memory and start-up.")
    parser.add_argument("folder", nargs="?", type=Path, help="the folder that holds data/")
    parser.add_argument("--documents", type=int, default=150, help="documents of each source, evenly spread")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    folder = options.folder or Path(os.environ.get("REJOINDER_SHARED", ROOT.parent / "shared"))
    missing = [source for source in SOURCES if not (folder / "data" / source).is_file()]
    if missing:
        print(f"bench: {folder} lacks data/{missing[0]}; name the folder that holds data/", file=sys.stderr)
        return 2
    measured = measure(folder / "data", options.documents)
    if options.json:
        print(json.dumps(asdict(measured), indent=2))
    else:
        show(measured)
    return 0


def measure(data: Path, documents: int) -> Bench:
    """Code ``documents`` documents of each source, one stage after the other, and time each."""
    began = time.perf_counter()
    from rejoinder.pipeline import load_pipeline  # noqa: PLC0415 (its loading is timed)

    pipeline = load_pipeline()
    load_seconds = time.perf_counter() - began
    run(pipeline.stages, texts(data / SOURCES[0], 3))  # word lists that load on first use
    results = []
    for source in SOURCES:
        chosen = texts(data / source, documents)
        timings, acts = run(pipeline.stages, chosen)
        results.append(_result(source, chosen, timings, acts))
    return Bench(
        python=platform.python_version(),
        machine=f"{platform.system()} {platform.machine()}",
        results=tuple(results),
        load_seconds=round(load_seconds, 2),
        peak_memory_mb=_peak_memory(),
        import_seconds=_process("-c", "import rejoinder"),
        version_seconds=_process("-m", "rejoinder", "--version"),
        help_seconds=_process("-m", "rejoinder", "code", "--help"),
    )


def texts(path: Path, count: int) -> "list[tuple[str, dt.date | None]]":
    """``count`` texts of a JSONL file with their days, evenly spread over it."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    step = max(1, len(rows) // count)
    return [(row["text"], _day(row)) for row in rows[::step][:count]]


def _day(row: dict[str, object]) -> dt.date | None:
    value = row.get("published") or row.get("date")
    return dt.date.fromisoformat(str(value)[:10]) if value else None


def run(stages: "Sequence[Stage]", chosen: "Sequence[tuple[str, dt.date | None]]") -> tuple[dict[str, float], int]:
    """Seconds by stage for all of ``chosen``, and the acts found."""
    spent = dict.fromkeys((stage.name for stage in stages), 0.0)
    acts = 0
    for text, day in chosen:
        draft = Draft(Document(text, published=day))
        for stage in stages:
            began = time.perf_counter()
            draft = stage.run(draft)
            spent[stage.name] += time.perf_counter() - began
        acts += len(draft.acts)
    return spent, acts


def _result(source: str, chosen: "Sequence[tuple[str, dt.date | None]]", spent: dict[str, float], acts: int) -> Result:
    words = sum(len(text.split()) for text, _ in chosen)
    return Result(
        source=source,
        documents=len(chosen),
        words=words,
        acts=acts,
        words_per_second=round(words / sum(spent.values())),
        stages=tuple(Timing(name, round(took, 3), round(words / max(took, 1e-9))) for name, took in spent.items()),
    )


def _peak_memory() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6)


def _process(*arguments: str, times: int = 5) -> float:
    """The median seconds that a fresh Python takes for ``arguments``."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        took.append(time.perf_counter() - began)
    return round(sorted(took)[times // 2], 2)


def show(measured: Bench) -> None:
    """Print as Markdown, ready for docs/performance.md."""
    print(f"Python {measured.python}, {measured.machine}, one core.\n")
    print("| source | documents | words | acts | words a second |\n|---|--:|--:|--:|--:|")
    for result in measured.results:
        print(
            f"| {result.source} | {result.documents:,} | {result.words:,} | {result.acts:,} "
            f"| {result.words_per_second:,} |"
        )
    print("\n| stage | " + " | ".join(result.source.split("/")[0] for result in measured.results) + " |")
    print("|---|" + "--:|" * len(measured.results))
    for rows in zip(*(result.stages for result in measured.results), strict=True):
        print(f"| {rows[0].stage} | " + " | ".join(f"{row.words_per_second:,}" for row in rows) + " |")
    print(
        f"\nLoading the parser and the word lists takes {measured.load_seconds} s; "
        f"peak memory {measured.peak_memory_mb} MB."
    )
    print(
        f"`import rejoinder` takes {measured.import_seconds} s, `rejoinder --version` {measured.version_seconds} s, "
        f"`rejoinder code --help` {measured.help_seconds} s (medians of five, Python's own start included)."
    )


if __name__ == "__main__":
    sys.exit(main())
