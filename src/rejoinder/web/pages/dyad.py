"""``/dyad/PRK-KOR``: what each side did to the other, over time; the chart, and the acts behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import rejoinder
from rejoinder.book import Book
from rejoinder.book.browsing import Leaf
from rejoinder.book.overview import Count, DyadLine
from rejoinder.book.table import Row
from rejoinder.codebook.dyads import parse_dyad
from rejoinder.errors import UsageError
from rejoinder.parties.statenames import state_names
from rejoinder.web.asked import Asked
from rejoinder.web.charts import markup, told, windows
from rejoinder.web.charts.chart import Chart, Dyad, charts
from rejoinder.web.charts.figures import Awaited, bucket_rows, kind_lines
from rejoinder.web.charts.look import Look
from rejoinder.web.charts.paint import on_a_page, on_paper
from rejoinder.web.charts.periods import BY, By, Parted, Period, fits, parted, suited
from rejoinder.web.events import Event
from rejoinder.web.filters import PAGE_SIZE, Filters
from rejoinder.web.page import Page, Route
from rejoinder.web.words import state

__all__ = ["ROUTE"]

PAPER = 880.0
"""Pixels across the plot of a downloaded chart."""
_LISTED = 12
"""Dyads that a page names at most."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What of the book is looked at: the dyads, and the time."""

    look: Look
    dyads: tuple[Dyad, ...]
    chosen: Period | None
    whole: Period | None
    parts: Parted | None

    def drawn(self, events: Sequence[Event], width: float) -> list[Chart]:
        """The charts, ``width`` wide; none where there is nothing dated."""
        if self.parts is None or self.chosen is None:
            return []
        return charts(self.dyads, self.parts, self.chosen, width=width, reports=self.look.reports, events=events)


