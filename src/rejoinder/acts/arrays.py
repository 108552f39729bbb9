"""What models of arrays have in common: shares, vectors kept as whole numbers, and the faults of broken files."""

import zipfile
import zlib
from typing import TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["FAULTS", "shares", "whole_numbers"]

SMALLEST = 6e-8
"""The smallest scale that half precision can hold."""
FAULTS = (
    *(OSError, EOFError, KeyError, TypeError, ValueError, NotImplementedError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What numpy raises on a file that is no archive of arrays, or a broken one."""

Array = npt.NDArray[np.float32]
Odds = TypeVar("Odds", npt.NDArray[np.float32], npt.NDArray[np.float64])


def shares(odds: Odds) -> Odds:
    """Log odds as shares that sum to one along the last axis."""
    powers: Odds = np.exp(odds - odds.max(axis=-1, keepdims=True))
    powers /= powers.sum(axis=-1, keepdims=True)
    return powers


def whole_numbers(vectors: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """Vectors as a model file holds them: whole numbers, and for each row what to multiply them by."""
    scales = np.maximum(np.abs(vectors).max(axis=1, keepdims=True) / 127, SMALLEST)
    held = scales.astype(np.float16).astype(np.float32)
    return np.round(vectors / held).astype(np.int8), held
