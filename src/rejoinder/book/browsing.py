"""Acts page by page, and counts of them: what a screen shows of a book of any size."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from rejoinder.book.lookup import ThreadMaker, all_threads, pick
from rejoinder.book.overview import Count, DyadLine, Overview, Pair, counted, paired
from rejoinder.book.table import Acts
from rejoinder.codebook import codebook
from rejoinder.codebook.dyads import UNKNOWN, dyads_of
from rejoinder.records import Act, Thread
from rejoinder.store import ActQuery, Reading

__all__ = ["Leaf", "counts", "leaf", "overview", "pairs"]

COOPERATION = (1, 2)
"""Quad classes above the axis."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of acts: those from number ``offset`` (from 0) on, of ``total`` that fit."""

    acts: Acts
    total: int
    offset: int


def leaf(reading: Reading, query: ActQuery, *, answered: bool | None, limit: int, offset: int, newest: bool) -> Leaf:
    """The page of the acts that fit ``query``; ``newest`` ones first (undated last either way)."""
    found = pick(reading, query, every=False, answered=answered)
    order = list(found)
    if newest:
        dated = [act for act in order if act.when.earliest is not None]
        order = [*reversed(dated), *(act for act in order if act.when.earliest is None)]
    shown = order[offset : offset + limit]
    return Leaf(Acts(shown, {act.id: found.about(act) for act in shown}), len(found), offset)


def counts(reading: Reading, dyad: str) -> list[Count]:
    """How many acts of each kind each side of ``dyad`` did, day by day."""
    found = pick(reading, ActQuery(dyad=dyad), every=False, answered=None)
    return counted(found, {act.id: found.about(act).reports for act in found}, dyad)


def pairs(reading: Reading, query: ActQuery) -> list[Pair]:
    """How many of the acts that fit ``query`` each actor did to each target, kind by kind."""
    found = pick(reading, query, every=False, answered=None)
    return paired(found, {act.id: found.about(act).reports for act in found})


def overview(reading: Reading, make: ThreadMaker) -> Overview:
    """The book at a glance."""
    acts = pick(reading, ActQuery(), every=False, answered=None)
    threads = all_threads(reading, make)
    waiting = [thread for thread in threads if thread.status == "open"]
    by_dyad: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        for dyad in dyads_of(act):
            if UNKNOWN not in dyad:
                by_dyad[dyad].append(act)
    lines = [_line(dyad, of, waiting) for dyad, of in by_dyad.items()]
    documents = reading.documents()
    return Overview(
        documents=dict(sorted(Counter(reading.status(one.id) or "" for one in documents).items())),
        acts=len(acts),
        threads=len(threads),
        open_threads=len(waiting),
        newest=reading.newest(),
        dyads=tuple(sorted(lines, key=lambda line: (-line.acts, line.dyad))),
    )


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
