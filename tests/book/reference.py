"""What lists and counts hold, worked out the long way: by reading the whole book. Summaries have to say the same."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence

from rejoinder.book.browsing import ActOrder, Leaf, ThreadLeaf, ThreadOrder
from rejoinder.book.lookup import ThreadMaker, all_threads, pick
from rejoinder.book.overview import UNKNOWN_STATE, By, Count, DyadLine, Overview, Pair
from rejoinder.book.results import explain
from rejoinder.book.table import Acts
from rejoinder.codebook import codebook
from rejoinder.codebook.dyads import UNKNOWN, dyads_of, states_of
from rejoinder.records import Act, Thread
from rejoinder.store import ActQuery, Reading, ThreadQuery

__all__ = ["counts", "leaf", "overview", "pairs", "thread_leaf"]

COOPERATION = (1, 2)


def leaf(
    reading: Reading, query: ActQuery, *, answered: bool | None, limit: int, offset: int, order: ActOrder = "newest"
) -> Leaf:
    """The page of the acts that fit ``query``."""
    found = pick(reading, query, every=False, answered=answered)
    ordered = list(found)
    if order == "newest":
        dated = [act for act in ordered if act.when.earliest is not None]
        ordered = [*reversed(dated), *(act for act in ordered if act.when.earliest is None)]
    elif order != "oldest":
        ordered.sort(key=lambda act: act.score)
        ordered = ordered if order == "doubtful" else ordered[::-1]
    shown = ordered[offset : offset + limit]
    about = {act.id: found.about(act) for act in shown}
    texts = {act.doc: one.text for act in shown if (one := reading.document(act.doc))}
    context = {act.id: explain(act, texts[act.doc])[0] for act in shown}
    return Leaf(Acts(shown, about), len(found), offset, context)


def thread_leaf(
    reading: Reading, make: ThreadMaker, query: ThreadQuery, *, limit: int, offset: int, order: ThreadOrder
) -> ThreadLeaf:
    """The page of the threads that fit ``query``."""
    threads = all_threads(reading, make)
    found = sorted((one for one in threads if _fits(one, query)), key=_opened)
    if order == "newest":
        dated = [one for one in found if one.offer.when.earliest is not None]
        found = [*reversed(dated), *(one for one in found if one.offer.when.earliest is None)]
    elif order == "silence":
        found.sort(key=lambda one: -1 if one.silence_days is None else one.silence_days, reverse=True)
    shown = found[offset : offset + limit]
    answers = reading.acts_by_id({link.answer for thread in shown for link in thread.links})
    return ThreadLeaf(tuple(shown), answers, len(found), offset)


def counts(reading: Reading, dyad: str, since: dt.date | None, until: dt.date | None, by: By) -> list[Count]:
    """How many acts of each kind each side of ``dyad`` did, period by period."""
    found = pick(reading, ActQuery(dyad=dyad), every=False, answered=None)
    within = [act for act in found if _begins_in(act, since, until)]
    return _counted(within, {act.id: found.about(act).reports for act in within}, dyad, by)


def pairs(reading: Reading, since: dt.date | None, until: dt.date | None, *, background: bool) -> list[Pair]:
    """Who acted on whom."""
    found = pick(reading, ActQuery(), every=False, answered=None)
    within = [act for act in found if _begins_in(act, since, until) and (background or not act.background)]
    return _paired(within, {act.id: found.about(act).reports for act in within})


def overview(reading: Reading, make: ThreadMaker, most: int) -> Overview:
    """The book at a glance."""
    acts = pick(reading, ActQuery(), every=False, answered=None)
    threads = all_threads(reading, make)
    waiting = [thread for thread in threads if thread.status == "open"]
    by_dyad: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        for dyad in dyads_of(act):
            if UNKNOWN not in dyad:
                by_dyad[dyad].append(act)
    busiest = sorted(by_dyad, key=lambda dyad: (-len(by_dyad[dyad]), dyad))
    documents = reading.documents()
    return Overview(
        documents=dict(sorted(Counter(reading.status(one.id) or "" for one in documents).items())),
        acts=len(acts),
        threads=len(threads),
        open_threads=len(waiting),
        newest=reading.newest(),
        dyads=tuple(_line(dyad, by_dyad[dyad], waiting) for dyad in busiest[:most]),
        other_dyads=len(busiest[most:]),
    )


def _begins_in(act: Act, since: dt.date | None, until: dt.date | None) -> bool:
    day = act.when.earliest
    if day is None:
        return since is None and until is None
    return (since is None or day >= since) and (until is None or day <= until)


def _fits(thread: Thread, query: ThreadQuery) -> bool:
    offer = thread.offer
    return (
        (query.dyad is None or query.dyad in dyads_of(offer))
        and (query.issue is None or offer.issue == query.issue)
        and (not query.kinds or offer.kind in query.kinds)
        and (not query.statuses or thread.status in query.statuses)
        and _lies_in(offer, query.since, query.until)
    )


def _lies_in(act: Act, since: dt.date | None, until: dt.date | None) -> bool:
    """Whether the act's interval touches since .. until; an act without any date lies in none."""
    first, last = act.when.earliest, act.when.latest
    if first is None and last is None:
        return since is None and until is None
    return not ((since and last and last < since) or (until and first and first > until))