def _view(asked: Asked) -> Page:
    named = asked.place["dyad"]
    dyad = _parsed(named, asked.book)
    look = Look.of(asked.query)
    found = [_known(asked.book, dyad, look)]
    if not found[0].counts:
        return _without_acts(named, asked.book)
    others = [look.compared] if look.compared else []
    found += [_known(asked.book, _parsed(other, asked.book), look) for other in others]
    known = [one.counts for one in found]
    seen = _seen(look, [named, *others], known)
    leaf = _leaf(asked.book, dyad, look)
    rows = Awaited(partial(_rows, seen))
    drawn = partial(seen.drawn, asked.settings.events)
    data = {
        "look": look,
        "seen": seen,
        "dyad": seen.dyads[0],
        "leaf": leaf,
        "pages": -(-leaf.total // PAGE_SIZE),
        "draw": drawn,
        "paper": PAPER,
        "told": told,
        "markup": markup,
        "name": _name,
        "on_a_page": on_a_page,
        "on_paper": on_paper,
        "zooms": _zooms(seen),
        "choices": _choices(seen),
        "bys": [(by, seen.parts is not None and fits(seen.parts.whole, by)) for by in BY],
        "events": _events(asked.settings.events, seen),
        "kinds": kind_lines(_any_kind(look, known[0]), _asked_for(seen), seen.dyads[0].actors, reports=look.reports),
        "told_by": _told_by(seen),
        "exact": all(one.exact for one in found),
        "source": f"Source: Rejoinder {rejoinder.__version__}, {asked.path}{look.query()}",
        "cited": _cited(seen, leaf, asked.path),
        "missing": _known_dyads(asked.book, look.compared) if look.compared and not known[1] else (),
    }
    title = f"{_name(seen.dyads[0].actors[0])} and {_name(seen.dyads[0].actors[1])}"
    return Page("dyad.html", title, data, _record(seen, leaf, rows, asked.settings.events), rows, "dyad.svg")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a dyad; where not ``exact``, of each act only the month in which it may have begun."""

    counts: Sequence[Count]
    exact: bool = True


def _known(book: Book, dyad: str, look: Look) -> _Known:
    """The counts of ``dyad``; of a very busy one by month, but for the days asked for."""
    every = book.spread(dyad)
    if every is not None:
        return _Known(every)
    months = windows.within_their_months(book.counts(dyad, by="month", background=look.background))
    if not look.narrowed:
        return _Known(months, exact=False)
    first, last = windows.whole_months(look.first, look.last)
    near = book.spread(dyad, first, last)
    if near is None:
        return _Known(months, exact=False)
    # the months elsewhere only say how far the record reaches: none of them is drawn
    return _Known([*(one for one in months if not windows.begins_in(one, first, last)), *near])


def _parsed(named: str, book: Book) -> str:
    try:
        return parse_dyad(named)
    except UsageError as slip:
        listed = ", ".join(line.dyad for line in book.overview().dyads[:_LISTED])
        raise UsageError(f"{slip} In this book there are: {listed or 'none yet'}.") from slip


def _seen(look: Look, named: Sequence[str], known: Sequence[Sequence[Count]]) -> _Seen:
    kept = [look.keeps(counts) for counts in known]
    first = _sides(named[0])
    accents = dict(zip(first, "ab", strict=False))
    dyads = tuple(_dyad(code, counts, accents) for code, counts in zip(named, kept, strict=True))
    whole = windows.extent([count for counts in kept for count in counts])
    chosen = _chosen(look, whole)
    if chosen is None:
        return _Seen(look, dyads, None, whole, None)
    shown = windows.shown_around(chosen if look.narrowed else windows.whole_units(chosen))
    return _Seen(look, dyads, chosen if look.narrowed else shown, whole, parted(shown, suited(shown, look.by)))


def _chosen(look: Look, whole: Period | None) -> Period | None:
    """The period asked for; where it has an open end, as far as there are acts."""
    first, last = look.first, look.last
    if first is not None and last is not None:
        return Period(first, last)
    if whole is None:
        return Period(first, first) if first else Period(last, last) if last else None
    if first is not None:
        return Period(first, max(first, whole.last))
    if last is not None:
        return Period(min(last, whole.first), last)
    return whole


def _sides(named: str) -> tuple[str, ...]:
    return tuple(named.strip().upper().split("-"))


def _dyad(named: str, counts: Sequence[Count], accents: Mapping[str, str]) -> Dyad:
    """A state has one accent on the whole page; whoever is not in the first dyad takes the other one."""
    sides = _sides(named)
    free = [accent for accent in "ab" if accent not in {accents.get(side) for side in sides}]
    mine = {side: accents.get(side) or free.pop(0) for side in dict.fromkeys(sides)}
    others = sorted({count.actor for count in counts} - set(sides))
    actors = (*dict.fromkeys(sides), *others)
    return Dyad("-".join(sides), actors, {actor: mine.get(actor, "c") for actor in actors}, counts)


def _leaf(book: Book, dyad: str, look: Look) -> Leaf:
    filters = Filters(
        kind=look.kind,
        dyad=dyad,
        actor=look.actor,
        since=look.since,
        until=look.until,
        background="" if look.background else "no",
        page=look.page,
        order="newest" if look.newest else "oldest",
    )
    return filters.leaf(book)


def _zooms(seen: _Seen) -> list[tuple[str, str, Period | None]]:
    """Ways to look elsewhere: (key, words, period); None where there is no way further."""
    if seen.chosen is None or seen.parts is None:
        return []
    chosen = seen.chosen
    return [
        ("in", "Zoom in", windows.nearer(chosen)),
        ("out", "Zoom out", windows.farther(chosen)),
        ("earlier", "Earlier", windows.earlier(chosen)),
        ("later", "Later", windows.later(chosen)),
    ]


def _choices(seen: _Seen) -> list[Period]:
    return [] if seen.whole is None else windows.years_in(seen.whole)


def _asked_for(seen: _Seen) -> Period | None:
    return seen.chosen if seen.look.narrowed else None


def _any_kind(look: Look, counts: Sequence[Count]) -> list[Count]:
    return [one for one in counts if look.background or not one.background]


def _told_by(seen: _Seen) -> str:
    """How the chart counts: "by month", "by 10 years"."""
    if seen.parts is None:
        return ""
    return f"by {seen.parts.step} years" if seen.parts.step > 1 else f"by {seen.parts.by}"


def _events(events: Sequence[Event], seen: _Seen) -> list[Event]:
    """Those that the charts show, for the list below them."""
    dyads = {"-".join(sorted(_sides(dyad.code))) for dyad in seen.dyads}
    shown = None if seen.parts is None else seen.parts.whole
    return [
        one
        for one in events
        if (one.dyad is None or one.dyad in dyads) and shown and shown.touches(one.first, one.last)
    ]


def _cited(seen: _Seen, leaf: Leaf, path: str) -> str:
    names = " and ".join(_name(side) for side in dict.fromkeys(_sides(seen.dyads[0].code)))
    what = f"{names}: {'reports' if seen.look.reports else 'acts'} {_told_by(seen)}".rstrip()
    when = f", {seen.chosen.name}" if seen.chosen else ""
    return f"{what}{when}. {leaf.total:,} in the list. Rejoinder {rejoinder.__version__}. {path}{seen.look.query()}"


def _by(seen: _Seen) -> By:
    """What the twins count by: as asked for, however many buckets that makes."""
    return seen.look.by or (seen.parts.by if seen.parts else "month")


def _rows(seen: _Seen) -> list[Row]:
    period = _asked_for(seen)
    found: list[Row] = []
    for dyad in seen.dyads:
        counts = [one for one in dyad.counts if period is None or period.touches(one.day, one.last)]
        found += bucket_rows(dyad.code, counts, _by(seen))
    return found


def _record(seen: _Seen, leaf: Leaf, rows: Sequence[Row], events: Sequence[Event]) -> Mapping[str, object]:
    look = seen.look
    return {
        "dyad": seen.dyads[0].code,
        "with": look.compared or None,
        "since": look.first,
        "until": look.last,
        "by": _by(seen),
        "background": look.background,
        "kind": look.kind,
        "actor": look.actor or None,
        "counts": rows,
        "events": _events(events, seen),
        "total": leaf.total,
        "offset": leaf.offset,
        "acts": Awaited(leaf.acts.to_dicts),
    }


def _without_acts(named: str, book: Book) -> Page:
    sides = _sides(named)
    data = {"sides": sides, "lines": _known_dyads(book, named), "name": _name}
    record = {"dyad": "-".join(sides), "total": 0, "counts": [], "acts": []}
    return Page("dyad_empty.html", f"{_name(sides[0])} and {_name(sides[1])}", data, record)


def _known_dyads(book: Book, named: str) -> list[DyadLine]:
    """Dyads that the book has acts of: those of one of the sides first."""
    sides = set(_sides(named))
    lines = book.overview().dyads
    near = [line for line in lines if sides & set(line.dyad.split("-"))]
    return [*near, *(line for line in lines if line not in near)][:_LISTED]


def _name(code: str) -> str:
    return state(code, state_names())


ROUTE = Route("/dyad/{dyad}", _view)
"""The address of a dyad; its sides come in the order in which they are written there."""
