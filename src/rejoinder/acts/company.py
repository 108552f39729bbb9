"""How the parties of a sentence stand round a trigger, and to each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.draft import Mention

__all__ = ["UNFILLED", "Company", "Stand"]

UNFILLED = 3
"""In place of the rank of a slot, of a mention that fills none; ranks from here on count as none."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a mention (``number`` of the draft) stands to a trigger: the path through the parse, the slot it fills.

    ``rank`` is that slot's rank in the frame, ``UNFILLED`` where it fills none; ``speaks``: it says the sentence.
    """

    number: int
    mention: Mention
    path: str
    slot: str
    rank: int
    speaks: bool


@dataclass(frozen=True, slots=True)
class Company:
    """The parties that stand round a trigger (head tokens), the nearest first: before it, after it, subjects before it.

    ``filled`` is the best rank that one of them has, ``spoken`` whether one says the sentence.
    """

    before: Sequence[int]
    after: Sequence[int]
    subjects: Sequence[int]
    filled: int
    spoken: bool

    @classmethod
    def of(cls, anchor: int, stands: Sequence[Stand]) -> "Company":
        """The company of the trigger at token ``anchor``."""
        heads = sorted({stand.mention.head for stand in stands})
        subjects = {stand.mention.head for stand in stands if stand.path.endswith("nsubj")}
        before = [i for i in reversed(heads) if i < anchor]
        return cls(
            before,
            [i for i in heads if i > anchor],
            [i for i in before if i in subjects],
            min((stand.rank for stand in stands), default=UNFILLED),
            any(stand.speaks for stand in stands),
        )

    @property
    def told(self) -> str:
        """What the options that are not in the sentence must know of it."""
        return f"{self.filled},{self.spoken}"
