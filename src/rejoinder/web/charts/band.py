"""Acts whose day is not known more closely than an interval: lines over their days, in as many lanes as needed."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.web.charts.scales import Across
from rejoinder.web.charts.tally import Direction, Span

__all__ = ["LANES", "Band", "Lying", "band"]

LANES = 5
"""Lanes of one side at most."""
_LOOKED_AT = 2000
"""Intervals that are tried to be placed; each that is longer than these is left out."""
PITCH = 9.0
"""Pixels from one lane to the next."""
_THIN = 0.004
"""The part of the plot that a line takes at least."""
_GAP = 0.003


@dataclass(frozen=True, slots=True)
class Lying:
    """A span drawn from ``x`` on, ``width`` long, at the height ``y``; open at an end of which no day is known.

    ``marked``: the end that is known lies in the chart.
    """

    span: Span
    x: float
    width: float
    y: float
    open_left: bool
    open_right: bool
    marked: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Lines of ``actor``; ``left_out`` counts the acts or reports for which there was no room, the vaguest.

    ``top`` is where it begins in the chart; the heights in it count from there.
    """

    actor: str
    top: float
    height: float
    lying: tuple[Lying, ...]
    left_out: int


def band(spans: Sequence[Span], actor: str, across: Across, top: float) -> Band:
    """The lines of ``actor`` over ``spans``, the best known first, each in the first lane that is free."""
    mine = [span for span in spans if span.actor == actor and span.direction is not Direction.NEITHER]
    mine.sort(key=_vagueness)
    lanes: list[list[tuple[float, float]]] = []
    lying: list[Lying] = []
    for span in mine[:_LOOKED_AT]:
        first, last = _ends(span, across)
        lane = _free(lanes, first, last, across.width * _GAP)
        if lane is not None:
            shape = first, last - first, PITCH * lane + PITCH / 2
            marked = across.period.touches(span.first or span.last, span.first or span.last)
            lying.append(Lying(span, *shape, span.first is None, span.last is None, marked))
    drawn = sum(one.span.number for one in lying)
    return Band(actor, top, PITCH * len(lanes), tuple(lying), sum(span.number for span in mine) - drawn)


def _vagueness(span: Span) -> tuple[int, dt.date, int]:
    first, last = span.first, span.last
    if first is None or last is None:
        return dt.date.max.toordinal(), first or last or dt.date.max, span.direction.value
    return last.toordinal() - first.toordinal(), first, span.direction.value


def _ends(span: Span, across: Across) -> tuple[float, float]:
    first = 0.0 if span.first is None else across.at(span.first)
    last = across.width if span.last is None else across.after(span.last)
    lacking = max(0.0, across.width * _THIN - (last - first))
    return max(0.0, min(first, across.width - lacking) - lacking / 2), min(across.width, last + lacking / 2)


def _free(lanes: list[list[tuple[float, float]]], first: float, last: float, gap: float) -> int | None:
    """The first lane in which first .. last is free, which it then is no more; None where there is none."""
    for number, lane in enumerate(lanes):
        at = bisect_left(lane, (first, last))
        if (at == 0 or lane[at - 1][1] + gap <= first) and (at == len(lane) or last + gap <= lane[at][0]):
            lane.insert(at, (first, last))
            return number
    if len(lanes) < LANES:
        lanes.append([(first, last)])
        return len(lanes) - 1
    return None
