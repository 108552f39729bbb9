"""States on a circle, with an arrow bent towards the middle for what one did toward another."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rejoinder.web.figures.arrows import Arrow, busiest, thickness

__all__ = ["Bow", "Circle", "Node", "circle"]

SIZE = 720
"""Width and height of the drawing."""
_RADIUS = 250
_LABEL = 14
"""How far outside the circle a label begins."""
_APART = 0.03
"""Radians between where arrows leave a state and where they come in."""
_BEND = 0.35
"""How far an arrow bends to the middle: 0 not at all, 1 through it."""


@dataclass(frozen=True, slots=True)
class Node:
    """A state on the circle: where its dot and its label are. ``anchor`` is SVG's text-anchor."""

    state: str
    x: float
    y: float
    size: float
    label_x: float
    label_y: float
    anchor: str
    acts: int


@dataclass(frozen=True, slots=True)
class Bow:
    """An arrow as a path."""

    arrow: Arrow
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Circle:
    """The drawing; ``left_out`` are the arrows for which there was no room."""

    nodes: tuple[Node, ...]
    bows: tuple[Bow, ...]
    left_out: int


def circle(told: Sequence[Arrow], *, states: int = 20, most: int = 70) -> Circle:
    """The busiest ``states`` and the ``most`` arrows between them."""
    order = _around(busiest(told, states), told)
    between = [arrow for arrow in told if arrow.actor in order and arrow.target in order]
    drawn = between[:most]
    turn = {state: 2 * math.pi * at / max(1, len(order)) - math.pi / 2 for at, state in enumerate(order)}
    highest = max((arrow.acts for arrow in drawn), default=1)
    acts = {state: sum(one.acts for one in told if state in (one.actor, one.target)) for state in order}
    return Circle(
        tuple(_node(state, turn[state], acts[state], max(acts.values(), default=1)) for state in order),
        tuple(_bow(arrow, turn, highest) for arrow in reversed(drawn)),  # the busiest on top
        len(told) - len(drawn),
    )


def _around(states: Sequence[str], told: Sequence[Arrow]) -> list[str]:
    """``states`` in an order in which those that have much to do with each other stand side by side."""
    tie: dict[frozenset[str], int] = {}
    for arrow in told:
        pair = frozenset((arrow.actor, arrow.target))
        tie[pair] = tie.get(pair, 0) + arrow.acts
    rest, placed = list(states[1:]), list(states[:1])
    while rest:  # at either end the one that is tied to it most
        ends = [
            (tie.get(frozenset((end, one)), 0), -at, side, one)
            for at, one in enumerate(rest)
            for side, end in ((0, placed[0]), (1, placed[-1]))
        ]
        _, _, side, one = max(ends)
        rest.remove(one)
        placed.insert(len(placed) if side else 0, one)
    return placed


def _node(state: str, angle: float, acts: int, most: int) -> Node:
    x, y = math.cos(angle), math.sin(angle)
    out = _RADIUS + _LABEL
    anchor = "middle" if abs(x) < 0.2 else "start" if x > 0 else "end"
    return Node(
        state,
        _at(_RADIUS * x),
        _at(_RADIUS * y),
        round(4 + 8 * math.sqrt(acts / most), 1),
        _at(out * x),
        _at(out * y + (4 if abs(x) >= 0.2 else 10 * y + 4)),
        anchor,
        acts,
    )


def _bow(arrow: Arrow, turn: Mapping[str, float], highest: int) -> Bow:
    start, end = turn[arrow.actor] + _APART, turn[arrow.target] - _APART
    near = _RADIUS - 12  # the head of the arrow stays clear of the dot
    x1, y1, x2, y2 = near * math.cos(start), near * math.sin(start), near * math.cos(end), near * math.sin(end)
    # arrows there and back lie side by side: each keeps to its own side of the line between the two
    middle_x, middle_y = (x1 + x2) / 2 * (1 - _BEND), (y1 + y2) / 2 * (1 - _BEND)
    length = math.hypot(x2 - x1, y2 - y1) or 1
    aside_x, aside_y = (y2 - y1) / length * 10, (x1 - x2) / length * 10
    path = f"M{_at(x1)} {_at(y1)}Q{_at(middle_x + aside_x)} {_at(middle_y + aside_y)} {_at(x2)} {_at(y2)}"
    return Bow(arrow, path, thickness(arrow.acts, highest))


def _at(offset: float) -> float:
    return round(SIZE / 2 + offset, 1)
