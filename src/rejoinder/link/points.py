"""Points for what speaks for and against a pair of acts, and what they make probable among several pairs."""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from rejoinder.link.lexicon import FIELDS, UNSURE, Weights
from rejoinder.records import Act

__all__ = ["doubted", "doubted_points", "points", "probability", "shares", "summed"]

H = TypeVar("H", bound=Hashable)

_KEPT = 1 << 16
"""How many sums of points are remembered."""


def doubted(found: Mapping[str, float], *acts: Act) -> dict[str, float]:
    """``found`` without what is nought, and a second time, marked so, what fields say that a machine filled in.

    A field of an act that a person coded (score 1) is as a rule right. What a machine found is less often: fitting on
    both gives the second kind points of its own, added to those of the first.
    """
    held = {name: value for name, value in found.items() if value}
    if not _doubtful(acts):
        return held
    return {**held, **{f"{name}{UNSURE}": value for name, value in held.items() if name.startswith(FIELDS)}}


def _doubtful(acts: Sequence[Act]) -> bool:
    return any(act.score < 1 for act in acts)


def points(found: Mapping[str, float], table: Weights) -> float:
    """The sum of the points of the features in ``found``; a feature without points counts nothing."""
    told, total = table.points.get, 0.0
    for name, value in found.items():
        total += told(name, 0.0) * value
    return total


def doubted_points(found: Mapping[str, float], table: Weights, *acts: Act) -> float:
    """The points of what :func:`doubted` makes of ``found``, to the last bit, without making it."""
    total = points(found, table)
    if _doubtful(acts):
        doubts = table.doubts
        for name, value in found.items():
            if name in doubts:
                total += doubts[name] * value
    return total


def summed(shape: H, features: Callable[[H], Mapping[str, float]], table: Weights) -> float:
    """The points of the ``features`` that all pairs of this ``shape`` have; summed once, and then remembered."""
    found = table.sums.get(shape)
    if found is None:
        if len(table.sums) >= _KEPT:
            table.sums.clear()
        found = table.sums[shape] = points(features(shape), table)
    return found


def shares(options: Sequence[float]) -> list[float]:
    """The probability of each of ``options``, given as points, where to choose none (0 points) is one too.

    A conditional logit (McFadden 1974) with an outside option.
    """
    top = max(0.0, *options) if options else 0.0
    weights = [math.exp(option - top) for option in options]
    total = sum(weights) + math.exp(-top)
    return [weight / total for weight in weights]


def probability(found: Mapping[str, float], table: Weights) -> float:
    """The probability of the option with the features ``found``, where it or nothing is to be chosen."""
    return shares([points(found, table)])[0]
