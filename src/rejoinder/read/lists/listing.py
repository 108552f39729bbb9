"""What lists of pages (feeds, sitemaps) give, whichever reader reads them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Entry", "Listings", "Location"]


class Entry(Protocol):
    """An entry of a feed."""

    @property
    def id(self) -> str | None:
        """What the feed calls it, whatever becomes of its link."""
        ...

    @property
    def link(self) -> str | None:
        """The URL of its page."""
        ...

    @property
    def title(self) -> str | None:
        """Its heading."""
        ...

    @property
    def published(self) -> dt.date | None:
        """Its publication day."""
        ...

    @property
    def dated_by(self) -> str | None:
        """What says so, in a few words."""
        ...

    @property
    def author(self) -> str | None:
        """Who wrote it."""
        ...

    @property
    def outlet(self) -> str | None:
        """Who published it."""
        ...

    @property
    def text(self) -> str | None:
        """Its whole text in plain characters, its title on top; None where the feed does not carry it."""
        ...

    @property
    def summary(self) -> str | None:
        """What the feed says of it in short, in plain characters."""
        ...


class Location(Protocol):
    """An entry of a sitemap."""

    @property
    def url(self) -> str:
        """The URL of a page, or of a sitemap in turn."""
        ...

    @property
    def title(self) -> str | None:
        """The page's heading, where it is a sitemap of news."""
        ...

    @property
    def published(self) -> dt.date | None:
        """The page's publication day, where it is a sitemap of news."""
        ...

    @property
    def outlet(self) -> str | None:
        """Who published the page, where it is a sitemap of news."""
        ...

    @property
    def is_index(self) -> bool:
        """Whether it is a sitemap in turn."""
        ...


@dataclass(frozen=True, slots=True)
class Listings:
    """What reads the lists: ``entries`` the bytes of a feed from some URL, ``locations`` those of a sitemap.

    Both raise InputError for what is no such list.
    """

    entries: Callable[[bytes, str], Iterable[Entry]]
    locations: Callable[[bytes], Iterable[Location]]
