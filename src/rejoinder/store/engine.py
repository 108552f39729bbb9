"""From a path to a SQLAlchemy engine over a book with the newest schema."""

import importlib.resources
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from rejoinder.errors import StoreBusy, StoreError
from rejoinder.store.file import State, inspect, uri
from rejoinder.store.schema import VERSION

__all__ = ["connect", "guarded", "reading", "writing"]

_MIGRATING = threading.Lock()
"""Alembic keeps the running migration in its modules: one at a time in a process."""

_CACHE = 64 * 1024
"""KiB of the file that a connection may hold: ids are digests, so that a large book is written all over its indexes."""

_REMEDIES = (
    ("locked", "is being written by another program. Wait until that is done and try again"),
    ("busy", "is being written by another program. Wait until that is done and try again"),
    ("readonly", "cannot be written. Open it for reading only, or copy it to a place you may write to"),
    ("disk is full", "cannot grow: the disk is full. Make room and run the same command again"),
    ("unable to open", "cannot be opened. Check that it and its folder may be read and written"),
    ("malformed", "is damaged. Restore a copy, or code the articles into a new file"),
    ("not a database", "is damaged. Restore a copy, or code the articles into a new file"),
    ("disk I/O", "cannot be read or written: the disk reports an error. Check the disk, or use a copy elsewhere"),
)
_PASSING = ("locked", "busy", "disk is full")
"""What may be over after a while."""


def connect(path: Path, *, readonly: bool, timeout: float) -> Engine:
    """An engine over the book at ``path``, made or migrated first where need be.

    ``timeout`` are the seconds a writer waits for another. Raises StoreError where the file is no book, or cannot be.
    """
    state = inspect(path, readonly=readonly)
    if readonly and state == "old":
        raise StoreError(
            f"{path} has the schema of an older rejoinder. Open it once for writing to bring it up to date."
        )
    engine = _engine(path, timeout, readonly=readonly)
    if readonly:
        return engine
    try:
        with guarded(path):
            _prepare(engine, state, timeout)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn what the database reports into a StoreError that names ``path`` and says what to do."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = str(error.orig) if isinstance(error, DBAPIError) else str(error)
        for sign, remedy in _REMEDIES:
            if sign in cause:
                kind = StoreBusy if sign in _PASSING else StoreError
                raise kind(f"{path} {remedy} ({cause}).") from error
        raise StoreError(
            f"{path} cannot be used ({cause}). Check the file, or code the articles into a new one."
        ) from error


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """A connection that sees one state of the book throughout, whatever is written meanwhile."""
    with guarded(path), engine.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, path: Path, wait: float) -> Iterator[Connection]:
    """A connection inside a transaction that holds the one write lock; an exception undoes all of it.

    ``wait`` are the seconds to wait for another writer.
    """
    with guarded(path), engine.execution_options(rejoinder_write=True, rejoinder_wait=wait).begin() as connection:
        yield connection


class _WithHints(SQLiteCompiler):
    """SQLAlchemy's way to SQLite, which else leaves out by which index a table is to be read."""

    def get_from_hint_text(self, table: object, text: str | None) -> str | None:  # noqa: ARG002 - as it is called
        """What follows the name of the table."""
        return text


def _engine(path: Path, timeout: float, *, readonly: bool) -> Engine:
    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(
            uri(path, _mode(path, readonly=readonly)),
            uri=True,
            timeout=timeout,
            isolation_level=None,  # transactions are begun below, not by the driver
            check_same_thread=False,
        )

    engine = create_engine("sqlite://", creator=open_file, poolclass=QueuePool, pool_size=4, max_overflow=-1)
    engine.dialect.statement_compiler = _WithHints

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        if readonly:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("rejoinder_write", False):
            wait = options.get("rejoinder_wait", timeout)
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(wait * 1000)}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _mode(path: Path, *, readonly: bool) -> str:
    """How SQLite may open ``path``. Its log needs side files: whoever may write removes them on closing."""
    folder = path.absolute().parent
    if not readonly:
        return "rwc"
    if os.access(path, os.W_OK) and os.access(folder, os.W_OK):
        return "rw"  # "query_only" keeps the promise
    log = path.with_name(path.name + "-wal")
    return "ro" if log.exists() or os.access(folder, os.W_OK) else "immutable"


def _prepare(engine: Engine, state: State, timeout: float) -> None:
    if state != "current":
        with _MIGRATING, engine.execution_options(rejoinder_write=True).begin() as connection:
            # another process may have done it while this one waited for the lock
            if connection.exec_driver_sql("PRAGMA user_version").scalar_one() != VERSION:
                _migrate(connection)
    _use_wal(engine, timeout)


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  (slow to import, and needed for a new or old book only)
    from alembic.config import Config  # noqa: PLC0415

    with importlib.resources.as_file(importlib.resources.files("rejoinder.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.set_main_option("version_locations", str(folder / "versions").replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _use_wal(engine: Engine, timeout: float) -> None:
    """Switch to a write-ahead log, which lets readers go on while one writes; the file remembers it."""
    until = time.monotonic() + timeout
    while True:
        raw = engine.raw_connection()
        try:
            if raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                return
            raw.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            # SQLite does not wait by itself for this lock
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
        finally:
            raw.close()
