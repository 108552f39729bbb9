"""The documents of one file that holds many: each for itself, and none twice under one id with two texts."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from typing import TypeVar

from rejoinder.errors import InputError
from rejoinder.read.failure import InputFailure
from rejoinder.read.source import Item, Source
from rejoinder.records import Document

__all__ = ["each_document"]

T = TypeVar("T")


def each_document(
    source: Source, where: str, numbered: Iterable[tuple[int, T]], make: Callable[[T, str, str], Document], empty: str
) -> Iterator[Item]:
    """What ``make`` makes of the ``numbered`` parts of ``source``; a failure in the place of each that gives none.

    ``where`` is what messages call the place of a part without its number: "on line". ``make`` is given a part, the
    name of a document without id ("FILE:NUMBER") and its origin; it raises ``InputError``. ``empty`` is what is wrong
    where there are no parts.
    """
    seen = _Seen()
    stem, noun = PurePath(source.name).stem, where.rsplit(maxsplit=1)[-1]
    any_part = False
    for number, part in numbered:
        any_part = True
        origin = f"{source.origin}, {noun} {number}"
        try:
            document = make(part, f"{stem}:{number}", origin)
            seen.refuse_second(document, f"{where} {number}")
        except InputError as error:
            yield InputFailure(origin, str(error))
        else:
            yield document
    if not any_part:
        yield InputFailure(source.origin, empty)


class _Seen:
    """The names of a file's documents so far. ``place`` is what messages call where one stands: "on line 3"."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, str]] = {}

    def refuse_second(self, document: Document, place: str) -> None:
        """Raise ``InputError`` if another text has the same name; the same document may come again."""
        seen, text_id = self._first.setdefault(document.name, (place, document.id))
        if text_id != document.id:
            raise InputError(f"id {document.name!r} has another text {seen}. Give each document its own id.")
