"""Where an export goes: standard output, or a file that appears whole or not at all."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rejoinder.errors import RejoinderError, UsageError

__all__ = ["STDOUT", "To", "replacing", "text_file"]

STDOUT = "-"

To = str | os.PathLike[str]


@contextmanager
def text_file(to: To) -> Iterator[IO[str]]:
    r"""A UTF-8 file at ``to`` (newlines as written), or standard output for "-".

    Characters that UTF-8 cannot hold are written as ``\udXXX``. Raises as :func:`replacing`.
    """
    if to == STDOUT:
        yield sys.stdout
        return
    with (
        replacing(to) as place,
        place.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file,
    ):
        yield file


@contextmanager
def replacing(to: To) -> Iterator[Path]:
    """A path to write to, which becomes ``to`` when all went well and vanishes otherwise.

    Raises UsageError where no file can be made there, RejoinderError where writing it fails.
    """
    place = Path(to)
    if place.exists() and not place.is_file() and not place.is_dir():
        yield place  # a pipe or device is written to, not replaced
        return
    target = place.resolve()  # a link stays, what it points at is replaced
    _check(place, target)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    except OSError as error:
        message = f"{place} could not be written ({error.strerror or error}). Check the disk, or name another file."
        raise RejoinderError(message) from error
    finally:
        part.unlink(missing_ok=True)


def _check(place: Path, target: Path) -> None:
    if target.is_dir():
        raise UsageError(f"{place} is a folder. Name a file in it.")
    if not target.parent.is_dir():
        raise UsageError(f"The folder of {place} does not exist. Make it first, or name another.")
    if not os.access(target.parent, os.W_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise UsageError(f"{place} may not be written. Name a place that you may write to.")
