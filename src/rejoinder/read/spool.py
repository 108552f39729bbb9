"""Bytes of a stream kept while they are read: in memory where they are few, else in a temporary file."""

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, Protocol

from rejoinder.errors import InputError

__all__ = ["Readable", "TooMuchError", "kept"]

_IN_MEMORY = 8 << 20
_CHUNK = 1 << 18


class TooMuchError(InputError):
    """More comes out than may: the rest of the archive is not read either."""


class Readable(Protocol):
    """What can be read from its beginning to its end."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""
        ...


@contextmanager
def kept(stream: Readable, room: int) -> Iterator[Callable[[], BinaryIO]]:
    """All of ``stream``, at most ``room`` bytes: what opens it, each time from its beginning, as long as this lasts.

    Raises ``TooMuchError`` where it is more, and whatever ``stream`` raises.
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        size = 0
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > room:
                raise TooMuchError(
                    f"unpacked it is larger than {max(room // 1_000_000, 1):,} MB, far more than it is packed. "
                    "It may be made to fill the disk; if not, unpack it yourself."
                )
            file.write(chunk)
        yield lambda: io.BufferedReader(_View(file, size))


class _View(io.RawIOBase):
    """A file of its own over a shared one: a place of its own, and closing it leaves the shared one open."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise OSError("a place before the beginning")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: "memoryview[int] | bytearray", /) -> int:  # type: ignore[override]
        self._file.seek(self._at)
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
