"""The weighers while they learn: the same as :mod:`rejoinder.acts.weigher`, in torch."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from rejoinder.codebook import codebook

__all__ = ["Choice", "Seating", "Seats", "Weigher", "known_features", "lost", "seated", "seating"]

LEAST = 5
"""A feature seen less often in training is left out."""
ALONE = ("path,", "head", "kind", "implied,word=", "nobody,word=")
"""Features that name words get no row: the vectors say as much, and such rows are learned by heart."""
WIDE, KINDS = 48, 16
"""Numbers that stand for a feature, and for a kind."""
DROP, BLIND = 0.35, 0.15
"""The share of a layer's numbers, and of an option's features, that is left out while learning."""
STATE = 0.7
"""Of what is to be learned, the share that is the right state, in whatever words; the rest is the right words."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Choice:
    """The options for one side of the act of ``kind`` whose trigger is the token ``anchor``.

    Of each option: the token that heads its words (-1: it has none), its features, and a mark, 2 where it is the right
    one, 1 where only its state is right, 0 where it is wrong.
    """

    side: str
    anchor: int
    kind: str
    heads: Sequence[int]
    features: Sequence[Sequence[str]]
    marks: Sequence[int]


@dataclass(frozen=True)
class Seating:
    """A side to fill, in numbers: the trigger's token, its kind; of each option its head (-1: none), mark and prior.

    ``features`` are the rows of all options' features, one option after the other, each from its place in ``starts``.
    """

    side: str
    anchor: int
    kind: int
    heads: Ints
    marks: Ints
    prior: npt.NDArray[np.float32]
    features: Ints
    starts: Ints


@dataclass(frozen=True)
class Seats:
    """The seats of one side in a batch, their words by the places of the batch's rows.

    ``seat`` says to which seat each option belongs.
    """

    triggers: Tensor
    kinds: Tensor
    seat: Tensor
    options: Tensor
    marks: Tensor
    prior: Tensor
    features: Tensor
    starts: Tensor


def known_features(lists: Iterable[Sequence[str]]) -> dict[str, int]:
    """The features worth a row: name to row."""
    counts = Counter(name for names in lists for name in set(names) if not name.startswith(ALONE))
    return {name: row for row, name in enumerate(sorted(name for name, count in counts.items() if count >= LEAST))}


def seating(choice: Choice, prior: npt.NDArray[np.float64], known: Mapping[str, int]) -> Seating:
    """A choice in numbers: ``prior`` are the odds its options start from, ``known`` gives the row of each feature."""
    rows = [[known[name] for name in dict.fromkeys(names) if name in known] for names in choice.features]
    starts = np.cumsum([0, *map(len, rows)])[:-1]
    flat = np.array([row for one in rows for row in one], dtype=np.int64)
    kind = list(codebook().kinds).index(choice.kind)
    heads, marks = np.array(choice.heads), np.array(choice.marks)
    return Seating(choice.side, choice.anchor, kind, heads, marks, prior.astype(np.float32), flat, starts)


def seated(told: Sequence[tuple[Seating, Ints]], nobody: int) -> Seats | None:
    """The seats of one side; beside each, the place in the batch of each token of its document.

    ``nobody`` is the place of what stands in for the words of an option without any.
    """
    if not told:
        return None
    counts = [len(seat.heads) for seat, _ in told]
    before = np.cumsum([0, *(len(seat.features) for seat, _ in told)])[:-1]
    options = [np.where(seat.heads < 0, nobody, places[seat.heads]) for seat, places in told]
    return Seats(
        torch.tensor([places[seat.anchor] for seat, places in told]),
        torch.tensor([seat.kind for seat, _ in told]),
        torch.as_tensor(np.repeat(np.arange(len(told)), counts)),
        torch.as_tensor(np.concatenate(options)),
        torch.as_tensor(np.concatenate([seat.marks for seat, _ in told])),
        torch.as_tensor(np.concatenate([seat.prior for seat, _ in told])),
        torch.as_tensor(np.concatenate([seat.features for seat, _ in told])),
        torch.as_tensor(np.concatenate([seat.starts + start for (seat, _), start in zip(told, before, strict=True)])),
    )


class Weigher(nn.Module):
    """Adds to the prior of options for one side, by rows ``wide`` numbers wide; ``size`` numbers in between."""

    def __init__(self, wide: int, size: int, features: int) -> None:
        super().__init__()
        self.rows = nn.EmbeddingBag(features, WIDE, mode="sum")
        nn.init.normal_(self.rows.weight, std=0.02)
        self.kinds = nn.Embedding(len(codebook().kinds), KINDS)
        self.nobody = nn.Parameter(torch.zeros(wide))
        self.trigger = nn.Linear(wide, size)
        self.option = nn.Linear(wide, size)
        self.feature = nn.Linear(WIDE + KINDS, size)
        self.hidden = nn.Linear(size, size)
        self.out = nn.Linear(size, 1)
        self.drop = nn.Dropout(DROP)

    def forward(self, rows: Tensor, seats: Seats) -> Tensor:
        """The log odds of each option; ``rows`` are the words of the batch, one after the other."""
        rows = torch.cat([rows, self.nobody[None]])
        kept = (torch.rand(len(seats.features)) >= BLIND).float() if self.training else torch.ones(len(seats.features))
        told = torch.cat(
            [self.rows(seats.features, seats.starts, per_sample_weights=kept), self.kinds(seats.kinds)[seats.seat]], -1
        )
        trigger = self.trigger(rows[seats.triggers])[seats.seat]
        both = self.drop(functional.relu(trigger + self.option(rows[seats.options]) + self.feature(told)))
        return seats.prior + self.out(self.drop(functional.relu(self.hidden(both)))).squeeze(-1)

    def arrays(self) -> dict[str, Tensor]:
        """The arrays of the package's weigher, by name, but for the rows of features."""
        held: dict[str, Tensor] = {"kinds": self.kinds.weight, "nobody": self.nobody}
        for name in ("trigger", "option", "feature", "hidden", "out"):
            layer = getattr(self, name)
            held |= {f"{name}.weight": layer.weight.T, f"{name}.bias": layer.bias}
        return held


def lost(odds: Tensor, seats: Seats) -> Tensor:
    """The mean over seats of what is lost in likelihood of the right words and of the right state."""
    count = len(seats.triggers)

    def among(mask: Tensor) -> Tensor:
        """The log of the sum over those options of each seat that count."""
        counted = torch.where(mask, odds, torch.full_like(odds, -1e4))
        most = torch.full((count,), -1e4).scatter_reduce(0, seats.seat, counted, "amax")
        sums = torch.zeros(count).scatter_add(0, seats.seat, torch.exp(counted - most[seats.seat]))
        return most + torch.log(sums)

    able = torch.zeros(count).scatter_reduce(0, seats.seat, (seats.marks == 2).float(), "amax")
    total = among(seats.marks >= 0)
    each = (1 - STATE) * (total - among(seats.marks == 2)) + STATE * (total - among(seats.marks >= 1))
    return (each * able).sum() / able.sum().clamp(min=1)
