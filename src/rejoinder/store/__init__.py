"""A book in a file: one SQLite database that several read while one writes.

``Store.open`` recognises what is a book (and refuses what is not, untouched), brings an old one up to date, and hands
out transactions: ``reading()`` sees one state throughout, ``writing()`` takes effect as a whole or not at all.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from rejoinder.errors import StoreError
from rejoinder.store.codec import dump, load
from rejoinder.store.engine import connect, guarded, reading, writing
from rejoinder.store.figures import ThreadQuery
from rejoinder.store.filing import Change, Place, Surroundings, Under
from rejoinder.store.judged import Memory
from rejoinder.store.keep import TRY_AGAIN, Plan, Run, coded_as
from rejoinder.store.listing import Listed, Threaded
from rejoinder.store.paging import Found
from rejoinder.store.query import ActQuery
from rejoinder.store.read import Heading, Reading
from rejoinder.store.revise import Revising
from rejoinder.store.standing import Original, Ruling, Seen, live, standing
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
    "Original",
    "Place",
    "Plan",
    "Reading",
    "Revising",
    "Ruling",
    "Run",
    "Seen",
    "Store",
    "Surroundings",
    "ThreadQuery",
    "Threaded",
    "Under",
    "Writing",
    "coded_as",
    "distinct",
    "dump",
    "live",
    "load",
    "standing",
]

TIMEOUT = 30.0
"""Seconds a writer waits for another one: a document is written in milliseconds, decisions in a few seconds."""


class Store:
    """An open book file. Threads may share it; close it when done."""

    def __init__(
        self,
        engine: Engine,
        path: Path,
        *,
        readonly: bool,
        timeout: float = TIMEOUT,
        folder: "tempfile.TemporaryDirectory[str] | None" = None,
    ) -> None:
        """``folder`` is removed on closing."""
        self._engine: Engine | None = engine
        self._timeout = timeout
        self._memory = Memory()
        self._folder = folder
        self.path = path
        self.readonly = readonly

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, readonly: bool = False, timeout: float = TIMEOUT) -> "Store":
        """Open the book at ``path``; make it where there is none, unless ``readonly``.

        ``timeout`` are the seconds to wait for another writer. Raises StoreError, with the file untouched, where it is
        no book, a newer one, or cannot be read or written.
        """
        place = Path(path)
        return cls(connect(place, readonly=readonly, timeout=timeout), place, readonly=readonly, timeout=timeout)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A view of the book as it is now, whatever is written meanwhile."""
        with reading(self._open_engine(), self.path) as connection:
            yield Reading(connection, self._memory)

    @contextmanager
    def writing(self, wait: float | None = None) -> Iterator[Revising]:
        """The book to write to, alone. Raises StoreError where another writer does not finish in time.

        ``wait`` are the seconds to wait for that (None: as the book was opened).
        """
        if self.readonly:
            raise StoreError(f"{self.path} was opened for reading only. Open it without readonly to write to it.")
        with writing(self._open_engine(), self.path, self._timeout if wait is None else wait) as connection:
            yield Revising(connection, self._memory.apart())

    def copied(self) -> "Store":
        """A copy of the book as it is now, to write to; it is gone when it is closed.

        It lies in the folder for temporary files. Raises StoreError where it cannot be made.
        """
        folder = tempfile.TemporaryDirectory(prefix="rejoinder-")
        try:
            path = Path(folder.name) / self.path.name
            with (
                guarded(path),
                closing(self._open_engine().raw_connection()) as here,
                closing(sqlite3.connect(path)) as to,
            ):
                assert isinstance(here.driver_connection, sqlite3.Connection), "the engine opens nothing else"
                here.driver_connection.backup(to)
            return Store(connect(path, readonly=False, timeout=TIMEOUT), path, readonly=False, folder=folder)
        except BaseException:
            folder.cleanup()
            raise

    def close(self) -> None:
        """Let go of the file. Closing twice does no harm."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _open_engine(self) -> Engine:
        if self._engine is None:
            raise StoreError(f"The book {self.path} is closed. Open it again.")
        return self._engine
