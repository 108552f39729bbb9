"""Arithmetic with days: months, weeks, seasons and the like as intervals with both ends included."""

import calendar
import datetime as dt
from typing import Literal, NamedTuple

__all__ = [
    "Days",
    "Tense",
    "day",
    "decade",
    "month",
    "months_from",
    "nearest",
    "part_of_decade",
    "part_of_month",
    "part_of_year",
    "season",
    "season_of",
    "seasons",
    "shift",
    "week",
    "weekend",
    "year",
]

# A coming day this far off, where the past one is this near, is not meant even where the sentence speaks of the future
# ("vowed to repeat the attack of October 7", written in December).
_FAR, _NEAR = 200, 120
# The reverse: a day of nearly a year ago is not meant without its year, where the next is a few weeks off
# ("said that the talks of February 16 would go ahead", written on February 5).
_STALE, _SOON = 280, 45

Tense = Literal["past", "future", ""]


class Days(NamedTuple):
    """First and last day, both included; None where that end is open."""

    earliest: dt.date | None = None
    latest: dt.date | None = None


def day(year_: int, month_: int, day_: int) -> dt.date | None:
    """That day, or None where the calendar has none."""
    try:
        return dt.date(year_, month_, day_)
    except ValueError:
        return None


def month(year_: int, month_: int) -> Days:
    """All days of a month; ``month_`` may lie outside 1..12 and then counts into other years."""
    years, index = divmod(month_ - 1, 12)
    year_, month_ = year_ + years, index + 1
    return Days(dt.date(year_, month_, 1), dt.date(year_, month_, calendar.monthrange(year_, month_)[1]))


def year(year_: int) -> Days:
    """All days of a year."""
    return Days(dt.date(year_, 1, 1), dt.date(year_, 12, 31))


def decade(first_year: int) -> Days:
    """The ten years from ``first_year``."""
    return Days(dt.date(first_year, 1, 1), dt.date(first_year + 9, 12, 31))


def week(anchor: dt.date, offset: int = 0) -> Days:
    """Monday to Sunday of the anchor's week, or of one ``offset`` weeks later (ISO 8601 weeks)."""
    monday = anchor - dt.timedelta(days=anchor.weekday()) + dt.timedelta(weeks=offset)
    return Days(monday, monday + dt.timedelta(days=6))


def weekend(anchor: dt.date, offset: int = 0) -> Days:
    """Saturday and Sunday of the anchor's week, or of one ``offset`` weeks later."""
    monday = week(anchor, offset).earliest
    assert monday is not None
    return Days(monday + dt.timedelta(days=5), monday + dt.timedelta(days=6))


def season_of(year_: int, first_month: int, months: int) -> Days:
    """``months`` whole months from ``first_month`` of ``year_``."""
    return Days(month(year_, first_month).earliest, month(year_, first_month + months - 1).latest)


def season(year_: int, first_month: int) -> Days:
    """Three months from ``first_month`` of ``year_``."""
    return season_of(year_, first_month, 3)


def seasons(anchor: dt.date, first_month: int) -> list[Days]:
    """That season of the two years before the anchor's year, of that year and of the next, in order."""
    return [season(anchor.year + step, first_month) for step in (-2, -1, 0, 1)]


def months_from(anchor: dt.date, months: int) -> dt.date:
    """The same day ``months`` months later, or the last day of that month where it is shorter."""
    first, last = month(anchor.year, anchor.month + months)
    assert first is not None
    assert last is not None
    return first.replace(day=min(anchor.day, last.day))


def shift(anchor: dt.date, count: int, unit: str) -> dt.date:
    """The day ``count`` days, weeks, months, years or decades after ``anchor`` (before it where negative)."""
    if unit in {"day", "night"}:
        return anchor + dt.timedelta(days=count)
    if unit == "week":
        return anchor + dt.timedelta(weeks=count)
    return months_from(anchor, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit])


def nearest(candidates: list[Days], anchor: dt.date, tense: Tense, *, ahead: int = 0, behind: int = 0) -> Days:
    """The candidate that a writer at ``anchor`` means.

    ``candidates`` are in the order of time. Past: the last that has begun. Future: the first that is not over. Where
    the tense is unknown, the past one, unless the coming one begins within ``ahead`` days and the past one ended more
    than ``behind`` days ago.
    """
    begun = [one for one in candidates if one.earliest and one.earliest <= anchor]
    coming = [one for one in candidates if one.latest and one.latest >= anchor]
    last, first = (begun or candidates)[-1 if begun else 0], (coming or candidates)[0 if coming else -1]
    assert first.earliest is not None
    assert last.latest is not None
    wait, age = (first.earliest - anchor).days, (anchor - last.latest).days
    if tense == "future":
        return last if wait > _FAR and age < _NEAR else first
    if first == last:
        return last
    if tense == "past":
        return first if wait <= _SOON and age > _STALE else last
    return first if wait <= ahead and age > behind else last


def part_of_month(whole: Days, bounds: tuple[int, int]) -> Days:
    """Days ``bounds`` of a month; 0 stands for its last day."""
    assert whole.earliest is not None
    assert whole.latest is not None
    first, last = bounds
    return Days(whole.earliest.replace(day=first), whole.latest.replace(day=last) if last else whole.latest)


def part_of_year(whole: Days, bounds: tuple[int, int]) -> Days:
    """Months ``bounds`` of a year."""
    assert whole.earliest is not None
    return Days(
        month(whole.earliest.year, bounds[0]).earliest,
        month(whole.earliest.year, bounds[1]).latest,
    )


def part_of_decade(first_year: int, bounds: tuple[int, int]) -> Days:
    """Years ``bounds`` of a decade, the first being 0."""
    return Days(year(first_year + bounds[0]).earliest, year(first_year + bounds[1]).latest)
