"""The world: states shaded by how much they took part in, and lines between those that acted on each other."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rejoinder.parties.statenames import state_names
from rejoinder.web.figures.arrows import Arrow, thickness

__all__ = ["Land", "Line", "Outlines", "WorldMap", "outlines", "world_map"]

SHADES = 5
"""Steps of shade, 0 for a state without an act."""
_MARGIN = 60
_LABELLED = 14
_LETTER = 6.2
"""About how wide a letter of a label is, in units of the map."""
_LEAST = 260
"""The least height of the part of the world that is shown, in units of the map."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """The basemap: outlines as SVG paths by state, and the point that stands for each, in a frame of this size."""

    width: int
    height: int
    outlines: Mapping[str, str]
    points: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Land:
    """A state with its shade, 0 to ``SHADES``; ``state`` is "" for land of no state in the list."""

    state: str
    path: str
    shade: int
    acts: int


@dataclass(frozen=True, slots=True)
class Line:
    """What two states did to each other. ``path`` bends, so that lines that cross can be told apart."""

    states: tuple[str, str]
    path: str
    width: float
    cooperation: int
    conflict: int

    @property
    def acts(self) -> int:
        """All acts."""
        return self.cooperation + self.conflict


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a state beside its point. ``anchor`` is SVG's text-anchor."""

    state: str
    place: tuple[float, float]
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class WorldMap:
    """The drawing. ``box`` is SVG's viewBox; ``missing`` are parties without a place, the busiest first."""

    box: str
    lands: tuple[Land, ...]
    lines: tuple[Line, ...]
    labels: tuple["Label", ...]
    missing: tuple[tuple[str, int], ...]
    left_out: int


@cache
def outlines() -> Outlines:
    """The basemap that the package ships (see ``scripts/basemap.mjs``)."""
    raw = json.loads((files("rejoinder.web") / "data" / "world.json").read_text(encoding="utf-8"))
    points = {state: (float(x), float(y)) for state, (x, y) in raw["points"].items()}
    return Outlines(raw["width"], raw["height"], MappingProxyType(raw["outlines"]), MappingProxyType(points))


def world_map(told: Sequence[Arrow], base: Outlines, *, whole: bool = False, most: int = 50) -> WorldMap:
    """The map for ``told``: of the part of the world where most of it happens, or of the ``whole``."""
    acts: dict[str, int] = {}
    for arrow in told:
        for state in (arrow.actor, arrow.target):
            acts[state] = acts.get(state, 0) + arrow.acts
    lines = _lines(told, base)
    placed = sorted((state for state in acts if state in base.points), key=lambda state: (-acts[state], state))
    busy = [state for line in lines[:most] for state in line.states]
    return WorldMap(
        f"0 0 {base.width} {base.height}" if whole or not busy else _box([base.points[state] for state in busy], base),
        tuple(
            Land(state if state in base.points else "", path, _shade(acts.get(state, 0), acts), acts.get(state, 0))
            for state, path in base.outlines.items()
        ),
        tuple(reversed(lines[:most])),
        _labels(placed[:_LABELLED], base),
        tuple(
            sorted(
                ((state, acts[state]) for state in acts if state not in base.points), key=lambda one: (-one[1], one[0])
            )
        ),
        max(0, len(lines) - most),
    )


def _lines(told: Sequence[Arrow], base: Outlines) -> list[Line]:
    sums: dict[tuple[str, str], list[int]] = {}
    for arrow in told:
        if arrow.actor in base.points and arrow.target in base.points:
            first, second = sorted((arrow.actor, arrow.target))
            held = sums.setdefault((first, second), [0, 0])
            held[0] += arrow.cooperation
            held[1] += arrow.conflict
    highest = max((sum(held) for held in sums.values()), default=1)
    made = [
        Line(pair, _bent(base.points[pair[0]], base.points[pair[1]]), thickness(sum(held), highest), *held)
        for pair, held in sums.items()
    ]
    return sorted(made, key=lambda line: (-line.acts, line.states))


def _labels(states: Sequence[str], base: Outlines) -> tuple[Label, ...]:
    """Names beside their points, on whichever side no name stands yet; one without room is left out."""
    taken: list[tuple[float, float, float, float]] = []
    made = []
    for state in states:
        x, y = base.points[state]
        for label in _beside(state, x, y):
            room = _room(label)
            if not any(_meet(room, other) for other in taken):
                taken.append(room)
                made.append(label)
                break
    return tuple(made)


def _beside(state: str, x: float, y: float) -> Iterator[Label]:
    for over, down, anchor in ((5, 3.5, "start"), (-5, 3.5, "end"), (0, -5, "middle"), (0, 12, "middle")):
        yield Label(state, (x, y), round(x + over, 1), round(y + down, 1), anchor)


def _room(label: Label) -> tuple[float, float, float, float]:
    wide = _LETTER * len(state_names().get(label.state, label.state))
    left = label.x - {"start": 0, "end": wide, "middle": wide / 2}[label.anchor]
    return left, label.y - 9, left + wide, label.y + 3


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _bent(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1)
    lift = min(60.0, length * 0.22)
    return f"M{x1:.1f} {y1:.1f}Q{(x1 + x2) / 2:.1f} {(y1 + y2) / 2 - lift:.1f} {x2:.1f} {y2:.1f}"


def _box(points: Sequence[tuple[float, float]], base: Outlines) -> str:
    """A part of the frame, of its shape, that holds ``points`` with a margin."""
    left, right = min(x for x, _ in points) - _MARGIN, max(x for x, _ in points) + _MARGIN
    top, bottom = min(y for _, y in points) - _MARGIN, max(y for _, y in points) + _MARGIN
    shape = base.width / base.height
    height = min(float(base.height), max(bottom - top, (right - left) / shape, _LEAST))
    width = height * shape
    x = min(max(0.0, (left + right - width) / 2), base.width - width)
    y = min(max(0.0, (top + bottom - height) / 2), base.height - height)
    return f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}"


def _shade(acts: int, all_acts: Mapping[str, int]) -> int:
    if not acts:
        return 0
    highest = max(all_acts.values())
    return max(1, math.ceil(SHADES * math.log1p(acts) / math.log1p(highest)))
