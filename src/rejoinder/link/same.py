"""Which mentions of one document tell of the same act.

Each mention is compared with the earlier ones of a like kind whose sides do not contradict it; points for what agrees
(``data/same.yaml``, made by ``scripts/fit_links.py``) decide whether it restates one of them.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from rejoinder.link.lexicon import Weights, kinds
from rejoinder.link.points import probability
from rejoinder.link.profile import Profile
from rejoinder.link.sides import agree
from rejoinder.records import Act

__all__ = ["apart", "earlier_mentions", "features", "same"]

_BACK = 60
"""How many acts before a mention, in text order, are looked at: keeps long documents linear."""


def same(profiles: Sequence[Profile], table: Weights) -> dict[str, str]:
    """Act id -> id of the first mention, for each mention that restates an earlier one.

    ``profiles`` stand in text order; ``table`` holds the points of features.
    """
    first: dict[str, str] = {}
    for i, later in enumerate(profiles):
        scored = [
            (probability(features(later, earlier, rank), table), -rank, earlier.act.id)
            for rank, earlier in enumerate(earlier_mentions(profiles, i))
        ]
        score, _, found = max(scored, default=(0.0, 0, ""))
        if score >= table.threshold:
            first[later.act.id] = first.get(found, found)
    return first


def apart(acts: Iterable[Act], first: Mapping[str, str]) -> tuple[Act, ...]:
    """``acts`` with ``same_as`` set by ``first`` and by nothing else."""
    return tuple(dataclasses.replace(act, same_as=first.get(act.id)) for act in acts)


def earlier_mentions(profiles: Sequence[Profile], i: int) -> Iterable[Profile]:
    """The mentions before number ``i`` that it may restate, the nearest first."""
    later, alike = profiles[i], kinds().alike[profiles[i].act.kind]
    for earlier in reversed(profiles[max(0, i - _BACK) : i]):
        if earlier.act.kind in alike and agree(earlier, later) >= 0:
            yield earlier


def features(later: Profile, earlier: Profile, rank: int) -> dict[str, float]:
    """What speaks for or against ``later`` restating ``earlier``, the ``rank``-th candidate back: name to value."""
    kind = later.act.kind
    shared = len(later.content & earlier.content)
    found = {
        "always": 1.0,
        f"{kind} again" if kind == earlier.act.kind else f"{earlier.act.kind} as {kind}": 1.0,
        f"sides agree {agree(earlier, later)}": 1.0,
        f"place {_place(later, earlier)}": 1.0,
        f"rank {min(rank, 2)}": 1.0,
        f"time {_time(later.act, earlier.act)}": 1.0,
        f"background {earlier.act.background:d} {later.act.background:d}": 1.0,
        "another realis": float(later.act.realis != earlier.act.realis),
        "same issue": float(later.act.issue == earlier.act.issue),
        "shared words": float(min(shared, 4)),
        "share of words": shared / max(1, min(len(later.content), len(earlier.content))),
        "same trigger": float(bool(later.trigger & earlier.trigger)),
        "same numbers": float(bool(later.numbers & earlier.numbers)),
        "other numbers": float(bool(later.numbers and earlier.numbers) and not later.numbers & earlier.numbers),
        "same names": float(min(len(later.names & earlier.names), 2)),
        "other names": float(bool(later.names and earlier.names) and not later.names & earlier.names),
        "same actor words": float(bool(later.actor_words & earlier.actor_words)),
        "another role": float(later.act.actor.role != earlier.act.actor.role),
    }
    found |= dict.fromkeys(_noun_phrase(later, earlier), 1.0)
    return {name: value for name, value in found.items() if value}


def _place(later: Profile, earlier: Profile) -> str:
    if later.sentence == earlier.sentence:
        return "same sentence"
    if earlier.sentence == 0:
        return "lead after headline" if later.sentence == 1 else "back to the first sentence"
    apart_by = later.sentence - earlier.sentence
    return f"{apart_by} sentences" if apart_by < 3 else "far"


def _time(later: Act, earlier: Act) -> str:
    mine, theirs = later.when, earlier.when
    if not (mine.earliest or mine.latest) or not (theirs.earliest or theirs.latest):
        return "both open" if mine.earliest == theirs.earliest and mine.latest == theirs.latest else "one open"
    if (mine.earliest, mine.latest) == (theirs.earliest, theirs.latest):
        return "same days"
    if mine.latest and theirs.earliest and mine.latest < theirs.earliest:
        return "apart"
    if theirs.latest and mine.earliest and theirs.latest < mine.earliest:
        return "apart"
    return "overlap"


def _noun_phrase(later: Profile, earlier: Profile) -> Iterable[str]:
    if later.restates is None:
        return
    bare = "bare noun" if len(later.content) <= 1 else "noun"
    definite = later.definite
    yield f"{bare}{' definite' if definite else ''}"
    if definite and later.restates:
        yield "definite, of this kind" if earlier.act.kind in later.restates else "definite, of another kind"
    if definite and not later.restates:
        yield "the move"
