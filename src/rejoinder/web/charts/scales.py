"""From days and counts to places in a plot, and where its axes carry labels."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.web.charts.periods import Period

__all__ = ["Across", "Down", "Tick", "count_ticks", "day_ticks"]

_LABELS = 9
"""Labels on a time axis at most."""
_LAST_LABEL = 0.97
"""A label that would begin beyond this part of the width would hang out of the plot."""
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place ``at`` which an axis has a label; ``under``: a second line ("2016" where a year begins)."""

    at: float
    label: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Across:
    """The days of ``period`` laid out over ``width``; each day is equally wide."""

    period: Period
    width: float

    def at(self, day: dt.date) -> float:
        """Where ``day`` begins; days outside the period are at its ends."""
        past = min(max(day.toordinal() - self.period.first.toordinal(), 0), self.period.days)
        return self.width * past / self.period.days

    def after(self, day: dt.date) -> float:
        """Where ``day`` ends."""
        past = min(max(day.toordinal() + 1 - self.period.first.toordinal(), 0), self.period.days)
        return self.width * past / self.period.days


@dataclass(frozen=True, slots=True)
class Down:
    """Counts upward and downward from an axis at ``zero``, each act ``unit`` high, as ``height`` allows."""

    height: float
    zero: float
    unit: float

    @classmethod
    def of(cls, height: float, most_above: int, most_below: int) -> "Down":
        """The scale on which ``most_above`` and ``most_below`` fit; neither side ever gets less than a fifth."""
        above, below = max(most_above, most_below / 4, 1), max(most_below, most_above / 4, 1)
        unit = height / (above + below)
        return cls(height, above * unit, unit)

    def at(self, count: float) -> float:
        """Where ``count`` lies; below the axis it is negative."""
        return self.zero - count * self.unit


def count_ticks(most: int) -> list[int]:
    """Round counts up to ``most``: one or two."""
    if most < 1:
        return []
    sizes = [step * 10**power for power in range(len(str(most))) for step in _STEPS]
    step = next(size for size in reversed(sizes) if size <= most)
    half = step // 2
    return [half, step] if step % 2 == 0 and most >= 4 else [step]


def day_ticks(across: Across) -> list[Tick]:
    """Labels where days, months or years begin, each in the period, few enough to be read."""
    found = []
    year = None
    for day, label in _labelled(across.period):
        at = across.at(day)
        if at > across.width * _LAST_LABEL:
            continue
        new_year = label != str(day.year) and day.year != year
        found.append(Tick(at, label, str(day.year) if new_year else ""))
        year = day.year
    return found


def _labelled(period: Period) -> Iterator[tuple[dt.date, str]]:
    if period.days <= 14 * _LABELS:
        return _by_days(period)
    if period.days <= 190 * _LABELS:
        return _by_months(period)
    return _by_years(period)


def _by_days(period: Period) -> Iterator[tuple[dt.date, str]]:
    step = next(step for step in (1, 2, 7, 14) if period.days <= step * _LABELS)
    for number in range(period.first.toordinal(), period.last.toordinal() + 1):
        if number % step == 1 % step:  # weeks begin on Mondays
            day = dt.date.fromordinal(number)
            yield day, f"{day.day} {calendar.month_abbr[day.month]}"


def _by_months(period: Period) -> Iterator[tuple[dt.date, str]]:
    step = next(step for step in (1, 3, 6) if period.days <= 31.7 * step * _LABELS)
    first, last = period.first, period.last
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        if number % 12 % step == 0:
            day = dt.date(number // 12, number % 12 + 1, 1)
            if day >= first:
                yield day, calendar.month_abbr[day.month]


def _by_years(period: Period) -> Iterator[tuple[dt.date, str]]:
    years = period.last.year - period.first.year + 1
    step = next(size for size in (s * 10**p for p in range(5) for s in _STEPS) if years <= size * _LABELS)
    for number in range(period.first.year // step, period.last.year // step + 1):
        day = dt.date(max(1, number * step), 1, 1)
        if day >= period.first:
            yield day, str(day.year)
