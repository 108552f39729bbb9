"""The net while it learns: the same reader as :mod:`rejoinder.acts.net`, in torch, with the weighers of sides.

Word vectors (:mod:`training.vectors`) stay as they are: the coded texts are too few to move 80,000 of them. What is
learned: tables of codes, the mixer, and what stands on top.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from rejoinder.acts.encode import COLUMNS, LABELS, Encoded
from rejoinder.acts.weigher import SIDES
from training.sides import Seating, Seats, Weigher, lost, seated

KINDS, REALIS = 20, 5
CODES = 128
WIDTHS = dict(zip(COLUMNS, (32, 32, 8, 16, 8, 4, 4, 4, 4), strict=True))
"""Numbers that stand for each code, by column."""
CUES = 24
SIZE, DROP = 128, 0.25
"""Numbers that a reader keeps of each word, and the share of them that is left out while learning."""
BLIND = 0.1
"""The share of words whose vector is hidden while learning, so that the surroundings are read too."""
RATE, TOGETHER = 1.5e-3, 1200
"""The highest learning rate, and about how many words make a batch: always whole documents."""
BLOCK = 300
"""Among so many documents, drawn at random, those of like length are put together."""
ALTERNATIVE = 0.25
"""The share of a coder's second choice (``alt_kind``) in what is to be learned."""


@dataclass(frozen=True)
class Lesson:
    """A document to learn from: vectors of its words, what is to be seen of them, and what is to be said of them.

    ``kinds`` is 0 for no act, -1 for words that do not count (the rest of a trigger of many words); ``others`` the
    second choice, or -1. ``realis`` and ``background`` are -1 where no act is. ``seats`` are the sides to be filled.
    """

    vectors: npt.NDArray[np.float32]
    encoded: Encoded
    kinds: npt.NDArray[np.int64]
    others: npt.NDArray[np.int64]
    realis: npt.NDArray[np.int64]
    background: npt.NDArray[np.int64]
    seats: Sequence[Seating]


@dataclass(frozen=True)
class Batch:
    """Windows of whole documents, padded to the longest; ``lengths`` are theirs before that. ``seats`` by side."""

    vectors: Tensor
    codes: Tensor
    cues: Tensor
    heads: Tensor
    lengths: Tensor
    kinds: Tensor
    others: Tensor
    realis: Tensor
    background: Tensor
    seats: Mapping[str, Seats]


class Mixer(nn.Module):
    """See :class:`rejoinder.acts.net.Mixer`."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.inward = nn.Linear(2 * wide, SIZE)
        self.layers = nn.ModuleList(nn.Conv1d(SIZE, 2 * SIZE, 3, padding=2**n, dilation=2**n) for n in range(3))
        self.norms = nn.ModuleList(nn.LayerNorm(SIZE) for _ in range(3))
        self.drop = nn.Dropout(DROP)

    def forward(self, rows: Tensor, batch: Batch) -> Tensor:
        """Windows x words x numbers, in and out."""
        real = (torch.arange(rows.shape[1])[None] < batch.lengths[:, None]).unsqueeze(-1).float()
        above = torch.gather(rows, 1, batch.heads.unsqueeze(-1).expand(-1, -1, rows.shape[-1]))
        x = functional.relu(self.inward(torch.cat([rows, above], -1))) * real
        for layer, norm in zip(self.layers, self.norms, strict=True):
            x = norm(x + self.drop(functional.glu(layer(x.transpose(1, 2)).transpose(1, 2), -1))) * real
        return x

    def arrays(self) -> dict[str, Tensor]:
        """The arrays of the net's mixer, by name."""
        held = {"inward": self.inward.weight.T, "inward.bias": self.inward.bias}
        for n, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            held |= {f"layer{n}.weight": layer.weight.permute(2, 1, 0), f"layer{n}.bias": layer.bias}
            held |= {f"layer{n}.scale": norm.weight, f"layer{n}.shift": norm.bias}
        return held


@dataclass(frozen=True)
class Said:
    """Log odds: of kinds, realis and background a row a word (windows x words); of options, by side."""

    kinds: Tensor
    realis: Tensor
    background: Tensor
    sides: Mapping[str, Tensor]


