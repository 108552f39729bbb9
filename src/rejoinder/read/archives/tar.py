"""TAR archives, packed or not: read in one pass, member by member; nothing is written under a member's name."""

import tarfile
from collections.abc import Iterator
from typing import IO, cast

from rejoinder.read.archives.members import hidden, member
from rejoinder.read.archives.unpack import UNPACKING, packing, peek, unpacking
from rejoinder.read.failure import InputFailure
from rejoinder.read.source import Format, Item, Settings, Source
from rejoinder.read.spool import Readable, TooMuchError

__all__ = ["FORMATS", "read_tar"]

_BROKEN: tuple[type[Exception], ...] = (tarfile.TarError, *UNPACKING)
_BLOCK = 512
_MAGIC = slice(257, 262)


def is_tar(head: bytes, source: Source) -> bool:
    """Whether ``source``, which begins with ``head``, is a TAR archive, packed or not."""
    packed = packing(head)
    block = peek(source, packed, _BLOCK) if packed else head[:_BLOCK]
    return len(block) == _BLOCK and block[_MAGIC] == b"ustar"


def read_tar(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 (a Reader's signature)
    """The files in the archive, in its order; links, devices, folders and hidden files are left out."""
    with source.open() as file:
        packed = packing(file.read(16))
        file.seek(0)
        stream: Readable = unpacking(file, packed) if packed else file
        try:
            # tarfile asks no more of a stream than that it can be read
            with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|", errors="replace") as archive:
                yield from _members(source, archive)
        except TooMuchError as error:
            yield InputFailure(source.origin, str(error))
        except _BROKEN as error:
            message = f"the archive is damaged ({error}): what comes after that place is lost. Get it anew."
            yield InputFailure(source.origin, message)


def _members(source: Source, archive: tarfile.TarFile) -> Iterator[Item]:
    while (info := archive.next()) is not None:
        archive.members = []  # type: ignore[attr-defined]  # or the list of all members seen grows with the archive
        content = archive.extractfile(info) if info.isfile() and not hidden(info.name) else None
        if content is not None:
            with member(source, info.name, content) as found:
                yield found


FORMATS = (Format("tar", "TAR archive", is_tar, read_tar),)
