"""How fast, how large: words a second by kind of input, by stage, by number of processes; memory; start-up.

    scripts/bench [FOLDER] [--documents N] [--flat N] [--json]

FOLDER holds the texts, ``data/wikipedia_current_events/*.jsonl`` and ``data/white_house/*.jsonl`` below it; without it
the environment variable REJOINDER_SHARED, or the folder ``shared`` beside the repository, is taken. The mixed feed is
three words of invented articles off the topic (``training/offtopic.jsonl``) to one of these. ``--flat N`` codes N short
documents more into one book, and tells how memory grows.
"""

import argparse
import datetime as dt
import gc
import io
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from rejoinder.draft import Draft
from rejoinder.records import Document

if TYPE_CHECKING:
    from rejoinder.pipeline import Pipeline, Stage

ROOT = Path(__file__).resolve().parent.parent
ONE_CORE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
ITEMS, STATEMENTS = "wikipedia_current_events/korea_timeline.jsonl", "white_house/korea_related.jsonl"
OFF_TOPIC = ROOT / "training" / "offtopic.jsonl"
MARKS = 5
"""Times at which memory is looked at."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Words a second of one kind of input, on one core unless its name says otherwise."""

    input: str
    documents: int
    words: int
    words_per_second: int


@dataclass(frozen=True, slots=True)
class Stages:
    """Words a second of each stage, by kind of text."""

    texts: str
    words_per_second: dict[str, int]


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything measured. Memory in MB (10**6 bytes), times in seconds.

    ``two_jobs`` is the speed of two processes over that of one, once both work; ``again`` how many times faster the
    same documents are put in once more; ``arithmetic`` the share of the parsing time in products of matrices.
    """

    python: str
    machine: str
    rates: tuple[Rate, ...]
    stages: tuple[Stages, ...]
    two_jobs: float
    again: float
    arithmetic: float
    load_seconds: float
    worker_memory_mb: int
    import_seconds: float
    version_seconds: float
    help_seconds: float
    flat: tuple[tuple[int, int], ...]


def main() -> int:
    """Measure and print."""
    os.environ.update(dict.fromkeys(ONE_CORE, "1"))  # read when numpy is loaded, which is with the pipeline
    gc.set_threshold(100_000)  # as the command line does
    parser = argparse.ArgumentParser(description="Measure speed, memory and start-up.")
    parser.add_argument("folder", nargs="?", type=Path, help="the folder that holds data/")
    parser.add_argument("--documents", type=int, default=150, help="documents of each source, evenly spread")
    parser.add_argument("--flat", type=int, default=0, metavar="N", help="code N short documents and watch the memory")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    folder = options.folder or Path(os.environ.get("REJOINDER_SHARED", ROOT.parent / "shared"))
    missing = [source for source in (ITEMS, STATEMENTS) if not (folder / "data" / source).is_file()]
    if missing:
        print(f"bench: {folder} lacks data/{missing[0]}; name the folder that holds data/", file=sys.stderr)
        return 2
    measured = measure(folder / "data", options.documents, options.flat)
    if options.json:
        print(json.dumps(asdict(measured), indent=2))
    else:
        show(measured)
    return 0


def measure(data: Path, count: int, flat: int) -> Bench:
    """Measure everything, one after the other."""
    items, statements = texts(data / ITEMS, count), texts(data / STATEMENTS, count)
    began = time.perf_counter()
    from rejoinder.pipeline import load_pipeline  # noqa: PLC0415 (its loading is timed)

    pipeline = load_pipeline()
    load_seconds = time.perf_counter() - began
    for warm in items[:3]:  # word lists that load on first use
        pipeline.code(warm)
    stages = (by_stage(pipeline.stages, "items", items), by_stage(pipeline.stages, "statements", statements))
    kept = in_book(statements)
    return Bench(
        python=platform.python_version(),
        machine=f"{platform.system()} {platform.machine()}",
        rates=tuple(rates(items, statements)),
        stages=stages,
        two_jobs=kept.two_jobs,
        again=kept.again,
        worker_memory_mb=kept.worker_memory_mb,
        arithmetic=arithmetic(statements),
        load_seconds=round(load_seconds, 2),
        import_seconds=_process("-c", "import rejoinder"),
        version_seconds=_process("-m", "rejoinder", "--version"),
        help_seconds=_process("-m", "rejoinder", "code", "--help"),
        flat=tuple(watched(flat)) if flat else (),
    )


def texts(path: Path, count: int) -> list[Document]:
    """``count`` texts of a JSONL file with their days, evenly spread over it."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    step = max(1, len(rows) // count)
    return [
        Document(row["text"], f"{path.stem}-{n}", published=_day(row)) for n, row in enumerate(rows[::step][:count])
    ]


