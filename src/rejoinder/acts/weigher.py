"""The weigher: which of the options for a side of an act is likeliest, by what the net sees of the words about it.

Each option starts from the weights of its named features (path, slot, state, role, ...). What the trigger in its
surroundings and the option's own word in its surroundings say, beside those features, is added. Fitted by
``scripts/train`` together with the reader whose rows it looks at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rejoinder.acts.arrays import Arrays, weights_in, whole_numbers
from rejoinder.acts.options import Option, Seat
from rejoinder.codebook import codebook

__all__ = ["SIDES", "Features", "Weigher", "read_weigher", "written_features"]

SIDES = ("actor", "target")
DAMPED = np.float32(0.3)
"""How much of what the layers add counts: they are surer than unseen texts bear out (docs/accuracy.md)."""
LAYERS = ("trigger", "option", "feature", "hidden", "out")

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Features:
    """What a weigher knows of features: the weight of each, and the numbers (``rows``) for those ``named``."""

    weights: Mapping[str, float]
    named: Sequence[str]
    rows: Array


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs the options for one side.

    ``index`` maps a feature to its place in ``prior``, its weight. The first have a row of ``rows`` too, the numbers
    that stand for them. The last of ``prior`` and of ``rows`` stand for no feature and are nought. ``kinds`` are the
    numbers that stand for a kind; ``nobody`` stands in for the word of an option without any.
    """

    index: Mapping[str, int]
    prior: Array
    rows: Array
    kinds: Mapping[str, Array]
    nobody: Array
    layers: Mapping[str, Array]

    def __call__(self, seat: Seat, options: Sequence[Option], words: Array) -> Array:
        """The log odds of ``options``; only differences mean anything. ``words`` has a row a word of the document."""
        known = [self._known(option) for option in options]
        last = len(self.rows) - 1
        bags = _summed(self.rows, [[place for place in places if place < last] for places in known])
        taken = np.stack([words[option.mention.head] if option.mention else self.nobody for option in options])
        kind = np.broadcast_to(self.kinds[seat.cue.kind], (len(options), len(self.kinds[seat.cue.kind])))
        told = np.concatenate([bags, kind], axis=1)
        both = self._layer("trigger", words[seat.anchor]) + self._layer("option", taken) + self._layer("feature", told)
        hidden = np.maximum(self._layer("hidden", np.maximum(both, 0)), 0)
        odds: Array = DAMPED * self._layer("out", hidden)[:, 0]
        return odds + _summed(self.prior, known)

    def _layer(self, name: str, values: Array) -> Array:
        found: Array = values @ self.layers[f"{name}.weight"] + self.layers[f"{name}.bias"]
        return found

    def _known(self, option: Option) -> list[int]:
        """Places of the option's features, each once, in their order: a sum of floats must not depend on hashing."""
        index = self.index
        return [index[name] for name in dict.fromkeys(option.features) if name in index]


def _summed(table: Array, lists: Sequence[Sequence[int]]) -> Array:
    """The sum of the rows of each list; the table's last row is nought, so that a list may be empty."""
    nought = len(table) - 1
    flat = [place for places in lists for place in (nought, *places)]
    starts = np.cumsum([0, *(len(places) + 1 for places in lists[:-1])])
    found: Array = np.add.reduceat(table[flat], starts, axis=0)
    return found


def written_features(features: Features) -> dict[str, npt.NDArray[np.generic]]:
    """What a model file holds of ``features``, by name: those with rows first."""
    rows, scales = whole_numbers(features.rows)
    order = list(dict.fromkeys([*features.named, *features.weights]))
    weights = np.array([features.weights.get(name, 0.0) for name in order], dtype=np.float16)
    return {"names": np.array("\n".join(order)), "prior": weights, "rows": rows, "scales": scales.astype(np.float16)}


def read_weigher(raw: Arrays) -> Weigher:
    """A weigher from its arrays. Raises ``KeyError`` or ``ValueError`` where some are missing or do not fit."""
    names, rows = str(raw["names"]).split("\n"), raw["rows"].astype(np.int8, copy=False)
    weights = weights_in(raw)
    prior, scales = weights["prior"], weights["scales"]
    if len(prior) != len(names) or len(rows) > len(names) or len(scales) != len(rows):
        raise ValueError(f"{len(names)} features, {len(prior)} weights, {len(rows)} rows, {len(scales)} scales")
    layers = {f"{name}.{part}": weights[f"{name}.{part}"] for name in LAYERS for part in ("weight", "bias")}
    kinds = dict(zip(codebook().kinds, weights["kinds"], strict=True))
    index = {name: place for place, name in enumerate(names)}
    whole = np.concatenate([rows * scales, np.zeros((1, rows.shape[1]), dtype=np.float32)])
    return Weigher(index, np.append(prior, np.float32(0)), whole, kinds, weights["nobody"], layers)
