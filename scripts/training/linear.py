"""Fitting the linear models: logistic regression for labels, conditional logit for choices among options."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from rejoinder.acts.chooser import YES
from rejoinder.acts.linear import write_model
from training.examples import Choice, Example

__all__ = ["STRENGTH", "fit_choices", "fit_labels"]

STRENGTH = {"kind": 0.15, "background": 0.1, "realis": 0.1, "issue": 0.1}
"""Inverse regularisation of each model of labels, chosen on the development gold."""
RESTRAINT = 5.0
"""Regularisation of the models of choices, chosen on texts left out of the training."""
STATE = 0.7
"""Of what a choice is to learn, the share that is the right state, in whatever words; the rest is the right words."""
LEAST = 2
"""A feature seen less often in training is left out."""
ROUNDS = 150

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def fit_labels(name: str, taught: Sequence[Example], out: Path) -> None:
    """Fit and write the model ``name``. The solver is deterministic: the same gold gives the same model."""
    rows, names = _table([example.features for example in taught])
    model = LogisticRegression(C=STRENGTH[name], max_iter=400)
    model.fit(rows, [example.label for example in taught])
    weights, bias = model.coef_.T, model.intercept_
    if weights.shape[1] == 1:  # two classes: scikit-learn keeps the second one's odds only
        weights, bias = np.hstack([-weights / 2, weights / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    write_model(out / f"{name}.npz", list(model.classes_), names, weights, bias)
    print(f"{name}: {len(taught)} examples, {len(names)} features, {len(model.classes_)} classes", flush=True)


def fit_choices(side: str, taught: Sequence[Choice], out: Path) -> None:
    """Fit and write the model that chooses ``side``: the likelihood of the right option among those of its seat."""
    asked = [choice for choice in taught if any(mark == 2 for _, mark in choice.options)]
    rows, names = _table([found for choice in asked for found, _ in choice.options])
    seats = np.array([n for n, choice in enumerate(asked) for _ in choice.options])
    marks = np.array([mark for choice in asked for _, mark in choice.options])
    weights = _conditional(rows, seats, marks)
    write_model(out / f"{side}.npz", ["no", YES], names, np.stack([-weights / 2, weights / 2], 1), np.zeros(2))
    print(f"{side}: {len(asked)} choices, {len(names)} features", flush=True)


def _table(rows: Sequence[Sequence[str]]) -> tuple[sparse.csr_matrix, list[str]]:
    """One row a list of features, one column a feature that is seen often enough."""
    counts = Counter(name for row in rows for name in set(row))
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    column = {name: n for n, name in enumerate(names)}
    found = [[column[name] for name in sorted(set(row)) if name in column] for row in rows]
    ends = np.cumsum([0, *map(len, found)])
    flat = np.array([n for row in found for n in row])
    return sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(names))), names


def _conditional(rows: sparse.csr_matrix, seats: Ints, marks: Ints) -> Floats:
    starts = np.flatnonzero(np.r_[True, seats[1:] != seats[:-1]])
    columns = rows.T.tocsr()

    def among(odds: Floats, counted: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Of each option its share among those of its seat that count, and the log of each seat's sum."""
        odds = np.where(counted, odds, -1e9)
        most = np.maximum.reduceat(odds, starts)
        powers = np.exp(odds - most[seats]) * counted
        sums = np.add.reduceat(powers, starts)
        return powers / sums[seats], most + np.log(sums)

    def lost(weights: Floats) -> tuple[float, Floats]:
        odds = rows @ weights
        shares, total = among(odds, marks >= 0)
        worded, words = among(odds, marks == 2)
        stated, states = among(odds, marks >= 1)
        value = ((1 - STATE) * (total - words) + STATE * (total - states)).sum() + RESTRAINT / 2 * weights @ weights
        return float(value), columns @ (shares - (1 - STATE) * worded - STATE * stated) + RESTRAINT * weights

    found = minimize(lost, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return np.asarray(found.x)
