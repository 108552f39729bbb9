"""One state of a book, looked at piece by piece, with the cards of its acts."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from rejoinder.link import OPENING, Card, Linker, Setting
from rejoinder.records import Act
from rejoinder.store import Reading, Store

__all__ = ["AT_ONCE", "OvertakenError", "Views", "batched", "cards_of", "check"]

AT_ONCE = 1000
"""How many acts are read, and how many decisions are written, together."""

T = TypeVar("T")


class OvertakenError(Exception):
    """Another writer changed something after it was looked at."""


def check(reading: Reading, seen: int) -> None:
    """Raise OvertakenError where anything changed after change number ``seen``."""
    if reading.last_change() != seen:
        raise OvertakenError


@dataclass(frozen=True, slots=True)
class Views:
    """Views of one state of a book, one after the other: what is written meanwhile need not be kept beside it.

    While one view is held, SQLite's log can only grow; comparing a large book would write gigabytes to it.
    """

    store: Store
    seen: int
    first: Reading
    """A view of that state, which is held no more: what it read of judgements is known to the others."""

    @contextmanager
    def next(self) -> Iterator[Reading]:
        """A view. Raises OvertakenError where the state is another one."""
        with self.store.reading() as reading:
            check(reading, self.seen)
            reading.same_as(self.first)
            yield reading


def cards_of(reading: Reading, linker: Linker, acts: Collection[Act]) -> Iterator[Card]:
    """The cards of ``acts``."""
    around = reading.surroundings({act.doc for act in acts}, OPENING)
    settings = {doc: Setting(one.published, one.opening, one.settled) for doc, one in around.items()}
    return (linker.card(act, settings[act.doc]) for act in acts)


def batched(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """``items``, so many together at most."""
    rest = iter(items)
    while some := list(islice(rest, most)):
        yield some
