"""Buckets: what goes where when work is spread, by content alone, so that every run and every worker agrees."""

import datetime as dt
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.link import Key, Linker

__all__ = ["Buckets", "bucket_of"]

_STRETCH = 7
"""Days whose acts of one pair of states lie in one bucket: what is looked up together lies together, mostly, and the
busiest pair still fills no bucket alone."""


def bucket_of(text: str, count: int) -> int:
    """The bucket, of ``count``, that ``text`` belongs to."""
    return zlib.crc32(text.encode()) % count


@dataclass(frozen=True, slots=True)
class Buckets:
    """``count`` buckets. ``reach``: over how many days a search goes at most, from its first day to its last."""

    count: int
    reach: int

    @classmethod
    def for_linker(cls, count: int, linker: Linker) -> "Buckets":
        """Buckets in which the searches of ``linker`` find all that they look for."""
        return cls(count, (linker.ahead + linker.behind).days)

    def home(self, pairs: tuple[tuple[str, str], ...], day: dt.date) -> int:
        """Where an act is decided about that is filed on ``day`` under ``pairs`` of states."""
        first = "-".join(sorted(pairs[0]))
        return bucket_of(f"{first}|{day.toordinal() // _STRETCH}", self.count)

    def filed(self, key: Key, day: dt.date) -> Iterator[int]:
        """Where an entry under ``key`` is kept: with those of its time, and for those that look back from the next."""
        period = self._period(day)
        yield from {self._of_key(key, period), self._of_key(key, period + 1)}

    def searched(self, key: Key, until: dt.date) -> int:
        """Where a search under ``key`` that ends on ``until`` finds all that it looks for."""
        return self._of_key(key, self._period(until))

    def _period(self, day: dt.date) -> int:
        # longer than any search reaches, so that each ends in one period and begins in it or in the one before
        return day.toordinal() // (self.reach + 1)

    def _of_key(self, key: Key, period: int) -> int:
        return bucket_of("|".join((*key, str(period))), self.count)
