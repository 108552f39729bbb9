"""A book in a file: one SQLite database that several read while one writes.

``Store.open`` recognises what is a book (and refuses what is not, untouched), brings an old one up to date, and hands
out transactions: ``reading()`` sees one state throughout, ``writing()`` takes effect as a whole or not at all.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from rejoinder.errors import StoreError
from rejoinder.store.engine import connect, reading, writing
from rejoinder.store.figures import ThreadQuery
from rejoinder.store.filing import Change, Place, Surroundings, Under
from rejoinder.store.keep import TRY_AGAIN, Plan, Run, coded_as
from rejoinder.store.listing import Listed, Threaded
from rejoinder.store.paging import Found
from rejoinder.store.query import ActQuery
from rejoinder.store.read import Heading, Reading
from rejoinder.store.summaries import UNDATED
from rejoinder.store.write import Filed, Writing, distinct

__all__ = [
    "TRY_AGAIN",
    "UNDATED",
    "ActQuery",
    "Change",
    "Filed",
    "Found",
    "Heading",
    "Listed",
    "Place",
    "Plan",
    "Reading",
    "Run",
    "Store",
    "Surroundings",
    "ThreadQuery",
    "Threaded",
    "Under",
    "Writing",
    "coded_as",
    "distinct",
]

TIMEOUT = 30.0
"""Seconds a writer waits for another one: a document is written in milliseconds, decisions in a few seconds."""


class Store:
    """An open book file. Threads may share it; close it when done."""

    def __init__(self, engine: Engine, path: Path, *, readonly: bool) -> None:
        self._engine: Engine | None = engine
        self.path = path
        self.readonly = readonly

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, readonly: bool = False, timeout: float = TIMEOUT) -> "Store":
        """Open the book at ``path``; make it where there is none, unless ``readonly``.

        ``timeout`` are the seconds to wait for another writer. Raises StoreError, with the file untouched, where it is
        no book, a newer one, or cannot be read or written.
        """
        place = Path(path)
        return cls(connect(place, readonly=readonly, timeout=timeout), place, readonly=readonly)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A view of the book as it is now, whatever is written meanwhile."""
        with reading(self._open_engine(), self.path) as connection:
            yield Reading(connection)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """The book to write to, alone. Raises StoreError where another writer does not finish in time."""
        if self.readonly:
            raise StoreError(f"{self.path} was opened for reading only. Open it without readonly to write to it.")
        with writing(self._open_engine(), self.path) as connection:
            yield Writing(connection)

    def close(self) -> None:
        """Let go of the file. Closing twice does no harm."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _open_engine(self) -> Engine:
        if self._engine is None:
            raise StoreError(f"The book {self.path} is closed. Open it again.")
        return self._engine
