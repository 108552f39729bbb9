"""Acts of many documents: which tell of the same act, and which answer an act of another document.

Acts are filed by side, kind and day, and compared only with what is filed beside them, at most ``_NEAR`` acts each: the
work grows with the number of acts, not with its square. Acts are taken in the order of their documents' publication,
then of their ids, so that the result depends on the set of acts alone.
"""

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rejoinder.codebook import codebook
from rejoinder.link.answers import CODER, says
from rejoinder.link.lexicon import Between, Weights, between, kinds, words
from rejoinder.link.points import probability
from rejoinder.link.profile import Profile, profile
from rejoinder.link.sides import agree, relation
from rejoinder.records import Act, Link, Merge, Problem

__all__ = ["Across", "across", "same_features"]

_NEAR = 24
"""With how many acts filed at one place an act is compared, the latest first."""
_LATELY = 14
"""How many days back a bare "the proposal" reaches when nothing else says which is meant."""
_UNNAMED, _ANY = "?", "*"
"""In place of a target's state: acts that name no target, and all acts of an actor."""

Key = tuple[str, str, str]
"""Actor's state, target's state, group of kinds."""


@dataclass(frozen=True, slots=True)
class Across:
    """What ``across`` finds: reports of one act, answers to acts of other documents, and what stayed undecided.

    ``compared`` counts the pairs of acts looked at.
    """

    merges: tuple[Merge, ...]
    links: tuple[Link, ...]
    problems: tuple[Problem, ...]
    compared: int = 0


@dataclass(slots=True)
class _Files:
    """Canonical acts filed by (actor, target, group of kinds), in order of their day; grows while acts are read."""

    days: dict[Key, list[tuple[dt.date, int]]] = field(default_factory=lambda: defaultdict(list))
    compared: int = 0

    def add(self, keys: Collection[Key], day: dt.date, place: int) -> None:
        for key in keys:
            insort(self.days[key], (day, place))

    def near(self, keys: Collection[Key], since: dt.date, until: dt.date) -> Iterator[int]:
        """Places of acts filed under any of ``keys`` from ``since`` to ``until``, the latest first, none twice."""
        seen: set[int] = set()
        for key in keys:
            filed = self.days.get(key, [])
            low = bisect_left(filed, (since, -1))
            high = bisect_right(filed, (until, len(filed) + 10**9))
            for _, place in reversed(filed[max(low, high - _NEAR) : high]):
                if place not in seen:
                    seen.add(place)
                    self.compared += 1
                    yield place


def across(acts: Sequence[Act], published: Mapping[str, dt.date | None], linked: Collection[str] = ()) -> Across:
    """Merges and links between ``acts`` of different documents.

    ``acts`` are first mentions; ``published`` maps a document id to its publication day. ``linked`` are ids of acts
    whose answer is settled inside their own document: they get no further link here.
    """
    rules = between()
    ordered = sorted(acts, key=lambda act: (published.get(act.doc) or dt.date.max, act.id))
    read = [profile(act) for act in ordered]
    files, problems = _Files(), []
    canonical: dict[str, Profile] = {}
    merges: list[Merge] = []
    undated = []
    for place, one in enumerate(read):
        if _days(one.act, rules) is None:
            undated.append(one)
            continue
        found = _same(one, read, files, published, rules)
        if isinstance(found, Merge):
            merges.append(found)
            canonical[one.act.id] = canonical[found.act]
        else:
            canonical[one.act.id] = one
            files.add(_keys(one, rules), _filed(one.act), place)
    for one in undated:  # only now is every dated act on file
        found = _same(one, read, files, published, rules)
        canonical[one.act.id] = one
        if isinstance(found, Merge):
            merges.append(found)
            canonical[one.act.id] = canonical[found.act]
        elif found:
            problems.append(found)
    links, doubts = _links(read, canonical, files, frozenset(linked), rules)
    return Across(
        tuple(sorted(merges, key=lambda merge: (merge.act, merge.report))),
        links,
        tuple(sorted([*problems, *doubts], key=_place)),
        files.compared,
    )


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.doc, problem.span.start if problem.span else -1, problem.message


def _days(act: Act, rules: Between) -> tuple[dt.date, dt.date] | None:
    """The days on which ``act`` may have happened; None where they are open or too many."""
    first, last = act.when.earliest, act.when.latest
    if first is None or last is None or (last - first).days > rules.wide_days:
        return None
    return first, last


