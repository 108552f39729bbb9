"""Which mentions of one document tell of the same act.

Each mention is compared with the earlier ones of a like kind whose sides do not contradict it; points for what agrees
(``data/same.yaml``, made by ``scripts/fit_links.py``) give each of them a share, and that it restates none.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from rejoinder.link.lexicon import Weights, kinds
from rejoinder.link.points import doubted, doubted_points, shares
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
        candidates = tuple(earlier_mentions(profiles, i))
        if not candidates:
            continue
        likely = shares(
            [doubted_points(_read(later, one, rank), table, later.act, one.act) for rank, one in enumerate(candidates)]
        )
        found = _meant(later, candidates)
        if found is None and sum(likely) >= table.threshold:
            found = candidates[likely.index(max(likely))]
        if found is not None:
            first[later.act.id] = first.get(found.act.id, found.act.id)
    return first


def _meant(later: Profile, candidates: Sequence[Profile]) -> Profile | None:
    """The mention that a definite noun for an offer or demand points back to, whatever the points say.

    "The offer" is the nearest of its side; "the original offer" the nearest that is older than the news; a
    longer phrase ("his proposal for army talks") the nearest between the same sides on the same issue. What
    tells at length of such an offer, named before, tells of it again.
    """
    if not later.nominal:
        named = (one for one in candidates if later.act.kind in one.points and not one.many)
        named = (one for one in named if "newer" not in one.modified and later.content & one.content)
        return next((one for one in named if _one_standing(later, one)), None)
    if not later.points or not later.definite or later.many or "newer" in later.modified:
        return None
    old, bare = "earlier" in later.modified, len(later.content) <= 1 and not later.names
    fitting = (
        earlier
        for earlier in candidates
        if earlier.act.kind in later.points and earlier.sentence < later.sentence and agree(earlier, later) >= 1
        if not earlier.many and "newer" not in earlier.modified and (earlier.points or not earlier.nominal)
        if (earlier.act.background if old else bare or _one_standing(later, earlier))
    )
    return next(fitting, None)


def _one_standing(later: Profile, earlier: Profile) -> bool:
    """Whether both speak of something older than the news, between the same sides and on the same issue, undated."""
    days = (one.act.when.earliest or one.act.when.latest for one in (later, earlier))
    return (
        later.act.background
        and earlier.act.background
        and agree(earlier, later) == 2
        and later.act.issue == earlier.act.issue != "other"
        and not any(days)
    )


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
    return doubted(_read(later, earlier, rank), later.act, earlier.act)


def _read(later: Profile, earlier: Profile, rank: int) -> dict[str, float]:
    """The features, with those that are nought, before any is doubted."""
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
        "unsure": 2 - later.act.score - earlier.act.score,
    }
    found |= dict.fromkeys((*_noun_phrase(later, earlier), *_renamed(later, earlier)), 1.0)
    return found


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
    if later.nominal and later.naming and earlier.act.kind in later.naming:
        yield f"{'definite ' if later.definite else ''}noun for {earlier.act.kind}"
    if earlier.nominal and not later.nominal:
        yield f"{later.act.kind} told after its noun"
    if later.restates is None:
        return
    bare = "bare noun" if len(later.content) <= 1 else "noun"
    definite = later.definite
    yield f"{bare}{' definite' if definite else ''}"
    if definite and later.restates:
        yield "definite, of this kind" if earlier.act.kind in later.restates else "definite, of another kind"
    if definite and not later.restates:
        yield "the move"


def _renamed(later: Profile, earlier: Profile) -> Iterable[str]:
    """Whether the words call the act an old one ("the original proposal") or a new one, and the other is neither."""
    for mark, other in (("earlier", "newer"), ("newer", "earlier")):
        if later.nominal and mark in later.modified:
            yield f"called {mark}, and the other is {'background' if earlier.act.background else 'news'}"
            if earlier.nominal and other in earlier.modified:
                yield "one called earlier, the other newer"
