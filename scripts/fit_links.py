"""Fit the points of the linker on coded texts, and say how well links agree with gold.

    fit_links.py SHARED [--write N/M=MODELS ...]

SHARED is the folder that holds ``gold/train``, ``gold/dev`` and ``data``. Points are the coefficients of a conditional
logit: which of these acts, if any, does this one answer, or restate (``choice_model``)? Inside documents they are
fitted on the acts of ``gold/train`` and, weighing more, on those that the finder finds there and in the texts of
``training/``, each part of them by models that never saw it: in use, sides, dates and issues are the finder's, with
its faults. Between documents they are fitted on what readers wrote of stretches of the timeline
(``training/codes/links.jsonl``), again on acts that are found. ``--write`` takes the folders that `scripts/train
SHARED --leave-everywhere N/M --out DIR` made, one for each of M parts, each as N/M=DIR, and replaces the points in
``src/rejoinder/link/data``. Without it the figures of the points in place are printed.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import link_gold
import link_rows
from choice_model import Decision, fit
from link_codes import Relations, read_stretches, relations
from link_gold import GoldDocument
from training.gold import read_texts, read_training
from training.parts import Part, part

from rejoinder.link import OPENING, Card, Setting, within
from rejoinder.records import Document

TRAINING = Path(__file__).resolve().parent.parent / "training"
DATA = Path(__file__).resolve().parent.parent / "src" / "rejoinder" / "link" / "data"

FOUND_WEIGH = 1.5
"""How much a decision about an act that the finder found weighs, beside one about gold's."""


@dataclass(frozen=True, slots=True)
class Task:
    """What ``name``.yaml decides, and its limits, chosen by cross-validation.

    ``restraint``, ``rare``, ``slight``: see ``choice_model.fit``; samples between documents are small.
    """

    name: str
    says: str
    threshold: float
    margin: float
    restraint: float = 4.0
    rare: int = 15
    slight: float = 0.03


SAME = Task("same", "which earlier mention of its document a mention restates", 0.4, 0.0)
ANSWERS = Task("answers", "which act of its document an act answers", 0.3, 0.03)
REPORTS = Task("reports", "which act of an earlier document an act tells of again", 0.4, 0.05, 1.0, 8)
REPLIES = Task("replies", "which act of another document an act answers", 0.4, 0.05, 1.0, 8)


def samples(shared: Path, models: Mapping[Part, Path]) -> dict[Task, list[Decision]]:
    """What each task is fitted on."""
    gold = link_gold.load(shared / "gold" / "train")
    own = [link_gold.from_coding(one) for one in read_training(TRAINING, shared)]
    found = link_gold.found([*gold, *own], models)
    several = [one for one in found if len(one.acts) > 1]
    between = list(stretches(shared, models))
    return {
        SAME: [
            *(choice for one in gold for choice in link_rows.repeated(one)),
            *(choice for one in several for choice in link_rows.repeated(one, FOUND_WEIGH)),
        ],
        ANSWERS: [
            *(choice for one in gold for choice in link_rows.answered(one)),
            *(choice for one in several for choice in link_rows.answered(one, FOUND_WEIGH, found=True)),
        ],
        REPORTS: [choice for cards, told in between for choice in link_rows.retold(cards, told)],
        REPLIES: [choice for cards, told in between for choice in link_rows.replied(cards, told)],
    }


def stretches(shared: Path, models: Mapping[Part, Path]) -> Iterator[tuple[Mapping[str, Card], Relations]]:
    """The cards of each stretch of the timeline that was read, and the reader's word on them."""
    read = list(read_stretches(TRAINING / "codes" / "links.jsonl"))
    texts = read_texts(TRAINING, shared, frozenset(name for one in read for name in one.docs))
    bare = [GoldDocument(text, (), {}, {}) for text in texts.values()]
    acts = {one.document.id: within(one.document, one.acts)[:2] for one in link_gold.found(bare, models)}
    for one in read:
        documents = {name: texts[name] for name in one.docs}
        told = [act for text in documents.values() for act in acts[text.id][0]]
        settings = {text.id: _setting(text, [link.answer for link in acts[text.id][1]]) for text in documents.values()}
        yield link_rows.cards_of(told, settings), relations(one, documents, told)


def _setting(text: Document, settled: Sequence[str]) -> Setting:
    return Setting(text.published, text.text[:OPENING], frozenset(settled))


def write(task: Task, points: Mapping[str, float], folder: Path) -> None:
    """Write ``task``'s points to ``folder``, the strongest first among those for and those against."""
    ordered = sorted(points.items(), key=lambda item: (-item[1], item[0]))
    lines = [
        f"# Points that say {task.says}.",
        "# Made by scripts/fit_links.py; do not edit by hand. Points are log odds, of each candidate against none.",
        f"threshold: {task.threshold}",
        f"margin: {task.margin}",
        "points:",
        *(f"  {_key(name)}: {value}" for name, value in ordered),
    ]
    (folder / f"{task.name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _key(name: str) -> str:
    return name if name.replace(" ", "").isalnum() else "'" + name.replace("'", "''") + "'"


def figures(documents: Sequence[GoldDocument]) -> dict[str, float]:
    """Agreement with gold of the linker as it stands."""
    found = ((gold, *within(gold.document, gold.acts)[:2]) for gold in documents)
    return link_gold.score(found)


def main() -> None:
    """Read the arguments, fit if asked, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument(
        "--write", nargs="+", type=_models, metavar="N/M=MODELS", help="fit on train and replace the points"
    )
    arguments = parser.parse_args()
    if arguments.write:
        for task, decisions in samples(arguments.shared, dict(arguments.write)).items():
            points = fit(decisions, restraint=task.restraint, rare=task.rare, slight=task.slight)
            print(f"{task.name}: {len(decisions)} decisions, {len(points)} features")
            write(task, points, DATA)
    for name in ("train", "dev"):
        _print(name, figures(link_gold.load(arguments.shared / "gold" / name)))


def _models(told: str) -> tuple[Part, Path]:
    """The part that models never saw, and their folder."""
    name, _, folder = told.partition("=")
    if not Path(folder, "net.npz").is_file():
        raise argparse.ArgumentTypeError(
            f"{told!r}: no models in {folder!r}; scripts/train SHARED --leave-everywhere {name} makes them"
        )
    return part(name), Path(folder)


def _print(title: str, found: Mapping[str, float]) -> None:
    print(f"{title}, gold's own acts")
    for name, value in found.items():
        print(f"  {name:34} {value:.3f}")


if __name__ == "__main__":
    main()
