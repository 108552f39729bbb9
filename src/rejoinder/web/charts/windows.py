"""Which stretch of time a chart shows, and the ways from it: nearer, farther, earlier, later."""

import calendar
import datetime as dt
from collections.abc import Iterable

from rejoinder.book.overview import Count
from rejoinder.web.charts.periods import Period, parted, suited

__all__ = [
    "begins_in",
    "earlier",
    "extent",
    "farther",
    "later",
    "nearer",
    "shown_around",
    "whole_months",
    "whole_units",
    "within_their_months",
    "years_in",
]

LEAST = 28
"""Days that a chart shows at least, so that a single day has its surroundings."""

_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal()
_CHOICES = 36
"""Links to years, decades or centuries at most."""


def extent(counts: Iterable[Count]) -> Period | None:
    """From the first day to the last that any of the counts may lie on; None where none is dated."""
    days = {day for count in counts for day in (count.day, count.last) if day is not None}
    return Period(min(days), max(days)) if days else None


def within_their_months(counts: Iterable[Count]) -> list[Count]:
    """``counts``, of which the months alone are known, as if they lay in those: their last days are the months'."""
    ends: dict[dt.date | None, dt.date | None] = {None: None}
    found = []
    for one in counts:
        if one.day not in ends and one.day is not None:
            ends[one.day] = one.day.replace(day=calendar.monthrange(one.day.year, one.day.month)[1])
        key = one.day, one.actor, one.kind, one.background
        found.append(Count(*key, one.acts, one.reports, ends[one.day]))
    return found


def whole_months(first: dt.date | None, last: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """``first`` and ``last`` widened to whole months, with LEAST days more on either side; None: any day."""
    start = None if first is None else dt.date.fromordinal(max(_FIRST, first.toordinal() - LEAST)).replace(day=1)
    if last is None:
        return start, None
    end = dt.date.fromordinal(min(_LAST, last.toordinal() + LEAST))
    return start, end.replace(day=calendar.monthrange(end.year, end.month)[1])


def begins_in(count: Count, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether ``count`` begins in ``first`` .. ``last`` (None: any day)."""
    return count.day is not None and (first or dt.date.min) <= count.day <= (last or dt.date.max)


def shown_around(chosen: Period) -> Period:
    """``chosen``, or where that is short LEAST days with it in the middle."""
    return _between(chosen.first.toordinal(), chosen.last.toordinal(), LEAST)


def whole_units(period: Period) -> Period:
    """``period`` widened to whole days, months or years, as it would be shown."""
    by = suited(period)
    if by == "day":
        return period
    first, last = period.first, period.last
    if by == "year":
        return Period(dt.date(first.year, 1, 1), dt.date(last.year, 12, 31))
    ends = Period(dt.date(last.year, last.month, 1), dt.date(last.year, 12, 31))
    return Period(dt.date(first.year, first.month, 1), parted(ends, "month").parts[0].last)


def nearer(shown: Period) -> Period | None:
    """The middle half; None where one day is shown."""
    if shown.days == 1:
        return None
    quarter = max(1, shown.days // 4) if shown.days > 2 else 0
    first, last = shown.first.toordinal() + quarter, shown.last.toordinal() - quarter
    return _between(first, max(first, last), 1)


def farther(shown: Period) -> Period:
    """Twice as much, with ``shown`` in the middle."""
    half = (shown.days + 1) // 2
    return _between(shown.first.toordinal() - half, shown.last.toordinal() + half, 1)


def earlier(shown: Period) -> Period | None:
    """As many days right before; None where the calendar ends."""
    first = shown.first.toordinal() - shown.days
    return None if first < _FIRST else _between(first, shown.first.toordinal() - 1, 1)


def later(shown: Period) -> Period | None:
    """As many days right after; None where the calendar ends."""
    last = shown.last.toordinal() + shown.days
    return None if last > _LAST else _between(shown.last.toordinal() + 1, last, 1)


def years_in(whole: Period) -> list[Period]:
    """Years to jump to; decades, centuries or millennia where there are too many."""
    first, last = whole.first.year, whole.last.year
    step = next(step for step in (1, 10, 100, 1000) if last // step - first // step < _CHOICES)
    found = []
    for number in range(first // step, last // step + 1):
        years = max(1, number * step), min(dt.MAXYEAR, number * step + step - 1)
        found.append(Period(dt.date(years[0], 1, 1), dt.date(years[1], 12, 31)))
    return found


def _between(first: int, last: int, least: int) -> Period:
    lacking = max(0, least - (last - first + 1))
    first, last = first - lacking // 2, last + lacking - lacking // 2
    return Period(dt.date.fromordinal(max(_FIRST, first)), dt.date.fromordinal(min(_LAST, last)))
