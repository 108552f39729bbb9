"""The linker between documents, as a book uses it: it holds the rules, the book holds the acts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rejoinder.link.across import Across, Verdicts, decide
from rejoinder.link.card import Card, Setting, card, day_of, pairs_of
from rejoinder.link.lexicon import Between, between
from rejoinder.link.replies import search as search_answered
from rejoinder.link.reports import Search
from rejoinder.link.reports import search as search_told
from rejoinder.link.shelf import NEAR, Shelf
from rejoinder.records import Act

__all__ = ["Linker", "load_linker"]


@dataclass(frozen=True, slots=True)
class Linker:
    """Decides for one act at a time, from the cards it looks up.

    ``near``: how many cards it takes under one key, the latest first.
    """

    rules: Between
    near: int = NEAR

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
    return Linker(between())
