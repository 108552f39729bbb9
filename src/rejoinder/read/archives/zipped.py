"""ZIP archives: each file in them is a source; nothing is written under a member's name."""

import zipfile
from collections.abc import Iterator

from rejoinder.read.archives.members import hidden, member
from rejoinder.read.archives.unpack import UNPACKING
from rejoinder.read.characters import writable
from rejoinder.read.failure import InputFailure
from rejoinder.read.source import Format, Item, Settings, Source
from rejoinder.read.spool import TooMuchError

__all__ = ["FORMATS", "is_zip", "read_zip"]

_ENCRYPTED = 0x1
_BROKEN: tuple[type[Exception], ...] = (zipfile.BadZipFile, NotImplementedError, RuntimeError, *UNPACKING)


def is_zip(head: bytes, _source: Source) -> bool:
    """Whether a source that begins with ``head`` is a ZIP archive, be it an empty one."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read_zip(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 (a Reader's signature)
    """The files in the archive, in its order; a damaged one costs only itself."""
    with source.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except _BROKEN as error:
            yield InputFailure(source.origin, f"the ZIP archive is damaged ({error}). Get it anew.")
            return
        with archive:
            members = [info for info in archive.infolist() if not info.is_dir() and not hidden(info.filename)]
            locked = [info for info in members if info.flag_bits & _ENCRYPTED]
            if locked:
                yield InputFailure(source.origin, _locked(len(locked), len(members)))
            for info in members:
                if info.flag_bits & _ENCRYPTED:
                    continue
                try:
                    yield from _member(source, archive, info)
                except TooMuchError as error:
                    yield InputFailure(_origin(source, info), str(error))
                    return


def _member(source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Item]:
    try:
        with archive.open(info) as content, member(source, info.filename, content) as found:
            yield found
    except _BROKEN as error:
        yield InputFailure(_origin(source, info), f"it is damaged ({error}). Get the archive anew.")


def _origin(source: Source, info: zipfile.ZipInfo) -> str:
    return f"{source.origin}, {writable(info.filename)}"


def _locked(count: int, total: int) -> str:
    which = "its files are" if count == total else f"{count:,} of its {total:,} files are"
    return f"{which} encrypted. Unpack it with its password first."


FORMATS = (Format("zip", "ZIP archive", is_zip, read_zip),)
