"""Points for what speaks for and against a pair of acts, added up to a probability."""

import math
from collections.abc import Mapping

from rejoinder.link.lexicon import Weights
from rejoinder.records import Act

__all__ = ["doubted", "probability"]

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


def probability(found: Mapping[str, float], table: Weights) -> float:
    """The logistic of the points of the features in ``found``; a feature without points counts nothing."""
    points = sum(table.points.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-points))
