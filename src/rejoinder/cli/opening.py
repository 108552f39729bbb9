"""The book that a command reads: as it is, or as it was judged at an earlier time."""

from collections.abc import Iterator
from contextlib import contextmanager

import rejoinder
from rejoinder.book import Book

__all__ = ["opened"]


@contextmanager
def opened(db: str, as_of: str | None) -> Iterator[Book]:
    """The book at ``db``, for reading only. Raises BadDate where ``as_of`` is no time."""
    with rejoinder.open(db, readonly=True) as book:
        if as_of is None:
            yield book
            return
        with book.as_of(as_of) as earlier:
            yield earlier
