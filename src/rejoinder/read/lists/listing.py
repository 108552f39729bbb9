"""What lists of pages (feeds, sitemaps) give, whichever reader reads them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

__all__ = ["Entry", "Listings", "Location"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. ``text`` is its whole text, None where the feed gives only ``summary`` (may be "").

    ``link`` is the URL of its page, ``outlet`` the feed's title, ``dated_by`` what says ``published``, ``id`` what the
    feed calls the entry, whatever becomes of its link. Texts are plain characters; ``text`` begins with the title.
    """

    link: str | None = None
    title: str | None = None
    published: dt.date | None = None
    author: str | None = None
    outlet: str | None = None
    text: str | None = None
    summary: str = ""
    dated_by: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """One address of a sitemap. ``is_index``: a sitemap stands there, not a page.

    ``modified`` is the day of its last change; ``title``, ``published`` and ``outlet`` are those of a news sitemap.
    Days are as written.
    """

    url: str
    modified: dt.date | None = None
    title: str | None = None
    published: dt.date | None = None
    outlet: str | None = None
    is_index: bool = False


@dataclass(frozen=True, slots=True)
class Listings:
    """What reads the lists: ``entries`` the bytes of a feed from some URL, ``locations`` those of a sitemap.

    Both raise ``InputError`` for what is no such list.
    """

    entries: Callable[[bytes, str], Iterable[Entry]]
    locations: Callable[[bytes], Iterable[Location]]
