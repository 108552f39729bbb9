"""Which act of another document an act answers, and how."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from rejoinder.codebook import codebook
from rejoinder.link.answers import says
from rejoinder.link.card import ANY, Card, Key, alike, shared_rarity, shifted
from rejoinder.link.lexicon import Between, kinds, words
from rejoinder.link.points import points
from rejoinder.link.reports import Search, pooled
from rejoinder.link.shelf import Shelf
from rejoinder.link.sides import Relation, relation
from rejoinder.records import How

__all__ = ["features", "how", "near", "replied_to", "search"]


def search(one: Card, rules: Between) -> Search | None:
    """Where to look for acts that ``one`` may answer; None where it can answer none, or no day is known."""
    if one.filed is None:
        return None
    keys = tuple(_keys(one))
    return Search(keys, shifted(one.filed, dt.timedelta(-rules.patience_days)), one.filed) if keys else None


def _keys(one: Card) -> Iterator[Key]:
    """What was addressed to the answerer, what its addressee began, and what it began itself."""
    kind, actors, targets = one.act.kind, sorted(one.profile.actors), sorted(one.profile.targets)
    table = kinds().how
    for offer in codebook().kinds:
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
        if "strangers" not in between and (_side(between), one.act.kind, other.act.kind) in kinds().how:
            found.append((other, between))
    return sorted(found, key=lambda pair: (pair[0].filed or dt.date.min, pair[0].order), reverse=True)


def _after(one: Card, other: Card) -> bool:
    """Whether the days do not forbid that ``one`` follows ``other``."""
    first, last = other.act.when.earliest, one.act.when.latest
    if first and last and last < first:
        return False
    return one.published is None or other.published is None or one.published >= other.published


def _side(between: Relation) -> str:
    return "own" if between in {"own", "half own"} else "reversed"


def replied_to(
    one: Card, shelf: Shelf, rules: Between, never: Collection[str] = ()
) -> list[tuple[float, Card, Relation]]:
    """The act that ``one`` answers, with its probability; several where they fit equally well; empty where none does.

    Reports of one act are one candidate. ``never`` are acts that somebody judged it does not answer.
    """
    candidates = [pair for pair in near(one, shelf, rules) if pair[0].act.id not in never]
    options = [
        (points(features(one, other, between, rank, rules), rules.answers), other)
        for rank, (other, between) in enumerate(candidates)
    ]
    sides = {other.act.id: between for other, between in candidates}
    return [(share, other, sides[other.act.id]) for share, other in pooled(options, rules.answers, rules)]


def how(one: Card, offer: Card, between: Relation) -> How:
    """In which way ``one`` answers ``offer``: by its words (evades), else by the kinds and who answers."""
    if one.act.kind == "REJECT" and _side(between) == "reversed" and says(one.profile, words().evading):
        return "evades"
    return kinds().how[_side(between), one.act.kind, offer.act.kind]


def features(one: Card, other: Card, between: Relation, rank: int, rules: Between) -> dict[str, float]:
    """What speaks for or against ``one`` answering ``other``, the ``rank``-th candidate: feature name to value."""
    mine, theirs, lexicon = one.profile, other.profile, words()
    answer, offer, side = one.act.kind, other.act.kind, _side(between)
    found = {
        "always": 1.0,
        f"{answer} answers": 1.0,
        f"{answer} answers {side}": 1.0,
        f"{offer} answered": 1.0,
        f"{answer} {side} {offer}": 1.0,
        "as inside a document": _inside(one, other, between, rules),
        f"sides {between}": 1.0,
        f"days {_days(one, other)}": 1.0,
        f"days {_days(one, other)} {side}": 1.0,
        f"rank {min(rank, 4)}": 1.0,
        f"issue {_issue(one, other)}": 1.0,
        f"issue {_issue(one, other)} {side}": 1.0,
        "opens a thread": float(offer in codebook().opening),
        "names such a kind": float(offer in mine.named),
        "names another kind": float(bool(mine.named) and offer not in mine.named),
        "names it by its word": float(bool(mine.noun_stems & theirs.trigger)),
        "says it replies": float(says(mine, lexicon.reply)),
        "says it takes back": float(says(mine, lexicon.withdrawing)),
        "says again": float(says(mine, lexicon.renewing)),
        "points back": float(says(mine, lexicon.anaphors)),
        "shared words": min(shared_rarity(mine.content, theirs.content), 3.0),
        "like clause": alike(mine.content, theirs.content),
        "words in common": float(min(len(mine.content & theirs.content), 4)),
        "topic in common": float(min(len(one.topic & other.topic), 6)),
        "share of topic": len(one.topic & other.topic) / max(1, min(len(one.topic), len(other.topic))),
        "shared topic": min(shared_rarity(one.topic, other.topic), 5.0),
        "like topic": alike(one.topic, other.topic),
        "offer's words told": _told(theirs.content, one.topic),
        "answer's words told": _told(mine.content, other.topic),
        "same names": float(min(len(mine.names & theirs.names), 2)),
        "same numbers": float(bool(mine.numbers & theirs.numbers)),
        "same trigger": float(bool(mine.trigger & theirs.trigger)),
        f"background {one.act.background:d} {other.act.background:d}": 1.0,
        f"answer {one.act.realis}": 1.0,
        f"offer {other.act.realis}": 1.0,
        "offer is a noun": float(theirs.nominal),
        "offer settled": float(other.settled),
        "answer settled": float(one.settled),
        f"answer settled {side}": float(one.settled),
        "answer undated": float(one.days is None),
        "offer undated": float(other.days is None),
        "inside one state": float(bool(mine.actors) and mine.actors == mine.targets),
        "same actor words": float(bool(mine.actor_words & theirs.actor_words)),
        "another role": float(one.act.actor.role != other.act.actor.role),
        "unsure answer": 1 - one.act.score,
        "unsure offer": 1 - other.act.score,
    }
    return {name: value for name, value in found.items() if value}


def _inside(one: Card, other: Card, between: Relation, rules: Between) -> float:
    """The points that kinds, sides and words would give the pair if it stood in one document."""
    answer, offer = one.act.kind, other.act.kind
    made, by = min(other.profile.trigger, default=""), min(one.profile.trigger, default="")
    names = (
        f"{answer} answers",
        f"{offer} answered",
        f"{answer} {_side(between)} {offer}",
        f"{answer} by {by}",
        f"{offer} made by {made}",
        f"sides {between}",
        f"sides {between} {answer}",
    )
    return points(dict.fromkeys(names, 1.0), rules.inside)


def _told(said: frozenset[str], topic: frozenset[str]) -> float:
    """How much of what ``said`` is about stands in ``topic``: 0 to 1."""
    return shared_rarity(said, topic) / max(1.0, shared_rarity(said, said))


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
