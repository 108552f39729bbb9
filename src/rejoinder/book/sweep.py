"""Many changes: the days that they touch are gone through in order."""

import datetime as dt
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from rejoinder.book.views import AT_ONCE, Views, cards_of
from rejoinder.link import Card, Linker, Shelf, shifted

__all__ = ["stretches", "swept"]


def stretches(linker: Linker, days: Collection[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """Days, from one to another, on which acts lie that may look up what is filed on ``days``; none lies in two."""
    found: list[tuple[dt.date, dt.date]] = []
    for day in sorted(days):
        since, until = shifted(day, -linker.ahead), shifted(day, linker.behind)
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], until
        else:
            found.append((since, until))
    return found


@dataclass(slots=True)
class _Sweep:
    """Cards in order of their days: those before a day are decided about when all that they look up has been seen."""

    linker: Linker
    shelf: Shelf
    waiting: deque[Card] = field(default_factory=deque)

    def until(self, day: dt.date) -> Iterator[tuple[Card, Shelf]]:
        while self.waiting and shifted(_day(self.waiting[0]), self.linker.ahead) < day:
            yield self.waiting.popleft(), self.shelf
        oldest = _day(self.waiting[0]) if self.waiting else day
        self.shelf.clear_before(shifted(oldest, -self.linker.behind))

    def rest(self) -> Iterator[tuple[Card, Shelf]]:
        while self.waiting:
            yield self.waiting.popleft(), self.shelf


def _day(card: Card) -> dt.date:
    assert card.filed, "only acts with a day are gone through"
    return card.filed


def swept(views: Views, linker: Linker, days: Iterable[tuple[dt.date, dt.date]]) -> Iterator[tuple[Card, Shelf]]:
    """The cards filed on ``days`` (from one to another), each with a shelf that holds what it looks up."""
    for since, until in days:
        sweep = _Sweep(linker, linker.shelf())
        for some in _pages(views, linker, shifted(since, -linker.behind), shifted(until, linker.ahead)):
            for card in some:
                sweep.shelf.add(card)
                if since <= _day(card) <= until:
                    sweep.waiting.append(card)
            yield from sweep.until(_day(some[-1]))
        yield from sweep.rest()


def _pages(views: Views, linker: Linker, since: dt.date, until: dt.date) -> Iterator[list[Card]]:
    """The cards filed from ``since`` to ``until``, in order of day and id."""
    after = since, ""
    while True:
        with views.next() as reading:
            acts = reading.firsts_after(after, until, most=AT_ONCE)
            cards = list(cards_of(reading, linker, [act for _, act in acts]))
        if not acts:
            return
        yield cards
        after = acts[-1][0], acts[-1][1].id
