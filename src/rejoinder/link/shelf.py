"""Cards in order of their days under the keys they are filed under: what an act is compared with."""

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable

from rejoinder.link.card import Card, Key, keys_of

__all__ = ["NEAR", "Shelf"]

NEAR = 8
"""How many cards under one key an act is compared with, the latest first: so the work grows with the acts."""

_LAST = "\U0010ffff"


class Shelf:
    """Cards on file. Asking gives the same answer in whatever order they were put there.

    ``compared`` counts the cards handed out.
    """

    def __init__(self, cards: Iterable[Card] = (), near: int = NEAR) -> None:
        """A shelf with ``cards`` on it, of which at most ``near`` are handed out under one key."""
        self._near = near
        self._cards: dict[str, Card] = {}
        self._filed: dict[Key, list[tuple[dt.date, str]]] = defaultdict(list)
        self.compared = 0
        for one in cards:
            self.add(one)

    def add(self, one: Card) -> None:
        """File ``one`` under each of its keys; a card without a day is not filed."""
        if one.filed is None or one.act.id in self._cards:
            return
        self._cards[one.act.id] = one
        for key in keys_of(one.act):
            insort(self._filed[key], (one.filed, one.act.id))

    def clear_before(self, day: dt.date) -> None:
        """Take away the cards filed before ``day``: nothing will look so far back any more."""
        gone = (day, "")
        for key in list(self._filed):
            filed = self._filed[key]
            cut = bisect_left(filed, gone)
            for _, act in filed[:cut]:
                self._cards.pop(act, None)
            del filed[:cut]
            if not filed:
                del self._filed[key]

    def near(self, keys: Iterable[Key], since: dt.date, until: dt.date) -> list[Card]:
        """The latest cards, so many at most, under each of ``keys`` from ``since`` to ``until``, none twice."""
        found: dict[str, Card] = {}
        for key in keys:
            filed = self._filed.get(key)
            if not filed:
                continue
            low, high = bisect_left(filed, (since, "")), bisect_right(filed, (until, _LAST))
            for _, act in reversed(filed[max(low, high - self._near) : high]):
                found.setdefault(act, self._cards[act])
        self.compared += len(found)
        return list(found.values())
