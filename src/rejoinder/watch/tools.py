"""All that watching needs from elsewhere, passed in: readers, the web, the clock, somebody to tell."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rejoinder.book import Progress
from rejoinder.fetch import Fetcher, FetchRules
from rejoinder.read import InputFailure
from rejoinder.read.lists.listing import Entry
from rejoinder.read.source import Source
from rejoinder.records import Document
from rejoinder.watch.notice import Notice

__all__ = ["Readers", "Tools"]


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads what was fetched.

    ``entries`` gives the entries of a feed from its bytes and URL, newest first as feeds have them; it raises
    InputError for what is no feed. ``documents`` gives what stands in a page.
    """

    entries: Callable[[bytes, str], Iterable[Entry]]
    documents: Callable[[Source], Iterator[Document | InputFailure]]


@dataclass(frozen=True, slots=True)
class Tools:
    """What watching works with.

    ``fetcher`` makes what fetches by some rules. ``tell`` is given a line for whoever looks on, ``show`` the name of a
    query and a notice that is to be printed. ``now`` is the time in UTC, ``sleep`` waits some seconds. ``coded`` is
    called after each document that is coded.
    """

    readers: Readers
    fetcher: Callable[[FetchRules], Fetcher]
    tell: Callable[[str], None]
    show: Callable[[str, Notice], None]
    now: Callable[[], dt.datetime]
    sleep: Callable[[float], None]
    coded: Callable[[Progress], None] | None = None
