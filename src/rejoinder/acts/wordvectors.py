"""A vector for each word: the mean of its word pieces' vectors, and beside it that of the word as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rejoinder.acts.arrays import Arrays, whole_numbers
from rejoinder.acts.pieces import WordPieces
from rejoinder.draft import Token

__all__ = ["Table", "WordVectors", "Words", "read_table", "written_table"]

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document: one row of ``vectors`` for each that is different, and for each word its row."""

    vectors: Array
    places: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """A vector for each name: row ``index[name]`` of ``rows``, whole numbers to be multiplied by ``scales``."""

    index: Mapping[str, int]
    rows: npt.NDArray[np.int8]
    scales: Array

    def __call__(self, places: npt.NDArray[np.int64]) -> Array:
        """The vectors in the rows ``places``."""
        found: Array = self.rows[places] * self.scales[places]
        return found


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Vectors of word ``pieces``, and of whole ``words`` in lower case; a word that is not listed has zeros there."""

    split: WordPieces
    pieces: Table
    words: Table

    @classmethod
    def of(cls, pieces: Table, words: Table) -> "WordVectors":
        """The vectors of both tables. Raises ``KeyError`` where ``pieces`` has none for what it does not know."""
        return cls(WordPieces(pieces.index, pieces.index["[UNK]"]), pieces, words)

    def __call__(self, tokens: Sequence[Token]) -> Words:
        """The words of ``tokens``, of which there is at least one."""
        distinct = {text: place for place, text in enumerate(dict.fromkeys(token.text for token in tokens))}
        return Words(
            np.concatenate([self._of_pieces(distinct), self._of_words(distinct)], axis=1),
            np.array([distinct[token.text] for token in tokens]),
        )

    def _of_pieces(self, texts: Mapping[str, int]) -> Array:
        rows = [self.split(text) for text in texts]
        mean = self.pieces(np.array([row[0] for row in rows]))
        several = [n for n, row in enumerate(rows) if len(row) > 1]
        if several:
            counts = np.array([len(rows[n]) for n in several])
            parts = self.pieces(np.array([piece for n in several for piece in rows[n]]))
            starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
            mean[several] = np.add.reduceat(parts, starts, axis=0) / counts[:, None]
        return mean

    def _of_words(self, texts: Mapping[str, int]) -> Array:
        found = np.zeros((len(texts), self.words.rows.shape[1]), dtype=np.float32)
        known = [(n, row) for n, text in enumerate(texts) if (row := self.words.index.get(text.lower())) is not None]
        if known:
            here, rows = np.array(known).T
            found[here] = self.words(rows)
        return found


def written_table(names: Sequence[str], vectors: Array) -> dict[str, npt.NDArray[np.generic]]:
    """What a model file holds of a table, by name."""
    rows, scales = whole_numbers(vectors)
    return {"names": np.array("\n".join(names)), "rows": rows, "scales": scales.astype(np.float16)}


def read_table(raw: Arrays) -> Table:
    """A table from its arrays. Raises ``KeyError`` or ``ValueError`` where some are missing or do not fit."""
    names, rows = str(raw["names"]).split("\n"), raw["rows"].astype(np.int8, copy=False)
    scales = raw["scales"].astype(np.float32)
    if not len(names) == len(rows) == len(scales):
        raise ValueError(f"{len(names)} names, {len(rows)} rows, {len(scales)} scales")
    return Table({name: row for row, name in enumerate(names)}, rows, scales)
