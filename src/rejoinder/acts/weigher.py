"""The weigher: which of the options for a side of an act is likeliest, by what the net sees of the words about it.

Each option starts from the weights of its named features (path, slot, state, role, ...). What the trigger in its
surroundings and the option's own word in its surroundings say, beside those features, is added. Fitted by
``scripts/train`` together with the reader whose rows it looks at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rejoinder.acts.arrays import Arrays, weights_in, whole_numbers
from rejoinder.acts.options import Option, Seat
from rejoinder.codebook import codebook

__all__ = ["SIDES", "Features", "Weigher", "Weighing", "read_weigher", "written_features"]

SIDES = ("actor", "target")
DAMPED = np.float32(0.3)
"""How much of what the layers add counts: they are surer than unseen texts bear out (docs/accuracy.md)."""
LAYERS = ("trigger", "option", "feature", "hidden", "out")

NOUGHT = -1
"""The place of no feature, the last of a table."""

Array = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Features:
    """What a weigher knows of features: the weight of each, and the numbers (``rows``) for those ``named``."""

    weights: Mapping[str, float]
    named: Sequence[str]
    rows: Array


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs the options for one side.

    ``index`` maps a feature to its place in ``prior``, its weight. The first have a row of ``told`` too: what they add
    to the first layer. The last of ``prior`` and of ``told`` stand for no feature and are nought. ``kinds`` is what a
    kind adds there; ``nobody`` stands in for the word of an option without any.
    """

    index: Mapping[str, int]
    prior: Array
    told: Array
    kinds: Mapping[str, Array]
    nobody: Array
    layers: Mapping[str, Array]

    def __call__(self, seat: Seat, options: Sequence[Option], words: Array) -> Array:
        """The log odds of ``options``; only differences mean anything. ``words`` has a row a word of the document."""
        return self.over(words, [option.mention.head for option in options if option.mention])(seat, options)

    def over(self, words: Array, heads: Iterable[int]) -> "Weighing":
        """Ready to weigh options with these ``heads`` for the acts of one document; ``words`` as above."""
        chosen = sorted(set(heads))
        rows = self.layer("option", np.concatenate([words[chosen], self.nobody[None]]))
        return Weighing(self, words, {head: row for row, head in enumerate(chosen)}, rows)

    def layer(self, name: str, values: Array) -> Array:
        """What the layer ``name`` makes of rows."""
        found: Array = values @ self.layers[f"{name}.weight"] + self.layers[f"{name}.bias"]
        return found

    def known(self, features: Sequence[str]) -> list[int]:
        """Places of ``features``, each once, in their order: a sum of floats must not depend on hashing."""
        return [place for place in map(self.index.get, dict.fromkeys(features)) if place is not None]


@dataclass(frozen=True, slots=True)
class Weighing:
    """A weigher over one document. ``place`` says which of ``rows`` is that of a head; the last is that of nobody."""

    weigher: Weigher
    words: Array
    place: Mapping[int, int]
    rows: Array
    _known: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    """The places of parts of options: options of one document have many in common."""

    def __call__(self, seat: Seat, options: Sequence[Option]) -> Array:
        """The log odds of ``options``; only differences mean anything."""
        weigher, last = self.weigher, len(self.weigher.told) - 1
        places = self._places(options)
        both = _summed(weigher.told, places[places < last])
        both += self.rows[[self.place[option.mention.head] if option.mention else -1 for option in options]]
        both += weigher.layer("trigger", self.words[seat.anchor]) + weigher.kinds[seat.cue.kind]
        np.maximum(both, 0, out=both)
        hidden = np.maximum(weigher.layer("hidden", both), 0)
        odds: Array = DAMPED * weigher.layer("out", hidden)[:, 0]
        return odds + _summed(weigher.prior, places)

    def _places(self, options: Sequence[Option]) -> Ints:
        """The places of the features of each option in turn, ``NOUGHT`` before each."""
        known, found = self._known, []
        for option in options:
            found.append(NOUGHT)
            for part in option.parts:
                places = known.get(part)
                if places is None:
                    places = known[part] = self.weigher.known(part)
                found += places
        return np.fromiter(found, np.int64, len(found))


def _summed(table: Array, places: Ints) -> Array:
    """The sum of the rows of each option; ``NOUGHT`` begins each, so that an option may have none."""
    found: Array = np.add.reduceat(table.take(places, axis=0), (places == NOUGHT).nonzero()[0], axis=0)
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
    feature = layers.pop("feature.weight")
    told = np.concatenate([rows * scales @ feature[: rows.shape[1]], np.zeros((1, feature.shape[1]), np.float32)])
    kinds = weights["kinds"] @ feature[rows.shape[1] :] + layers.pop("feature.bias")
    return Weigher(
        {name: place for place, name in enumerate(names)},
        np.append(prior, np.float32(0)),
        told,
        dict(zip(codebook().kinds, kinds, strict=True)),
        weights["nobody"],
        layers,
    )
