"""A conditional logit with an outside option, fitted by penalised likelihood: the points of the linker's tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize

__all__ = ["Decision", "Option", "fit"]

Option = tuple[Mapping[str, float], bool]
"""The features of something that may be chosen, and whether it is right to."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Decision:
    """Options of which one or none is to be chosen; where several are right, choosing any of them is.

    ``weight``: how much it counts beside others.
    """

    options: tuple[Option, ...]
    weight: float = 1.0


def fit(decisions: Sequence[Decision], *, restraint: float, rare: int, slight: float) -> dict[str, float]:
    """The points under which the right choices are likeliest, rounded to hundredths.

    ``restraint`` is the weight of the sum of squares of all points; a feature of fewer than ``rare`` options gets none,
    and points below ``slight`` are left out. The same decisions in the same order give the same points.
    """
    seen = Counter(name for one in decisions for features, _ in one.options for name in features)
    names = sorted(name for name, count in seen.items() if count >= rare)
    rows, right, owner = _matrix(decisions, {name: n for n, name in enumerate(names)})
    weights = np.array([one.weight for one in decisions])
    able = np.bincount(owner, right, len(decisions)) > 0

    def lost(points: Floats) -> tuple[float, Floats]:
        values = rows @ points
        top = np.zeros(len(decisions))
        np.maximum.at(top, owner, values)
        raised = np.exp(values - top[owner])
        none = np.exp(-top)
        total = np.bincount(owner, raised, len(decisions)) + none
        hit = np.where(able, np.bincount(owner, raised * right, len(decisions)), none)
        share = raised / total[owner]
        aim = np.where(able[owner], raised * right / hit[owner], 0.0)
        loss = -(weights * (np.log(hit) - np.log(total))).sum() + restraint / 2 * points @ points
        return float(loss), rows.T @ ((share - aim) * weights[owner]) + restraint * points

    found = minimize(lost, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    rounded = {name: round(float(value), 2) for name, value in zip(names, found.x, strict=True)}
    return {name: value for name, value in rounded.items() if abs(value) >= slight}


def _matrix(
    decisions: Sequence[Decision], column: Mapping[str, int]
) -> tuple[sparse.csr_matrix, Floats, npt.NDArray[np.int64]]:
    """A row an option, whether each is right, and the decision it belongs to."""
    values: list[float] = []
    places: list[int] = []
    ends = [0]
    right: list[float] = []
    owner: list[int] = []
    for number, decision in enumerate(decisions):
        for features, is_right in decision.options:
            known = [(column[name], value) for name, value in features.items() if name in column]
            places.extend(place for place, _ in known)
            values.extend(value for _, value in known)
            ends.append(len(places))
            right.append(float(is_right))
            owner.append(number)
    shape = (len(right), len(column))
    return sparse.csr_matrix((values, places, ends), shape=shape), np.array(right), np.array(owner)
