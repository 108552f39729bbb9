"""Points for what speaks for and against a pair of acts, and what they make probable among several pairs."""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from rejoinder.link.lexicon import Weights
from rejoinder.records import Act

__all__ = ["doubted", "points", "probability", "shares", "summed"]

H = TypeVar("H", bound=Hashable)

_KEPT = 1 << 16
"""How many sums of points are remembered."""

_FIELDS = ("always", "background ", "issue ", "same issue", "time ", "sides ", "answer ", "offer ", "another ")
"""Beginnings of the names of features that read fields which a machine may have got wrong."""


def doubted(found: Mapping[str, float], *acts: Act) -> dict[str, float]:
    """``found``, and a second time, marked so, what fields say that a machine filled in.

    A field of an act that a person coded (score 1) is as a rule right. What a machine found is less often: fitting on
    both gives the second kind points of its own, added to those of the first.
    """
    if all(act.score >= 1 for act in acts):
        return dict(found)
    return {**found, **{f"{name}, unsure": value for name, value in found.items() if name.startswith(_FIELDS)}}


def points(found: Mapping[str, float], table: Weights) -> float:
    """The sum of the points of the features in ``found``; a feature without points counts nothing."""
    told, total = table.points.get, 0.0
    for name, value in found.items():
        total += told(name, 0.0) * value
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
