"""What a reader is given, and what it may give back."""

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from rejoinder.read.failure import InputFailure
from rejoinder.records import Document

__all__ = ["Facts", "Format", "Item", "Reader", "Settings", "Source", "Unread"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document besides its text: said by a header, a column, a feed, the record of an archive.

    ``dated_by`` says, in a few words, where ``published`` comes from ("the HTTP header Last-Modified").
    """

    name: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: dt.date | None = None
    dated_by: str | None = None

    def over(self, around: "Facts") -> "Facts":
        """These facts, and what they leave open as ``around`` has it; a day comes with what says it."""
        dated = self if self.published else around
        return Facts(
            name=self.name or around.name,
            title=self.title or around.title,
            outlet=self.outlet or around.outlet,
            author=self.author or around.author,
            url=self.url or around.url,
            published=dated.published,
            dated_by=dated.dated_by,
        )

    def document(self, text: str, name: str, origin: str) -> Document:
        """The document of ``text`` with these facts, but for the name: that is ``name``."""
        return Document(
            text=text,
            name=name,
            title=self.title,
            outlet=self.outlet,
            url=self.url,
            published=self.published,
            origin=origin,
            author=self.author,
            dated_by=self.dated_by if self.published else None,
        )


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to be read: a file, standard input, a member of an archive, a fetched page.

    ``origin`` is what messages call it ("feb.zip, korea/a.html"), ``name`` the file name it goes by, a hint where the
    content alone does not tell its kind. ``open`` gives the bytes from their beginning, seekable, each time anew; it
    raises ``OSError``. ``facts`` are what its surroundings say of it: they fill what the text itself leaves open.
    ``depth`` counts the archives and mails it lies in. ``path`` is set where it is a file of its own.
    """

    origin: str
    name: str
    open: Callable[[], BinaryIO]
    facts: Facts = Facts()
    depth: int = 0
    path: Path | None = None
    content_type: str | None = None
    """The media type that a server or a mail gave it ("text/html; charset=utf-8"), where one did."""
    room: int = 1 << 30
    """How many bytes may be unpacked from it, should it be an archive; whoever reads it sets this."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the caller wants sources read.

    ``columns`` say which column of a table holds which field of a document ("text": "body"); fields not named are
    looked for under their usual names. ``follow``: fetch what feeds and sitemaps point at.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    follow: bool = False


Item = Document | InputFailure | Source
"""What a reader gives: documents, failures in the place of some, and from a container sources to be read in turn."""

Reader = Callable[[Source, Settings], Iterator[Item]]
"""What reads a source. It may raise anything: the dispatcher makes one failure of it, in the place of what is left."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of source. ``title`` is what messages call it ("HTML page").

    ``fits`` is asked with the source's first bytes (``characters.HEAD`` of them) and with the source, for its name and
    content type where bytes alone cannot tell; the first format of the list that fits reads. A format that is only
    ``passed`` (pictures, style sheets) is passed over in folders and archives, and refused where it is named.
    """

    name: str
    title: str
    fits: Callable[[bytes, Source], bool]
    read: Reader
    passed: bool = False
    slow: bool = False
    """Whether reading takes so long that another process had better do it; its sources are no containers."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A source whose kind takes long to read, as one process can hand it to another."""

    origin: str
    name: str
    data: bytes
    facts: Facts
    depth: int
    content_type: str | None

    def source(self) -> Source:
        """The source again."""
        return Source(
            self.origin,
            self.name,
            lambda: io.BytesIO(self.data),
            self.facts,
            depth=self.depth,
            content_type=self.content_type,
        )
