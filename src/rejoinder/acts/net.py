"""The net: reads every word in its surroundings and says how probable it is that it carries an act, and of which kind.

Readers, recurrent or convolutional, look at the words (vectors of word pieces, the parse, the parties, the lexicon);
where a model file holds several, they are averaged. Fitted by ``scripts/train``; numpy alone runs them.
"""

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from rejoinder.acts.encode import COLUMNS, Encoded
from rejoinder.acts.pieces import WordPieces
from rejoinder.draft import Token
from rejoinder.errors import DataError

__all__ = ["Net", "Reading", "Words", "load_net", "read_net", "whole_numbers", "write_net"]

TOP = ("hidden", "kind", "fields", "realis", "background")
"""The layers on top of a mixer."""
LAYERS = 3
"""Layers of a convolutional mixer."""
HALF = np.float32(0.5)
SMALLEST = 6e-8
"""The smallest scale that half precision can hold."""
FAULTS = (
    *(OSError, EOFError, KeyError, TypeError, ValueError, NotImplementedError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What numpy raises on a file that is no archive of arrays, or a broken one."""

Array = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Weights = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the net says of each word, as probabilities.

    ``kinds``: words x (NONE, then the codebook's kinds); of the act that the word may carry, ``realis``: words x the
    codebook's five, and ``background``: words.
    """

    kinds: Array
    realis: Array
    background: Array


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document: one row of ``vectors`` for each that is different, and for each word its row."""

    vectors: Array
    places: npt.NDArray[np.int64]


class Mixer(Protocol):
    """What looks at the surroundings: from one row a word to one row a word, window by window."""

    def __call__(self, words: Words, codes: Array, heads: Ints, windows: Sequence[tuple[int, int]]) -> Array:
        """The words, with a row of ``codes`` each, in the light of their window; ``heads`` are indices of words."""


@dataclass(frozen=True, slots=True)
class Recurrent:
    """A long short-term memory in both directions. All windows run side by side, both directions in one product."""

    inward: Array
    bias: Array
    hidden: Array
    """(2, size, 4 size): forward and backward. In all three the odds of the gates that open and close are halved."""

    def __call__(self, words: Words, codes: Array, heads: Ints, windows: Sequence[tuple[int, int]]) -> Array:
        """See :class:`Mixer`."""
        del heads
        size = self.hidden.shape[1]
        order = sorted(windows, key=lambda window: window[0] - window[1])  # the longest first: the short ones drop out
        steps = np.zeros((order[0][1] - order[0][0], 2, len(order)), dtype=np.int64)
        for n, (first, last) in enumerate(order):
            steps[: last - first, 0, n] = np.arange(first, last)
            steps[: last - first, 1, n] = np.arange(last - 1, first - 1, -1)
        lengths = np.array([last - first for first, last in order])
        wide = words.vectors.shape[1]
        told: Array = codes @ self.inward[wide:]
        told += (words.vectors @ self.inward[:wide] + self.bias)[words.places]
        told = told.reshape(len(codes), 2, 4 * size)[steps, np.arange(2)[:, None]]
        state = np.zeros((2, len(order), size), dtype=np.float32)
        memory = np.zeros_like(state)
        states = np.zeros((len(steps), 2, len(order), size), dtype=np.float32)
        for step, going in enumerate((lengths > np.arange(len(steps))[:, None]).sum(axis=1).tolist()):
            gate = np.matmul(state[:, :going], self.hidden)
            gate += told[step, :, :going]
            np.tanh(gate, out=gate)
            opened = gate[..., : 3 * size]  # half of the tangent of half the odds, and a half, is the sigmoid
            opened *= HALF
            opened += HALF
            memory = opened[..., size : 2 * size] * memory[:, :going]
            memory += opened[..., :size] * gate[..., 3 * size :]
            state = np.tanh(memory)
            state *= opened[..., 2 * size :]
            states[step, :, :going] = state
        out = np.empty((len(codes), 2, size), dtype=np.float32)
        real = np.broadcast_to((lengths > np.arange(len(steps))[:, None])[:, None], steps.shape)
        out[steps[real], np.broadcast_to(np.arange(2)[:, None], steps.shape)[real]] = states[real]
        mixed: Array = out.reshape(len(codes), 2 * size)
        return mixed


@dataclass(frozen=True, slots=True)
class Convolutional:
    """Each word with its head, then layers that look one, two and four words to either side, never past the window."""

    inward: Array
    bias: Array
    layers: tuple[tuple[Array, Array, Array, Array], ...]
    """Of each layer: weights (3, size, 2 size) for before, here and after; their bias; scale and shift of its norm."""

    def __call__(self, words: Words, codes: Array, heads: Ints, windows: Sequence[tuple[int, int]]) -> Array:
        """See :class:`Mixer`."""
        wide, half = words.vectors.shape[1], len(self.inward) // 2
        x: Array = self._inward_of(words, codes, slice(0, wide), slice(wide, half))
        x += self._inward_of(words, codes, slice(half, half + wide), slice(half + wide, 2 * half))[heads]
        x = np.maximum(x + self.bias, 0)
        place, within = np.arange(len(codes)), np.zeros((2, len(codes)), dtype=np.int64)
        for first, last in windows:
            within[:, first:last] = [[first], [last]]
        for number, (weights, bias, scale, shift) in enumerate(self.layers):
            reach = 2**number
            gates = x @ weights[1]
            gates += bias
            before = (place - reach >= within[0]).astype(np.float32)[reach:, None]
            gates[reach:] += (x[:-reach] @ weights[0]) * before
            after = (place + reach < within[1]).astype(np.float32)[:-reach, None]
            gates[:-reach] += (x[reach:] @ weights[2]) * after
            size = x.shape[1]
            x = _normal(x + gates[:, :size] * _sigmoid(gates[:, size:]), scale, shift)
        return x

    def _inward_of(self, words: Words, codes: Array, of_words: slice, of_codes: slice) -> Array:
        """One half of the way in, of each word; what hangs on the word alone is worked out once a different word."""
        found: Array = codes @ self.inward[of_codes]
        found += (words.vectors @ self.inward[of_words])[words.places]
        return found


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: tables of codes, a mixer, and layers on top that answer."""

    tables: tuple[Array, ...]
    cues: Array
    mixer: Mixer
    top: Weights

    def __call__(self, words: Words, encoded: Encoded) -> Reading:
        """What this reader says of the words."""
        codes = encoded.cues @ self.cues
        for column, table in enumerate(self.tables):
            codes += table[encoded.codes[:, column]]
        mixed = self.mixer(words, codes, _heads(encoded), encoded.windows)
        size = mixed.shape[1]
        weights = self.top["hidden.weight"]
        hidden: Array = mixed @ weights[:size]
        hidden += (words.vectors @ weights[size:] + self.top["hidden.bias"])[words.places]
        np.maximum(hidden, 0, out=hidden)
        fields: Array = np.maximum(hidden @ self.top["fields.weight"] + self.top["fields.bias"], 0)
        return Reading(
            _shares(hidden @ self.top["kind.weight"] + self.top["kind.bias"]),
            _shares(fields @ self.top["realis.weight"] + self.top["realis.bias"]),
            _shares(fields @ self.top["background.weight"] + self.top["background.bias"])[:, 1],
        )


@dataclass(frozen=True, slots=True)
class Net:
    """``vectors`` holds one row a word piece, in whole numbers to be multiplied by ``scales``."""

    pieces: WordPieces
    vectors: npt.NDArray[np.int8]
    scales: Array
    readers: tuple[Reader, ...]

    def __call__(self, tokens: Sequence[Token], encoded: Encoded) -> Reading:
        """Read a whole document. ``encoded`` is of the same tokens; there is at least one."""
        words = self.words(tokens)
        read = [reader(words, encoded) for reader in self.readers]
        return Reading(
            _mean([one.kinds for one in read]),
            _mean([one.realis for one in read]),
            _mean([one.background for one in read]),
        )

    def words(self, tokens: Sequence[Token]) -> Words:
        """The words, a vector each: the mean of its pieces' vectors."""
        distinct = {text: place for place, text in enumerate(dict.fromkeys(token.text for token in tokens))}
        rows = [self.pieces(text) for text in distinct]
        counts = np.array([len(row) for row in rows])
        flat = np.array([piece for row in rows for piece in row])
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        parts: Array = self.vectors[flat] * self.scales[flat]
        mean: Array = (np.add.reduceat(parts, starts, axis=0) / counts[:, None]).astype(np.float32)
        return Words(mean, np.array([distinct[token.text] for token in tokens]))


def _halved(size: int) -> Array:
    """A half for each of the three gates that open and close, one for what is new."""
    return np.repeat(np.array([HALF, HALF, HALF, 1], dtype=np.float32), size)


def _mean(arrays: Sequence[Array]) -> Array:
    found: Array = np.mean(np.stack(arrays), axis=0, dtype=np.float32)
    return found


def _heads(encoded: Encoded) -> Ints:
    """Heads, where they stand in the same window; else the window's first word stands in (a sentence that was cut)."""
    heads = encoded.heads.copy()
    for first, last in encoded.windows:
        here = heads[first:last]
        here[(here < first) | (here >= last)] = first
    return heads


def _sigmoid(values: Array) -> Array:
    found: Array = np.tanh(np.float32(0.5) * values)
    found *= np.float32(0.5)
    found += np.float32(0.5)
    return found


def _normal(values: Array, scale: Array, shift: Array) -> Array:
    centred = values - values.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + np.float32(1e-5))
    found: Array = centred / spread * scale + shift
    return found


def _shares(odds: Array) -> Array:
    powers = np.exp(odds - odds.max(axis=1, keepdims=True))
    found: Array = powers / powers.sum(axis=1, keepdims=True)
    return found


def whole_numbers(vectors: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """Vectors as a model file holds them: whole numbers, and for each row what to multiply them by."""
    scales = np.maximum(np.abs(vectors).max(axis=1, keepdims=True) / 127, SMALLEST)
    held = scales.astype(np.float16).astype(np.float32)
    return np.round(vectors / held).astype(np.int8), held


def write_net(path: Path, pieces: Sequence[str], vectors: Array, readers: Sequence[Weights]) -> None:
    """Write a model file. ``readers`` hold arrays by the names that :func:`_reader` reads; half precision is enough."""
    numbers, scales = whole_numbers(vectors)
    held = {f"{n}.{name}": array.astype(np.float16) for n, one in enumerate(readers) for name, array in one.items()}
    np.savez_compressed(
        path,
        allow_pickle=False,
        pieces=np.array("\n".join(pieces)),
        vectors=numbers,
        scales=scales.astype(np.float16),
        readers=np.array(len(readers)),
        **held,
    )


def read_net(path: Path) -> Net:
    """Read a model file. Raises :class:`DataError` where it is none."""
    try:
        with np.load(path, allow_pickle=False) as raw:
            return _net(raw)
    except FAULTS as fault:
        raise DataError(f"{path.name} is no model file of the net: {fault}. Run scripts/train to make it.") from fault


def _net(raw: Mapping[str, npt.NDArray[np.generic]]) -> Net:
    pieces = {piece: row for row, piece in enumerate(str(raw["pieces"]).split("\n"))}
    readers = [_weights(raw, f"{number}.") for number in range(int(raw["readers"]))]
    vectors = raw["vectors"].astype(np.int8, copy=False)
    if not readers or len(vectors) != len(pieces):
        raise ValueError(f"{len(readers)} readers, {len(pieces)} pieces, {len(vectors)} vectors")
    scales = raw["scales"].astype(np.float32)
    return Net(WordPieces(pieces, pieces["[UNK]"]), vectors, scales, tuple(_reader(one) for one in readers))


def _weights(raw: Mapping[str, npt.NDArray[np.generic]], prefix: str) -> dict[str, Array]:
    return {name.removeprefix(prefix): raw[name].astype(np.float32) for name in raw if name.startswith(prefix)}


def _reader(weights: Weights) -> Reader:
    """One reader from its arrays; one that has ``hidden_state`` is recurrent."""
    mixer: Mixer
    top = {f"{name}.{part}": weights[f"{name}.{part}"] for name in TOP for part in ("weight", "bias")}
    if "hidden_state" in weights:
        half = _halved(weights["hidden_state"].shape[1])
        both = np.tile(half, 2)
        mixer = Recurrent(weights["inward"] * both, weights["inward.bias"] * both, weights["hidden_state"] * half)
    else:
        mixer = Convolutional(weights["inward"], weights["inward.bias"], tuple(_layers(weights)))
    return Reader(tuple(weights[f"table.{name}"] for name in COLUMNS), weights["cues"], mixer, top)


def _layers(weights: Weights) -> Iterator[tuple[Array, Array, Array, Array]]:
    for name in (f"layer{number}" for number in range(LAYERS)):
        yield weights[f"{name}.weight"], weights[f"{name}.bias"], weights[f"{name}.scale"], weights[f"{name}.shift"]


@cache
def load_net() -> Net:
    """The net that the package ships."""
    with as_file(files("rejoinder.acts").joinpath("data", "models", "net.npz")) as path:
        return read_net(path)
