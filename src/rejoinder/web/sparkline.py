"""Small drawings that a server makes: months of a dyad, and a thread's answers in time. Shapes only, no colours."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rejoinder.book.exchange import place_of
from rejoinder.link.threads import last_day
from rejoinder.records import Act, How, Thread

__all__ = ["Bar", "Mark", "Spark", "Strip", "Years", "spark", "strip", "years"]

Months = Sequence[tuple[dt.date, int, int]]

_WIDTH, _HEIGHT = 480.0, 40.0
_STRIP_WIDTH, _STRIP_HEIGHT, _MARGIN = 150.0, 24.0, 6.0
_APART = 9.0
_STEPS = ((1, "month"), (3, "quarter"), (12, "year"))
_MOST_BARS = 96
_EARLY = 0.02
"""The share of acts that may lie before the drawing begins: one old date would squeeze all others."""

Shape = Literal["dot", "cross", "diamond", "ring"]
_SHAPES: Mapping[How, Shape] = {
    "accepts": "dot",
    "fulfils": "dot",
    "rejects": "cross",
    "breaches": "cross",
    "withdraws": "cross",
    "counters": "diamond",
    "reaffirms": "ring",
    "evades": "ring",
}


@dataclass(frozen=True, slots=True)
class Years:
    """The time that drawings beside each other share: from ``first`` on, ``bars`` of ``months`` months each.

    ``unit`` is what a bar is called.
    """

    first: dt.date
    bars: int
    months: int
    unit: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; ``x`` and ``y`` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Spark:
    """Acts of cooperation above the line at half the ``height``, of conflict below it; ``told`` says it in words."""

    width: float
    height: float
    above: tuple[Bar, ...]
    below: tuple[Bar, ...]
    told: str


def years(lines: Sequence[Months]) -> Years | None:
    """The time that ``lines`` span together; None where there is nothing to draw."""
    found = sorted((month, above + below) for line in lines for month, above, below in line)
    if not found:
        return None
    skipped, early = 0, _EARLY * sum(count for _, count in found)
    first = found[0][0]
    for month, count in found:
        if skipped > early:
            break
        first, skipped = month, skipped + count
    span = _months(first, found[-1][0]) + 1
    step, unit = next(((step, unit) for step, unit in _STEPS if span <= step * _MOST_BARS), _STEPS[-1])
    if step == 12:
        first = first.replace(month=1)
    elif step == 3:
        first = first.replace(month=first.month - (first.month - 1) % 3)
    return Years(first, -(-(_months(first, found[-1][0]) + 1) // step), step, unit)


def spark(line: Months, over: Years) -> Spark:
    """``line`` drawn ``over`` the time it shares with others, on a scale of its own."""
    above, below = [0] * over.bars, [0] * over.bars
    for month, good, bad in line:
        at = _months(over.first, month) // over.months
        if 0 <= at < over.bars:
            above[at] += good
            below[at] += bad
    most = max(*above, *below, 1)
    wide = _WIDTH / max(over.bars, 12)
    middle = _HEIGHT / 2

    def high(count: int) -> float:
        return max(1.5, (middle - 1) * count / most)

    def bar(at: int, count: int, top: float) -> Bar:
        return Bar(round(at * wide, 2), round(top, 2), round(max(1.0, wide * 0.8), 2), round(high(count), 2))

    return Spark(
        _WIDTH,
        _HEIGHT,
        tuple(bar(at, count, middle - high(count)) for at, count in enumerate(above) if count),
        tuple(bar(at, count, middle) for at, count in enumerate(below) if count),
        f"{sum(above)} acts of cooperation and {sum(below)} of conflict, drawn by {over.unit} from "
        f"{over.first:%B %Y}; at most {most} in a {over.unit}",
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of a thread at ``x``, ``y``; ``place`` says whose it is, ``shape`` what it does to the offer."""

    x: float
    y: float
    place: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Strip:
    """A thread in time, from its offer to its last answer or the newest day known.

    The offerer's marks stand above the ``axis``, the other side's below, all others on it. ``end`` is where the line
    ends, ``quiet`` whether it ends in silence.
    """

    width: float
    height: float
    axis: float
    start: Mark
    marks: tuple[Mark, ...]
    end: float
    quiet: bool


def strip(
    thread: Thread,
    answers: Mapping[str, Act],
    days: Mapping[str, dt.date | None] | None = None,
    *,
    width: float = _STRIP_WIDTH,
) -> Strip | None:
    """``thread`` drawn; ``answers`` are its answering acts by id. None where there is nothing to draw, or no day.

    ``days`` are those of the offer and the answers by act id, where more is known of them than the acts say.
    """

    def day_of(act: Act) -> dt.date | None:
        return days[act.id] if days is not None and act.id in days else last_day(act)

    start = day_of(thread.offer)
    if start is None:
        return None
    dated = [(link, act, day_of(act) or start) for link in thread.links if (act := answers.get(link.answer))]
    waiting = thread.status == "open" and thread.until is not None and not thread.replied
    if not dated and not (waiting and thread.silence_days):
        return None
    last = max([start, *(day for _, _, day in dated), *([thread.until] if waiting and thread.until else [])])
    span = (last - start).days

    def across(day: dt.date) -> float:
        share = max(0, (day - start).days) / span if span else 0.0
        return round(_MARGIN + share * (width - 2 * _MARGIN), 2)

    axis = _STRIP_HEIGHT / 2
    heights = {"a": axis - 6, "b": axis + 6}
    begun = Mark(_MARGIN, heights["a"], "a", "dot")
    taken = {(begun.x, begun.y)}
    marks: list[Mark] = []
    for link, act, day in dated:
        place = place_of(act, thread.offer)
        y = heights.get(place, axis)
        x = _free(across(day), y, taken)
        taken.add((x, y))
        marks.append(Mark(x, y, place, _SHAPES[link.how]))
    end = max(across(last), *(mark.x for mark in marks), begun.x)
    return Strip(max(width, end + _MARGIN), _STRIP_HEIGHT, axis, begun, tuple(marks), end, waiting)


def _free(x: float, y: float, taken: Collection[tuple[float, float]]) -> float:
    """The first place from ``x`` on where a mark hides no other."""
    while any(at == y and abs(other - x) < _APART for other, at in taken):
        x = round(x + _APART, 2)
    return x


def _months(since: dt.date, until: dt.date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month