def _day(row: dict[str, object]) -> dt.date | None:
    value = row.get("published") or row.get("date")
    return dt.date.fromisoformat(str(value)[:10]) if value else None


def words(documents: Sequence[Document]) -> int:
    """How many words there are."""
    return sum(len(one.text.split()) for one in documents)


def by_stage(stages: "Sequence[Stage]", name: str, documents: Sequence[Document]) -> Stages:
    """Words a second of each stage, one document after the other."""
    spent = dict.fromkeys((stage.name for stage in stages), 0.0)
    for document in documents:
        draft = Draft(document)
        for stage in stages:
            began = time.perf_counter()
            draft = stage.run(draft)
            spent[stage.name] += time.perf_counter() - began
    total = words(documents)
    return Stages(name, {stage: round(total / max(took, 1e-9)) for stage, took in spent.items()})


def rates(items: Sequence[Document], statements: Sequence[Document]) -> Iterator[Rate]:
    """Words a second by kind of input, in the chunks in which a book codes them."""
    yield _rate("timeline items, a sentence or two each", items, fresh())
    yield _rate("statements", statements, fresh())
    yield _rate("both: plain text", [*items, *statements], fresh())
    yield _rate("web pages of these statements", statements, fresh(), _page)
    yield _rate("a mixed feed, three quarters off the topic", mixed(statements), fresh())


def fresh() -> "Pipeline":
    """A pipeline that remembers no paragraph."""
    from rejoinder.pipeline import load_pipeline  # noqa: PLC0415

    return load_pipeline()


def _rate(
    name: str,
    documents: Sequence[Document],
    pipeline: "Pipeline",
    made: Callable[[Document], Document] | None = None,
) -> Rate:
    began = time.perf_counter()
    rest = iter(documents)
    while some := list(islice(rest, 16)):
        read = [made(one) for one in some] if made else some
        pipeline.ahead(read)
        for one in read:
            pipeline.code(one)
    took = time.perf_counter() - began
    return Rate(name, len(documents), words(documents), round(words(documents) / took))


def _page(document: Document) -> Document:
    """The document as it is read out of a web page with what surrounds an article."""
    from rejoinder.read import Source, dispatcher  # noqa: PLC0415

    page = as_page(document).encode()
    source = Source("page.html", "page.html", lambda: io.BytesIO(page))
    found = [one for one in dispatcher().read(source, named=True) if isinstance(one, Document)]
    return found[0] if found else document


def as_page(document: Document) -> str:
    """A web page around the document's text."""
    told = "".join(f"<p>{escape(line)}</p>" for line in document.text.split("\n") if line.strip())
    links = "".join(f'<li><a href="/news/{n}">Read more about story number {n}</a></li>' for n in range(60))
    day = document.published.isoformat() if document.published else ""
    return (
        f'<!doctype html><html lang="en"><head><title>{document.name}</title>'
        f'<meta property="article:published_time" content="{day}"></head><body><nav><ul>{links}</ul></nav>'
        f"<main><article><h1>{document.name}</h1>{told}</article></main><aside><ul>{links}</ul></aside>"
        "<footer><p>All rights reserved.</p></footer></body></html>"
    )


def mixed(documents: Sequence[Document]) -> list[Document]:
    """Three words of articles off the topic to one of ``documents``."""
    with OFF_TOPIC.open(encoding="utf-8") as lines:
        off = [Document(row["text"], row["id"]) for row in map(json.loads, lines)]
    found: list[Document] = []
    size = 0
    for document in documents:
        if size * 3 >= words(off):
            break
        found.append(document)
        size += words([document])
    return [*off, *found]


