"""Pages from the web as sources: the page at a URL, or the pages that a feed or sitemap lists."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from rejoinder.errors import FetchError, InputError
from rejoinder.fetch import Fetched, Fetcher, FetchRules
from rejoinder.read.failure import InputFailure
from rejoinder.read.lists.listing import Entry, Listings
from rejoinder.read.source import Facts, Settings, Source

__all__ = ["MOST_PAGES", "entry_facts", "follow", "opener", "source_of"]

MOST_PAGES = 200
"""Pages fetched of one feed or sitemap unless the caller says otherwise."""

_MOST_INDEXES = 20
"""Sitemaps that one index may lead to: each is a request that gives no text."""

_HEAD = 4096
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex|html)\b", re.IGNORECASE)
_KIND = {b"rss": "feed", b"feed": "feed", b"rdf": "feed", b"urlset": "sitemap", b"sitemapindex": "sitemap"}


def source_of(fetched: Fetched, facts: Facts | None = None) -> Source:
    """The page as a source. ``facts`` is what a list said of it; its URL is the one where redirections ended.

    It has no other date: what a server says of when a file changed is not when a text was published.
    """
    body = fetched.body
    return Source(
        origin=fetched.final_url,
        name=_name(fetched.final_url),
        open=lambda: io.BytesIO(body),
        facts=replace(facts or Facts(), url=fetched.final_url),
        content_type=fetched.content_type,
    )


def opener(
    rules: FetchRules, listings: Listings, settings: Settings | None = None, limit: int = MOST_PAGES
) -> Callable[[str], Iterator[Source | InputFailure]]:
    """A function that gives what stands at a URL, by :func:`follow`; all it fetches share one pace and memory."""
    fetcher = Fetcher(rules)
    wanted = settings or Settings()

    def fetch(url: str) -> Iterator[Source | InputFailure]:
        return follow(url, fetcher, wanted, listings, limit)

    return fetch


def follow(
    url: str, fetcher: Fetcher, settings: Settings, listings: Listings, limit: int = MOST_PAGES
) -> Iterator[Source | InputFailure]:
    """The page at ``url``; where it is a feed or sitemap and ``settings.follow`` says so, the pages that it lists.

    Entries whose whole text a feed carries are not fetched: then the feed itself comes first, to be read with the same
    ``settings``, by which its reader leaves the others out.

    At most ``limit`` pages are fetched, each once, in the order listed; a failure at the end says how many were left.
    A sitemap speaks for its own host only. What cannot be fetched gives a failure in its place.
    """
    try:
        fetched = fetcher.get(url)
    except FetchError as error:
        yield InputFailure(error.url, error.reason)
        return
    kind = _list_kind(fetched.body) if settings.follow else None
    if kind is None:
        yield source_of(fetched)
    else:
        walk = _Walk(fetcher, listings, limit)
        yield from walk.feed(fetched) if kind == "feed" else walk.sitemap(fetched)
        if walk.left:
            message = f"{walk.left:,} of its pages were left out, being more than {limit:,}. Ask for them later."
            yield InputFailure(url, message)


def entry_facts(entry: Entry) -> Facts:
    """What a feed says of a page."""
    return Facts(
        title=entry.title,
        outlet=entry.outlet,
        author=entry.author,
        published=entry.published,
        dated_by=entry.dated_by,
    )


class _Walk:
    """Fetches what lists name, each page once and no more than ``limit`` of them."""

    def __init__(self, fetcher: Fetcher, listings: Listings, limit: int) -> None:
        self._fetcher = fetcher
        self._listings = listings
        self._limit = limit
        self._pages: set[str] = set()
        self._indexes: set[str] = set()
        self.left = 0

    def feed(self, fetched: Fetched) -> Iterator[Source | InputFailure]:
        try:
            entries = list(self._listings.entries(fetched.body, fetched.final_url))
        except InputError as error:
            yield InputFailure(fetched.final_url, str(error))
            return
        if any(entry.text is not None or not entry.link for entry in entries):
            yield source_of(fetched)
        for entry in entries:
            if entry.text is None and entry.link:
                yield from self._page(entry.link, entry_facts(entry))

    def sitemap(self, fetched: Fetched) -> Iterator[Source | InputFailure]:
        self._indexes.add(fetched.final_url)
        home = urlsplit(fetched.final_url).hostname
        try:
            for place in self._listings.locations(fetched.body):
                if urlsplit(place.url).hostname != home:
                    yield InputFailure(
                        place.url, f"the sitemap of {home} may not name pages of others. Name it yourself."
                    )
                elif place.is_index:
                    yield from self._nested(place.url)
                else:
                    dated = "the sitemap" if place.published else None
                    yield from self._page(
                        place.url, Facts(title=place.title, published=place.published, dated_by=dated)
                    )
        except (InputError, ValueError) as error:
            yield InputFailure(fetched.final_url, str(error))

    def _nested(self, url: str) -> Iterator[Source | InputFailure]:
        if url in self._indexes:
            return
        if len(self._indexes) > _MOST_INDEXES:
            yield InputFailure(url, f"the index leads to more than {_MOST_INDEXES} sitemaps. Name this one yourself.")
            return
        self._indexes.add(url)
        try:
            fetched = self._fetcher.get(url)
        except FetchError as error:
            yield InputFailure(error.url, error.reason)
        else:
            yield from self.sitemap(fetched)

    def _page(self, url: str, facts: Facts) -> Iterator[Source | InputFailure]:
        if url in self._pages:
            return
        if len(self._pages) >= self._limit:
            self.left += 1
            return
        self._pages.add(url)
        try:
            fetched = self._fetcher.get(url)
        except FetchError as error:
            yield InputFailure(error.url, error.reason)
        else:
            yield source_of(fetched, facts)


def _list_kind(body: bytes) -> str | None:
    """Whether it is a "feed" or a "sitemap", by the first element that is known; None for anything else."""
    found = _ROOT.search(body[:_HEAD])
    return _KIND.get(found[1].lower()) if found else None


def _name(url: str) -> str:
    """The file name that a URL ends in; its host where it ends in none."""
    parts = urlsplit(url)
    return unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or url
