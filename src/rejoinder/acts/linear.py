"""Linear models over named features: small, fast, and each weight can be read.

A model is a multinomial logistic regression fitted by ``scripts/train``; the file holds its classes, its feature names
and one row of weights a feature. Unknown features weigh nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rejoinder.acts.arrays import FAULTS, shares
from rejoinder.errors import DataError

__all__ = ["LinearModel", "load_model", "read_model", "write_model"]

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """``weights[index[feature]]`` is a row of one weight a class, in the order of ``classes``."""

    classes: tuple[str, ...]
    index: Mapping[str, int]
    weights: Array
    bias: Array

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """The probability of each class, given the features that hold."""
        rows = self._rows(features)
        sums = self.bias + np.add.reduce(self.weights.take(rows, axis=0), axis=0) if len(rows) else self.bias
        return dict(zip(self.classes, shares(sums).tolist(), strict=True))

    def reasons(self, features: Iterable[str], label: str, rival: str, most: int = 5) -> list[tuple[str, float]]:
        """The features that speak most for ``label`` against ``rival``, with by how much (in log odds)."""
        first, second = self.classes.index(label), self.classes.index(rival)
        named = sorted({feature for feature in features if feature in self.index})
        weighed = [
            (name, float(self.weights[self.index[name], first] - self.weights[self.index[name], second]))
            for name in named
        ]
        return sorted(weighed, key=lambda pair: -pair[1])[:most]

    def _rows(self, features: Iterable[str]) -> npt.NDArray[np.int64]:
        """Rows in the order of the features, each once: a sum of floats must not depend on hashing."""
        rows = [row for row in map(self.index.get, dict.fromkeys(features)) if row is not None]
        return np.fromiter(rows, np.int64, len(rows))


def write_model(
    path: Path, classes: Sequence[str], names: Sequence[str], weights: npt.ArrayLike, bias: npt.ArrayLike
) -> None:
    """Write a model: half precision is enough, measured: no figure changes."""
    np.savez_compressed(
        path,
        classes=np.array("\n".join(classes)),
        features=np.array("\n".join(names)),
        weights=np.asarray(weights, dtype=np.float16),
        bias=np.asarray(bias, dtype=np.float32),
    )


def read_model(path: Path) -> LinearModel:
    """Read a model file. Raises :class:`DataError` where it is none."""
    try:
        with np.load(path, allow_pickle=False) as raw:
            classes = tuple(str(raw["classes"]).split("\n"))
            names = str(raw["features"]).split("\n")
            weights = raw["weights"].astype(np.float32)
            bias = raw["bias"]
    except FAULTS as fault:
        raise DataError(f"{path.name} is no model file: {fault}. Run scripts/train to make it.") from fault
    if weights.shape != (len(names), len(classes)) or bias.shape != (len(classes),):
        raise DataError(f"{path.name}: {weights.shape} weights for {len(names)} features and {len(classes)} classes.")
    return LinearModel(classes, {name: row for row, name in enumerate(names)}, weights, bias)


@cache
def load_model(name: str) -> LinearModel:
    """The model that the package ships under ``name``: "kind", "background", "realis" or "issue"."""
    with as_file(files("rejoinder.acts").joinpath("data", "models", f"{name}.npz")) as path:
        return read_model(path)
