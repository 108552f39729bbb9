"""The first half of the parser's arithmetic: from words to vectors, the same whatever is parsed beside them.

A product of matrices may come out otherwise in the last bits when other rows stand above or below a row: the library
takes several rows at a time, and what is left over by another way. So each paragraph begins at a row that is a multiple
of ``Rows.step``, which was found by trying, and a word that was not met before is multiplied by itself. Then a
paragraph may be parsed with any others, or remembered, and the record stays the same to the byte.

The weights are those of the spaCy pipeline. Its own code does the same sums in another order (a tenth of a millionth
apart), computes the first layer anew for each word rather than once for each different one, and takes half as long
again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc import api

__all__ = ["Embed", "Encoder", "Layer", "Model", "Rows", "Sums", "WordTable", "steady_step", "weights_of"]

Model: TypeAlias = "api.Model[object, object]"

Array = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

STEPS = (8, 12, 16, 24, 48)
"""Distances between rows that are tried; libraries take 4 to 24 rows at a time."""
TRIALS = 12
KEPT = 40_000
"""Different words whose vectors are remembered: more than a month of one agency's news, 25 MB."""


class Sums(Protocol):
    """What we take of thinc's operations: each row of the result hangs on the rows it is made of alone."""

    def seq2col(self, rows: Array, reach: int, /) -> Array:
        """Each row between its neighbours."""
        ...


class Embed(Protocol):
    """Tables side by side that give numbers for codes."""

    def predict(self, codes: npt.NDArray[np.uint64], /) -> Array:
        """A row for each row of codes."""
        ...


@dataclass(frozen=True, slots=True)
class Rows:
    """Paragraphs laid out in rows.

    ``words`` are the rows of all words in order, ``counts`` how many each paragraph has, ``size`` rows in all. Those
    between two paragraphs are empty, at least as many as the layers look past an end.
    """

    words: Ints
    counts: tuple[int, ...]
    size: int

    @classmethod
    def of(cls, counts: Sequence[int], step: int, reach: int) -> "Rows":
        """Paragraphs of so many words, each beginning at a multiple of ``step``, ``reach`` rows from the last."""
        begins, end = [], 0
        for count in counts:
            begins.append(_up(end + reach, step))
            end = begins[-1] + count
        places = [np.arange(begin, begin + count) for begin, count in zip(begins, counts, strict=True)]
        words = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
        return cls(words, tuple(counts), _up(end + reach, step))


def _up(row: int, step: int) -> int:
    return -(-row // step) * step


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights (inputs x outputs and pieces), their bias, and scale and shift of the norm. The greatest piece counts."""

    weights: Array
    bias: Array
    scale: Array
    shift: Array

    @classmethod
    def of(cls, maxout: Model, norm: Model) -> "Layer":
        """The layer that two layers of a thinc model make up."""
        weights = weights_of(maxout, "W")
        bias = weights_of(maxout, "b").reshape(-1)
        return cls(weights.reshape(-1, weights.shape[-1]).T, bias, weights_of(norm, "G"), weights_of(norm, "b"))

    def __call__(self, products: Array) -> Array:
        """What comes out, from the rows multiplied by ``weights``; ``products`` is written over."""
        products += self.bias
        pieces = products.shape[1] // len(self.scale)
        best: Array = products[:, 0::pieces].copy()
        for piece in range(1, pieces):
            np.maximum(best, products[:, piece::pieces], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.square(best).mean(axis=1, keepdims=True)
        best *= 1 / np.sqrt(spread + np.float32(1e-8))
        best *= self.scale
        best += self.shift
        return best


@dataclass(slots=True)
class WordTable:
    """The vectors of words by themselves: what the first layer makes of a word's form, once for each different one."""

    columns: "list[int | str]"
    embed: Embed
    layer: Layer
    kept: int = KEPT
    _places: dict[bytes, int] = field(default_factory=dict)
    _vectors: Array = field(init=False)
    """Room for the vectors in their places, and for more; an exception (a time limit) between two lines leaves no place
    that is not filled."""

    def __post_init__(self) -> None:
        self._vectors = np.empty((0, len(self.layer.scale)), dtype=np.float32)

    def __call__(self, docs: "Sequence[Doc]") -> Array:
        """A row for each word of ``docs``, in order."""
        if len(self._places) > self.kept:
            self._places.clear()
        codes = np.concatenate([doc.to_array(self.columns).reshape(len(doc), -1) for doc in docs])
        raw, size = codes.tobytes(), codes.shape[1] * codes.itemsize
        names = [raw[at : at + size] for at in range(0, len(raw), size)]
        new = {name: row for row, name in enumerate(names) if name not in self._places}
        if new:
            self._learn(new, codes)
        found: Array = self._vectors[[self._places[name] for name in names]]
        return found

    def _learn(self, new: dict[bytes, int], codes: npt.NDArray[np.uint64]) -> None:
        embedded = self.embed.predict(codes[list(new.values())])
        products: Array = np.matmul(embedded[:, None, :], self.layer.weights)[:, 0, :]  # each row by itself
        made = self.layer(products)
        first = len(self._places)
        last = first + len(made)
        if last > len(self._vectors):  # twice the room: growing by each batch copies all of it each time
            room = np.empty((2 * last - first, made.shape[1]), np.float32)
            self._vectors = np.concatenate([self._vectors[:first], room])
        self._vectors[first:last] = made
        self._places.update({name: first + row for row, name in enumerate(new)})


@dataclass(frozen=True, slots=True)
class Encoder:
    """Vectors of words in the light of their neighbours, four to either side at most."""

    ops: Sums
    table: WordTable
    layers: tuple[Layer, ...]
    step: int

    def __call__(self, docs: "Sequence[Doc]") -> tuple[Rows, Array]:
        """Where the words of ``docs`` stand, and the vectors of all rows; there is at least one word."""
        rows = Rows.of([len(doc) for doc in docs], self.step, len(self.layers))
        words = self.table(docs)
        found: Array = np.zeros((rows.size, words.shape[1]), dtype=np.float32)
        found[rows.words] = words
        for layer in self.layers:
            found += layer(self.ops.seq2col(found, 1) @ layer.weights)
        return rows, found


def weights_of(model: Model, name: str) -> Array:
    """The weights of that name of a layer."""
    return np.asarray(model.get_param(name), dtype=np.float32)


def steady_step(shapes: Sequence[tuple[int, int]]) -> int | None:
    """How far apart paragraphs have to begin so that products of these shapes (inputs, outputs) do not mix them.

    Tried with matrices of chance, the same each time; None where no distance serves.
    """
    return next((step for step in STEPS if all(_steady(step, shape) for shape in shapes)), None)


def _steady(step: int, shape: tuple[int, int]) -> bool:
    chance = np.random.default_rng(7)
    inputs, outputs = shape
    weights = chance.standard_normal((outputs, inputs), dtype=np.float32).T
    rows = chance.standard_normal((24 * step, inputs), dtype=np.float32)
    whole = rows @ weights
    for trial in range(TRIALS):
        begin = step * int(chance.integers(0, 23))
        end = begin + step * (1 if trial < 4 else int(chance.integers(1, 25 - begin // step)))
        if not np.array_equal(rows[begin:end] @ weights, whole[begin:end]):
            return False
    return True
