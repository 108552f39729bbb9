"""One file packed by itself (.gz, .bz2, .xz, .zst): what is in it is read as if it lay there unpacked."""

from collections.abc import Iterator
from dataclasses import replace

from rejoinder.read.archives.unpack import UNPACKING, packing, unpacking
from rejoinder.read.failure import InputFailure
from rejoinder.read.source import Format, Item, Settings, Source
from rejoinder.read.spool import TooMuchError, kept

__all__ = ["FORMATS", "read_packed", "stem_unpacked"]

_SUFFIXES = (".gz", ".gzip", ".bz2", ".xz", ".zst", ".zstd")


def read_packed(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 (a Reader's signature)
    """What is packed in ``source``, as a source of its own with what is known of the outer one."""
    with source.open() as file:
        packed = packing(file.read(16)) or ""
        file.seek(0)
        try:
            with kept(unpacking(file, packed), source.room) as open_it:
                yield replace(source, name=stem_unpacked(source.name), open=open_it, depth=source.depth + 1, path=None)
        except TooMuchError as error:
            yield InputFailure(source.origin, str(error))
        except UNPACKING as error:
            yield InputFailure(source.origin, f"its {packed} data are damaged ({error}). Get the file anew.")


def stem_unpacked(name: str) -> str:
    """The name of a packed file without the suffix that says so."""
    stem, dot, suffix = name.rpartition(".")
    return stem if stem and dot + suffix.lower() in _SUFFIXES else name


FORMATS = (Format("packed", "packed file", lambda head, _: packing(head) is not None, read_packed),)
