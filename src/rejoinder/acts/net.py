"""The net: reads every word in its surroundings and says how probable it is that it carries an act, and of which kind.

A reader looks at the words (vectors of word pieces, the parse, the parties, the lexicon) in layers that see further
and further; what it keeps of them is also what the weighers of an act's sides look at (:mod:`rejoinder.acts.weigher`).
Fitted by ``scripts/train``; numpy alone runs them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rejoinder.acts.arrays import FAULTS, Arrays, shares, weights_in
from rejoinder.acts.encode import COLUMNS, Encoded
from rejoinder.acts.weigher import SIDES, Features, Weigher, read_weigher, written_features
from rejoinder.acts.wordvectors import Words, WordVectors, read_table, written_table
from rejoinder.draft import Token
from rejoinder.errors import DataError

__all__ = ["Net", "Reading", "load_net", "read_net", "write_net"]

TOP = ("hidden", "kind", "fields", "realis", "background")
"""The layers on top of a mixer."""
LAYERS = 3
"""Layers of a mixer."""
TABLES = ("pieces", "words")

Array = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Weights = Mapping[str, Array]
Vectors = tuple[Sequence[str], Array]
"""Names, and the vector of each."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the net says of each word, as probabilities.

    ``kinds``: words x (NONE, then the codebook's kinds); of the act that the word may carry, ``realis``: words x the
    codebook's five, and ``background``: words. ``words`` is what the net keeps of each, a row a word.
    """

    kinds: Array
    realis: Array
    background: Array
    words: Array


@dataclass(frozen=True, slots=True)
class Mixer:
    """Looks at the surroundings: from one row a word to one row a word.

    Each word with its head, then layers that look one, two and four words to either side, never past the window.
    """

    inward: Array
    bias: Array
    layers: tuple[tuple[Array, Array, Array, Array], ...]
    """Of each layer: weights (3, size, 2 size) for before, here and after; their bias; scale and shift of its norm."""

    def __call__(self, words: Words, codes: Array, heads: Ints, windows: Sequence[tuple[int, int]]) -> Array:
        """The words, with a row of ``codes`` each, in the light of their window; ``heads`` are indices of words."""
        wide, half = words.vectors.shape[1], len(self.inward) // 2
        x: Array = self._inward_of(words, codes, slice(0, wide), slice(wide, half))
        x += self._inward_of(words, codes, slice(half, half + wide), slice(half + wide, 2 * half))[heads]
        x += self.bias
        np.maximum(x, 0, out=x)
        place, within = np.arange(len(codes)), np.zeros((2, len(codes)), dtype=np.int64)
        for first, last in windows:
            within[:, first:last] = [[first], [last]]
        for number, (weights, bias, scale, shift) in enumerate(self.layers):
            reach = 2**number
            gates = x @ weights[1]
            gates += bias
            before = (place - reach >= within[0]).astype(np.float32)[reach:, None]
            told = x[:-reach] @ weights[0]
            told *= before
            gates[reach:] += told
            after = (place + reach < within[1]).astype(np.float32)[:-reach, None]
            told = x[reach:] @ weights[2]
            told *= after
            gates[:-reach] += told
            size = x.shape[1]
            seen = _sigmoid(gates[:, size:])
            seen *= gates[:, :size]
            seen += x
            x = _normal(seen, scale, shift)
        return x

    def _inward_of(self, words: Words, codes: Array, of_words: slice, of_codes: slice) -> Array:
        """One half of the way in, of each word; what hangs on the word alone is worked out once a different word."""
        found: Array = codes @ self.inward[of_codes]
        found += (words.vectors @ self.inward[of_words])[words.places]
        return found


@dataclass(frozen=True, slots=True)
class Reader:
    """Tables of codes, a mixer, and layers on top that answer."""

    tables: tuple[Array, ...]
    cues: Array
    mixer: Mixer
    top: Weights

    def __call__(self, words: Words, encoded: Encoded) -> Reading:
        """What the reader says of the words."""
        codes = encoded.cues @ self.cues
        for column, table in enumerate(self.tables):
            codes += table[encoded.codes[:, column]]
        mixed = self.mixer(words, codes, encoded.near_heads(), encoded.windows)
        size = mixed.shape[1]
        weights = self.top["hidden.weight"]
        hidden: Array = mixed @ weights[:size]
        hidden += (words.vectors @ weights[size:] + self.top["hidden.bias"])[words.places]
        np.maximum(hidden, 0, out=hidden)
        fields: Array = np.maximum(hidden @ self.top["fields.weight"] + self.top["fields.bias"], 0)
        return Reading(
            shares(hidden @ self.top["kind.weight"] + self.top["kind.bias"]),
            shares(fields @ self.top["realis.weight"] + self.top["realis.bias"]),
            shares(fields @ self.top["background.weight"] + self.top["background.bias"])[:, 1],
            np.concatenate([mixed, words.vectors[words.places]], axis=1),
        )


@dataclass(frozen=True, slots=True)
class Net:
    """The words' vectors, the reader, and a weigher for each side of an act."""

    vectors: WordVectors
    reader: Reader
    sides: Mapping[str, Weigher]

    def __call__(self, tokens: Sequence[Token], encoded: Encoded) -> Reading:
        """Read a whole document. ``encoded`` is of the same tokens; there is at least one."""
        return self.reader(self.vectors(tokens), encoded)


def _sigmoid(values: Array) -> Array:
    found: Array = np.float32(0.5) * values
    np.tanh(found, out=found)
    found *= np.float32(0.5)
    found += np.float32(0.5)
    return found


def _normal(values: Array, scale: Array, shift: Array) -> Array:
    """``values``, written over, with a mean of ``shift`` and a spread of ``scale``."""
    size = np.float32(values.shape[1])
    values -= np.add.reduce(values, axis=1, keepdims=True) / size
    values /= np.sqrt(np.add.reduce(values * values, axis=1, keepdims=True) / size + np.float32(1e-5))
    values *= scale
    values += shift
    return values


def write_net(path: Path, tables: Mapping[str, Vectors], reader: Weights, sides: Mapping[str, Features]) -> None:
    """Write a model file, in half precision, which is enough.

    ``tables`` are names with their vectors: of "pieces" and of "words". ``reader`` holds the arrays of the reader and
    the weighers by name.
    """
    held: dict[str, npt.NDArray[np.generic]] = {name: array.astype(np.float16) for name, array in reader.items()}
    for table, (names, vectors) in tables.items():
        held |= {f"{table}.{name}": array for name, array in written_table(names, vectors).items()}
    for side, features in sides.items():
        held |= {f"{side}.{name}": array for name, array in written_features(features).items()}
    np.savez_compressed(path, allow_pickle=False, **held)


def read_net(path: Path) -> Net:
    """Read a model file. Raises :class:`DataError` where it is none."""
    try:
        with np.load(path, allow_pickle=False) as held:
            return _net(dict(held))  # at once: each look into the file unpacks anew
    except FAULTS as fault:
        raise DataError(f"{path.name} is no model file of the net: {fault}. Run scripts/train to make it.") from fault


def _net(raw: Arrays) -> Net:
    pieces, words = (read_table(_under(raw, f"{table}.")) for table in TABLES)
    return Net(
        WordVectors.of(pieces, words),
        _reader(weights_in(raw)),
        {side: read_weigher(_under(raw, f"{side}.")) for side in SIDES},
    )


def _under(raw: Arrays, prefix: str) -> Arrays:
    return {name.removeprefix(prefix): array for name, array in raw.items() if name.startswith(prefix)}


def _reader(weights: Weights) -> Reader:
    """The reader from its arrays."""
    top = {f"{name}.{part}": weights[f"{name}.{part}"] for name in TOP for part in ("weight", "bias")}
    mixer = Mixer(weights["inward"], weights["inward.bias"], tuple(_layers(weights)))
    return Reader(tuple(weights[f"table.{name}"] for name in COLUMNS), weights["cues"], mixer, top)


def _layers(weights: Weights) -> Iterator[tuple[Array, Array, Array, Array]]:
    for name in (f"layer{number}" for number in range(LAYERS)):
        yield weights[f"{name}.weight"], weights[f"{name}.bias"], weights[f"{name}.scale"], weights[f"{name}.shift"]


@cache
def load_net() -> Net:
    """The net that the package ships."""
    with as_file(files("rejoinder.acts").joinpath("data", "models", "net.npz")) as path:
        return read_net(path)
