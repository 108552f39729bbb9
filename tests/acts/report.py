"""Prints what goes wrong in the cases, for one who works on cues or models, or brings the marks up to date.

python -m tests.acts.report [WORD ...]     each case that fails, of those in whose place or text a WORD stands
python -m tests.acts.report --mark         writes ``fails: ...`` into the files, and takes it out where a case passes
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rejoinder.pipeline import load_pipeline
from tests.acts.cases import FOLDER, Case, read_cases, unmet

_MARK = re.compile(r"^  fails: .*\n", re.MULTILINE)


def main(words: Sequence[str]) -> None:
    """Print or mark."""
    pipeline = load_pipeline()
    faults = {case: unmet(case, pipeline.code(case.document).acts) for case in read_cases()}
    if words == ["--mark"]:
        mark({case.place: found for case, found in faults.items()})
    else:
        sys.stdout.writelines(_told({case: found for case, found in faults.items() if _asked(case, words)}))


def _asked(case: Case, words: Sequence[str]) -> bool:
    return not words or any(word in f"{case.place} {case.text}" for word in words)


def _told(faults: Mapping[Case, Sequence[str]]) -> Iterable[str]:
    tally: Counter[str] = Counter()
    for case, found in faults.items():
        tally["wrong" if found else "right"] += 1
        tally["marked otherwise"] += bool(found) != bool(case.fails)
        if found or case.fails:
            yield f"{case.place}: {case.text}{'' if case.fails else '  <- NOT MARKED'}\n"
            yield from (f"    {fault}\n" for fault in found or ["passes now: take out the mark"])
    yield ", ".join(f"{count} {name}" for name, count in sorted(tally.items())) + "\n"


def mark(faults: Mapping[str, Sequence[str]]) -> None:
    """Write the faults (by a case's place) into the files as ``fails``, and take out the marks of what passes."""
    for path in sorted(FOLDER.glob("*.yaml")):
        head, *blocks = re.split(r"^(?=- )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        marked = [_remark(block, faults[f"{path.stem} {number}"]) for number, block in enumerate(blocks, 1)]
        path.write_text(head + "".join(marked), encoding="utf-8")


def _remark(block: str, faults: Sequence[str]) -> str:
    plain = _MARK.sub("", block)
    if not faults:
        return plain
    first, rest = plain.split("\n", 1)
    return f"{first}\n  fails: {json.dumps('; '.join(faults), ensure_ascii=False)}\n{rest}"


if __name__ == "__main__":
    main(sys.argv[1:])
