"""Which act of another document an act answers, and how."""

import datetime as dt
import math
from collections.abc import Collection, Iterator, Sequence

from rejoinder.link.answers import evades
from rejoinder.link.card import ANY, Card, Key, shifted, weight
from rejoinder.link.lexicon import Between, kinds, words
from rejoinder.link.points import points
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
    keys = tuple(_keys(one, rules.answered))
    return Search(keys, shifted(one.filed, dt.timedelta(-rules.patience_days)), one.filed) if keys else None


def _keys(one: Card, answered: Collection[str]) -> Iterator[Key]:
    """What was addressed to the answerer, what its addressee began, and what it began itself."""
    kind, actors, targets = one.act.kind, sorted(one.profile.actors), sorted(one.profile.targets)
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
    found = []
    for other in shelf.near(where.keys, where.since, where.until) if where else ():
        if other.act.doc == one.act.doc or not _after(one, other):
            continue
        between = relation(one.profile, other.profile)
        if between == "own" and one.act.kind == other.act.kind and not _later(one, other):
            continue  # the same said at the same time is a report of it, if anything
        if "strangers" not in between and (answerer(between), one.act.kind, other.act.kind) in kinds().how:
            found.append((other, between))
    promising = sorted(
        ((promise, other, between) for other, between in found if (promise := _promise(one, other, between))),
        key=lambda three: (-three[0], three[1].order),
    )
    found = [(other, between) for _, other, between in promising[:_WEIGHED]]
    return sorted(found, key=lambda pair: (pair[0].filed or dt.date.min, pair[0].order), reverse=True)


def _promise(one: Card, other: Card, between: Relation) -> int:
    """How much speaks for it at a glance: which candidates are worth weighing where there are many."""
    mine, theirs = one.profile, other.profile
    shared = len(one.topic & other.topic) + 2 * len(mine.content & theirs.content)
    named = other.act.kind in mine.named
    return shared + 3 * named + 2 * (between == "reversed") + (one.act.issue == other.act.issue)


def _after(one: Card, other: Card) -> bool:
    """Whether the days do not forbid that ``one`` follows ``other``."""
    first, last = other.act.when.earliest, one.act.when.latest
    if first and last and last < first:
        return False
    return one.published is None or other.published is None or one.published >= other.published


def _later(one: Card, other: Card) -> bool:
    return bool(one.filed and other.filed and one.filed > other.filed)


def replied_to(
    one: Card, shelf: Shelf, rules: Between, never: Collection[str] = ()
) -> list[tuple[float, Card, Relation]]:
    """The act that ``one`` answers, with its probability; several where they fit equally well; empty where none does.

    Reports of one act are one candidate. ``never`` are acts that somebody judged it does not answer.
    """
    found = near(one, shelf, rules)
    left = {card.act.id for card in spared([card for card, _ in found], never, rules)}
    candidates = [pair for pair in found if pair[0].act.id in left]
    if not candidates:
        return []
    ready = points(_of_answer(one), rules.answers)
    options = [
        (ready + points(_of_pair(one, other, between, rank, rules), rules.answers), other)
        for rank, (other, between) in enumerate(candidates)
    ]
    sides = {other.act.id: between for other, between in candidates}
    return [(share, other, sides[other.act.id]) for share, other in pooled(options, rules.answers, rules)]


def how(one: Card, offer: Card, between: Relation) -> How:
    """In which way ``one`` answers ``offer``: by its words (evades), else by the kinds and who answers."""
    if evades(one.profile, between, words()):
        return "evades"
    return kinds().how[answerer(between), one.act.kind, offer.act.kind]


def features(one: Card, other: Card, between: Relation, rank: int, rules: Between) -> dict[str, float]:
    """What speaks for or against ``one`` answering ``other``, the ``rank``-th candidate: feature name to value."""
    found = {**_of_answer(one), **_of_pair(one, other, between, rank, rules)}
    return {name: value for name, value in found.items() if value}


