"""Which act, told in an earlier document, an act tells of again."""

import datetime as dt
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rejoinder.link.card import ANY, UNNAMED, Card, Key, shifted, weight
from rejoinder.link.lexicon import Between, Weights
from rejoinder.link.points import points, probability, shares
from rejoinder.link.shelf import Shelf
from rejoinder.link.sides import agree

__all__ = ["Search", "features", "likely", "pointed_at", "pooled", "search", "spared", "told_before"]

_HOPELESS = 0.1
"""Beside the likeliest, a candidate less likely than this share of it is none."""

_LATELY = 14
"""How many days back a bare "the proposal" reaches when nothing else says which is meant."""


@dataclass(frozen=True, slots=True)
class Search:
    """Under which keys, and from which day to which, a card looks on the shelf."""

    keys: tuple[Key, ...]
    since: dt.date
    until: dt.date


def search(one: Card, rules: Between) -> Search | None:
    """Where to look for acts that ``one`` may tell of; None where it names no actor, or has no day to begin from."""
    if one.filed is None or not one.profile.actors:
        return None
    keys = _keys(one.profile.actors, one.profile.targets, rules.alike.get(one.act.kind) or frozenset({one.act.kind}))
    if one.days is None:
        return Search(keys, shifted(one.filed, dt.timedelta(-rules.memory_days)), one.filed)
    # filed under its last day: an act that may have begun earlier is filed up to wide_days later
    return Search(keys, one.days[0], shifted(one.days[1], dt.timedelta(rules.wide_days)))


@lru_cache(1 << 12)
def _keys(actors: frozenset[str], targets: frozenset[str], kinds: frozenset[str]) -> tuple[Key, ...]:
    named = [*sorted(targets), UNNAMED] if targets else [ANY]
    return tuple((actor, target, kind) for actor in sorted(actors) for target in named for kind in sorted(kinds))


def told_before(one: Card, shelf: Shelf, rules: Between, apart: Collection[str] = ()) -> list[tuple[float, Card]]:
    """The act of another document that ``one`` tells of again, with its probability; empty where it tells of none.

    Several where they fit equally well. Reports of one act are one candidate, shown by the one that comes first of
    those that fit best. ``apart`` are acts that somebody judged others.
    """
    near = spared(likely(one, shelf, rules), apart, rules)
    if not near:
        return []
    meant = pointed_at(one, near)
    return pooled(
        [(points(features(one, card, card is meant), rules.merges), card) for card in near], rules.merges, rules
    )


def likely(one: Card, shelf: Shelf, rules: Between) -> list[Card]:
    """The cards that ``one`` may be a report of, as far as sides and days say, in their order."""
    where = search(one, rules)
    near = [] if where is None else shelf.near(where.keys, where.since, where.until)
    return sorted((card for card in near if _may_be(one, card)), key=lambda card: card.order)


def pooled(options: Sequence[tuple[float, Card]], table: Weights, rules: Between) -> list[tuple[float, Card]]:
    """The one of ``options``, given with their points, that is probable enough, with its probability.

    Options that look like reports of one act count together. Several where they fit equally well; empty where none is
    probable enough.
    """
    likely = shares([points for points, _ in options])
    if sum(likely) < table.threshold:
        return []
    least = max(likely) * _HOPELESS
    chances = ((share, card) for share, (_, card) in zip(likely, options, strict=True) if share >= least)
    ranked = sorted(chances, key=lambda pair: (-pair[0], pair[1].order))
    groups: list[tuple[float, Card]] = []
    for share, card in ranked:
        at = next((n for n, (_, first) in enumerate(groups) if together(first, card, rules)), None)
        if at is None:
            groups.append((share, card))
        else:
            groups[at] = groups[at][0] + share, groups[at][1]
    groups.sort(key=lambda pair: (-pair[0], pair[1].order))
    best = [pair for pair in groups if groups[0][0] - pair[0] < table.margin or pair is groups[0]]
    return best if sum(share for share, _ in best) >= table.threshold else []


def spared(near: Sequence[Card], barred: Collection[str], rules: Between) -> list[Card]:
    """``near`` without the acts ``barred`` by somebody, and without what looks like reports of these."""
    gone = [card for card in near if card.act.id in barred] if barred else []
    if not gone:
        return list(near)
    return [card for card in near if card not in gone and not any(together(card, other, rules) for other in gone)]


def together(one: Card, other: Card, rules: Between) -> bool:
    """Whether two cards look like reports of one act."""
    earlier, later = sorted((one, other), key=lambda card: card.order)
    return _may_be(later, earlier) and probability(features(later, earlier, False), rules.merges) >= 0.5