class Reader(nn.Module):
    """The reader, of words ``wide`` numbers wide, and the weighers, which know so many ``features``."""

    def __init__(self, wide: int, features: int) -> None:
        super().__init__()
        self.tables = nn.ModuleDict({name: nn.Embedding(LABELS[name], WIDTHS[name]) for name in COLUMNS})
        self.cues = nn.Linear(KINDS, CUES)
        self.codes = nn.Linear(sum(WIDTHS.values()) + CUES, CODES)
        mixed = wide + CODES
        self.mixer = Mixer(mixed)
        self.hidden = nn.Linear(SIZE + wide, SIZE)
        self.kind = nn.Linear(SIZE, KINDS)
        self.fields = nn.Linear(SIZE, SIZE)
        self.realis = nn.Linear(SIZE, REALIS)
        self.background = nn.Linear(SIZE, 2)
        self.drop = nn.Dropout(DROP)
        self.sides = nn.ModuleDict({side: Weigher(SIZE + wide, SIZE, features) for side in SIDES})

    def forward(self, batch: Batch) -> Said:
        """What the reader says of the words and seats of ``batch``."""
        vectors = batch.vectors
        if self.training:
            vectors = vectors * (torch.rand(vectors.shape[:2]) > BLIND).float().unsqueeze(-1)
        seen = [self.tables[name](batch.codes[..., n]) for n, name in enumerate(COLUMNS)]
        codes = self.codes(torch.cat([*seen, self.cues(batch.cues)], -1))
        mixed = self.mixer(self.drop(torch.cat([vectors, codes], -1)), batch)
        words = torch.cat([mixed, self.drop(vectors)], -1)
        hidden = self.drop(functional.relu(self.hidden(words)))
        fields = functional.relu(self.fields(hidden))
        rows = words.reshape(-1, words.shape[-1])
        sides = {side: self.sides[side](rows, seats) for side, seats in batch.seats.items()}
        return Said(self.kind(hidden), self.realis(fields), self.background(fields), sides)

    def arrays(self) -> dict[str, npt.NDArray[np.float32]]:
        """What :func:`rejoinder.acts.net.write_net` keeps: products of fixed matrices are multiplied out."""
        held: dict[str, Tensor] = dict(self.mixer.arrays())
        weight, at = self.codes.weight, 0
        for name in COLUMNS:
            part = weight[:, at : at + WIDTHS[name]]
            held[f"table.{name}"] = self.tables[name].weight @ part.T
            at += WIDTHS[name]
        held["cues"] = (weight[:, at:] @ self.cues.weight).T
        held["table.tag"] = held["table.tag"] + self.codes.bias + weight[:, at:] @ self.cues.bias
        for name in ("hidden", "kind", "fields", "realis", "background"):
            layer = getattr(self, name)
            held |= {f"{name}.weight": layer.weight.T, f"{name}.bias": layer.bias}
        for side in SIDES:
            held |= {f"{side}.{name}": value for name, value in self.sides[side].arrays().items()}
        return {name: value.detach().numpy().copy() for name, value in held.items()}

    def rows(self, side: str) -> npt.NDArray[np.float32]:
        """The rows of the features, as the weigher of ``side`` has them."""
        return self.sides[side].rows.weight.detach().numpy().copy()


def groups(lessons: Sequence[Lesson], shuffled: random.Random) -> list[list[Lesson]]:
    """All documents once, in groups for a batch, those of like length together."""
    order = list(lessons)
    shuffled.shuffle(order)
    found: list[list[Lesson]] = []
    for at in range(0, len(order), BLOCK):
        size = TOGETHER
        for one in sorted(order[at : at + BLOCK], key=lambda lesson: len(lesson.vectors)):
            if size >= TOGETHER:
                found.append([])
                size = 0
            found[-1].append(one)
            size += len(one.vectors)
    shuffled.shuffle(found)
    return found


