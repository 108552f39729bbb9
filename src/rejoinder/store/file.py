"""Is this file a book? Looked at before SQLite may touch it, so that what is not ours stays as it is."""

import os
import sqlite3
from pathlib import Path
from typing import Literal

from rejoinder.errors import StoreError
from rejoinder.store.schema import APPLICATION_ID, VERSION

__all__ = ["State", "inspect", "uri"]

State = Literal["new", "old", "current"]

_MAGIC = b"SQLite format 3\x00"
_ID_AT = 68
"""Offset of the big-endian application id in the file header (https://www.sqlite.org/fileformat2.html)."""


def uri(path: Path, mode: str) -> str:
    """The SQLite URI that opens ``path`` in ``mode`` (SQLite's "rwc", "rw", "ro", or "immutable")."""
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    return f"{path.absolute().as_uri()}?{query}"


def inspect(path: Path, *, readonly: bool) -> State:
    """What ``path`` is: a book of today's or an older schema, or nothing yet.

    Raises StoreError where it can be neither read nor made a book of; the file is left untouched.
    """
    try:
        head = _head(path)
    except FileNotFoundError:
        _check_folder(path, readonly=readonly)
        return "new"
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror}). Check its permissions.") from error
    if not readonly and not os.access(path, os.W_OK):
        raise StoreError(f"{path} cannot be written. Open it for reading only, or copy it to a place you may write to.")
    if not head:
        return _nothing(path) if readonly else "new"
    if not head.startswith(_MAGIC):
        raise StoreError(f"{path} is not a book of rejoinder but some other file. Name a new file for the book.")
    if int.from_bytes(head[_ID_AT : _ID_AT + 4]) not in (0, APPLICATION_ID):
        raise _foreign(path)
    return _look_inside(path, readonly=readonly)


def _head(path: Path) -> bytes:
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a book. Name a file in it, such as {path / 'rejoinder.db'}.")
    with path.open("rb") as file:
        return file.read(100)


def _check_folder(path: Path, *, readonly: bool) -> None:
    if readonly:
        _nothing(path)
    folder = path.absolute().parent
    if not folder.is_dir():
        raise StoreError(
            f"The folder {folder} for the book {path.name} does not exist. Make it first, or name another."
        )
    if not os.access(folder, os.W_OK):
        raise StoreError(f"The book {path.name} cannot be made in {folder}. Name a place for it that you may write to.")


def _nothing(path: Path) -> State:
    raise StoreError(f"There is no book at {path}. Check the name, or code some articles into it first.")


def _foreign(path: Path) -> StoreError:
    return StoreError(f"{path} is the database of another program. Name a new file for the book.")


def _look_inside(path: Path, *, readonly: bool) -> State:
    # Without a log or journal beside it the file is complete in itself: "immutable" then leaves no trace at all.
    unfinished = any(path.with_name(path.name + ending).exists() for ending in ("-wal", "-journal"))
    mode = "ro" if unfinished else "immutable"
    try:
        connection = sqlite3.connect(uri(path, mode), uri=True)
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path} cannot be opened ({error}). Check that it and its folder may be written.") from error
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path} is a damaged database ({error}). Restore a copy, or code into a new file.") from error
    if application != APPLICATION_ID:
        # a book whose making was cut short is an empty database
        if application == 0 and tables == 0:
            return _nothing(path) if readonly else "new"
        raise _foreign(path)
    if version > VERSION:
        raise StoreError(
            f"{path} was written by a newer rejoinder (schema {version}, known {VERSION}). Upgrade rejoinder."
        )
    return "current" if version == VERSION else "old"
