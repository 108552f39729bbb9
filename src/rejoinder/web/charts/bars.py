"""Bars above and below an axis: one panel a side, all panels on one scale."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rejoinder.web.charts.periods import Parted, Period
from rejoinder.web.charts.scales import Across, Down, count_ticks
from rejoinder.web.charts.tally import Direction, Kinds, Tally, direction, is_deed

__all__ = ["HEIGHT", "Box", "Line", "Panel", "highest", "panel", "place"]

HEIGHT = 132.0
"""Pixels of a panel."""
SHADES = ("deeds", "words", "background")
"""From the axis outward."""
_WIDEST = 0.04
"""The part of the plot that a bar takes at most."""
_FILLED = 0.82
"""The part of its days that a bar takes; the rest keeps it from the next."""
_APART = 14.0
"""Pixels between two labels."""
_THINNEST = 0.7
"""Pixels: what was counted is always to be seen."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, painted as ``paint`` says ("deeds", "words", "background")."""

    x: float
    y: float
    width: float
    height: float
    paint: str


@dataclass(frozen=True, slots=True)
class Line:
    """A level line at the height ``y``, with what stands beside it."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What ``actor`` did: boxes from the axis, which lies at ``zero``, outward; deeds, then words, then background.

    ``top`` is where it begins in the chart; the heights in it count from there.
    """

    actor: str
    top: float
    height: float
    zero: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def highest(tallies: Iterable[Tally]) -> tuple[int, int]:
    """The most that stands above the axis in one bar of any of them, and the most below."""
    most = {Direction.COOPERATION: 0, Direction.CONFLICT: 0}
    for tally in tallies:
        for kinds in tally.bars.values():
            for way, layers in _layers(kinds).items():
                most[way] = max(most[way], sum(layers.values()))
    return most[Direction.COOPERATION], most[Direction.CONFLICT]


def panel(tally: Tally, parts: Parted, actor: str, across: Across, *, top: float, most: tuple[int, int]) -> Panel:
    """The bars of ``actor`` in ``tally``, on the scale on which ``most`` above and below the axis fit."""
    down = Down.of(HEIGHT, *most)
    boxes: list[Box] = []
    for at, part in enumerate(parts.parts):
        kinds = tally.bars.get((at, actor))
        if kinds:
            boxes += _stacks(kinds, *place(part, across), down)
    lines = tuple(_lines(most, down))
    return Panel(actor, top, HEIGHT, down.zero, tuple(boxes), lines)


def place(part: Period, across: Across) -> tuple[float, float]:
    """Where the bar of ``part`` begins, and how wide it is."""
    first, last = across.at(part.first), across.after(part.last)
    width = min((last - first) * _FILLED, across.width * _WIDEST)
    return (first + last - width) / 2, width


def _lines(most: tuple[int, int], down: Down) -> Iterator[Line]:
    """Round counts above and below the axis, far enough from it and from each other to be read."""
    for sign, highest_there in zip((1, -1), most, strict=True):
        free = abs(down.zero - down.at(highest_there)) + _APART
        for count in sorted(count_ticks(highest_there), reverse=True):
            away = count * down.unit
            if _APART <= away <= free - _APART:
                yield Line(down.at(sign * count), f"{count:,}")
                free = away


def _stacks(kinds: Kinds, x: float, width: float, down: Down) -> Iterator[Box]:
    for way, layers in _layers(kinds).items():
        done = 0
        for paint in SHADES:
            number = layers[paint]
            if not number:
                continue
            ends = down.at(way.value * done), down.at(way.value * (done + number))
            yield Box(x, min(ends), width, max(_THINNEST, abs(ends[1] - ends[0])), paint)
            done += number


def _layers(kinds: Kinds) -> Mapping[Direction, Mapping[str, int]]:
    """How many above and below the axis, by how they are painted; kinds of neither side are in no bar."""
    found = {way: dict.fromkeys(SHADES, 0) for way in (Direction.COOPERATION, Direction.CONFLICT)}
    for (kind, background), number in kinds.items():
        way = direction(kind)
        if way is not Direction.NEITHER:
            found[way]["background" if background else "deeds" if is_deed(kind) else "words"] += number
    return found
