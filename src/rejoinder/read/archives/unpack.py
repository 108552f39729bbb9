"""Streams packed as one: gzip, bzip2, xz and Zstandard, known by their first bytes and unpacked while they are read."""

import io
import zlib
from typing import BinaryIO

from rejoinder.read.source import Source
from rejoinder.read.spool import Readable

__all__ = ["UNPACKING", "packing", "peek", "unpacking"]

UNPACKING: tuple[type[Exception], ...] = (OSError, EOFError, ValueError, zlib.error)
"""What broken packed bytes raise; the errors of ``lzma`` and ``zstandard`` are made ``OSError`` here."""

_LARGEST_WINDOW = 1 << 31
"""What ``zstd --long=31`` needs, with which large collections are packed; its own tool allows no more."""
_ZSTD_CHUNK = 4096
"""Packed bytes taken at once: what they unpack to is held in memory, and may be thousands of times as much."""


def packing(head: bytes) -> str | None:
    """How a stream that begins with ``head`` is packed: "gzip", "bzip2", "xz", "Zstandard", or None."""
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return "bzip2"
    if head.startswith(b"\xfd7zXZ\0"):
        return "xz"
    if head.startswith(b"\x28\xb5\x2f\xfd") or (head[1:4] == b"\x2a\x4d\x18" and 0x50 <= head[0] <= 0x5F):
        return "Zstandard"
    return None


def unpacking(file: BinaryIO, packed: str) -> Readable:
    """What is in ``file``, which is ``packed`` as :func:`packing` says. Reading raises one of ``UNPACKING``."""
    import bz2  # noqa: PLC0415 (each only where needed)
    import gzip  # noqa: PLC0415

    match packed:
        case "gzip":
            return gzip.GzipFile(fileobj=file)
        case "bzip2":
            return bz2.BZ2File(file)
        case "xz":
            return _Xz(file)
        case _:
            return io.BufferedReader(_Zstandard(file), 1 << 17)


def peek(source: Source, packed: str, size: int) -> bytes:
    """The first bytes of what is packed in ``source``, at most ``size``; fewer where it is broken."""
    with source.open() as file:
        try:
            return unpacking(file, packed).read(size)
        except UNPACKING:
            return b""


class _Xz:
    def __init__(self, file: BinaryIO) -> None:
        import lzma  # noqa: PLC0415

        self._file = lzma.LZMAFile(file)  # noqa: SIM115 (read as long as this is)
        self._broken = lzma.LZMAError

    def read(self, size: int, /) -> bytes:
        try:
            return self._file.read(size)
        except self._broken as error:
            raise OSError(str(error)) from error


class _Zstandard(io.RawIOBase):
    """Frame after frame; unlike the package's own reader it says where a file was cut off."""

    def __init__(self, file: BinaryIO) -> None:
        import zstandard  # noqa: PLC0415

        self._file = file
        self._broken = zstandard.ZstdError
        self._unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        self._frame = self._unpacker.decompressobj()
        self._begun = False
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int] | bytearray", /) -> int:  # type: ignore[override]
        while not self._ready:
            packed = self._rest() or self._file.read(_ZSTD_CHUNK)
            if not packed:
                if self._begun:
                    raise EOFError("the file is cut off in the middle of a frame")
                return 0
            try:
                self._ready = memoryview(self._frame.decompress(packed))
            except self._broken as error:
                raise OSError(str(error)) from error
            self._begun = not self._frame.eof
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _rest(self) -> bytes:
        """What lies after a frame that has ended: the next one begins."""
        if not self._frame.eof:
            return b""
        rest = self._frame.unused_data
        self._frame = self._unpacker.decompressobj()
        return rest