def _filed(act: Act) -> dt.date:
    return act.when.latest or act.when.earliest or dt.date.max


def _keys(one: Profile, rules: Between) -> tuple[Key, ...]:
    """Where ``one`` is filed: by each of its dyads (both directions where mutual) and the group of its kind."""
    group = rules.group.get(one.act.kind, one.act.kind)
    found = {(actor, target, group) for actor in one.actors for target in (*(one.targets or (_UNNAMED,)), _ANY)}
    if one.act.mutual:
        found |= {(target, actor, group) for actor in one.actors for target in one.targets}
    return tuple(sorted(found))


def _beside(one: Profile, rules: Between) -> tuple[Key, ...]:
    """Where acts are filed that ``one`` may tell of: its dyads; where a side is unnamed, whatever the other did."""
    group = rules.group.get(one.act.kind, one.act.kind)
    return tuple(
        (actor, target, group)
        for actor in sorted(one.actors)
        for target in ([*sorted(one.targets), _UNNAMED] if one.targets else [_ANY])
    )


def _same(
    one: Profile, read: Sequence[Profile], files: _Files, published: Mapping[str, dt.date | None], rules: Between
) -> Merge | Problem | None:
    """The act on file that ``one`` tells of, a Problem where two fit equally, or None."""
    span = _days(one.act, rules)
    day = published.get(one.act.doc)
    if span is None:
        if day is None:
            return None
        since, until = day - dt.timedelta(rules.memory_days), day
    else:  # filed under its last day: an act that may have begun earlier is filed up to wide_days later
        since, until = span[0], span[1] + dt.timedelta(rules.wide_days)
    near = [
        place
        for place in files.near(_beside(one, rules), since, until)
        if read[place].act.doc != one.act.doc
        and _may_be(one.act, read[place].act, span, rules)
        and agree(one, read[place]) >= 1
    ]
    meant = _pointed_at(one, near, read, day) if span is None and day else None
    scored = [
        (
            probability(
                same_features(one, read[place], span is None)
                | ({"the only one of two weeks": 1.0} if place == meant else {}),
                rules.merges,
            ),
            place,
        )
        for place in near
    ]
    best = _best(scored, rules.merges)
    if not best:
        return None
    if len(best) > 1:
        return _doubt(one.act, "AMBIGUOUS_REPORT", "may tell of more than one act of other documents; none is taken")
    score, place = best[0]
    other = read[place]
    return Merge(one.act.id, other.act.id, round(score, 4), (one.act.trigger, other.act.trigger), CODER)


def _pointed_at(one: Profile, near: Sequence[int], read: Sequence[Profile], day: dt.date) -> int | None:
    """Which of ``near`` an undated "the proposal", in a text of ``day``, means: the only one of two weeks."""
    lately = [
        place
        for place in near
        if read[place].act.kind in one.points and 0 <= (day - _filed(read[place].act)).days <= _LATELY
    ]
    return lately[0] if len(lately) == 1 else None


def _may_be(one: Act, other: Act, span: tuple[dt.date, dt.date] | None, rules: Between) -> bool:
    """Whether the dates of two acts do not forbid that they are one."""
    theirs = _days(other, rules)
    if theirs is None:
        return False
    if span is not None:
        return span[0] <= theirs[1] and theirs[0] <= span[1]
    earliest, latest = one.when.earliest, one.when.latest
    return not (earliest and theirs[1] < earliest) and not (latest and latest < theirs[0])


def _best(scored: Iterable[tuple[float, int]], table: Weights) -> list[tuple[float, int]]:
    """The (score, place) that fits best, with those that fit as well; empty where none reaches the threshold."""
    ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1]))
    if not ranked or ranked[0][0] < table.threshold:
        return []
    return [pair for i, pair in enumerate(ranked) if i == 0 or ranked[0][0] - pair[0] < table.margin]


