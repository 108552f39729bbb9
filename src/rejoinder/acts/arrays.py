"""What models of arrays have in common: shares, how a model file holds numbers, and the faults of broken files."""

import zipfile
import zlib
from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["FAULTS", "Arrays", "shares", "weights_in", "whole_numbers"]

SMALLEST = 6e-8
"""The smallest scale that half precision can hold."""
FAULTS = (
    *(OSError, EOFError, KeyError, TypeError, ValueError, NotImplementedError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What numpy raises on a file that is no archive of arrays, or a broken one."""

Array = npt.NDArray[np.float32]
Arrays = Mapping[str, npt.NDArray[np.generic]]
"""Arrays of any kind by name, as a model file holds them."""
Odds = TypeVar("Odds", npt.NDArray[np.float32], npt.NDArray[np.float64])


def shares(odds: Odds) -> Odds:
    """Log odds as shares that sum to one along the last axis."""
    powers: Odds = np.exp(odds - np.maximum.reduce(odds, axis=-1, keepdims=True))
    powers /= np.add.reduce(powers, axis=-1, keepdims=True)
    return powers


def whole_numbers(vectors: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """Vectors as a model file holds them: whole numbers, and for each row what to multiply them by."""
    scales = np.maximum(np.abs(vectors).max(axis=1, keepdims=True) / 127, SMALLEST)
    held = scales.astype(np.float16).astype(np.float32)
    return np.round(vectors / held).astype(np.int8), held


def weights_in(raw: Arrays) -> dict[str, Array]:
    """The arrays of weights of a model file: it holds them, and nothing else, in half precision."""
    return {name: array.astype(np.float32) for name, array in raw.items() if array.dtype == np.float16}
