"""A whole chart of a dyad, and two of them on one time axis and one scale."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.book.overview import Count
from rejoinder.web.charts.band import Band, band
from rejoinder.web.charts.bars import Panel, highest, panel
from rejoinder.web.charts.notes import ROW, Note, noted
from rejoinder.web.charts.periods import Parted, Period
from rejoinder.web.charts.scales import Across, Tick, day_ticks
from rejoinder.web.charts.tally import Tally, tallied
from rejoinder.web.events import Event

__all__ = ["Chart", "Column", "Dyad", "Veil", "charts"]

_CAPTION = 24.0
"""Pixels above a panel or the band, for what it is called."""
_AXIS = 36.0
"""Pixels below all, for the labels of the time axis."""


@dataclass(frozen=True, slots=True)
class Dyad:
    """What is drawn of the dyad called ``code``: the ``counts`` of its ``actors``, in the order of the panels.

    ``accents`` name the colour of each actor: "a", "b", or "c" for one of neither side.
    """

    code: str
    actors: tuple[str, ...]
    accents: Mapping[str, str]
    counts: Sequence[Count]


@dataclass(frozen=True, slots=True)
class Column:
    """The days of a part from top to bottom, for whoever points at them."""

    number: int
    part: Period
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Veil:
    """What is shown but not chosen."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The geometry of one dyad's chart, ``height`` pixels high; ``floor`` is where the time axis lies."""

    dyad: Dyad
    tally: Tally
    width: float
    height: float
    floor: float
    panels: tuple[Panel, ...]
    band_top: float
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    notes: tuple[Note, ...]
    columns: tuple[Column, ...]
    veils: tuple[Veil, ...]

    @property
    def left_out(self) -> int:
        """Acts or reports over intervals for which there is no room."""
        return sum(one.left_out for one in self.bands)


def charts(
    dyads: Sequence[Dyad],
    parts: Parted,
    chosen: Period,
    *,
    width: float = 100.0,
    reports: bool = False,
    events: Iterable[Event] = (),
) -> list[Chart]:
    """A chart of each of ``dyads`` over ``parts``, ``width`` wide; acts, or ``reports``; days not ``chosen`` veiled."""
    tallies = [tallied(dyad.counts, parts, reports=reports) for dyad in dyads]
    most, known = highest(tallies), list(events)
    across = Across(parts.whole, width)
    return [
        _chart(dyad, tally, parts, across, most, _veils(chosen, across), _of(known, dyad))
        for dyad, tally in zip(dyads, tallies, strict=True)
    ]


def _chart(  # noqa: PLR0917
    dyad: Dyad,
    tally: Tally,
    parts: Parted,
    across: Across,
    most: tuple[int, int],
    veils: tuple[Veil, ...],
    events: Sequence[Event],
) -> Chart:
    notes = noted(events, across)
    at = ROW * max((note.row + 1 for note in notes if note.row is not None), default=0)
    panels = []
    for actor in dyad.actors:
        made = panel(tally, parts, actor, across, top=at + _CAPTION, most=most)
        panels.append(made)
        at = made.top + made.height
    band_top = at
    bands: list[Band] = []
    for actor in dyad.actors:
        one = band(tally.spans, actor, across, at if bands else at + _CAPTION)
        if one.lying:
            bands.append(one)
            at = one.top + one.height
    floor = at + 6
    return Chart(
        dyad,
        tally,
        across.width,
        floor + _AXIS,
        floor,
        tuple(panels),
        band_top,
        tuple(bands),
        tuple(day_ticks(across)),
        notes,
        tuple(_columns(parts, across)),
        veils,
    )


def _columns(parts: Parted, across: Across) -> list[Column]:
    ends = [(across.at(part.first), across.after(part.last)) for part in parts.parts]
    return [
        Column(number, part, first, last - first)
        for number, (part, (first, last)) in enumerate(zip(parts.parts, ends, strict=True))
    ]


def _veils(chosen: Period, across: Across) -> tuple[Veil, ...]:
    first, last = across.at(chosen.first), across.after(chosen.last)
    both = Veil(0.0, first), Veil(last, across.width - last)
    return tuple(veil for veil in both if veil.width > 0)


def _of(events: Sequence[Event], dyad: Dyad) -> list[Event]:
    pair = "-".join(sorted(dyad.code.split("-")))
    return [event for event in events if event.dyad in (None, pair)]