def _opened(thread: Thread) -> tuple[dt.date, str]:
    return thread.offer.when.earliest or dt.date.max, thread.id


def _line(dyad: str, acts: list[Act], waiting: list[Thread]) -> DyadLine:
    days = [act.when.earliest for act in acts if act.when.earliest is not None and not act.background]
    months: dict[tuple[int, int], list[int]] = {}
    for act in acts:
        if act.when.earliest is None or act.background:
            continue
        quad = codebook().quad(act.kind)
        one = months.setdefault((act.when.earliest.year, act.when.earliest.month), [0, 0])
        one[0 if quad in COOPERATION else 1] += 1
    return DyadLine(
        dyad,
        len(acts),
        sum(dyad in dyads_of(thread.offer) for thread in waiting),
        min(days, default=None),
        max(days, default=None),
        tuple((dt.date(*month, 1), months[month][0], months[month][1]) for month in sorted(months)),
    )


def _counted(acts: Sequence[Act], reports: dict[str, int], dyad: str, by: By = "day") -> list[Count]:
    """Counts of ``acts`` that lie in ``dyad``; ``reports`` says how many documents tell of each act, by its id."""
    told: Counter[tuple[dt.date | None, str, str, bool]] = Counter()
    mentions: Counter[tuple[dt.date | None, str, str, bool]] = Counter()
    ends = dyad.split("-")
    for act in acts:
        if dyad not in dyads_of(act):
            continue
        for actor in [state for state in states_of(act.actor) if state in ends] or [UNKNOWN_STATE]:
            key = (_period(act.when.earliest, by), actor, act.kind, act.background)
            told[key] += 1
            mentions[key] += reports.get(act.id, 1)
    found = [Count(*key, told[key], mentions[key]) for key in told]
    return sorted(found, key=lambda one: (one.day is None, one.day or dt.date.max, one.actor, one.kind, one.background))


def _paired(acts: Sequence[Act], reports: dict[str, int]) -> list[Pair]:
    """Who did how much of what to whom, by the names of both; ``reports`` as for counting."""
    told: Counter[tuple[str, str, int | None]] = Counter()
    mentions: Counter[tuple[str, str, int | None]] = Counter()
    for act in acts:
        for actor in states_of(act.actor):
            for target in states_of(act.target):
                if actor != target:
                    key = actor, target, codebook().quad(act.kind)
                    told[key] += 1
                    mentions[key] += reports.get(act.id, 1)
    found = [Pair(*key, told[key], mentions[key]) for key in told]
    return sorted(found, key=lambda one: (one.actor, one.target, one.quad or 0))


def _period(day: dt.date | None, by: By) -> dt.date | None:
    """The first day of the month or year of ``day``, or itself."""
    if day is None or by == "day":
        return day
    return day.replace(day=1) if by == "month" else day.replace(month=1, day=1)
