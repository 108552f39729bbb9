"""From a source to documents: the format that fits reads it, and what it gives is read in turn."""

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from rejoinder.errors import RejoinderError
from rejoinder.read.characters import HEAD, MAX_BYTES, refuse_unwritable
from rejoinder.read.failure import InputFailure, unopened
from rejoinder.read.source import Format, Settings, Source, Unread
from rejoinder.records import Document

__all__ = ["Dispatcher"]

MAX_DEPTH = 5
"""Archives in archives in archives: more is a trap, or a mistake of packing."""
MAX_RATIO = 200
"""How many times its own size an archive may unpack to; texts pack to a fifth, and hardly ever to a hundredth."""
FREE_ROOM = 1 << 30
"""Bytes that may be unpacked in any case."""
MAX_ROOM = 1 << 40
"""Bytes that may be unpacked from one archive at most, with all archives in it."""
_TOO_MUCH = (
    f"it unpacks to more than {MAX_RATIO} times its size: the rest is not read. "
    "It may be made to fill the disk; if not, unpack it yourself."
)
_EXPORT = "Export it as plain text (.txt) or JSON lines (.jsonl)."


@dataclass(slots=True)
class _Room:
    """How many bytes may still be unpacked from one source that a caller named, and from all in it."""

    left: int


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Reads sources. ``formats`` are asked in their order; ``published`` fills the gaps that are left."""

    formats: Sequence[Format]
    settings: Settings
    published: dt.date | None = None

    def read(self, source: Source, *, named: bool) -> Iterator[Document | InputFailure]:
        """The documents in ``source``, in its order, with failures in the place of those that cannot be read.

        ``named``: the caller named it, so that it has to give something; else pictures and their like are passed over
        in silence. Raises nothing for what is in the source.
        """
        for item in self.sort_out(source, named=named):
            if isinstance(item, Unread):
                yield from self.read_now(item)
            else:
                yield item

    def read_now(self, unread: Unread) -> Iterator[Document | InputFailure]:
        """The documents in what was put off."""
        source = unread.source()
        found = next(each for each in self.formats if each.fits(unread.data[:HEAD], source))
        for item in self._read_as(found, source, _Room(FREE_ROOM)):
            if not isinstance(item, Unread):  # its kinds are no containers
                yield self._dated(item) if isinstance(item, Document) else item

    def sort_out(self, source: Source, *, named: bool) -> Iterator[Document | InputFailure | Unread]:
        """As :meth:`read`, but what takes long to read is put off, for any process to read."""
        anything = False
        room = _Room(FREE_ROOM)
        for item in self._items(source, room, named=named):
            anything = True
            yield self._dated(item) if isinstance(item, Document) else item
        if room.left < 0:
            yield InputFailure(source.origin, _TOO_MUCH)
        elif named and not anything:
            yield InputFailure(source.origin, "it holds nothing that can be read. See the README for what can.")

    def _items(self, source: Source, room: _Room, *, named: bool) -> Iterator[Document | InputFailure | Unread]:
        if source.depth > MAX_DEPTH:
            message = f"it lies in more than {MAX_DEPTH} archives, one in another. Unpack some of them."
            yield InputFailure(source.origin, message)
            return
        try:
            head, size = _beginning(source)
            if source.depth:
                room.left -= size
            else:
                room.left = min(max(FREE_ROOM, MAX_RATIO * size), MAX_ROOM)
            if room.left < 0:
                return
            found = next((each for each in self.formats if each.fits(head, source)), None)
        except OSError as error:
            yield unopened(source.origin, error)
            return
        except Exception as error:  # noqa: BLE001 (as below)
            yield _broke(source, "any known file", error)
            return
        if found and found.passed and not named:
            return
        if not head and not (found and found.passed):
            yield InputFailure(source.origin, "the file is empty. Put the text of an article into it, or take it out.")
        elif found is None:
            message = f"it looks binary, not text, and is of no kind that can be read. {_EXPORT}"
            yield InputFailure(source.origin, message)
        elif found.slow and size <= MAX_BYTES:
            yield from _put_off(source)
        else:
            yield from self._read_as(found, replace(source, room=room.left), room)

    def _read_as(self, chosen: Format, source: Source, room: _Room) -> Iterator[Document | InputFailure | Unread]:
        """What ``chosen`` reads in ``source``, and what is in the sources it gives."""
        try:
            for item in chosen.read(source, self.settings):
                if isinstance(item, Source):
                    yield from self._items(item, room, named=False)
                    if room.left < 0:
                        return
                elif isinstance(item, InputFailure):
                    yield item
                else:
                    yield _filled(item, source)
        except RejoinderError as error:
            yield InputFailure(source.origin, str(error))
        except OSError as error:
            yield unopened(source.origin, error)
        except Exception as error:  # noqa: BLE001 (libraries raise anything for broken files, and so do plug-ins)
            yield _broke(source, chosen.title, error)

    def _dated(self, document: Document) -> Document:
        if document.published is not None or self.published is None:
            return document
        return replace(document, published=self.published, dated_by="--published")


def _put_off(source: Source) -> Iterator[InputFailure | Unread]:
    try:
        with source.open() as file:
            data = file.read()
    except OSError as error:
        yield unopened(source.origin, error)
        return
    yield Unread(source.origin, source.name, data, source.facts, source.depth, source.content_type)


def _beginning(source: Source) -> tuple[bytes, int]:
    """The first bytes of ``source``, and how many there are in all."""
    with source.open() as file:
        head = file.read(HEAD)
        return head, file.seek(0, os.SEEK_END)


def _filled(document: Document, source: Source) -> Document:
    """``document`` with what its surroundings know, where it leaves that open. Raises ``InputError`` as below."""
    facts = source.facts
    dated = document.published is not None or facts.published is None
    filled = replace(
        document,
        name=document.name or facts.name or PurePath(source.name).stem,
        origin=document.origin or source.origin,
        title=document.title or facts.title,
        outlet=document.outlet or facts.outlet,
        author=document.author or facts.author,
        url=document.url or facts.url,
        published=document.published if dated else facts.published,
        dated_by=document.dated_by if dated else facts.dated_by,
    )
    for words in (filled.text, filled.name, filled.title, filled.outlet, filled.author, filled.url):
        refuse_unwritable(words or "")  # whatever a reader let through, a book would not take
    return filled


def _broke(source: Source, kind: str, error: Exception) -> InputFailure:
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    message = f"it could not be read as {kind} ({reason}). Look whether it opens elsewhere; if so, save it anew there."
    return InputFailure(source.origin, message)
