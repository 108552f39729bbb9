"""The book at a glance: how many acts of which kind each side did on which day, dyad by dyad."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rejoinder.codebook import codebook
from rejoinder.codebook.dyads import dyads_of, states_of
from rejoinder.records import Act

__all__ = ["UNKNOWN_STATE", "By", "Count", "DyadLine", "Overview", "Pair", "counted", "paired", "period_of"]

UNKNOWN_STATE = "?"

By = Literal["day", "month", "year"]
"""What is counted together."""


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """How often the state ``actor`` did something of ``kind`` toward the other of its dyad, on the day ``day``.

    ``day`` is the first day on which it may have been (counted by month or year: the first day of that one); None where
    none is known. ``acts`` are acts, told once or often;
    ``reports`` all mentions of them.
    """

    day: dt.date | None
    actor: str
    kind: str
    background: bool
    acts: int
    reports: int


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """How often the state ``actor`` did something of the quad class ``quad`` (None: no class) to the state ``target``.

    Every state of a joint side counts.
    """

    actor: str
    target: str
    quad: int | None
    acts: int
    reports: int


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
    """What the first page says of a book. Counts of documents by how they ended; ``dyads`` the busiest first.

    ``other_dyads`` counts those that are not among ``dyads``.
    """

    documents: dict[str, int]
    acts: int
    threads: int
    open_threads: int
    newest: dt.date | None
    dyads: tuple[DyadLine, ...]
    other_dyads: int = 0


def counted(acts: Sequence[Act], reports: dict[str, int], dyad: str, by: By = "day") -> list[Count]:
    """Counts of ``acts`` that lie in ``dyad``; ``reports`` says how many documents tell of each act, by its id."""
    told: Counter[tuple[dt.date | None, str, str, bool]] = Counter()
    mentions: Counter[tuple[dt.date | None, str, str, bool]] = Counter()
    ends = dyad.split("-")
    for act in acts:
        if dyad not in dyads_of(act):
            continue
        for actor in [state for state in states_of(act.actor) if state in ends] or [UNKNOWN_STATE]:
            key = (period_of(act.when.earliest, by), actor, act.kind, act.background)
            told[key] += 1
            mentions[key] += reports.get(act.id, 1)
    found = [Count(*key, told[key], mentions[key]) for key in told]
    return sorted(found, key=lambda one: (one.day is None, one.day or dt.date.max, one.actor, one.kind, one.background))


def paired(acts: Sequence[Act], reports: dict[str, int]) -> list[Pair]:
    """Who did how much of what to whom, by the names of both; ``reports`` as for :func:`counted`."""
    told: Counter[tuple[str, str, int | None]] = Counter()
    mentions: Counter[tuple[str, str, int | None]] = Counter()
    for act in acts:
        for actor in states_of(act.actor):
            for target in states_of(act.target):
                if actor != target:
                    key = actor, target, codebook().quad(act.kind)
                    told[key] += 1
                    mentions[key] += reports.get(act.id, 1)
    found = [Pair(*key, told[key], mentions[key]) for key in told]
    return sorted(found, key=lambda one: (one.actor, one.target, one.quad or 0))


def period_of(day: dt.date | None, by: By) -> dt.date | None:
    """The first day of the month or year of ``day``, or itself."""
    if day is None or by == "day":
        return day
    return day.replace(day=1) if by == "month" else day.replace(month=1, day=1)
