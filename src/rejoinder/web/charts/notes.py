"""Events as thin labelled lines; labels that would lie on each other go to another row, or into the list below only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rejoinder.web.charts.scales import Across
from rejoinder.web.events import Event

__all__ = ["MOST", "ROW", "Note", "noted"]

MOST = 40
"""Events that one chart shows."""
ROW = 15.0
"""Pixels from one row of labels to the next."""
_ROWS = 4
_LONGEST = 34
_LETTER = 0.0062
"""The part of a plot of usual width that a letter takes."""
_ENOUGH = 0.72
"""A label that begins beyond this part of the width is written to the left of its line."""


@dataclass(frozen=True, slots=True)
class Note:
    """An event from ``x`` on, ``width`` long (0: too short to be seen), its label in ``row`` (None: none)."""

    event: Event
    x: float
    width: float
    label: str
    row: int | None
    leftward: bool


def noted(events: Iterable[Event], across: Across) -> tuple[Note, ...]:
    """The ``events`` that touch the period shown, the first MOST of them."""
    shown = [event for event in events if across.period.touches(event.first, event.last)][:MOST]
    places = [across.at(event.first) for event in shown]
    right = [number for number, x in enumerate(places) if x <= across.width * _ENOUGH]
    left = [number for number, x in enumerate(places) if x > across.width * _ENOUGH]
    texts: dict[int, _Text] = {}
    for number in [*right, *reversed(left)]:  # from the outside inward, so that no line runs through a label before it
        x, long = places[number], across.width * _LETTER * (len(_short(shown[number].label)) + 2)
        text = _placed(x, x - long if number in left else x, long, texts.values())
        if text is not None:
            texts[number] = text
    return tuple(
        Note(
            event,
            x,
            across.after(event.last) - x if event.last > event.first else 0.0,
            _short(event.label),
            texts[number].row if number in texts else None,
            number in left,
        )
        for number, (event, x) in enumerate(zip(shown, places, strict=True))
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A label from ``begins`` to ``ends`` in ``row``, and the line at ``x`` that runs down from there."""

    x: float
    begins: float
    ends: float
    row: int


def _placed(x: float, begins: float, long: float, others: Collection[_Text]) -> _Text | None:
    """The label of the line at ``x`` in the highest row where it crosses no other, nor its line; None without one."""
    first = max((one.row + 1 for one in others if one.begins <= x <= one.ends), default=0)
    for row in range(first, _ROWS):
        made = _Text(x, begins, begins + long, row)
        if not any(_cross(made, one) for one in others):
            return made
    return None


def _cross(one: _Text, other: _Text) -> bool:
    together = one.row == other.row and one.begins < other.ends and other.begins < one.ends
    return together or (other.row < one.row and one.begins < other.x < one.ends)


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…"
