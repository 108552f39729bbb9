"""RSS and Atom feeds: each entry with its text a document. Nothing is fetched here."""

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from urllib.parse import urljoin

from rejoinder.errors import InputError
from rejoinder.read.addresses import host_of, is_web
from rejoinder.read.datewords import day_in
from rejoinder.read.failure import InputFailure
from rejoinder.read.lists.listing import Entry
from rejoinder.read.pages.fragment import plain_blocks
from rejoinder.read.source import Facts, Format, Item, Settings, Source
from rejoinder.read.tidy import one_line, paragraphs, same_words, with_headline, words_alone
from rejoinder.read.whole import guarded, whole
from rejoinder.read.xmlhead import FEEDS, refuse_entities, root_name
from rejoinder.records import Document

__all__ = ["FORMATS", "entries"]

MAX_FEED = 20_000_000
"""Bytes of the largest feed read; most have some hundred thousand."""
FULL_CONTENT, FULL_SUMMARY = 200, 1200
"""Letters from which an entry's content, or what it calls a summary, is the whole text."""

_CUT_OFF = re.compile(
    r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.|\b(?:read more|continue reading|read the (?:full|rest)).{0,80})\W*$", re.I
)


def entries(data: bytes, origin: str) -> tuple[Entry, ...]:
    """The entries of the feed ``data``, in its order. Addresses are taken from ``origin``, if it is one.

    Raises ``InputError`` where ``data`` is no feed that can be read, or declares XML entities.
    """
    import feedparser  # type: ignore[import-untyped] # noqa: PLC0415 - heavy

    refuse_entities(data)
    try:
        # A stream, never the bytes or a string: these might be taken for an address and fetched.
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        found = tuple(_entry(_mapping(each), feed, origin) for each in feed.entries)
    except Exception as error:  # whatever broken XML does to the parser
        raise InputError("the feed is broken and cannot be read. Fetch it anew.") from error
    if not found and not feed.get("version"):
        raise InputError("it is no feed that can be read (RSS or Atom). Fetch it anew.")
    return found


def _entry(entry: Mapping[str, object], feed: Mapping[str, object], origin: str) -> Entry:
    summary_markup = _string(entry, "summary")
    contents = entry.get("content")
    markups = [_string(_mapping(each), "value") for each in contents] if isinstance(contents, list) else []
    blocks = max((plain_blocks(markup) for markup in markups), key=_letters, default=[])
    summary = plain_blocks(summary_markup)
    full = _full(blocks, FULL_CONTENT) or _full(summary, FULL_SUMMARY)
    day, dated_by = _dated(entry, feed)
    title = one_line(" ".join(plain_blocks(_string(entry, "title")))) or None
    link = _absolute(_string(entry, "link").strip(), origin)
    about = _mapping(feed.get("feed"))
    return Entry(
        link=link,
        title=title,
        published=day,
        author=one_line(_string(entry, "author")) or None,
        outlet=one_line(" ".join(plain_blocks(_string(about, "title")))) or host_of(_string(about, "link")),
        text=with_headline(title, full) if full else None,
        summary=paragraphs(summary or blocks),
        dated_by=dated_by,
        id=one_line(_string(entry, "id")) or None,
    )


def _absolute(link: str, origin: str) -> str | None:
    try:
        whole_link = urljoin(origin, link) if link and host_of(origin) else link
    except ValueError:
        return None
    return whole_link if is_web(whole_link) else None


def _dated(entry: Mapping[str, object], feed: Mapping[str, object]) -> tuple[dt.date | None, str | None]:
    """The entry's day as written, and what says it."""
    if day := day_in(_string(entry, "published")):
        return day, "the feed's day of publication"
    if day := day_in(_string(entry, "updated")):
        atom = str(feed.get("version")).startswith("atom")
        return day, "the feed's day of the last change; it gives none of publication" if atom else "the feed's dc:date"
    return None, None


def _full(blocks: list[str], letters: int) -> list[str]:
    return blocks if _letters(blocks) >= letters and not _CUT_OFF.search(blocks[-1]) else []


def _letters(blocks: list[str]) -> int:
    return sum(len(words_alone(block)) for block in blocks)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _string(mapping: Mapping[str, object], key: str) -> str:
    # Asked as a plain dict: feedparser's own would give the day of publication for a missing day of change.
    value = dict.get(mapping, key) if isinstance(mapping, dict) else None
    return value if isinstance(value, str) else ""


def fits_feed(head: bytes, source: Source) -> bool:  # noqa: ARG001 - told by its bytes alone
    """Whether ``head`` begins a feed, by the name of its first element."""
    return root_name(head) in FEEDS


def read_feed(source: Source, settings: Settings) -> Iterator[Item]:
    """A document for each entry of the feed in ``source``; with only a summary, of title and summary.

    With ``settings.follow``, entries that have an address and only a summary are left to the caller, who fetches what
    ``entries`` points at.
    """
    return guarded(source, lambda: _documents(source, settings))


def _documents(source: Source, settings: Settings) -> Iterator[Item]:
    found = entries(whole(source, MAX_FEED), source.origin)
    if not found:
        raise InputError("the feed has no entries. Fetch it anew, or take it out.")
    for number, entry in enumerate(found, 1):
        if settings.follow and entry.text is None and entry.link:
            continue
        yield _document(entry, number, source)


def _document(entry: Entry, number: int, source: Source) -> Document | InputFailure:
    origin = f"{source.origin}, entry {number}"
    same = same_words(entry.title, entry.summary)
    text = entry.text or with_headline(entry.title, [] if same else [entry.summary])
    if not text:
        return InputFailure(origin, "the entry has neither text nor title. Give the address it points at instead.")
    said = Facts(
        title=entry.title,
        outlet=entry.outlet,
        author=entry.author,
        url=entry.link,
        published=entry.published,
        dated_by=entry.dated_by,
    )
    name = entry.id or entry.link or f"{PurePath(source.name).stem}:{number}"
    return said.over(source.facts).document(text, name, origin)


FORMATS: tuple[Format, ...] = (Format("feed", "RSS or Atom feed", fits_feed, read_feed),)
