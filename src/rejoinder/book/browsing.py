"""Acts and threads page by page, and counts of them: what a screen shows of a book of any size."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rejoinder.book.lookup import ThreadMaker, threads_opened_by, told
from rejoinder.book.overview import UNKNOWN_STATE, By, Count, DyadLine, Overview, Pair
from rejoinder.book.results import Evidence, clause
from rejoinder.book.table import Acts
from rejoinder.errors import UsageError
from rejoinder.records import Act, Thread
from rejoinder.store import ActQuery, Found, Reading, ThreadQuery

__all__ = [
    "ActOrder",
    "Leaf",
    "ThreadLeaf",
    "ThreadOrder",
    "counts",
    "leaf",
    "overview",
    "pairs",
    "spread",
    "thread_leaf",
]

_DOCUMENTS = "documents "

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
    reading: Reading,
    query: ActQuery,
    *,
    answered: bool | None,
    limit: int,
    offset: int,
    order: ActOrder = "newest",
) -> Leaf:
    """The page of the acts that fit ``query``. Raises UsageError where it lies further on than acts are counted."""
    found = reading.page(query, answered=answered, order=order, limit=limit, offset=offset)
    _check(found, offset, "acts")
    there = reading.acts_by_id(found.ids)
    shown = [there[act] for act in found.ids if act in there]
    return Leaf(told(reading, shown), found.total, offset, _context(reading, shown), found.exact)


def thread_leaf(
    reading: Reading, make: ThreadMaker, query: ThreadQuery, *, limit: int, offset: int, order: ThreadOrder
) -> ThreadLeaf:
    """The page of the threads that fit ``query``. Raises UsageError as :func:`leaf` does."""
    newest = reading.newest()
    found = reading.page_of_threads(query, newest, order=order, limit=limit, offset=offset)
    _check(found, offset, "threads")
    threads = {thread.offer.id: thread for thread in threads_opened_by(reading, make, found.ids, newest)}
    shown = tuple(threads[offer] for offer in found.ids if offer in threads)
    answers = reading.acts_by_id({link.answer for thread in shown for link in thread.links})
    return ThreadLeaf(shown, answers, found.total, offset, found.exact)


def counts(
    reading: Reading, dyad: str, since: dt.date | None, until: dt.date | None, by: By, *, background: bool = True
) -> list[Count]:
    """How many acts of each kind each side of ``dyad`` did, period by period; with or without those told as old."""
    return [Count(*tally) for tally in reading.tallies(dyad, by, since, until, background=background)]


def spread(reading: Reading, dyad: str, since: dt.date | None, until: dt.date | None, most: int) -> list[Count] | None:
    """As :func:`counts` day by day, with the last possible day too; None where there are more than ``most`` acts."""
    found = reading.spread(dyad, since, until, most)
    if found is None:
        return None
    told: Counter[tuple[dt.date | None, dt.date | None, str, str, bool]] = Counter()
    mentions: Counter[tuple[dt.date | None, dt.date | None, str, str, bool]] = Counter()
    ends = dyad.split("-")
    for first, last, actors, kind, background, acts, reports in found:
        for actor in [state for state in actors if state in ends] or [UNKNOWN_STATE]:
            key = (first, last, actor, kind, background)
            told[key] += acts
            mentions[key] += reports
    return [
        Count(first, actor, kind, background, acts, mentions[first, last, actor, kind, background], last)
        for (first, last, actor, kind, background), acts in told.items()
    ]


def pairs(reading: Reading, since: dt.date | None, until: dt.date | None, *, background: bool) -> list[Pair]:
    """Who acted on whom."""
    found = reading.pairings(since, until, background=background)
    return [Pair(actor, target, quad or None, acts, reports) for actor, target, quad, acts, reports in found]


def overview(reading: Reading, most: int) -> Overview:
    """The book at a glance."""
    figures, newest, busiest = reading.figures(), reading.newest(), reading.busiest(most)
    months = reading.months([dyad for dyad, _ in busiest])
    waiting = reading.open_threads(newest, [dyad for dyad, _ in busiest])
    lines = [
        DyadLine(dyad, acts, waiting.get(dyad, 0), *reading.span_of(dyad), tuple(months.get(dyad, ())))
        for dyad, acts in busiest
    ]
    return Overview(
        documents={name.removeprefix(_DOCUMENTS): figures[name] for name in figures if name.startswith(_DOCUMENTS)},
        acts=figures.get("acts", 0),
        threads=figures.get("threads", 0),
        open_threads=waiting.get("", 0),
        newest=newest,
        dyads=tuple(lines),
        other_dyads=max(0, reading.count_dyads() - len(lines)),
    )


def _check(found: Found, offset: int, what: str) -> None:
    if not found.exact and offset >= found.total:
        raise UsageError(
            f"Only the first {found.total:,} {what} are shown page by page. Narrow down what is looked for."
        )


def _context(reading: Reading, acts: list[Act]) -> dict[str, Evidence]:
    documents = {doc: reading.document(doc) for doc in dict.fromkeys(act.doc for act in acts)}
    return {act.id: clause(act, one.text) for act in acts if (one := documents[act.doc]) is not None}
