"""One text in several places: which of them speaks for it, as in a book, and which rows need not be coded."""

from collections.abc import Iterable
from typing import NamedTuple

from rejoinder.records import Document
from rejoinder.store.keep import source_id, whole

__all__ = ["Place", "Seen", "chosen"]


class Place(NamedTuple):
    """The row ``row`` of the piece ``piece`` of the input."""

    piece: int
    row: int


class Seen(NamedTuple):
    """A text was seen at ``place``; ``source`` is what the place says of it, without the text.

    Only places of one text are compared, and so it need not be carried about.
    """

    place: Place
    source: Document


def chosen(seen: Iterable[Seen]) -> tuple[Seen, tuple[Seen, ...], tuple[Place, ...]]:
    """Of the places of one text: the one it is coded as, all different ones, and those that need not be coded."""
    ordered = sorted(seen, key=lambda one: one.place)
    first: dict[str, Seen] = {}
    for one in ordered:
        first.setdefault(source_id(one.source), one)
    best = whole(one.source for one in first.values())
    speaker = first[source_id(best)]
    return speaker, tuple(first.values()), tuple(one.place for one in ordered if one is not speaker)
