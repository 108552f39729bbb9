"""Agreement beyond chance: raw agreement, Cohen's kappa, Krippendorff's alpha, and F1 of what was found.

Each figure is made of counts that add up over documents, so that the same counts, weighted, serve the bootstrap.
Where a figure is undefined (nobody used a second value: there was nothing to agree on) it is None.

- J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960), 37-46.
- K. Krippendorff, Content Analysis: An Introduction to Its Methodology, chapter on reliability; the forms by
  coincidences of values, with values missing, are those of his "Computing Krippendorff's Alpha-Reliability" (2011).
- Intervals: percentiles of a bootstrap over documents (B. Efron and R. Tibshirani, An Introduction to the Bootstrap,
  1993, chapter 13). Acts of one document are alike, so that drawing single acts would promise too much.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

__all__ = ["Estimate", "Table", "estimates", "f1", "interval_alpha", "kappa", "nominal_alpha", "raw"]

Array = npt.NDArray[np.float64]
Unit = Mapping[str, str]
"""What coders said of one thing, by coder; who said nothing is not in it."""
Number = Mapping[str, float]

DRAWS = 1000
INSIDE = (2.5, 97.5)
"""Percentiles of the draws: 95 of a hundred lie between them."""
_AT_ONCE = 4_000_000
"""Weights held in memory together."""
_NOTHING = 1e-9
"""What rounding leaves of a difference that is none, as a share of the squares."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 per cent interval; without one where there are not two documents to draw from."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What a figure needs: counts, a row a document, and how it follows from their sums.

    ``figure`` takes rows of sums and gives a value for each, NaN where it is undefined.
    """

    rows: Array
    figure: Callable[[Array], Array]


def raw(documents: Sequence[Sequence[Unit]]) -> Table:
    """The share of pairs of coders who said the same of the same thing."""
    rows = []
    for units in documents:
        pairs = [one == other for unit in units for one, other in combinations(unit.values(), 2)]
        rows.append((sum(pairs), len(pairs)))
    return Table(_array(rows, 2), lambda sums: _ratio(sums[:, 0], sums[:, 1]))


def kappa(documents: Sequence[Sequence[Unit]], first: str, second: str) -> Table:
    """Cohen's kappa of the coders ``first`` and ``second``, over the units of which both said something."""
    both = [[(unit[first], unit[second]) for unit in units if first in unit and second in unit] for units in documents]
    at = _columns(value for units in both for pair in units for value in pair)
    rows = np.zeros((len(both), 2 + 2 * len(at)))
    for row, units in zip(rows, both, strict=True):
        for one, other in units:
            row[0] += one == other
            row[1] += 1
            row[2 + at[one]] += 1
            row[2 + len(at) + at[other]] += 1

    def figure(sums: Array) -> Array:
        agreed, units = sums[:, 0], sums[:, 1]
        by_chance = _ratio((sums[:, 2 : 2 + len(at)] * sums[:, 2 + len(at) :]).sum(axis=1), units)
        return _ratio(agreed - by_chance, units - by_chance)

    return Table(rows, figure)


def nominal_alpha(documents: Sequence[Sequence[Unit]]) -> Table:
    """Krippendorff's alpha for values that are the same or not; any number of coders, any of them silent."""
    pairable = [[Counter(unit.values()) for unit in units if len(unit) > 1] for units in documents]
    at = _columns(value for units in pairable for counts in units for value in counts)
    rows = np.zeros((len(pairable), 1 + len(at)))
    for row, units in zip(rows, pairable, strict=True):
        for counts in units:
            row[0] += sum(n * (n - 1) for n in counts.values()) / (counts.total() - 1)
            for value, n in counts.items():
                row[1 + at[value]] += n

    def figure(sums: Array) -> Array:
        matches, each = sums[:, 0], sums[:, 1:]
        values = each.sum(axis=1)
        by_chance = (each * (each - 1)).sum(axis=1)
        return _ratio((values - 1) * matches - by_chance, values * (values - 1) - by_chance)

    return Table(rows, figure)


def interval_alpha(documents: Sequence[Sequence[Number]]) -> Table:
    """Krippendorff's alpha for numbers, apart by the square of their difference."""
    pairable = [[list(unit.values()) for unit in units if len(unit) > 1] for units in documents]
    everything = [value for units in pairable for values in units for value in values]
    middle = sum(everything) / len(everything) if everything else 0.0  # or squares of days would lose digits
    rows = [
        [sum(column) for column in zip((0.0,) * 4, *(_squares(values, middle) for values in units), strict=True)]
        for units in pairable
    ]

    def figure(sums: Array) -> Array:
        observed, values, total, squares = sums.T
        by_chance = _ratio(2 * (values * squares - total**2), values - 1)
        by_chance[by_chance < _NOTHING * np.maximum(squares, 1)] = 0
        return 1 - _ratio(observed, by_chance)

    return Table(_array(rows, 4), figure)


def _squares(values: Sequence[float], middle: float) -> tuple[float, float, float, float]:
    """How far apart the values of one unit are, their number, sum and squares; seen from ``middle``."""
    moved = [value - middle for value in values]
    apart = sum((one - other) ** 2 for one, other in combinations(moved, 2))
    return 2 * apart / (len(moved) - 1), len(moved), sum(moved), sum(value**2 for value in moved)


def f1(counts: Sequence[tuple[int, int, int]]) -> Table:
    """F1 of (found by both, by the first, by the second) in each document."""
    return Table(_array(counts, 3), lambda sums: _ratio(2 * sums[:, 0], sums[:, 1] + sums[:, 2]))


def estimates(tables: Sequence[Table], seed: int = 0) -> list[Estimate | None]:
    """The figure of each table over all documents, with its interval; all tables have the same documents in order.

    The same seed gives the same draws, on any machine.
    """
    documents = len(tables[0].rows) if tables else 0
    values = [float(table.figure(table.rows.sum(axis=0, keepdims=True))[0]) for table in tables]
    ranges = _ranges(tables, documents, seed) if documents > 1 else [(None, None)] * len(tables)
    return [None if np.isnan(value) else Estimate(value, *ends) for value, ends in zip(values, ranges, strict=True)]


def _ranges(tables: Sequence[Table], documents: int, seed: int) -> list[tuple[float | None, float | None]]:
    everything = np.hstack([table.rows for table in tables])
    draw = np.random.RandomState(seed)  # its numbers are promised never to change
    share = np.full(documents, 1 / documents)
    most = max(1, _AT_ONCE // documents)
    sizes = (min(most, DRAWS - start) for start in range(0, DRAWS, most))
    drawn = np.vstack([draw.multinomial(documents, share, size=size) @ everything for size in sizes])
    ends, at = [], 0
    for table in tables:
        width = table.rows.shape[1]
        ends.append(_inside(table.figure(drawn[:, at : at + width])))
        at += width
    return ends


def _inside(drawn: Array) -> tuple[float | None, float | None]:
    defined = drawn[~np.isnan(drawn)]
    if not len(defined):
        return None, None
    low, high = np.percentile(defined, INSIDE)
    return float(low), float(high)


def _columns(values: Iterable[str]) -> dict[str, int]:
    return {value: column for column, value in enumerate(sorted(set(values)))}


def _array(rows: Sequence[Sequence[float]], width: int) -> Array:
    return np.array(rows, dtype=float).reshape(len(rows), width)


def _ratio(above: Array, below: Array) -> Array:
    """``above`` / ``below``, NaN where that is nothing."""
    ratio: Array = np.divide(above, below, out=np.full(len(above), np.nan), where=below != 0)
    return ratio
