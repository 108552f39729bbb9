"""Events as thin labelled lines; labels that would lie on each other go to another row, or into the list below only."""

from collections.abc import Iterable
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
    shown = [event for event in events if across.period.touches(event.first, event.last)]
    free = [0.0] * _ROWS
    notes = []
    for event in shown[:MOST]:
        x = across.at(event.first)
        width = across.after(event.last) - x if event.last > event.first else 0.0
        label = event.label if len(event.label) <= _LONGEST else event.label[: _LONGEST - 1].rstrip() + "…"
        long = across.width * _LETTER * (len(label) + 2)
        leftward = x > across.width * _ENOUGH
        begins = x - long if leftward else x
        row = next((number for number, end in enumerate(free) if begins >= end), None)
        if row is not None:
            free[row] = begins + long
        notes.append(Note(event, x, width, label, row, leftward))
    return tuple(notes)
