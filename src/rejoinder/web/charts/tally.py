"""Counts sorted by where a chart shows them: in a bar, over their interval, or, without a date, not at all."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from rejoinder.book.overview import Count
from rejoinder.codebook import codebook
from rejoinder.web.charts.periods import Parted

__all__ = ["Direction", "Span", "Tally", "direction", "is_deed", "tallied"]

Kinds = dict[tuple[str, bool], int]
"""How many of each kind, in the background or not."""


class Direction(Enum):
    """On which side of the axis a kind stands."""

    COOPERATION = 1
    CONFLICT = -1
    NEITHER = 0


@dataclass(frozen=True, slots=True)
class Span:
    """The days ``first`` to ``last`` on one of which ``number`` acts or reports of ``actor`` were; None: open end."""

    first: dt.date | None
    last: dt.date | None
    actor: str
    direction: Direction
    kinds: Mapping[tuple[str, bool], int]

    @property
    def number(self) -> int:
        """All of them."""
        return sum(self.kinds.values())

    @property
    def background(self) -> bool:
        """Whether all of them are background."""
        return all(background for _, background in self.kinds)


@dataclass(frozen=True, slots=True)
class Tally:
    """Where each act or report stands: nothing is in two places, and nothing in none.

    ``bars`` are by the number of the part and the actor: what is known to lie in that part. ``spans`` reach over
    several parts. ``undated`` have no date at all; ``outside`` lie in other days than those shown.
    """

    bars: Mapping[tuple[int, str], Kinds]
    spans: tuple[Span, ...]
    undated: Mapping[str, Kinds]
    outside: int = 0

    @property
    def without_date(self) -> int:
        """All that has no date."""
        return sum(sum(kinds.values()) for kinds in self.undated.values())

    @property
    def total(self) -> int:
        """All that was counted."""
        in_bars = sum(sum(kinds.values()) for kinds in self.bars.values())
        return in_bars + sum(span.number for span in self.spans) + self.without_date + self.outside


@cache
def is_deed(kind: str) -> bool:
    """Whether ``kind`` is something done rather than said."""
    return codebook().quad(kind) in (2, 4)


@cache
def direction(kind: str) -> Direction:
    """Quad classes 1 and 2 are cooperation, 3 and 4 conflict; a kind that the codebook lacks is neither."""
    quad = codebook().quad(kind)
    if quad is None:
        return Direction.NEITHER
    return Direction.COOPERATION if quad in (1, 2) else Direction.CONFLICT


def tallied(counts: Iterable[Count], parts: Parted, *, reports: bool = False) -> Tally:
    """``counts`` placed in ``parts``: acts, or their ``reports``."""
    bars: dict[tuple[int, str], Kinds] = {}
    spans: dict[tuple[dt.date | None, dt.date | None, str, Direction], Kinds] = {}
    undated: dict[str, Kinds] = {}
    outside = 0
    number_of = _Numbers(parts)
    for one in counts:
        number = one.reports if reports else one.acts
        first, last = one.day, one.last
        begins = None if first is None else number_of[first]
        if begins is not None and last is not None and (last == first or number_of[last] == begins):
            kinds = bars.setdefault((begins, one.actor), {})
        elif first is None and last is None:
            kinds = undated.setdefault(one.actor, {})
        elif parts.whole.touches(first, last):
            kinds = spans.setdefault((first, last, one.actor, direction(one.kind)), {})
        else:
            outside += number
            continue
        key = one.kind, one.background
        kinds[key] = kinds.get(key, 0) + number
    return Tally(bars, tuple(Span(*key, kinds) for key, kinds in spans.items()), undated, outside)


class _Numbers(dict[dt.date, int | None]):
    """The number of the part of each day, looked up once."""

    def __init__(self, parts: Parted) -> None:
        super().__init__()
        self._parts = parts

    def __missing__(self, day: dt.date) -> int | None:
        self[day] = found = self._parts.at(day)
        return found
