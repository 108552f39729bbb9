"""The memory in its file: JSON beside the book, which is there whole at any moment, also after a power cut."""

import contextlib
import datetime as dt
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rejoinder.errors import StoreError
from rejoinder.watch.memory import FeedMemory, Memory, Waiting
from rejoinder.watch.notice import Notice

__all__ = ["Keeper", "alone", "replace_file"]

_VERSION = 1


class Keeper:
    """Reads and writes the memory of watching in the file ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Memory:
        """What was remembered; nothing where there is no file. Raises StoreError where it cannot be understood."""
        try:
            raw = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return Memory()
        except OSError as error:
            raise StoreError(f"{self.path} cannot be read ({error.strerror or error}). Check its rights.") from error
        try:
            return _memory(json.loads(raw))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"{self.path} is not what watching has written there. Move it away; known entries are read anew."
            raise StoreError(message) from error

    def save(self, memory: Memory) -> None:
        """Write ``memory``; until that is done the file holds what it held. Raises StoreError."""
        whole = {"version": _VERSION, **asdict(memory)}
        try:
            replace_file(self.path, json.dumps(whole, ensure_ascii=True, default=_day).encode())
        except OSError as error:
            message = f"{self.path} cannot be written ({error.strerror or error}). Make room, or check its rights."
            raise StoreError(message) from error


def replace_file(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Put ``data`` in the place of the file ``path``: first beside it and down to the disk. Raises OSError."""
    place, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(place, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # not every system can make sure of a folder
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the file ``path`` so that nobody else watches meanwhile; a program that dies lets go of it.

    Raises StoreError where somebody does. Where the system has no such locks, nothing is held.
    """
    try:
        import fcntl  # noqa: PLC0415  (not on Windows)
    except ImportError:
        yield
        return
    try:
        file = path.open("a")
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror or error}). Check the folder.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = f"Another rejoinder watch works on this book ({path.name} is held). Wait for it, or end it."
            raise StoreError(message) from error
        yield


def _day(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the memory")


def _memory(data: Mapping[str, object]) -> Memory:
    if data["version"] != _VERSION:
        raise ValueError("of another version")
    return Memory(
        feeds={url: _feed(_fields(one)) for url, one in _fields(data["feeds"]).items()},
        coding=_texts(data["coding"]),
        outbox={key: [_notice(_fields(one)) for one in _list(box)] for key, box in _fields(data["outbox"]).items()},
        sent={key: _texts(ids) for key, ids in _fields(data["sent"]).items()},
    )


def _feed(data: Mapping[str, object]) -> FeedMemory:
    return FeedMemory(
        etag=_text(data["etag"]),
        modified=_text(data["modified"]),
        due=float(str(data["due"])),
        failures=int(str(data["failures"])),
        seen=_texts(data["seen"]),
        waiting=[_waiting(_fields(one)) for one in _list(data["waiting"])],
    )


def _waiting(data: Mapping[str, object]) -> Waiting:
    day = _text(data["published"])
    return Waiting(
        key=str(data["key"]),
        link=_text(data["link"]),
        title=_text(data["title"]),
        published=dt.date.fromisoformat(day) if day else None,
        dated_by=_text(data["dated_by"]),
        author=_text(data["author"]),
        outlet=_text(data["outlet"]),
        text=_text(data["text"]),
        tries=int(str(data["tries"])),
    )


def _notice(data: Mapping[str, object]) -> Notice:
    return Notice(
        act=str(data["act"]),
        heading=str(data["heading"]),
        quote=str(data["quote"]),
        source=str(data["source"]),
        url=_text(data["url"]),
        row=_fields(data["row"]),
    )


def _fields(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError("no object")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


def _texts(value: object) -> list[str]:
    return [str(one) for one in _list(value)]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
