"""Acts and threads page by page, and counts of them: what a screen shows of a book of any size."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rejoinder.book.lookup import ThreadMaker, all_threads, pick, threads_of_dyad
from rejoinder.book.overview import By, Count, DyadLine, Overview, Pair, counted, paired
from rejoinder.book.results import Evidence, explain
from rejoinder.book.table import Acts
from rejoinder.codebook import codebook
from rejoinder.codebook.dyads import UNKNOWN, dyads_of
from rejoinder.records import Act, Thread
from rejoinder.store import ActQuery, Reading

__all__ = [
    "Leaf",
    "Order",
    "ThreadLeaf",
    "ThreadOrder",
    "ThreadQuery",
    "counts",
    "leaf",
    "overview",
    "pairs",
    "thread_leaf",
]

COOPERATION = (1, 2)
"""Quad classes above the axis."""

ActOrder = Literal["newest", "oldest", "surest", "doubtful"]
"""By day, undated ones last either way; or by score, the highest or the lowest first."""

ThreadOrder = Literal["newest", "oldest", "silence"]
"""By the day of the offer, undated ones last either way; or by days of silence, the longest first."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of acts: those from number ``offset`` (from 0) on, of ``total`` that fit.

    ``context`` holds, by act id, the clause of each of the page's acts in its sentence. Where not ``exact``, at least
    ``total`` fit: counting all of a large book would take too long.
    """

    acts: Acts
    total: int
    offset: int
    context: Mapping[str, Evidence] = field(default_factory=dict)
    exact: bool = True


@dataclass(frozen=True, slots=True)
class ThreadQuery:
    """Conditions on the opening act of a thread, and its statuses; None or empty means any."""

    dyad: str | None = None
    issue: str | None = None
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ThreadLeaf:
    """A page of threads: those from number ``offset`` (from 0) on, of ``total`` that fit.

    ``answers`` are the answering acts of all links of the page's threads, by id. Where not ``exact``, at least
    ``total`` fit.
    """

    threads: tuple[Thread, ...]
    answers: Mapping[str, Act]
    total: int
    offset: int
    exact: bool = True


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
        ordered.sort(key=lambda act: -act.score if order == "surest" else act.score)
    shown = ordered[offset : offset + limit]
    about = {act.id: found.about(act) for act in shown}
    return Leaf(Acts(shown, about), len(found), offset, _context(reading, shown))


def thread_leaf(
    reading: Reading, make: ThreadMaker, query: ThreadQuery, *, limit: int, offset: int, order: ThreadOrder
) -> ThreadLeaf:
    """The page of the threads that fit ``query``."""
    threads = all_threads(reading, make) if query.dyad is None else threads_of_dyad(reading, make, query.dyad)
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
    return counted(within, {act.id: found.about(act).reports for act in within}, dyad, by)


def pairs(reading: Reading, since: dt.date | None, until: dt.date | None, *, background: bool) -> list[Pair]:
    """Who acted on whom."""
    found = pick(reading, ActQuery(), every=False, answered=None)
    within = [act for act in found if _begins_in(act, since, until) and (background or not act.background)]
    return paired(within, {act.id: found.about(act).reports for act in within})


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


def _context(reading: Reading, acts: list[Act]) -> dict[str, Evidence]:
    documents = {doc: reading.document(doc) for doc in dict.fromkeys(act.doc for act in acts)}
    return {act.id: explain(act, one.text)[0] for act in acts if (one := documents[act.doc]) is not None}


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
