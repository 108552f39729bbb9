"""What speaks for and against an act answering an act of another document, and the points of that."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from rejoinder.link.card import Card, weight
from rejoinder.link.lexicon import Between, Weights
from rejoinder.link.points import points, summed
from rejoinder.link.sides import Relation, answerer

__all__ = ["features", "points_of_answer", "points_of_pair"]


def features(one: Card, other: Card, between: Relation, rank: int, rules: Between) -> dict[str, float]:
    """What speaks for or against ``one`` answering ``other``, the ``rank``-th candidate: feature name to value."""
    found = {
        **_of_answer(_answer_shape(one)),
        "unsure answer": 1 - one.act.score,
        **_of_shape(_shape(one, other, between, rank)),
        **_of_words(one, other, between, rules),
    }
    return {name: value for name, value in found.items() if value}


def points_of_answer(one: Card, table: Weights) -> float:
    """The points of all that says whether ``one`` answers anything."""
    unsure = {"unsure answer": 1 - one.act.score}
    return summed(_answer_shape(one), _of_answer, table) + points(unsure, table)


def points_of_pair(one: Card, other: Card, between: Relation, rank: int, rules: Between) -> float:
    """The points of all that says whether ``one`` answers ``other``, the ``rank``-th candidate, in particular."""
    table = rules.answers
    return summed(_shape(one, other, between, rank), _of_shape, table) + points(
        _of_words(one, other, between, rules), table
    )


class _AnswerShape(NamedTuple):
    """What can be told of an answering act in a few words."""

    kind: str
    realis: str
    says: frozenset[str]
    undated: bool
    settled: bool
    domestic: bool


def _answer_shape(one: Card) -> _AnswerShape:
    domestic = bool(one.profile.actors) and one.profile.actors == one.profile.targets
    return _AnswerShape(one.act.kind, one.act.realis, one.says, one.days is None, one.settled, domestic)


def _of_answer(one: _AnswerShape) -> dict[str, float]:
    """What speaks for or against such an act answering anything."""
    return {
        "always": 1.0,
        f"{one.kind} answers": 1.0,
        f"answer {one.realis}": 1.0,
        "says it replies": float("reply" in one.says),
        "says it takes back": float("withdrawing" in one.says),
        "says again": float("renewing" in one.says),
        "points back": float("anaphors" in one.says),
        "answer undated": float(one.undated),
        "answer settled": float(one.settled),
        "inside one state": float(one.domestic),
    }


class _Shape(NamedTuple):
    """What can be told of two acts in a few words: many pairs have one shape, and its points are summed once."""

    answer: str
    offer: str
    between: Relation
    days: str
    rank: int
    issue: str
    named: bool | None
    background: tuple[bool, bool]
    realis: str
    nominal: bool
    settled: tuple[bool, bool]
    undated: bool
    another_role: bool


def _shape(one: Card, other: Card, between: Relation, rank: int) -> _Shape:
    mine, theirs = one.act, other.act
    return _Shape(
        mine.kind,
        theirs.kind,
        between,
        _days(one, other),
        min(rank, 4),
        _issue(one, other),
        theirs.kind in one.profile.named if one.profile.named else None,
        (mine.background, theirs.background),
        theirs.realis,
        other.profile.nominal,
        (one.settled, other.settled),
        other.days is None,
        mine.actor.role != theirs.actor.role,
    )


def _of_shape(pair: _Shape) -> dict[str, float]:
    """What speaks for or against an answer by the shape of the pair."""
    side = answerer(pair.between)
    return {
        f"{pair.answer} answers {side}": 1.0,
        f"{pair.offer} answered": 1.0,
        f"{pair.answer} {side} {pair.offer}": 1.0,
        f"sides {pair.between}": 1.0,
        f"days {pair.days}": 1.0,
        f"days {pair.days} {side}": 1.0,
        f"rank {pair.rank}": 1.0,
        f"issue {pair.issue}": 1.0,
        f"issue {pair.issue} {side}": 1.0,
        "names such a kind": float(pair.named is True),
        "names another kind": float(pair.named is False),
        f"background {pair.background[0]:d} {pair.background[1]:d}": 1.0,
        f"offer {pair.realis}": 1.0,
        "offer is a noun": float(pair.nominal),
        "offer settled": float(pair.settled[1]),
        f"answer settled {side}": float(pair.settled[0]),
        "offer undated": float(pair.undated),
        "another role": float(pair.another_role),
    }


def _of_words(one: Card, other: Card, between: Relation, rules: Between) -> dict[str, float]:
    """What speaks for or against an answer by the words of both; what holds no word of the other says nothing."""
    mine, theirs = one.profile, other.profile
    found = {"as inside a document": _inside(one, other, between, rules), "unsure offer": 1 - other.act.score}
    if not mine.noun_stems.isdisjoint(theirs.trigger):
        found["names it by its word"] = 1.0
    if not mine.names.isdisjoint(theirs.names):
        found["same names"] = float(min(len(mine.names & theirs.names), 2))
    if not mine.numbers.isdisjoint(theirs.numbers):
        found["same numbers"] = 1.0
    if not mine.trigger.isdisjoint(theirs.trigger):
        found["same trigger"] = 1.0
    if not mine.actor_words.isdisjoint(theirs.actor_words):
        found["same actor words"] = 1.0
    common = one.topic & other.topic
    if common:
        topic = weight(common)
        found["topic in common"] = float(min(len(common), 6))
        found["share of topic"] = len(common) / max(1, min(len(one.topic), len(other.topic)))
        found["shared topic"] = min(topic, 5.0)
        found["like topic"] = topic / max(1.0, math.sqrt(one.weights[1] * other.weights[1]))
        found["offer's words told"] = weight(theirs.content & one.topic) / max(1.0, other.weights[0])
        found["answer's words told"] = weight(mine.content & other.topic) / max(1.0, one.weights[0])
    shared = mine.content & theirs.content
    if shared:
        told = weight(shared)
        found["words in common"] = float(min(len(shared), 4))
        found["shared words"] = min(told, 3.0)
        found["like clause"] = told / max(1.0, math.sqrt(one.weights[0] * other.weights[0]))
    return found


def _inside(one: Card, other: Card, between: Relation, rules: Between) -> float:
    """The points that kinds, sides and words would give the pair if it stood in one document."""
    answer, offer = one.act.kind, other.act.kind
    made, by = min(other.profile.trigger, default=""), min(one.profile.trigger, default="")
    words = {f"{answer} by {by}": 1.0, f"{offer} made by {made}": 1.0}
    return summed(_Inside(answer, offer, between), _of_inside, rules.inside) + points(words, rules.inside)


class _Inside(NamedTuple):
    answer: str
    offer: str
    between: Relation


def _of_inside(pair: _Inside) -> dict[str, float]:
    return {
        f"{pair.answer} answers": 1.0,
        f"{pair.offer} answered": 1.0,
        f"{pair.answer} {answerer(pair.between)} {pair.offer}": 1.0,
        f"sides {pair.between}": 1.0,
        f"sides {pair.between} {pair.answer}": 1.0,
    }


_SPANS: Sequence[tuple[int, str]] = ((0, "same day"), (1, "1"), (3, "3"), (7, "7"), (14, "14"), (30, "30"))


def _days(one: Card, other: Card) -> str:
    assert one.filed is not None, "an act looks back from a day"
    assert other.filed is not None, "and finds what is filed under one"
    days = (one.filed - other.filed).days
    return next((name for limit, name in _SPANS if days <= limit), "more")


def _issue(one: Card, other: Card) -> str:
    if one.act.issue != other.act.issue:
        return "differs" if "other" not in (one.act.issue, other.act.issue) else "unknown"
    return "same" if one.act.issue != "other" else "unknown"
