"""Fit the points of the linker on gold's train set, and say how well links agree with gold.

    fit_links.py SHARED [--write N/M=MODELS ...]

SHARED is the folder that holds ``gold/train`` and ``gold/dev``. Points are the coefficients of a ridge logistic
regression (Newton's method, no randomness but the fixed split of the cross-validation). They are fitted on gold's acts
and, weighing more, on the acts that the finder finds in the same texts, each fold by models that never saw it: in use,
sides, dates and issues are the finder's, with its faults. ``--write`` takes the folders that `scripts/train SHARED
--leave N/M --out DIR` made, one or more, each as N/M=DIR, and replaces ``src/rejoinder/link/data/{same,answers}.yaml``;
where some parts have no models, the others weigh the more. Without it the figures of the files in place are printed.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import link_gold
import numpy as np
from link_gold import GoldDocument
from training.parts import Part, part

from rejoinder.link import within
from rejoinder.link.answers import features as answer_features
from rejoinder.link.answers import pairs
from rejoinder.link.lexicon import Weights
from rejoinder.link.profile import Profile, profile, sentence_ends
from rejoinder.link.same import earlier_mentions
from rejoinder.link.same import features as same_features

DATA = Path(__file__).resolve().parent.parent / "src" / "rejoinder" / "link" / "data"
RIDGE = 2.0
RARE = 12
"""A feature seen fewer times than this in training gets no points."""
SLIGHT = 0.1
"""Points below this are left out: they decide nothing and only lengthen the table."""
FOLDS, SEED = 5, 20260901

FOUND_WEIGH = 1.5
"""How much a pair of acts that the finder found weighs, beside one of gold's."""

Row = tuple[Mapping[str, float], bool]


@dataclass(frozen=True, slots=True)
class Task:
    """What ``name``.yaml decides, and its limits (chosen by cross-validation on train)."""

    name: str
    says: str
    threshold: float
    margin: float


TASKS = (
    Task("same", "whether a mention restates an earlier one of its document", 0.4, 0.0),
    Task("answers", "whether an act answers another of its document", 0.2, 0.03),
)


def profiles(gold: GoldDocument) -> list[Profile]:
    """The profiles of gold's mentions, with gold's ``same_as``, in text order."""
    text = gold.document.text
    ends = sentence_ends(text)
    return sorted((profile(act, ends, text) for act in link_gold.told(gold)), key=lambda one: one.key)


def rows(task: str, documents: Iterable[GoldDocument]) -> list[Row]:
    """The pairs of ``documents`` that ``task`` judges: their features, and whether gold agrees."""
    found: list[Row] = []
    for gold in documents:
        acts = profiles(gold)
        if task == "answers":
            found += [
                (answer_features(pair), (pair.answer_first, pair.offer_first) in gold.links) for pair in pairs(acts)
            ]
            continue
        for i, later in enumerate(acts):
            for rank, earlier in enumerate(earlier_mentions(acts, i)):
                together = gold.first[later.act.id] == gold.first[earlier.act.id]
                found.append((same_features(later, earlier, rank), together))
    return found


def fit(gold: Sequence[Row], found: Sequence[Row] = (), weigh_found: float = FOUND_WEIGH) -> dict[str, float]:
    """Points of the features of both samples: ridge logistic regression, rounded to hundredths."""
    sample = [*gold, *found]
    weigh = np.array([1.0] * len(gold) + [weigh_found] * len(found))
    seen = Counter(name for features, _ in sample for name in features)
    names = sorted(name for name, count in seen.items() if count >= RARE)
    column = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(sample), len(names)))
    y = np.array([float(right) for _, right in sample])
    for i, (features, _) in enumerate(sample):
        for name, value in features.items():
            if name in column:
                x[i, column[name]] = value
    points = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ points))
        slope = x.T @ ((p - y) * weigh) + RIDGE * points
        curve = (x * (weigh * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        points -= step
        if abs(step).max() < 1e-8:
            break
    return {name: round(float(value), 2) for name, value in zip(names, points, strict=True) if abs(value) >= SLIGHT}


def write(task: Task, points: Mapping[str, float], folder: Path) -> None:
    """Write ``task``'s points to ``folder``, the strongest first among those for and those against."""
    ordered = sorted(points.items(), key=lambda item: (-item[1], item[0]))
    lines = [
        f"# Points that say {task.says}.",
        "# Made by scripts/fit_links.py; do not edit by hand. The sum of a pair's points is a logit: 0 means one half.",
        f"threshold: {task.threshold}",
        f"margin: {task.margin}",
        "points:",
        *(f"  {name if ':' not in name and ',' not in name else repr(name)}: {value}" for name, value in ordered),
    ]
    (folder / f"{task.name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def figures(documents: Sequence[GoldDocument]) -> dict[str, float]:
    """Agreement with gold of the linker as it stands."""
    found = ((gold, *within(gold.document, gold.acts)[:2]) for gold in documents)
    return link_gold.score(found)


def crossed(documents: Sequence[GoldDocument]) -> dict[str, float]:
    """Five-fold figures on ``documents``: each fold linked with points fitted on the other four."""
    shuffled = list(documents)
    random.Random(SEED).shuffle(shuffled)
    results = []
    for fold in range(FOLDS):
        rest = [gold for i, gold in enumerate(shuffled) if i % FOLDS != fold]
        tables = {task.name: Weights(fit(rows(task.name, rest)), task.threshold, task.margin) for task in TASKS}
        results += [(gold, *within(gold.document, gold.acts, tables)[:2]) for gold in shuffled[fold::FOLDS]]
    return link_gold.score(results)


def main() -> None:
    """Read the arguments, fit if asked, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument(
        "--write", nargs="+", type=_models, metavar="N/M=MODELS", help="fit on train and replace the points"
    )
    arguments = parser.parse_args()
    train, dev = (link_gold.load(arguments.shared / "gold" / name) for name in ("train", "dev"))
    if arguments.write:
        models = dict(arguments.write)
        if len({part.parts for part in models}) != 1:
            parser.error("--write: the same M in each N/M=DIR, please")
        found = link_gold.found(train, models)
        weigh_found = FOUND_WEIGH * max(part.parts for part in models) / len(models)
        for task in TASKS:
            write(task, fit(rows(task.name, train), rows(task.name, found), weigh_found), DATA)
    _print("train, five-fold", crossed(train))
    _print("train, the points in place", figures(train))
    _print("dev", figures(dev))


def _models(told: str) -> tuple[Part, Path]:
    """The part that models never saw, and their folder."""
    name, _, folder = told.partition("=")
    if not Path(folder, "net.npz").is_file():
        raise argparse.ArgumentTypeError(f"{told!r}: no models in {folder!r}; scripts/train --leave {name} makes them")
    return part(name), Path(folder)


def _print(title: str, found: Mapping[str, float]) -> None:
    print(title)
    for name, value in found.items():
        print(f"  {name:34} {value:.3f}")


if __name__ == "__main__":
    main()
