"""Linking across documents in steps that may each run anywhere, on records alone.

What is decided about an act depends only on the cards it looks up: at most so many under each key, the latest first
(``rejoinder.link.card``). So three steps give what comparing everything in one place gives:

1. ``entries`` and ``searches`` say where a card is filed and what it looks up. They meet by key and time, and
   ``nearest`` tells which acts are wanted where.
2. Wanted cards are sent there.
3. ``decided`` decides about the cards of a bucket, among these and what was sent. It may hold more cards than one act
   looks up: on a shelf with more, the latest under each key are still the same.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from rejoinder.link import Across, Card, Key, Linker, Verdicts
from rejoinder.link.card import keys_of
from rejoinder.spread.buckets import Buckets

__all__ = ["Entry", "Lookup", "Wanted", "decided", "entries", "home_of", "nearest", "searches"]

_LAST = "\U0010ffff"


class Entry(NamedTuple):
    """An act filed under ``key`` on ``day``, whose card lies in the bucket ``home``."""

    bucket: int
    key: Key
    day: dt.date
    act: str
    home: int


class Lookup(NamedTuple):
    """The latest acts under ``key`` from ``since`` to ``until`` are wanted in the bucket ``by``."""

    bucket: int
    key: Key
    since: dt.date
    until: dt.date
    by: int


class Wanted(NamedTuple):
    """The card of ``act``, which lies in the bucket ``home``, is wanted in the bucket ``by``."""

    home: int
    act: str
    by: int


def home_of(card: Card, linker: Linker, buckets: Buckets) -> int | None:
    """The bucket in which is decided about ``card``; None where it has no day, and is compared with nothing."""
    day, pairs = linker.place(card.act, card.published)
    return None if day is None else buckets.home(pairs, day)


def entries(card: Card, home: int, buckets: Buckets) -> Iterator[Entry]:
    """Where ``card``, of the bucket ``home``, is to be found by others."""
    assert card.filed, "only cards with a day have a home"
    for key in keys_of(card.act):
        for bucket in buckets.filed(key, card.filed):
            yield Entry(bucket, key, card.filed, card.act.id, home)


def searches(card: Card, home: int, linker: Linker, buckets: Buckets) -> Iterator[Lookup]:
    """What is looked up to decide about ``card``, in the bucket ``home``."""
    for search in linker.searches(card):
        for key in search.keys:
            yield Lookup(buckets.searched(key, search.until), key, search.since, search.until, home)


def nearest(filed: Iterable[Entry], lookups: Iterable[Lookup], near: int) -> set[Wanted]:
    """Which cards are wanted elsewhere: for each of ``lookups`` the ``near`` latest among ``filed``.

    Both are those of one bucket, in any order; an entry may come twice.
    """
    under: dict[Key, set[tuple[dt.date, str, int]]] = {}
    for entry in filed:
        under.setdefault(entry.key, set()).add((entry.day, entry.act, entry.home))
    shelves = {key: sorted(found) for key, found in under.items()}
    wanted: set[Wanted] = set()
    for lookup in lookups:
        shelf = shelves.get(lookup.key, [])
        low, high = bisect_left(shelf, (lookup.since, "", 0)), bisect_right(shelf, (lookup.until, _LAST, 0))
        latest = shelf[max(low, high - near) : high]
        wanted.update(Wanted(home, act, lookup.by) for _, act, home in latest if home != lookup.by)
    return wanted


def decided(own: Collection[Card], sent: Iterable[Card], linker: Linker) -> Iterator[tuple[Card, Across]]:
    """What each of ``own``, the cards of one bucket, tells of again and answers, in order of act.

    ``sent`` are cards of other buckets, all that were wanted here.
    """
    shelf = linker.shelf([*own, *sent])
    for card in sorted(own, key=lambda card: card.act.id):
        yield card, linker.decide(card, shelf, Verdicts())
