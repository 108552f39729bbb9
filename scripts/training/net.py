"""The net while it learns: the same readers as :mod:`rejoinder.acts.net`, in torch.

Word vectors are those of the pieces of all-MiniLM-L6-v2 (Apache-2.0) and stay as they are: the coded texts are too few
to move 24,000 of them. What is learned: tables of codes, the mixers, and what stands on top.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from rejoinder.acts.encode import COLUMNS, LABELS, Encoded

KINDS, REALIS = 20, 5
CODES = 128
WIDTHS = dict(zip(COLUMNS, (32, 32, 8, 16, 8, 4, 4, 4, 4), strict=True))
"""Numbers that stand for each code, by column."""
CUES = 24
SIZE, DROP = 128, 0.25
"""Numbers that a reader keeps of each word, and the share of them that is left out while learning."""
BLIND = 0.1
"""The share of words whose vector is hidden while learning, so that the surroundings are read too."""
RATE, TOGETHER = 1.5e-3, 16
"""The highest learning rate, and windows a batch."""
ALTERNATIVE = 0.25
"""The share of a coder's second choice (``alt_kind``) in what is to be learned."""


@dataclass(frozen=True)
class Lesson:
    """A document to learn from: vectors of its words, what is to be seen of them, and what is to be said of them.

    ``kinds`` is 0 for no act, -1 for words that do not count (the rest of a trigger of many words); ``others`` the
    second choice, or -1. ``realis`` and ``background`` are -1 where no act is.
    """

    vectors: npt.NDArray[np.float32]
    encoded: Encoded
    kinds: npt.NDArray[np.int64]
    others: npt.NDArray[np.int64]
    realis: npt.NDArray[np.int64]
    background: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Batch:
    """Windows side by side, padded to the longest; ``lengths`` are theirs before that."""

    vectors: Tensor
    codes: Tensor
    cues: Tensor
    heads: Tensor
    lengths: Tensor
    kinds: Tensor
    others: Tensor
    realis: Tensor
    background: Tensor


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


class Reader(nn.Module):
    """One reader, of words ``wide`` numbers wide."""

    def __init__(self, wide: int) -> None:
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

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Log odds of kinds, realis and background, a row a word."""
        vectors = batch.vectors
        if self.training:
            vectors = vectors * (torch.rand(vectors.shape[:2]) > BLIND).float().unsqueeze(-1)
        seen = [self.tables[name](batch.codes[..., n]) for n, name in enumerate(COLUMNS)]
        codes = self.codes(torch.cat([*seen, self.cues(batch.cues)], -1))
        mixed = self.mixer(self.drop(torch.cat([vectors, codes], -1)), batch)
        hidden = self.drop(functional.relu(self.hidden(torch.cat([mixed, self.drop(vectors)], -1))))
        fields = functional.relu(self.fields(hidden))
        return self.kind(hidden), self.realis(fields), self.background(fields)

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
        return {name: value.detach().numpy().copy() for name, value in held.items()}


def batches(lessons: Sequence[Lesson], shuffled: random.Random) -> Iterator[Batch]:
    """All windows once, those of like length together."""
    places = [(n, window) for n, lesson in enumerate(lessons) for window in lesson.encoded.windows]
    shuffled.shuffle(places)
    groups: list[list[tuple[int, tuple[int, int]]]] = []
    for at in range(0, len(places), TOGETHER * 20):
        part = sorted(places[at : at + TOGETHER * 20], key=lambda place: place[1][1] - place[1][0])
        groups.extend(part[start : start + TOGETHER] for start in range(0, len(part), TOGETHER))
    shuffled.shuffle(groups)
    for group in groups:
        yield _batch([(lessons[n], *window) for n, window in group])


def _batch(group: Sequence[tuple[Lesson, int, int]]) -> Batch:
    lengths = [last - first for _, first, last in group]
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
        stacked([lesson.encoded.near_heads()[a:b].astype(np.int64) - a for lesson, a, b in group]),
        torch.tensor(lengths),
        stacked([lesson.kinds[a:b] for lesson, a, b in group], -1),
        stacked([lesson.others[a:b] for lesson, a, b in group], -1),
        stacked([lesson.realis[a:b] for lesson, a, b in group], -1),
        stacked([lesson.background[a:b] for lesson, a, b in group], -1),
    )


def loss(said: tuple[Tensor, Tensor, Tensor], batch: Batch) -> Tensor:
    """Cross entropy a trigger: of the kind of every word, and of realis and background where an act is."""
    kinds, realis, background = said
    counted = batch.kinds >= 0
    shares = functional.log_softmax(kinds[counted], -1)
    wanted = functional.one_hot(batch.kinds[counted], KINDS).float()
    other = batch.others[counted]
    doubtful = other >= 0
    wanted[doubtful] *= 1 - ALTERNATIVE
    wanted[doubtful, other[doubtful]] += ALTERNATIVE
    acts = batch.realis >= 0
    total = -(wanted * shares).sum() / max(1, int(acts.sum()))
    if acts.any():
        total = total + 0.3 * functional.cross_entropy(realis[acts], batch.realis[acts])
        total = total + 0.3 * functional.cross_entropy(background[acts], batch.background[acts])
    return total


def fit(lessons: Sequence[Lesson], seed: int, epochs: int) -> Reader:
    """Fit one reader: AdamW, a short warming up, then a straight way down. The same seed gives the same reader."""
    torch.manual_seed(seed)
    shuffled = random.Random(seed)
    reader = Reader(lessons[0].vectors.shape[1])
    optimizer = torch.optim.AdamW(reader.parameters(), lr=RATE, weight_decay=0.01)
    steps = epochs * (sum(len(lesson.encoded.windows) for lesson in lessons) // TOGETHER + 2)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, (n + 1) / (0.1 * steps)) * max(0.0, 1 - n / steps)
    )
    for epoch in range(epochs):
        reader.train()
        lost, seen = 0.0, 0
        for batch in batches(lessons, shuffled):
            found = loss(reader(batch), batch)
            optimizer.zero_grad()
            found.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            lost, seen = lost + float(found.detach()), seen + 1
        print(f"reader {seed}, epoch {epoch + 1}: loss {lost / seen:.3f}", flush=True)
    return reader.eval()
