"""Stretches of days, and how one is parted into days, months or years. Every end is included."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from rejoinder.records import When
from rejoinder.web.words import days

__all__ = ["BY", "MOST", "By", "Parted", "Period", "fits", "parted", "suited"]

By = Literal["day", "month", "year"]
BY: tuple[By, ...] = get_args(By)

MOST = 400
"""Bars that one chart has at most."""

_DAYWISE = 190
"""Days up to which a stretch is shown day by day, unless somebody asks otherwise."""
_YEARS = (1, 2, 5, 10, 20, 50, 100)
_MONTH, _DAY = 7, 10
"""Characters of an ISO date that tell the month, the day."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``first`` to ``last``."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a stretch that ends before it begins: {self.first} .. {self.last}")

    @property
    def days(self) -> int:
        """How many days it has, 1 or more."""
        return self.last.toordinal() - self.first.toordinal() + 1

    def touches(self, first: dt.date | None, last: dt.date | None) -> bool:
        """Whether an interval shares a day with it. One open at one end reaches as far as asked; undated: no."""
        if first is None and last is None:
            return False
        return (last is None or last >= self.first) and (first is None or first <= self.last)

    @property
    def code(self) -> str:
        """The shortest ISO form: "2016", "2016-05", "2016-05-20", else both ends with a slash between."""
        first, last = self.first, self.last
        if first == last:
            return first.isoformat()
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            years = f"{first.year:04}", f"{last.year:04}"
            return years[0] if years[0] == years[1] else "/".join(years)
        if (first.year, first.month) == (last.year, last.month) and first.day == 1 and last.day == _days_in(last):
            return first.isoformat()[:_MONTH]
        return f"{first}/{last}"

    @property
    def name(self) -> str:
        """As people write it: "2016", "May 2016", "20 May 2016", "20–31 May 2016", "2010–2019"."""
        code = self.code
        if len(code) == _MONTH and "/" not in code:
            return f"{calendar.month_abbr[self.first.month]} {self.first.year}"
        if "-" in code:
            return days(When(self.first, self.last))
        return "–".join(str(int(year)) for year in code.split("/"))


@dataclass(frozen=True, slots=True)
class Parted:
    """A stretch ``whole`` parted into ``parts`` by day, month or ``step`` years; its first and last part may be cut."""

    whole: Period
    by: By
    step: int
    parts: tuple[Period, ...]

    def at(self, day: dt.date) -> int | None:
        """The number of the part, from 0, in which ``day`` lies; None outside the whole."""
        if not self.whole.first <= day <= self.whole.last:
            return None
        return _number(day, self.by, self.step) - _number(self.whole.first, self.by, self.step)


def parted(whole: Period, by: By) -> Parted:
    """``whole`` by ``by``; several years make a part where there would be more than MOST."""
    step = 1
    if by == "year":
        years = whole.last.year - whole.first.year + 1
        step = next(step for step in _YEARS if -(-years // step) < MOST)
    firsts = [max(whole.first, day) for day in _starts(whole, by, step)]
    ends = [dt.date.fromordinal(day.toordinal() - 1) for day in firsts[1:]] + [whole.last]
    return Parted(whole, by, step, tuple(Period(*pair) for pair in zip(firsts, ends, strict=True)))


def fits(whole: Period, by: By) -> bool:
    """Whether ``whole`` can be shown ``by`` that: in at most MOST bars (years can always be taken together)."""
    return by == "year" or _number(whole.last, by, 1) - _number(whole.first, by, 1) < MOST


def suited(whole: Period, asked: By | None = None) -> By:
    """How ``whole`` is best shown: as ``asked`` where that is possible, or else as finely as can be read."""
    if asked is not None and fits(whole, asked):
        return asked
    if asked is None and whole.days <= _DAYWISE:
        return "day"
    return "month" if asked != "month" and fits(whole, "month") else "year"


def _starts(whole: Period, by: By, step: int) -> Iterator[dt.date]:
    for number in range(_number(whole.first, by, step), _number(whole.last, by, step) + 1):
        if by == "day":
            yield dt.date.fromordinal(number)
        elif by == "month":
            yield dt.date(number // 12, number % 12 + 1, 1)
        else:
            yield dt.date(max(1, number * step), 1, 1)


def _number(day: dt.date, by: By, step: int) -> int:
    if by == "day":
        return day.toordinal()
    return day.year * 12 + day.month - 1 if by == "month" else day.year // step


def _days_in(day: dt.date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
