"""Points for what speaks for and against a pair of acts, added up to a probability."""

import math
from collections.abc import Mapping

from rejoinder.link.lexicon import Weights

__all__ = ["probability"]


def probability(found: Mapping[str, float], table: Weights) -> float:
    """The logistic of the points of the features in ``found``; a feature without points counts nothing."""
    points = sum(table.points.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-points))