def _of_answer(one: Card) -> dict[str, float]:
    """What speaks for or against ``one`` answering anything."""
    mine, says = one.profile, one.says
    return {
        "always": 1.0,
        f"{one.act.kind} answers": 1.0,
        f"answer {one.act.realis}": 1.0,
        "says it replies": float("reply" in says),
        "says it takes back": float("withdrawing" in says),
        "says again": float("renewing" in says),
        "points back": float("anaphors" in says),
        "answer undated": float(one.days is None),
        "answer settled": float(one.settled),
        "inside one state": float(bool(mine.actors) and mine.actors == mine.targets),
        "unsure answer": 1 - one.act.score,
    }


def _of_pair(one: Card, other: Card, between: Relation, rank: int, rules: Between) -> dict[str, float]:
    mine, theirs, common = one.profile, other.profile, one.topic & other.topic
    answer, offer, side = one.act.kind, other.act.kind, answerer(between)
    days, issue, named = _days(one, other), _issue(one, other), offer in mine.named
    found = {
        f"{answer} answers {side}": 1.0,
        f"{offer} answered": 1.0,
        f"{answer} {side} {offer}": 1.0,
        "as inside a document": _inside(one, other, between, rules),
        f"sides {between}": 1.0,
        f"days {days}": 1.0,
        f"days {days} {side}": 1.0,
        f"rank {min(rank, 4)}": 1.0,
        f"issue {issue}": 1.0,
        f"issue {issue} {side}": 1.0,
        "names such a kind": float(named),
        "names another kind": float(bool(mine.named) and not named),
        "names it by its word": float(not mine.noun_stems.isdisjoint(theirs.trigger)),
        "same names": float(min(len(mine.names & theirs.names), 2)),
        "same numbers": float(not mine.numbers.isdisjoint(theirs.numbers)),
        "same trigger": float(not mine.trigger.isdisjoint(theirs.trigger)),
        f"background {one.act.background:d} {other.act.background:d}": 1.0,
        f"offer {other.act.realis}": 1.0,
        "offer is a noun": float(theirs.nominal),
        "offer settled": float(other.settled),
        f"answer settled {side}": float(one.settled),
        "offer undated": float(other.days is None),
        "same actor words": float(not mine.actor_words.isdisjoint(theirs.actor_words)),
        "another role": float(one.act.actor.role != other.act.actor.role),
        "unsure offer": 1 - other.act.score,
    }
    if common:
        topic = weight(common)
        found["topic in common"] = float(min(len(common), 6))
        found["share of topic"] = len(common) / max(1, min(len(one.topic), len(other.topic)))
        found["shared topic"] = min(topic, 5.0)
        found["like topic"] = topic / max(1.0, math.sqrt(one.weights[1] * other.weights[1]))
        found["offer's words told"] = weight(theirs.content & one.topic) / max(1.0, other.weights[0])
        found["answer's words told"] = weight(mine.content & other.topic) / max(1.0, one.weights[0])
    if not mine.content.isdisjoint(theirs.content):
        shared = weight(mine.content & theirs.content)
        found["words in common"] = float(min(len(mine.content & theirs.content), 4))
        found["shared words"] = min(shared, 3.0)
        found["like clause"] = shared / max(1.0, math.sqrt(one.weights[0] * other.weights[0]))
    return found


def _inside(one: Card, other: Card, between: Relation, rules: Between) -> float:
    """The points that kinds, sides and words would give the pair if it stood in one document."""
    answer, offer = one.act.kind, other.act.kind
    made, by = min(other.profile.trigger, default=""), min(one.profile.trigger, default="")
    table = rules.inside.points
    names = (
        f"{answer} answers",
        f"{offer} answered",
        f"{answer} {answerer(between)} {offer}",
        f"{answer} by {by}",
        f"{offer} made by {made}",
        f"sides {between}",
        f"sides {between} {answer}",
    )
    return sum(table.get(name, 0.0) for name in names)


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
