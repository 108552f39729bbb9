"""The parser's steps over many paragraphs at once: in each, what to do next in every paragraph that is not done.

spaCy's own loop asks after every sum of numbers whether something went wrong, which takes half of its time. These are
the same sums in the same order, so that the same is chosen; few paragraphs are left to spaCy, which is quicker there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["PIECES", "Greedy", "Product", "Transitions"]

LIVE = 20
"""From so many paragraphs at work in a step, on the average, the numbers are summed here."""

PIECES = 2
"""Of so many numbers the greatest goes on."""

Array = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class State(Protocol):
    """How far a paragraph is parsed."""

    def is_final(self) -> bool:
        """Whether it is parsed to its end."""
        ...


class Moves(Protocol):
    """What may be done in a step."""

    def init_batch(self, docs: "Sequence[Doc]") -> list[State]:
        """Paragraphs of which nothing is parsed."""
        ...


class Steps(Protocol):
    """Reads off states what their next step hangs on."""

    def get_token_ids(self, states: Sequence[State]) -> Ints:
        """For each state the number of the word in each of its places, -1 for none."""
        ...

    def clear_memory(self) -> None:
        """Let go of the words."""
        ...


class Model(Protocol):
    """What the steps are read off with."""

    def predict(self, docs: "Sequence[Doc]") -> Steps:
        """For ``docs``."""
        ...


class Transitions(Protocol):
    """What we take of spaCy's parser."""

    moves: Moves
    model: Model

    def predict(self, docs: "Sequence[Doc]") -> list[State]:
        """Parse ``docs``."""
        ...

    def transition_states(self, states: Sequence[State], scores: Array) -> list[State]:
        """Take the best step that is allowed in each state; those that are not done."""
        ...


class Product(Protocol):
    """The product of matrices that spaCy's parser takes: row by row the same, whatever stands above or below."""

    def gemm(self, rows: Array, weights: Array, *, trans2: bool) -> Array:
        """The product of ``rows`` and ``weights`` turned over."""
        ...


@dataclass(frozen=True, slots=True)
class Greedy:
    """Takes the likeliest step until all is parsed.

    ``weights`` (steps x units), the bias of the ``inner`` layer and that of the ``outer`` are those of spaCy's parser.
    """

    parser: Transitions
    ops: Product
    inner: Array
    weights: Array
    outer: Array

    def __call__(self, docs: "Sequence[Doc]", features: Array) -> list[State]:
        """The parsed ``docs``. ``features``: words (the first is none) x places x units x pieces."""
        if sum(map(len, docs)) < LIVE * max(map(len, docs)):
            return self.parser.predict(docs)
        states, steps = self.parser.moves.init_batch(docs), self.parser.model.predict(docs)
        places = features.shape[1]
        table, within = features.reshape(-1, features[0, 0].size), np.arange(places) + places
        left = [state for state in states if not state.is_final()]
        while left:
            rows = steps.get_token_ids(left) * places + within
            left = self.parser.transition_states(left, self._scores(table, rows))
        steps.clear_memory()
        return states

    def _scores(self, table: Array, rows: Ints) -> Array:
        """How good each step is in each state; ``rows`` are those of ``table`` for the places of a state."""
        found = table.take(rows.reshape(-1), axis=0, mode="clip").reshape(*rows.shape, -1)
        sums: Array = np.add.reduce(found, axis=1)
        sums += self.inner
        scores = self.ops.gemm(np.maximum(sums[:, 0::2], sums[:, 1::2]), self.weights, trans2=True)
        scores += self.outer
        return scores