def _batch(lessons: Sequence[Lesson]) -> Batch:
    group = [(lesson, *window) for lesson in lessons for window in lesson.encoded.windows]
    lengths = [last - first for _, first, last in group]
    heads = [
        own[first:last].astype(np.int64) - first
        for lesson, own in ((lesson, lesson.encoded.near_heads()) for lesson in lessons)
        for first, last in lesson.encoded.windows
    ]
    wide = max(lengths)

    def stacked(rows: Sequence[npt.NDArray[np.generic]], fill: int = 0) -> Tensor:
        shape = (len(rows), wide, *rows[0].shape[1:])
        out = np.full(shape, fill, dtype=rows[0].dtype)
        for n, row in enumerate(rows):
            out[n, : len(row)] = row
        return torch.as_tensor(out)

    return Batch(
        stacked([lesson.vectors[a:b] for lesson, a, b in group]),
        stacked([lesson.encoded.codes[a:b].astype(np.int64) for lesson, a, b in group]),
        stacked([lesson.encoded.cues[a:b] for lesson, a, b in group]),
        stacked(heads),
        torch.tensor(lengths),
        stacked([lesson.kinds[a:b] for lesson, a, b in group], -1),
        stacked([lesson.others[a:b] for lesson, a, b in group], -1),
        stacked([lesson.realis[a:b] for lesson, a, b in group], -1),
        stacked([lesson.background[a:b] for lesson, a, b in group], -1),
        _seats(lessons, wide),
    )


def _seats(lessons: Sequence[Lesson], wide: int) -> dict[str, Seats]:
    """The seats of ``lessons``, whose windows are padded to ``wide`` words, by side."""
    told: dict[str, list[tuple[Seating, npt.NDArray[np.int64]]]] = {side: [] for side in SIDES}
    window = 0
    for lesson in lessons:
        places = np.zeros(len(lesson.vectors), dtype=np.int64)
        for first, last in lesson.encoded.windows:
            places[first:last] = window * wide + np.arange(last - first)
            window += 1
        for seat in lesson.seats:
            told[seat.side].append((seat, places))
    found = {side: seated(seats, window * wide) for side, seats in told.items()}
    return {side: seats for side, seats in found.items() if seats is not None}


def loss(said: Said, batch: Batch) -> Tensor:
    """Cross entropy, an act: of the kind of every word, of realis and background where an act is, of the sides."""
    counted = batch.kinds >= 0
    shares = functional.log_softmax(said.kinds[counted], -1)
    wanted = functional.one_hot(batch.kinds[counted], KINDS).float()
    other = batch.others[counted]
    doubtful = other >= 0
    wanted[doubtful] *= 1 - ALTERNATIVE
    wanted[doubtful, other[doubtful]] += ALTERNATIVE
    acts = batch.realis >= 0
    total = -(wanted * shares).sum() / max(1, int(acts.sum()))
    if acts.any():
        total = total + 0.3 * functional.cross_entropy(said.realis[acts], batch.realis[acts])
        total = total + 0.3 * functional.cross_entropy(said.background[acts], batch.background[acts])
    for side, seats in batch.seats.items():
        total = total + lost(said.sides[side], seats)
    return total


def fit(lessons: Sequence[Lesson], features: int, seed: int, epochs: int) -> Reader:
    """Fit the reader and its weighers: AdamW, a short warming up, then a straight way down.

    The same seed gives the same reader.
    """
    torch.manual_seed(seed)
    shuffled = random.Random(seed)
    reader = Reader(lessons[0].vectors.shape[1], features)
    optimizer = torch.optim.AdamW(reader.parameters(), lr=RATE, weight_decay=0.01)
    steps = epochs * len(groups(lessons, random.Random(seed)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, (n + 1) / (0.1 * steps)) * max(0.0, 1 - n / steps)
    )
    for epoch in range(epochs):
        reader.train()
        summed, seen = 0.0, 0
        for batch in map(_batch, groups(lessons, shuffled)):
            found = loss(reader(batch), batch)
            optimizer.zero_grad()
            found.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            summed, seen = summed + float(found.detach()), seen + 1
        print(f"reader {seed}, epoch {epoch + 1}: loss {summed / seen:.3f}", flush=True)
    return reader.eval()
