"""The book at a glance: how many acts of which kind each side did on which day, dyad by dyad."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

__all__ = ["UNKNOWN_STATE", "By", "Count", "DyadLine", "Overview", "Pair"]

UNKNOWN_STATE = "?"

By = Literal["day", "month", "year"]
"""What is counted together."""


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """How often the state ``actor`` did something of ``kind`` toward the other of its dyad, on the day ``day``.

    ``day`` is the first day on which it may have been (counted by month or year: the first day of that one), ``last``
    the last one (by day only); None where none is known. ``acts`` are acts, told once or often; ``reports`` all
    mentions of them.
    """

    day: dt.date | None
    actor: str
    kind: str
    background: bool
    acts: int
    reports: int
    last: dt.date | None = None


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