def _may_be(one: Card, other: Card) -> bool:
    """Whether ``other`` comes first, in another document, and neither sides nor days forbid that both are one act."""
    if other.order >= one.order or other.act.doc == one.act.doc or agree(one.profile, other.profile) < 1:
        return False
    if not _share(one, other):
        return False
    (first, last), (earliest, latest) = _within(other), _within(one)
    return not (earliest and last and last < earliest) and not (latest and first and latest < first)


def _share(one: Card, other: Card) -> bool:
    """Whether both are about something they share; a bare noun ("the offer") may mean whatever it names."""
    mine, theirs = one.profile, other.profile
    if mine.nominal and len(mine.content) <= 1:
        return True
    return bool(mine.content & theirs.content or one.topic & other.topic or mine.numbers & theirs.numbers)


def _within(one: Card) -> tuple[dt.date | None, dt.date | None]:
    """Between which days it happened, as far as anybody says: what was done, not after its text appeared."""
    first, last = one.act.when.earliest, one.act.when.latest
    return first, last or (one.published if one.act.realis == "actual" else None)


def pointed_at(one: Card, near: Sequence[Card]) -> Card | None:
    """Which of ``near`` an undated "the proposal" means: the only one of the two weeks before its text."""
    if one.days is not None:
        return None
    lately = [
        card
        for card in near
        if card.act.kind in one.profile.points
        and card.filed is not None
        and one.filed is not None
        and 0 <= (one.filed - card.filed).days <= _LATELY
    ]
    return lately[0] if len(lately) == 1 else None


def features(later: Card, earlier: Card, pointed: bool) -> dict[str, float]:
    """What speaks for or against two acts of different documents being one: feature name to value.

    ``pointed``: ``later`` is an undated noun, and ``earlier`` the only act of late that it can mean.
    """
    one, other = later.profile, earlier.profile
    shared, topic = len(one.content & other.content), weight(later.topic & earlier.topic)
    found = {
        "always": 1.0,
        f"{one.act.kind} told": 1.0,
        "same issue": float(one.act.issue == other.act.issue != "other"),
        "another issue": float(one.act.issue != other.act.issue),
        "another matter": float(one.act.issue != other.act.issue and "other" not in (one.act.issue, other.act.issue)),
        "no word shared": float(bool(one.content and other.content) and not shared),
        "another kind": float(one.act.kind != other.act.kind),
        "another realis": float(one.act.realis != other.act.realis),
        "side unnamed": float(agree(one, other) < 2),
        "inside one state": float(bool(one.actors) and one.actors == one.targets),
        "same actor words": float(bool(one.actor_words & other.actor_words)),
        "another role": float(one.act.actor.role != other.act.actor.role),
        "shared words": float(min(shared, 4)),
        "share of words": shared / max(1, min(len(one.content), len(other.content))),
        "shared topic": min(topic, 6.0),
        "like topic": topic / max(1.0, math.sqrt(later.weights[1] * earlier.weights[1])),
        "like clause": weight(one.content & other.content) / max(1.0, math.sqrt(later.weights[0] * earlier.weights[0])),
        "same clause": float(one.text == other.text),
        "same trigger": float(bool(one.trigger & other.trigger)),
        "same numbers": float(bool(one.numbers & other.numbers)),
        "other numbers": float(bool(one.numbers and other.numbers) and not one.numbers & other.numbers),
        "same names": float(min(len(one.names & other.names), 2)),
        "other names": float(bool(one.names and other.names) and not one.names & other.names),
        "same days": float(one.act.when.latest == other.act.when.latest is not None),
        "undated": float(later.days is None),
        "undated both": float(later.days is None and earlier.days is None),
        "background": float(one.act.background),
        "background both": float(one.act.background and other.act.background),
        "noun for it": float(one.nominal and other.act.kind in one.naming),
        "noun that points at it": float(other.act.kind in one.points and not one.many and "newer" not in one.modified),
        "the only one of two weeks": float(pointed),
        f"apart {_apart(later, earlier)}": 1.0,
    }
    return {name: value for name, value in found.items() if value}


def _apart(later: Card, earlier: Card) -> str:
    """How long after ``earlier`` happened the text of ``later`` appeared."""
    if later.published is None or earlier.filed is None:
        return "unknown"
    days = (later.published - earlier.filed).days
    return next((name for limit, name in ((1, "a day"), (7, "a week"), (31, "a month")) if days <= limit), "long")
