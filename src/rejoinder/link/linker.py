"""The linker between documents, as a book uses it: it holds the rules, the book holds the acts."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from rejoinder.link.across import Across, Verdicts, decide
from rejoinder.link.card import Card, Setting, card, day_of, pairs_of
from rejoinder.link.lexicon import Between, between
from rejoinder.link.replies import search as search_answered
from rejoinder.link.reports import Search
from rejoinder.link.reports import search as search_told
from rejoinder.link.shelf import NEAR, Shelf
from rejoinder.records import Act

__all__ = ["Linker", "load_linker", "rules_digest"]

_VERSION = "1"
"""Of the linker's code; raised when a change of it changes what is decided from the same data."""


@dataclass(frozen=True, slots=True)
class Linker:
    """Decides for one act at a time, from the cards it looks up.

    ``near``: how many cards it takes under one key, the latest first. ``digest`` tells it from linkers that decide
    otherwise: a book that was compared by another one is compared anew.
    """

    rules: Between
    near: int = NEAR
    digest: str = ""

    @property
    def ahead(self) -> dt.timedelta:
        """How far past the day of a card it may look up others."""
        return dt.timedelta(self.rules.wide_days)

    @property
    def behind(self) -> dt.timedelta:
        """How far before the day of a card it may look up others."""
        return dt.timedelta(max(self.rules.wide_days, self.rules.memory_days, self.rules.patience_days))

    def card(self, act: Act, setting: Setting) -> Card:
        """The card of ``act``, a first mention."""
        return card(act, setting, self.rules)

    def place(self, act: Act, published: dt.date | None) -> tuple[dt.date | None, tuple[tuple[str, str], ...]]:
        """On which day, and under which pairs of states, ``act`` of a text of that day is filed."""
        return day_of(act, published, self.rules), pairs_of(act)

    def searches(self, one: Card) -> tuple[Search, ...]:
        """What is looked up to decide about ``one``."""
        return tuple(found for found in (search_told(one, self.rules), search_answered(one, self.rules)) if found)

    def shelf(self, cards: Iterable[Card] = ()) -> Shelf:
        """A shelf with ``cards`` on it."""
        return Shelf(cards, self.near)

    def decide(self, one: Card, shelf: Shelf, verdicts: Verdicts) -> Across:
        """What ``one`` tells of again, and what it answers; ``shelf`` must hold all that its searches find."""
        return decide(one, shelf, self.rules, verdicts)


def load_linker() -> Linker:
    """The linker with the package's own rules."""
    return Linker(between(), digest=rules_digest())


def rules_digest() -> str:
    """A digest (SHA-256, in hex) of what the package's own linker decides by: its data files and its version."""
    found = hashlib.sha256(_VERSION.encode())
    data = (file for file in (files(__package__) / "data").iterdir() if file.name.endswith(".yaml"))
    for file in sorted(data, key=lambda file: file.name):
        for part in (file.name.encode(), file.read_bytes()):
            # each with its length, so that nothing can move from one file to the next unseen
            found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()
