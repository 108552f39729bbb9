"""Readers that stand in for those of feeds and pages: a feed is JSON after ``<rss>``, a page plain text."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping

from rejoinder.errors import InputError
from rejoinder.read import InputFailure
from rejoinder.read.lists.listing import Entry
from rejoinder.read.source import Source
from rejoinder.records import Document
from rejoinder.watch import Readers

DAY = dt.date(2016, 5, 20)


def feed_page(entries: Iterable[Mapping[str, str]]) -> bytes:
    return b"<rss>" + json.dumps(list(entries)).encode()


def stand_ins() -> Readers:
    return Readers(_entries, _documents)


def _entries(data: bytes, _origin: str) -> Iterator[Entry]:
    if not data.startswith(b"<rss>"):
        raise InputError("it is no feed. Ask its keeper.")
    for entry in json.loads(data[5:]):
        yield Entry(**{"published": DAY, "dated_by": "the feed"} | entry)


def _documents(source: Source) -> Iterator[Document | InputFailure]:
    text, facts = source.open().read().decode(), source.facts
    if not text:
        yield InputFailure(source.origin, "the page holds no text. Look at it.")
        return
    yield Document(
        text, name=source.name, title=facts.title, outlet=facts.outlet, url=facts.url, published=facts.published
    )
