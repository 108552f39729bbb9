"""The figures behind a chart, for its twins and tables: nothing is left out for want of room."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar, overload

from rejoinder.book.overview import Count
from rejoinder.book.table import Cell, Row
from rejoinder.codebook import codebook
from rejoinder.web.charts.periods import By, Period
from rejoinder.web.charts.tally import Direction, direction

__all__ = ["Awaited", "KindLine", "bucket_rows", "kind_lines"]

T = TypeVar("T")

_PREFIX = {"day": 10, "month": 7, "year": 4}
"""Characters of an ISO date that name its bucket."""


class Awaited(Sequence[T]):
    """A sequence that is made when somebody first looks into it: twins that nobody asks for cost nothing."""

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self._make = make
        self._made: Sequence[T] | None = None

    def _all(self) -> Sequence[T]:
        if self._made is None:
            self._made = self._make()
        return self._made

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        return self._all()[at]

    def __len__(self) -> int:
        return len(self._all())


@dataclass(frozen=True, slots=True)
class KindLine:
    """How many of one ``kind`` each actor did, in the order of the actors."""

    kind: str
    direction: Direction
    numbers: tuple[int, ...]


def bucket_rows(dyad: str, counts: Iterable[Count], by: By) -> list[Row]:
    """A row for each bucket, actor and kind of the dyad, with its acts and reports.

    An act over several buckets has none, but its interval; an end that is not known is empty. ``quad_class`` is empty
    where the codebook lacks the kind.
    """
    acts: Counter[tuple[str, dt.date | None, dt.date | None, str, str, bool]] = Counter()
    reports = acts.copy()
    prefix = _PREFIX[by]
    for one in counts:
        first, last, bucket = one.day, one.last, ""
        if first is not None and last is not None and first.isoformat()[:prefix] == last.isoformat()[:prefix]:
            bucket = first.isoformat()[:prefix]
            first, last = _whole(first, by)
        key = bucket, first, last, one.actor, one.kind, one.background
        acts[key] += one.acts
        reports[key] += one.reports
    rows: list[Row] = []
    for key in sorted(acts, key=_order):
        bucket, first, last, actor, kind, background = key
        days: dict[str, Cell] = {"dyad": dyad, "bucket": bucket or None, "since": first, "until": last}
        rows.append(
            days
            | {"actor": actor, "kind": kind, "quad_class": codebook().quad(kind), "background": background}
            | {"acts": acts[key], "reports": reports[key]}
        )
    return rows


def kind_lines(
    counts: Iterable[Count], period: Period | None, actors: Sequence[str], *, reports: bool
) -> list[KindLine]:
    """How many of each kind may lie in ``period`` (None: at any time), in the codebook's order, the rest after it."""
    found: dict[str, Counter[str]] = {}
    for one in counts:
        if period is None or period.touches(one.day, one.last):
            found.setdefault(one.kind, Counter())[one.actor] += one.reports if reports else one.acts
    known = [kind for way in Direction for kind in codebook().kinds if direction(kind) is way]
    names = [*(kind for kind in known if kind in found), *sorted(found.keys() - codebook().kinds.keys())]
    return [KindLine(kind, direction(kind), tuple(found[kind][actor] for actor in actors)) for kind in names]


def _whole(day: dt.date, by: By) -> tuple[dt.date, dt.date]:
    if by == "day":
        return day, day
    if by == "year":
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    after = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1) if (day.year, day.month) != (9999, 12) else None
    return day.replace(day=1), dt.date.max if after is None else dt.date.fromordinal(after.toordinal() - 1)


def _order(key: tuple[str, dt.date | None, dt.date | None, str, str, bool]) -> tuple[object, ...]:
    bucket, first, last, *rest = key
    undated = first is None and last is None
    return undated, first or last or dt.date.max, not bucket, last or dt.date.max, *rest
