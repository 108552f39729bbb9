"""Fit the linear models that the package ships: kind, actor, target, background, realis, issue.

    scripts/train GOLD_DIR [GOLD_DIR ...] [--out DIR]

Each GOLD_DIR holds docs.jsonl and gold.jsonl as docs/codebook.md describes. Every document goes through the package's
own reading stages, so that a model sees in training what it will see in use. scikit-learn is needed here, not at run
time. The solver is deterministic: the same gold gives the same models.
"""

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rejoinder.acts.arguments import argument_of
from rejoinder.acts.chooser import YES
from rejoinder.acts.clause import clause_span
from rejoinder.acts.dating import date_features, near_time
from rejoinder.acts.features import features
from rejoinder.acts.find import issue_features, scene_of
from rejoinder.acts.judge import NONE, cue_of
from rejoinder.acts.lexicon import load_lexicon
from rejoinder.acts.linear import write_model
from rejoinder.acts.matching import cues_at, entries
from rejoinder.acts.options import Seat, make_focus, side_options
from rejoinder.acts.scene import Scene
from rejoinder.draft import Argument, Draft
from rejoinder.pipeline import reading_stages
from rejoinder.records import Document

MODELS = Path(__file__).resolve().parent.parent / "src" / "rejoinder" / "acts" / "data" / "models"
Act = Mapping[str, Any]
"""An act as the codebook's JSON has it."""
STRENGTH = {"kind": 0.15, "actor": 0.5, "target": 0.5, "background": 0.1, "realis": 0.1, "issue": 0.1}
"""Inverse regularisation of each model, chosen on the development gold."""
LEAST = 2
"""A feature seen less often in training is left out."""


@dataclass(frozen=True)
class Example:
    """A word or act of the gold, with its features and the label each model is to learn."""

    model: str
    label: str
    features: Sequence[str]


def read_gold(folder: Path) -> Iterator[tuple[Document, list[Act]]]:
    """Documents of a gold folder with their acts."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        acts = {row["id"]: row["acts"] for row in map(json.loads, lines)}
    with (folder / "docs.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["id"] in acts:
                published = dt.date.fromisoformat(row["published"][:10]) if row.get("published") else None
                yield (
                    Document(row["text"], name=row["id"], title=row.get("title"), published=published),
                    acts[row["id"]],
                )


def examples(scene: Scene, acts: Sequence[Act]) -> Iterator[Example]:
    """What one document teaches: each known word is an act of some kind, or none; each act has its other fields."""
    lexicon = load_lexicon()
    focus = make_focus(scene)
    taught: set[int] = set()
    last: tuple[str | None, str | None] | None = None
    for token in scene.tokens:
        if not entries(lexicon, token):
            continue
        cues = cues_at(scene, lexicon, token.i)
        found = features(scene, lexicon, token.i, cues)
        mine = next(
            (n for n, act in enumerate(acts) if token.start < act["trigger_end"] and token.end > act["trigger_start"]),
            None,
        )
        yield Example("kind", NONE if mine is None else str(acts[mine]["kind"]), found)
        if mine is None or mine in taught:
            continue
        taught.add(mine)
        act = acts[mine]
        time = near_time(scene, token.i)
        context = [*found, *date_features(scene.draft.published, time), f"kind={act['kind']}"]
        yield Example("background", str(bool(act["background"])), context)
        yield Example("realis", str(act["realis"]), context)
        start, end = clause_span(scene, token.i, None, None)
        yield Example("issue", str(act["issue"]), issue_features(scene, token.i, start, end))
        cue = cue_of(str(act["kind"]), cues, entries(lexicon, token))
        if cue is not None:
            seat = Seat(scene, focus, token.i, cue, "actor", last=last)
            actor = yield from side_examples(seat, act.get("actor"))
            yield from side_examples(replace(seat, side="target", other=actor), act.get("target"))
            last = _state(act.get("actor")), _state(act.get("target"))


def side_examples(seat: Seat, gold: object) -> Generator[Example, None, Argument | None]:
    """One example an option: the words the gold names, else its state; options that are right by accident are left out.

    Returns the argument that the gold means, None where nobody.
    """
    options = side_options(seat)
    text = seat.scene.draft.text
    named = gold if isinstance(gold, dict) else {}
    states = {named.get("state"), *(named.get("also") or [])} - {None}
    here = [option for option in options if option.mention and not option.implied]
    worded = [
        option
        for option in here
        if option.mention and _same_name(text[option.mention.start : option.mention.end], str(named.get("text", "")))
    ]
    fitting = [option for option in worded if not states or option.state in states]
    stated = [option for option in options if option.mention and option.state in states]
    if worded:
        right = fitting or worded
    elif stated:
        right = [option for option in stated if option.implied] or stated
    else:
        right = [option for option in options if option.mention is None]
    for option in options:
        if option in right:
            yield Example(seat.side, YES, option.features)
        elif option not in stated:
            yield Example(seat.side, "no", option.features)
    return argument_of(seat.scene, right[0], seat.other)


def _state(side: object) -> str | None:
    return side.get("state") if isinstance(side, dict) else None


def _same_name(one: str, other: str) -> bool:
    short, long = sorted((one.lower().removeprefix("the "), other.lower().removeprefix("the ")), key=len)
    return bool(short) and short in long


def fit(name: str, taught: Sequence[Example], out: Path) -> None:
    """Fit one model and write it."""
    counts = Counter(feature for example in taught for feature in {*example.features})
    kept = {feature for feature, count in counts.items() if count >= LEAST}
    table = DictVectorizer()
    rows = table.fit_transform([{f: 1.0 for f in example.features if f in kept} for example in taught])
    model = LogisticRegression(C=STRENGTH[name], max_iter=400)
    model.fit(rows, [example.label for example in taught])
    weights, bias = model.coef_.T, model.intercept_
    if weights.shape[1] == 1:  # two classes: scikit-learn keeps the second one's odds only
        weights, bias = [[-row[0], row[0]] for row in weights], [-bias[0], bias[0]]
        weights, bias = [[a / 2, b / 2] for a, b in weights], [bias[0] / 2, bias[1] / 2]
    out.mkdir(parents=True, exist_ok=True)
    write_model(out / f"{name}.npz", list(model.classes_), list(table.feature_names_), weights, bias)
    print(f"{name}: {len(taught)} examples, {len(kept)} features, {len(model.classes_)} classes")


def main() -> None:
    """Read the gold folders named on the command line, and fit and write the models."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    asked = parser.parse_args()
    stages = reading_stages()
    taught: list[Example] = []
    for folder in asked.gold:
        for document, acts in read_gold(folder):
            draft = Draft(document)
            for stage in stages:
                draft = stage.run(draft)
            taught.extend(examples(scene_of(draft, load_lexicon()), acts))
    for name in STRENGTH:
        fit(name, [example for example in taught if example.model == name], asked.out)


if __name__ == "__main__":
    main()
