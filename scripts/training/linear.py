"""Fitting the linear models: logistic regression."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from rejoinder.acts.linear import write_model
from training.examples import Example
from training.table import table

__all__ = ["STRENGTH", "fit_labels"]

STRENGTH = {"kind": 0.15, "background": 0.1, "realis": 0.1, "issue": 0.1}
"""Inverse regularisation of each model of labels, chosen on the development gold."""


def fit_labels(name: str, taught: Sequence[Example], out: Path) -> None:
    """Fit and write the model ``name``. The solver is deterministic: the same gold gives the same model."""
    rows, names = table([example.features for example in taught])
    model = LogisticRegression(C=STRENGTH[name], max_iter=400)
    model.fit(rows, [example.label for example in taught])
    weights, bias = model.coef_.T, model.intercept_
    if weights.shape[1] == 1:  # two classes: scikit-learn keeps the second one's odds only
        weights, bias = np.hstack([-weights / 2, weights / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    write_model(out / f"{name}.npz", list(model.classes_), names, weights, bias)
    print(f"{name}: {len(taught)} examples, {len(names)} features, {len(model.classes_)} classes", flush=True)
