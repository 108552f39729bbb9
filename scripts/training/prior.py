"""What the weighers start from: a conditional logit over all named features of the options.

A net learns what the features miss; so that it does not lean on weights that know the very texts it learns from, it is
shown, of each text, the odds of a logit that never saw it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize

from training.sides import STATE, Choice
from training.table import table

__all__ = ["Prior", "fit_prior"]

RESTRAINT = 5.0
"""Regularisation, chosen on texts left out of the training."""
ROUNDS = 150
FOLDS = 3

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Prior:
    """The weights of features, and of each choice the odds of its options, by a logit that never saw its document."""

    weights: dict[str, float]
    odds: Sequence[Floats]


def fit_prior(choices: Sequence[tuple[int, Choice]]) -> Prior:
    """Fit on ``choices`` of one side, each beside the number of its document. The same choices give the same prior."""
    rows, names = table([features for _, choice in choices for features in choice.features])
    counts = [len(choice.marks) for _, choice in choices]
    seats = np.repeat(np.arange(len(choices)), counts)
    marks = np.concatenate([np.array(choice.marks) for _, choice in choices])
    able = np.repeat([2 in choice.marks for _, choice in choices], counts)
    folds = np.repeat([number % FOLDS for number, _ in choices], counts)
    odds = np.zeros(len(marks))
    for fold in range(FOLDS):
        unseen = folds == fold
        odds[unseen] = rows[unseen] @ _conditional(rows, seats, marks, able & ~unseen)
    weights = _conditional(rows, seats, marks, able)
    parts = np.split(odds, np.cumsum(counts)[:-1])
    return Prior(dict(zip(names, weights.tolist(), strict=True)), [part - part.max() for part in parts])


def _conditional(rows: sparse.csr_matrix, seats: Ints, marks: Ints, taught: npt.NDArray[np.bool_]) -> Floats:
    """The weights under which the right options are likeliest, of the rows ``taught``."""
    rows, seats, marks = rows[taught], seats[taught], marks[taught]
    starts = np.flatnonzero(np.r_[True, seats[1:] != seats[:-1]])
    seat = np.cumsum(np.r_[0, seats[1:] != seats[:-1]])
    columns = rows.T.tocsr()

    def among(odds: Floats, counted: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Of each option its share among those of its seat that count, and the log of each seat's sum."""
        odds = np.where(counted, odds, -1e9)
        most = np.maximum.reduceat(odds, starts)
        powers = np.exp(odds - most[seat]) * counted
        sums = np.add.reduceat(powers, starts)
        return powers / sums[seat], most + np.log(sums)

    def lost(weights: Floats) -> tuple[float, Floats]:
        odds = rows @ weights
        shares, total = among(odds, marks >= 0)
        worded, words = among(odds, marks == 2)
        stated, states = among(odds, marks >= 1)
        value = ((1 - STATE) * (total - words) + STATE * (total - states)).sum() + RESTRAINT / 2 * weights @ weights
        return float(value), columns @ (shares - (1 - STATE) * worded - STATE * stated) + RESTRAINT * weights

    found = minimize(lost, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return np.asarray(found.x)
