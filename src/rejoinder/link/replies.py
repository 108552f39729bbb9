"""Which act of another document an act answers, and how."""

import datetime as dt
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, get_args

from rejoinder.link.answers import evades
from rejoinder.link.card import ANY, Card, Key, shifted, weight
from rejoinder.link.lexicon import Between, Weights, kinds, words
from rejoinder.link.points import points, summed
from rejoinder.link.reports import Search, pooled, spared
from rejoinder.link.shelf import Shelf
from rejoinder.link.sides import Relation, answerer, relation
from rejoinder.records import How

__all__ = ["features", "how", "near", "replied_to", "search"]


_WEIGHED = 6
"""How many candidates are weighed against each other: those that promise most, where there are more."""


def search(one: Card, rules: Between) -> Search | None:
    """Where to look for acts that ``one`` may answer; None where it can answer none, or no day is known."""
    if one.filed is None:
        return None
    keys = _keys(one.act.kind, one.profile.actors, one.profile.targets, rules.answered)
    return Search(keys, shifted(one.filed, dt.timedelta(-rules.patience_days)), one.filed) if keys else None


@lru_cache(1 << 12)
def _keys(kind: str, by: frozenset[str], to: frozenset[str], answered: frozenset[str]) -> tuple[Key, ...]:
    return tuple(_each_key(kind, sorted(by), sorted(to), answered))


def _each_key(kind: str, actors: Sequence[str], targets: Sequence[str], answered: Collection[str]) -> Iterator[Key]:
    """What was addressed to the answerer, what its addressee began, and what it began itself."""
    table = kinds().how
    for offer in sorted(answered):
        if ("reversed", kind, offer) in table:
            yield from ((target, actor, offer) for actor in actors for target in targets)
            yield from ((ANY, actor, offer) for actor in actors)
            yield from ((target, ANY, offer) for target in targets)
        if ("own", kind, offer) in table:
            yield from ((actor, ANY, offer) for actor in actors)


def near(one: Card, shelf: Shelf, rules: Between) -> list[tuple[Card, Relation]]:
    """The cards of other documents that ``one`` may answer, the latest first, and how the sides stand to each other."""
    where = search(one, rules)
    if where is None:
        return []
    found = _promising(one, _possible(one, shelf.near(where.keys, where.since, where.until)))
    return sorted(found, key=lambda pair: (pair[0].filed or dt.date.min, pair[0].order), reverse=True)


def _possible(one: Card, there: Iterable[Card]) -> Iterator[tuple[Card, Relation]]:
    """Those of ``there`` that ``one`` can answer, by document, days, sides and kinds."""
    act, mine, able = one.act, one.profile, _answerable(one.act.kind)
    doc, published, last = act.doc, one.published, act.when.latest
    for other in there:
        theirs = other.act
        first, appeared = theirs.when.earliest, other.published
        if theirs.doc == doc or (first and last and last < first):
            continue
        if published and appeared and published < appeared:
            continue
        between = relation(mine, other.profile)
        if between == "own" and act.kind == theirs.kind and not _later(one, other):
            continue  # the same said at the same time is a report of it, if anything
        if theirs.kind in able[between]:
            yield other, between


@lru_cache
def _answerable(kind: str) -> Mapping[Relation, frozenset[str]]:
    """What kinds of acts one of ``kind`` can answer, as the sides stand to each other."""
    relations: tuple[Relation, ...] = get_args(Relation)
    return {
        between: frozenset(
            [
                offer
                for side, answer, offer in kinds().how
                if "strangers" not in between and (side, answer) == (answerer(between), kind)
            ]
        )
        for between in relations
    }


def _promising(one: Card, possible: Iterable[tuple[Card, Relation]]) -> list[tuple[Card, Relation]]:
    """Those worth weighing: so many at most that promise most at a glance, and none that promises nothing."""
    topic, content, named, issue = one.topic, one.profile.content, one.profile.named, one.act.issue
    found = []
    for other, between in possible:
        promise = len(topic & other.topic) + 2 * len(content & other.profile.content)
        promise += 3 * (other.act.kind in named) + 2 * (between == "reversed") + (issue == other.act.issue)
        if promise:
            found.append((promise, other, between))
    if len(found) > _WEIGHED:
        least = sorted([promise for promise, _, _ in found])[-_WEIGHED]
        found = sorted([three for three in found if three[0] >= least], key=lambda three: (-three[0], three[1].order))
    return [(other, between) for _, other, between in found[:_WEIGHED]]


def _later(one: Card, other: Card) -> bool:
    return bool(one.filed and other.filed and one.filed > other.filed)


def replied_to(
    one: Card, shelf: Shelf, rules: Between, never: Collection[str] = ()
) -> list[tuple[float, Card, Relation]]:
    """The act that ``one`` answers, with its probability; several where they fit equally well; empty where none does.

    Reports of one act are one candidate. ``never`` are acts that somebody judged it does not answer.
    """
    found = near(one, shelf, rules)
    if never:
        left = {card.act.id for card in spared([card for card, _ in found], never, rules)}
        found = [pair for pair in found if pair[0].act.id in left]
    if not found:
        return []
    ready = _points_of_answer(one, rules.answers)
    options = [
        (ready + _points_of_pair(one, other, between, rank, rules), other)
        for rank, (other, between) in enumerate(found)
    ]
    sides = {other.act.id: between for other, between in found}
    return [(share, other, sides[other.act.id]) for share, other in pooled(options, rules.answers, rules)]


def how(one: Card, offer: Card, between: Relation) -> How:
    """In which way ``one`` answers ``offer``: by its words (evades), else by the kinds and who answers."""
    if evades(one.profile, between, words()):
        return "evades"
    return kinds().how[answerer(between), one.act.kind, offer.act.kind]


def features(one: Card, other: Card, between: Relation, rank: int, rules: Between) -> dict[str, float]:
    """What speaks for or against ``one`` answering ``other``, the ``rank``-th candidate: feature name to value."""
    found = {
        **_of_answer(_answer_shape(one)),
        "unsure answer": 1 - one.act.score,
        **_of_shape(_shape(one, other, between, rank)),
        **_of_words(one, other, between, rules),
    }
    return {name: value for name, value in found.items() if value}


def _points_of_answer(one: Card, table: Weights) -> float:
    unsure = {"unsure answer": 1 - one.act.score}
    return summed(_answer_shape(one), _of_answer, table) + points(unsure, table)


def _points_of_pair(one: Card, other: Card, between: Relation, rank: int, rules: Between) -> float:
    """The points of ``_of_shape`` and ``_of_words``."""
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
