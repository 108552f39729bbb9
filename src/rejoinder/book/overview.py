"""The book at a glance: how many acts of which kind each side did on which day, dyad by dyad."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.codebook.dyads import dyads_of, states_of
from rejoinder.records import Act

__all__ = ["UNKNOWN_STATE", "Count", "DyadLine", "Overview", "counted"]

UNKNOWN_STATE = "?"

_Key = tuple[dt.date | None, dt.date | None, str, str, bool]


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """How often the state ``actor`` did something of ``kind`` toward the other of its dyad, on the day ``day``.

    ``day`` is the first day on which it may have been, ``last`` the last one; None where none is known. ``acts`` are
    acts, told once or often; ``reports`` all mentions of them.
    """

    day: dt.date | None
    actor: str
    kind: str
    background: bool
    acts: int
    reports: int
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DyadLine:
    """A dyad in a list: ``acts`` and ``open_threads`` are counts; ``months`` what a sparkline shows.

    ``months`` holds (first day of the month, acts of cooperation, acts of conflict), oldest first, months without any
    left out; without background.
    """

    dyad: str
    acts: int
    open_threads: int
    since: dt.date | None
    until: dt.date | None
    months: tuple[tuple[dt.date, int, int], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page says of a book. Counts of documents by how they ended; ``dyads`` the busiest first."""

    documents: dict[str, int]
    acts: int
    threads: int
    open_threads: int
    newest: dt.date | None
    dyads: tuple[DyadLine, ...]


def counted(acts: Sequence[Act], reports: dict[str, int], dyad: str) -> list[Count]:
    """Counts of ``acts`` that lie in ``dyad``; ``reports`` says how many mentions tell of each act, by its id."""
    told: Counter[_Key] = Counter()
    mentions: Counter[_Key] = Counter()
    ends = dyad.split("-")
    for act in acts:
        if dyad not in dyads_of(act):
            continue
        for actor in [state for state in states_of(act.actor) if state in ends] or [UNKNOWN_STATE]:
            key = (act.when.earliest, act.when.latest, actor, act.kind, act.background)
            told[key] += 1
            mentions[key] += reports.get(act.id, 1)
    found = [
        Count(day, actor, kind, background, acts, mentions[day, last, actor, kind, background], last)
        for (day, last, actor, kind, background), acts in told.items()
    ]
    return sorted(found, key=_order)


def _order(one: Count) -> tuple[object, ...]:
    first, last = one.day or dt.date.max, one.last or dt.date.max
    return one.day is None, first, one.actor, one.kind, one.background, one.last is None, last
