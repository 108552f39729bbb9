"""What a coded document teaches each of the models."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rejoinder.acts.arguments import argument_of
from rejoinder.acts.clause import clause_span
from rejoinder.acts.dating import date_features, near_time
from rejoinder.acts.encode import encode
from rejoinder.acts.features import features
from rejoinder.acts.find import issue_features
from rejoinder.acts.judge import NONE, cue_of
from rejoinder.acts.lexicon import Lexicon
from rejoinder.acts.matching import cues_at, entries
from rejoinder.acts.options import Option, Seat, States, earlier, make_focus, side_options
from rejoinder.acts.scene import Scene, coarse
from rejoinder.acts.wordvectors import WordVectors
from rejoinder.codebook import codebook
from rejoinder.draft import Argument
from training.gold import Act
from training.net import Lesson
from training.sides import Choice, Seating
from training.triggers import head_word, touches

__all__ = ["Example", "choices", "examples", "lesson"]


@dataclass(frozen=True)
class Example:
    """A word or act of the gold, with its features and the label that a linear model is to learn."""

    model: str
    label: str
    features: Sequence[str]


def examples(scene: Scene, lexicon: Lexicon, acts: Sequence[Act]) -> Iterator[Example]:
    """Each word that the lexicon knows is an act of some kind, or none; each act has its other fields."""
    taught: set[int] = set()
    for token in scene.tokens:
        if not entries(lexicon, token):
            continue
        found = features(scene, lexicon, token.i, cues_at(scene, lexicon, token.i))
        mine = next((n for n, act in enumerate(acts) if touches(token, act)), None)
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


def choices(scene: Scene, lexicon: Lexicon, acts: Sequence[Act]) -> Iterator[Choice]:
    """The sides of each act among the options that the finder would see, with the earlier acts as the gold has them."""
    focus = make_focus(scene)
    coded: list[tuple[int, str, States]] = []
    for act in sorted(acts, key=lambda one: (one["trigger_start"], one["trigger_end"])):
        anchor = head_word(scene.tokens, act)
        if anchor is None:
            continue
        token, kind = scene.tokens[anchor], str(act["kind"])
        cue = cue_of(kind, cues_at(scene, lexicon, anchor), entries(lexicon, token))
        cue = cue or lexicon.unlisted(token.lemma, coarse(token), kind)
        seat = Seat(scene, focus, anchor, cue, "actor", before=earlier(scene.tokens, anchor, kind, coded))
        options = side_options(seat)
        marks = _marks(seat, options, act.get("actor"))
        yield _choice(seat, options, marks)
        actor = _chosen(scene, options, marks)
        seat = replace(seat, side="target", other=actor)
        options = side_options(seat)
        yield _choice(seat, options, _marks(seat, options, act.get("target")))
        coded.append((anchor, kind, (_state(act.get("actor")), _state(act.get("target")))))


def lesson(
    scene: Scene, lexicon: Lexicon, vectors: WordVectors, acts: Sequence[Act], seats: Sequence[Seating]
) -> Lesson:
    """The document as the net is to see it, with the ``seats`` that are to be filled in it."""
    tokens = scene.tokens
    place = {kind: n for n, kind in enumerate(codebook().kinds, 1)}
    realis = {one: n for n, one in enumerate(codebook().realis)}
    size = len(tokens)
    kinds, others = np.zeros(size, dtype=np.int64), np.full(size, -1, dtype=np.int64)
    stances, background = np.full(size, -1, dtype=np.int64), np.full(size, -1, dtype=np.int64)
    for act in acts:
        for token in tokens:
            if touches(token, act) and kinds[token.i] == 0:
                kinds[token.i] = -1
    for act in acts:
        head = head_word(tokens, act)
        if head is None or kinds[head] > 0:
            continue
        kinds[head] = place[act["kind"]]
        others[head] = place.get(act.get("alt_kind") or "", -1)
        stances[head], background[head] = realis[act["realis"]], int(act["background"])
    encoded = encode(scene, lexicon, make_focus(scene).ranks)
    words = vectors(tokens)
    return Lesson(words.vectors[words.places], encoded, kinds, others, stances, background, seats)


def _marks(seat: Seat, options: Sequence[Option], gold: object) -> list[int]:
    """Of each option, what :class:`Choice` says. No option is right where none stands for the gold's words or state."""
    named = gold if isinstance(gold, dict) else {}
    states = {named.get("state"), *(named.get("also") or [])} - {None}
    words = str(named.get("text") or "")
    here = [option for option in options if option.mention and not option.implied]
    worded = [option for option in here if _same_name(_text(seat, option), words)]
    placed = [option for option in worded if _overlaps(option, named.get("start"), named.get("end"))]
    fitting = [option for option in placed or worded if (option.state in states if states else option.state is None)]
    stated = [option for option in options if option.mention and option.state in states]
    if fitting:
        right = fitting
    elif stated:
        right = [option for option in stated if option.implied] or stated
    elif worded or words or states:
        right = worded
    else:
        right = [option for option in options if option.mention is None]
    chosen, fair = {id(option) for option in right}, {id(option) for option in stated}
    return [2 if id(option) in chosen else 1 if id(option) in fair else 0 for option in options]


def _choice(seat: Seat, options: Sequence[Option], marks: Sequence[int]) -> Choice:
    heads = [option.mention.head if option.mention else -1 for option in options]
    return Choice(seat.side, seat.anchor, seat.cue.kind, heads, [option.features for option in options], marks)


def _chosen(scene: Scene, options: Sequence[Option], marks: Sequence[int]) -> Argument | None:
    right = next((option for option, mark in zip(options, marks, strict=True) if mark == 2), None)
    return None if right is None else argument_of(scene, right, None)


def _text(seat: Seat, option: Option) -> str:
    mention = option.mention
    return "" if mention is None else seat.scene.draft.text[mention.start : mention.end]


def _overlaps(option: Option, start: int | None, end: int | None) -> bool:
    mention = option.mention
    return mention is not None and start is not None and end is not None and mention.start < end and start < mention.end


def _same_name(ours: str, gold: str) -> bool:
    """Whether one stands in the other: gold names whole phrases, mentions may be shorter or longer."""
    ours, gold = ours.lower().strip(), gold.lower().strip()
    return bool(ours and gold) and (ours in gold or gold in ours)


def _state(side: object) -> str | None:
    return side.get("state") if isinstance(side, dict) else None