def same_features(one: Profile, other: Profile, undated: bool = False) -> dict[str, float]:
    """What speaks for or against two acts of different documents being one: feature name to value.

    ``undated``: the day of ``one`` is open, or too wide to compare.
    """
    shared = len(one.content & other.content)
    found = {
        "always": 1.0,
        "same issue": float(one.act.issue == other.act.issue != "other"),
        "another kind": float(one.act.kind != other.act.kind),
        "another realis": float(one.act.realis != other.act.realis),
        "side unnamed": float(agree(one, other) < 2),
        "inside one state": float(bool(one.actors) and one.actors == one.targets),
        "same actor words": float(bool(one.actor_words & other.actor_words)),
        "another role": float(one.act.actor.role != other.act.actor.role),
        "shared words": float(min(shared, 4)),
        "share of words": shared / max(1, min(len(one.content), len(other.content))),
        "same trigger": float(bool(one.trigger & other.trigger)),
        "same numbers": float(bool(one.numbers & other.numbers)),
        "other numbers": float(bool(one.numbers and other.numbers) and not one.numbers & other.numbers),
        "same names": float(min(len(one.names & other.names), 2)),
        "other names": float(bool(one.names and other.names) and not one.names & other.names),
        "same days": float(one.act.when.latest == other.act.when.latest is not None),
        "undated": float(undated),
        "noun for it": float(one.nominal and other.act.kind in one.naming),
        "noun that points at it": float(other.act.kind in one.points and not one.many and "newer" not in one.modified),
    }
    return {name: value for name, value in found.items() if value}


def _links(
    read: Sequence[Profile], canonical: Mapping[str, Profile], files: _Files, linked: Collection[str], rules: Between
) -> tuple[tuple[Link, ...], list[Problem]]:
    best: dict[tuple[str, str], Link] = {}
    problems = []
    for one in read:
        if one.act.id in linked or _days(one.act, rules) is None:
            continue
        found = _answered(one, read, canonical, files, rules)
        if isinstance(found, Problem):
            problems.append(found)
        elif found and (found.answer, found.offer) not in best:
            best[found.answer, found.offer] = found
    return tuple(sorted(best.values(), key=lambda link: (link.answer, link.offer))), problems


def _answered(
    one: Profile, read: Sequence[Profile], canonical: Mapping[str, Profile], files: _Files, rules: Between
) -> Link | Problem | None:
    """The link to the act of another document that ``one`` answers, by strong agreement of sides, issue and order."""
    until = _filed(one.act)
    since = until - dt.timedelta(rules.patience_days)
    table, opening = kinds().how, codebook().opening
    groups = sorted(
        {rules.group.get(kind, kind) for how, answer, kind in table if (how, answer) == ("reversed", one.act.kind)}
    )
    keys = [
        (actor, target, group) for actor in sorted(one.targets) for target in sorted(one.actors) for group in groups
    ]
    scored: list[tuple[float, int]] = []
    for place in files.near(keys, since, until):
        other = read[place]
        if other.act.doc == one.act.doc or canonical[one.act.id] is other or relation(one, other) != "reversed":
            continue
        if ("reversed", one.act.kind, other.act.kind) in table and other.act.kind in opening:
            scored.append((probability(_answer_features(one, other, not scored, rules), rules.answers), place))
    best = _best(scored, rules.answers)
    if not best:
        return None
    if len(best) > 1:
        return _doubt(one.act, "AMBIGUOUS_ANSWER", "may answer more than one act of other documents; none is linked")
    score, place = best[0]
    offer = read[place].act
    evades = one.act.kind == "REJECT" and says(one, words().evading)
    how = "evades" if evades else table["reversed", one.act.kind, offer.kind]
    evidence = one.act.trigger, one.act.words("answered") or offer.trigger
    return Link(canonical[one.act.id].act.id, offer.id, how, evidence, CODER, round(score, 4))


def _answer_features(one: Profile, other: Profile, nearest: bool, rules: Between) -> dict[str, float]:
    days = (_filed(one.act) - _filed(other.act)).days
    lexicon = words()
    found = {
        "always": 1.0,
        "answering kind": float(one.act.kind in rules.answering),
        "same issue": float(one.act.issue == other.act.issue != "other"),
        "names such a kind": float(other.act.kind in one.named),
        "names another kind": float(bool(one.named) and other.act.kind not in one.named),
        "names it by its word": float(bool(one.noun_stems & other.trigger)),
        "says it replies": float(says(one, lexicon.reply)),
        "shared words": float(min(len(one.content & other.content), 3)),
        "within 3 days": float(days <= 3),
        "within 14 days": float(3 < days <= 14),
        "background answer": float(one.act.background),
        "background offer": float(other.act.background),
        "nearest before it": float(nearest),
        "inside one state": float(bool(one.actors) and one.actors == one.targets),
    }
    return {name: value for name, value in found.items() if value}


def _doubt(act: Act, code: str, says_it: str) -> Problem:
    return Problem(act.doc, "link", code, f"{act.trigger.quote!r} {says_it}.", act.span)