def arithmetic(documents: Sequence[Document]) -> float:
    """The share of the parser's time that the products of matrices in its layers need by themselves."""
    import numpy as np  # noqa: PLC0415

    count = words(documents)
    shapes = ((288, 288),) * 4 + ((96, 50), (96, 64), (64, 1024))  # the layers of the default parser
    rows = np.ones((2_500, 1024), dtype=np.float32)
    began = time.perf_counter()
    for inputs, outputs in shapes:
        weights = np.ones((inputs, outputs), dtype=np.float32)
        for _ in range(round(count * 1.2 / len(rows))):  # with its punctuation a word is 1.2 tokens
            rows[:, :inputs] @ weights
    product = time.perf_counter() - began
    stages = fresh().stages
    parse = next(stage for stage in stages if stage.name == "parse")
    drafts = [stages[0].run(Draft(one)) for one in documents]
    began = time.perf_counter()
    for draft in drafts:
        parse.run(draft)
    return round(product / (time.perf_counter() - began), 2)


@dataclass(frozen=True, slots=True)
class Kept:
    """Speed of two processes over one, of putting in again over the first time, and a worker's memory."""

    two_jobs: float
    again: float
    worker_memory_mb: int


def in_book(documents: Sequence[Document]) -> Kept:
    """Code ``documents`` into books."""
    import rejoinder  # noqa: PLC0415

    rate: dict[int, float] = {}
    first = again = 0.0
    for jobs in (1, 2):
        with tempfile.TemporaryDirectory() as folder, rejoinder.open(Path(folder) / "bench.db") as book:
            marks: list[tuple[float, int]] = []
            began = time.perf_counter()
            book.code_documents(
                documents,
                lambda done, marks=marks: marks.append((time.perf_counter(), len(done.document.text.split()))),  # type: ignore[misc]
                jobs=jobs,
            )
            took = time.perf_counter() - began
            rate[jobs] = sum(size for _, size in marks[1:]) / (marks[-1][0] - marks[0][0])
            if jobs == 1:
                first, began = took, time.perf_counter()
                book.code_documents(documents)
                again = time.perf_counter() - began
    memory = _megabytes(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return Kept(round(rate[2] / rate[1], 2), round(first / again, 1), memory)


def watched(count: int) -> Iterator[tuple[int, int]]:
    """Peak memory while ``count`` documents, each different, are coded into one book."""
    import rejoinder  # noqa: PLC0415

    with OFF_TOPIC.open(encoding="utf-8") as lines:
        told = [json.loads(line)["text"] for line in lines]

    def different() -> Iterator[Document]:
        for number, text in enumerate(islice(cycle(told), count)):
            yield Document(
                f"{text}\n\nNorth Korea rejected offer number {number} of talks on Monday, officials in Seoul said.",
                f"flat-{number}",
                published=dt.date(2016, 1, 1) + dt.timedelta(number % 3000),
            )

    marks: list[tuple[int, int]] = []

    def look(done: rejoinder.book.results.Progress) -> None:
        if done.done % max(1, count // MARKS) == 0:
            marks.append((done.done, _megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)))

    with tempfile.TemporaryDirectory() as folder, rejoinder.open(Path(folder) / "bench.db") as book:
        book.code_documents(different(), look)
    yield from marks
    yield count, _megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _megabytes(peak: int) -> int:
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
    print(f"Python {measured.python}, {measured.machine}.\n")
    print("| input | documents | words | words a second |\n|---|--:|--:|--:|")
    for rate in measured.rates:
        print(f"| {rate.input} | {rate.documents:,} | {rate.words:,} | {rate.words_per_second:,} |")
    print("\n| stage | " + " | ".join(one.texts for one in measured.stages) + " |")
    print("|---|" + "--:|" * len(measured.stages))
    for stage in measured.stages[0].words_per_second:
        print(f"| {stage} | " + " | ".join(f"{one.words_per_second[stage]:,}" for one in measured.stages) + " |")
    print(
        f"\nTwo processes are {measured.two_jobs} times as fast as one; the same documents once more {measured.again} "
        f"times as fast as the first time. A worker needs {measured.worker_memory_mb} MB. Products of matrices by "
        f"themselves are {measured.arithmetic:.0%} of the parser's time."
    )
    print(
        f"\nLoading takes {measured.load_seconds} s, `import rejoinder` {measured.import_seconds} s, "
        f"`rejoinder --version` {measured.version_seconds} s, `rejoinder code --help` {measured.help_seconds} s "
        "(medians of five, Python's own start included)."
    )
    for count, memory in measured.flat:
        print(f"After {count:,} documents: {memory} MB at most.")


if __name__ == "__main__":
    sys.exit(main())
