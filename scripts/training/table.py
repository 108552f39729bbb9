"""Lists of named features as a sparse table."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse

__all__ = ["table"]

LEAST = 2
"""A feature seen less often in training is left out."""


def table(rows: Sequence[Sequence[str]]) -> tuple[sparse.csr_matrix, list[str]]:
    """One row a list of features, one column a feature that is seen often enough; and the columns' names, in order."""
    counts = Counter(name for row in rows for name in set(row))
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    column = {name: n for n, name in enumerate(names)}
    found = [[column[name] for name in sorted(set(row)) if name in column] for row in rows]
    ends = np.cumsum([0, *map(len, found)])
    flat = np.array([n for row in found for n in row])
    return sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(names))), names
