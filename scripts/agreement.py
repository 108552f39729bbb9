"""How far two readers of the same texts agree: the second reader of ``training/`` scored against the first.

agreement.py SHARED
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

from training.gold import read_codes

from rejoinder.measure import score
from rejoinder.measure.coded import CodedAct, coded_act
from rejoinder.measure.score import format_scores

TRAINING = Path(__file__).resolve().parent.parent / "training"


def read(name: str, shared: Path) -> Mapping[str, list[CodedAct]]:
    """The acts of a file of codes, by document. Clauses were not coded: a trigger stands for its clause."""
    found = {}
    for coding in read_codes(TRAINING / "codes" / name, TRAINING, shared):
        found[coding.document.name or ""] = [
            coded_act({**act, "start": act["trigger_start"], "end": act["trigger_end"], "quote": act["trigger"]})
            for act in coding.acts
        ]
    return found


def main() -> None:
    """Print the agreement."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    second = read("second_reader.jsonl", shared)
    first = {name: acts for name, acts in read("wikipedia_current_events.jsonl", shared).items() if name in second}
    print(f"{len(second)} documents, {sum(map(len, first.values()))} and {sum(map(len, second.values()))} acts")
    print(format_scores(score(first, second)))


if __name__ == "__main__":
    main()
