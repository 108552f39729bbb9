"""Cards in order of their days under the keys they are filed under: what an act is compared with."""

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable

from rejoinder.link.card import Card, Key, keys_of

__all__ = ["NEAR", "Shelf"]

NEAR = 8
"""How many cards under one key an act is compared with, the latest first: so the work grows with the acts."""

_IDLE = 8
"""Days that pile up before cards are taken away: to go through all keys takes longer than to keep a few cards more."""

_Filed = tuple[int, str, Card]
"""Day (a number, which is quicker to compare than a date), act and card: no two have both day and act in common."""


class Shelf:
    """Cards on file. Asking gives the same answer in whatever order they were put there.

    ``compared`` counts the cards handed out.
    """

    def __init__(self, cards: Iterable[Card] = (), near: int = NEAR) -> None:
        """A shelf with ``cards`` on it, of which at most ``near`` are handed out under one key."""
        self._near = near
        self._there: set[str] = set()
        self._filed: dict[Key, list[_Filed]] = defaultdict(list)
        self._cleared = 0
        self.compared = 0
        for one in cards:
            self.add(one)

    def add(self, one: Card) -> None:
        """File ``one`` under each of its keys; a card without a day is not filed."""
        if one.filed is None or one.act.id in self._there:
            return
        self._there.add(one.act.id)
        entry = one.filed.toordinal(), one.act.id, one
        for key in keys_of(one.act):
            filed = self._filed[key]
            if filed and entry < filed[-1]:
                insort(filed, entry)
            else:
                filed.append(entry)

    def clear_before(self, day: dt.date) -> None:
        """Take away cards filed before ``day``, if not at once: nothing will look so far back any more."""
        until = day.toordinal()
        if until < self._cleared + _IDLE:
            return
        self._cleared = until
        for key in list(self._filed):
            filed = self._filed[key]
            if filed[0][0] >= until:
                continue
            cut = bisect_left(filed, (until,))
            self._there.difference_update([act for _, act, _ in filed[:cut]])
            del filed[:cut]
            if not filed:
                del self._filed[key]

    def near(self, keys: Iterable[Key], since: dt.date, until: dt.date) -> list[Card]:
        """The latest cards, so many at most, under each of ``keys`` from ``since`` to ``until``, none twice."""
        found: dict[str, Card] = {}
        first, last = (since.toordinal(),), (until.toordinal() + 1,)
        for key in keys:
            filed = self._filed.get(key)
            if not filed:
                continue
            low, high = bisect_left(filed, first), bisect_left(filed, last)
            found.update({act: card for _, act, card in reversed(filed[max(low, high - self._near) : high])})
        self.compared += len(found)
        return list(found.values())
