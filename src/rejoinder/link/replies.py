"""Which act of another document an act answers, and how."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import get_args

from rejoinder.link.answers import evades
from rejoinder.link.card import ANY, Card, Key, shifted
from rejoinder.link.lexicon import Between, kinds, words
from rejoinder.link.reply_points import points_of_answer, points_of_pair
from rejoinder.link.reports import Search, pooled, spared
from rejoinder.link.shelf import Shelf
from rejoinder.link.sides import Relation, answerer, relation
from rejoinder.records import How

__all__ = ["how", "near", "replied_to", "search"]


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
    ready = points_of_answer(one, rules.answers)
    options = [
        (ready + points_of_pair(one, other, between, rank, rules), other) for rank, (other, between) in enumerate(found)
    ]
    sides = {other.act.id: between for other, between in found}
    return [(share, other, sides[other.act.id]) for share, other in pooled(options, rules.answers, rules)]


def how(one: Card, offer: Card, between: Relation) -> How:
    """In which way ``one`` answers ``offer``: by its words (evades), else by the kinds and who answers."""
    if evades(one.profile, between, words()):
        return "evades"
    return kinds().how[answerer(between), one.act.kind, offer.act.kind]
