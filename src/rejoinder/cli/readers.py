"""What ``rejoinder watch`` reads feeds and pages with."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.errors import InputError
from rejoinder.read import InputFailure
from rejoinder.read.source import Source
from rejoinder.records import Document
from rejoinder.watch import Readers

__all__ = ["readers"]


def readers() -> Readers:
    """Stand-ins until the readers of feeds and pages are here: links and titles of a feed, and plain text."""
    return Readers(entries=_entries, documents=_documents)


@dataclass(frozen=True, slots=True)
class _Entry:
    link: str | None
    title: str | None
    id: str | None = None
    published: None = None
    dated_by: str | None = None
    author: str | None = None
    outlet: str | None = None
    text: str | None = None
    summary: str | None = None


def _entries(data: bytes, origin: str) -> Iterator[_Entry]:
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415

    found = feedparser.parse(io.BytesIO(data), response_headers={"content-location": origin})
    if not found.version:
        raise InputError("it is no feed. Name the URL of an RSS or Atom feed.")
    for entry in found.entries:
        yield _Entry(entry.get("link"), entry.get("title"), summary=entry.get("summary"))


def _documents(source: Source) -> Iterator[Document | InputFailure]:
    if not (source.content_type or "").startswith("text/plain"):
        yield InputFailure(source.origin, "only plain text can be read as yet.")
        return
    facts, text = source.facts, source.open().read().decode("utf-8", "replace")
    yield Document(
        text,
        name=source.name,
        title=facts.title,
        outlet=facts.outlet,
        url=facts.url,
        published=facts.published,
        origin=source.origin,
        dated_by=facts.dated_by,
    )
