"""Word pieces: the parts of a word that the net has vectors for, found greedily from the left, longest first.

The vocabulary is the lower-cased English one of BERT, as far as the model file holds it; "##" marks a part that goes
on.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

__all__ = ["WordPieces"]

LONGEST = 24
"""Characters of the longest piece that is looked for."""
MOST = 8
"""Pieces of one word that count; what follows is the tail of a hash or an address."""
SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
KEPT = 20_000
"""Words whose pieces are remembered: more than a day's news holds, and little memory."""


@dataclass(frozen=True, slots=True)
class WordPieces:
    """Splits words. ``rows`` maps a piece to its row among the vectors; ``unknown`` is the row of anything else."""

    rows: Mapping[str, int]
    unknown: int
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def __call__(self, word: str) -> tuple[int, ...]:
        """The rows of the pieces of ``word``: at least one."""
        found = self._known.get(word)
        if found is None:
            found = self._split(word)
            if len(self._known) < KEPT:
                self._known[word] = found
        return found

    def _split(self, word: str) -> tuple[int, ...]:
        rows: list[int] = []
        for part in _parts(word):
            rows.extend(self._greedy(part))
        return tuple(rows[:MOST]) or (self.unknown,)

    def _greedy(self, part: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(part):
            lead = "##" if start else ""
            ends = range(min(len(part), start + LONGEST), start, -1)
            end = next((end for end in ends if lead + part[start:end] in self.rows), None)
            if end is None:
                return [self.unknown]
            found.append(self.rows[lead + part[start:end]])
            start = end
        return found


def _parts(word: str) -> Iterator[str]:
    """Letters and digits in runs, each mark of punctuation for itself; lower case, without accents."""
    current = ""
    for char in unicodedata.normalize("NFD", word.lower().translate(SAME)):
        category = unicodedata.category(char)
        if category == "Mn":
            continue
        if category[0] in "PSZ":
            if current:
                yield current
            current = ""
            if category[0] != "Z":
                yield char
        else:
            current += char
    if current:
        yield current
