"""Web archives (WARC, and the plain texts of WET): the pages in them, as they were when they were captured.

What the server answered with an error, redirections, requests, and what is no text for readers (pictures, styles,
data for programs, feeds, robots.txt) are passed over: a crawl is full of them.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import urlsplit

from rejoinder.errors import BadDate
from rejoinder.read.addresses import host_of
from rejoinder.read.archives.members import member
from rejoinder.read.archives.unpack import UNPACKING, packing, peek, unpacking
from rejoinder.read.characters import writable
from rejoinder.read.days import parse_date
from rejoinder.read.failure import InputFailure
from rejoinder.read.source import Facts, Format, Item, Settings, Source
from rejoinder.read.spool import Readable, TooMuchError

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

__all__ = ["FORMATS", "read_warc"]

DATED_BY = "the archive's capture date"

_MAGIC = (b"WARC/1.", b"WARC/0.")
_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""How a web archive in Zstandard with a dictionary of its own begins, and nothing else does in practice."""
_KINDS = ("response", "resource", "conversion")
_RECORD_END = len(b"\r\n\r\n")
_SCHEMES = ("http", "https", "ftp", "file")
_READ = (
    *("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf", "application/msword"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
"""Media types of what people read."""
_BROKEN: tuple[type[Exception], ...] = (RuntimeError, *UNPACKING)


def is_warc(head: bytes, source: Source) -> bool:
    """Whether ``source``, which begins with ``head``, is a web archive, packed or not."""
    packed = packing(head)
    if packed is None:
        return head.startswith(_MAGIC)
    return head.startswith(_DICTIONARY) or (packed in ("gzip", "Zstandard") and peek(source, packed, 7) in _MAGIC)


def read_warc(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 (a Reader's signature)
    """The pages in the archive, in its order; damage costs what comes after it."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 (only where there is one)

    with source.open() as file:
        try:
            stream = _Watched(file)
            for record in ArchiveIterator(cast("BinaryIO", stream), parse_http=True, auto_decode="all"):
                yield from _page(source, record)
            stream.refuse_cut_off()
        except TooMuchError as error:
            yield InputFailure(source.origin, str(error))
        except _BROKEN as error:
            message = f"the web archive is damaged ({writable(str(error))}): the rest of it is lost. Get it anew."
            yield InputFailure(source.origin, message)


class _Watched:
    """A web archive unpacked and watched to its end: the package takes one that is cut off for one that has ended."""

    def __init__(self, file: BinaryIO) -> None:
        head = file.read(16)
        file.seek(0)
        self._packed = None if head.startswith(_DICTIONARY) else packing(head)
        self._whole = head.startswith(_DICTIONARY)  # unpacked by the package itself, which knows such dictionaries
        self._stream: Readable = unpacking(file, self._packed) if self._packed else file
        self._end = b""
        self._count = 0

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        chunk = self._stream.read(size)
        self._count += len(chunk)
        self._end = (self._end + chunk[-_RECORD_END:])[-_RECORD_END:]
        return chunk

    def tell(self) -> int:
        """How many bytes were read."""
        return self._count

    def refuse_cut_off(self) -> None:
        """Raise ``EOFError`` where the archive does not end as a record does, with a blank line."""
        if not self._whole and not self._end.replace(b"\r", b"").endswith(b"\n\n"):
            raise EOFError("it is cut off in the middle of a record")


def _page(source: Source, record: "WarcRecord") -> Iterator[Item]:
    """The page in ``record``, if it is one."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    media = _media_type(record)
    if not _is_page(url, media):
        return
    try:
        path = urlsplit(url).path
    except ValueError:  # brackets that hold no address
        return
    facts = Facts(name=url, outlet=host_of(url), url=url, published=_captured(record), dated_by=DATED_BY)
    with member(source, url, record.reader, facts) as page:
        yield replace(page, name=writable(path).rpartition("/")[2], content_type=media)


def _media_type(record: "WarcRecord") -> str:
    """The media type of the page in ``record``; "" where there is none, or the server sent no page."""
    headers = record.headers
    if headers.get("WARC-Type") not in _KINDS:
        return ""
    if record.is_http_parsed:
        headers = record.http_headers
        status = headers.status_code
        if status is None or not 200 <= status < 300:
            return ""
    return headers.get("Content-Type") or ""


def _is_page(url: str, media: str) -> bool:
    if url.partition(":")[0].lower() not in _SCHEMES or url.endswith("/robots.txt"):
        return False
    return media.partition(";")[0].strip().lower() in _READ


def _captured(record: "WarcRecord") -> dt.date | None:
    try:
        return parse_date((record.headers.get("WARC-Date") or "")[:10])
    except BadDate:
        return None


FORMATS = (Format("warc", "web archive", is_warc, read_warc),)
