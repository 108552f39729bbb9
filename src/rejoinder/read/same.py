"""Ids within one file: given twice for two texts, nobody could tell the documents apart."""

from rejoinder.errors import InputError
from rejoinder.records import Document

__all__ = ["Seen"]


class Seen:
    """The names of a file's documents so far. ``place`` is what messages call where one stands: "on line 3"."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, str]] = {}

    def refuse_second(self, document: Document, place: str) -> None:
        """Raise ``InputError`` if another text has the same name; the same document may come again."""
        seen, text_id = self._first.setdefault(document.name, (place, document.id))
        if text_id != document.id:
            raise InputError(f"id {document.name!r} has another text {seen}. Give each document its own id.")
