"""Where sources are: files, folders with all below them, standard input, addresses on the web."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from rejoinder.errors import RejoinderError
from rejoinder.read.characters import writable
from rejoinder.read.failure import InputFailure, unopened
from rejoinder.read.source import Source
from rejoinder.read.spool import kept

__all__ = ["Fetch", "Place", "file_source", "sources"]

Fetch = Callable[[str], Iterator[Source | InputFailure]]
"""What gets an address on the web: a page, or the pages that a list at that address names.

It may raise ``RejoinderError`` or ``OSError``."""

Place = str | os.PathLike[str]

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_ABOUT = re.compile(r"\.|readme(\.(md|txt|rst))?$", re.IGNORECASE)
"""Names of files that are hidden, or tell about the folder they lie in."""
_STANDARD_INPUT = "-"
_ENDLESS = 1 << 62


def sources(place: Place, fetch: Fetch | None) -> Iterator[tuple[Source | InputFailure, bool]]:
    """The sources at ``place``, and of each whether the caller named it, rather than a folder it lies in.

    ``place`` is a path, "-" for standard input, or an address, which ``fetch`` gets. Files of a folder come sorted by
    path; what is hidden, and a README, left out. Raises nothing: what cannot be reached is a failure.
    """
    if place == _STANDARD_INPUT:
        yield from _standard_input()
    elif isinstance(place, str) and _ADDRESS.match(place):
        yield from ((found, True) for found in _fetched(place, fetch))
    else:
        yield from _on_disk(Path(place))


def file_source(path: Path) -> Source:
    """The file at ``path``."""
    return Source(writable(str(path)), writable(path.name), lambda: cast("BinaryIO", path.open("rb")), path=path)


def _on_disk(path: Path) -> Iterator[tuple[Source | InputFailure, bool]]:
    try:
        if path.is_dir():
            yield from ((each, False) for each in _folder(path))
        else:
            yield _file(path), True
    except (OSError, ValueError) as error:  # a null character in the path
        yield _unopened(path, error), True


def _file(path: Path) -> Source | InputFailure:
    if path.is_file():
        return file_source(path)
    if path.exists():
        return InputFailure(writable(str(path)), "it is neither a file nor a folder. Name a file with text in it.")
    return InputFailure(writable(str(path)), "there is no such file or folder. Check the spelling.")


def _folder(folder: Path) -> Iterator[Source | InputFailure]:
    failures: list[InputFailure] = []
    files: list[Path] = []

    def refused(error: OSError) -> None:
        failures.append(_unopened(Path(error.filename or folder), error))

    for place, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(place, name) for name in names if not _ABOUT.match(name)]
    yield from sorted(failures, key=lambda failure: failure.origin)
    for path in sorted(files):
        try:
            yield _file(path)
        except OSError as error:
            yield _unopened(path, error)


def _standard_input() -> Iterator[tuple[Source | InputFailure, bool]]:
    origin = "standard input"
    if sys.stdin is None:  # closed by whoever started us
        yield InputFailure(origin, "it is closed. Name a file instead of '-'."), True
        return
    try:
        with kept(sys.stdin.buffer, _ENDLESS) as open_it:
            yield Source(origin, "stdin", open_it), True
    except OSError as error:
        yield unopened(origin, error), True


def _fetched(address: str, fetch: Fetch | None) -> Iterator[Source | InputFailure]:
    origin = writable(address)
    if fetch is None:
        yield InputFailure(origin, "addresses are not fetched here. Save the page and name the file.")
        return
    try:
        yield from fetch(address)
    except RejoinderError as error:
        yield InputFailure(origin, str(error))
    except OSError as error:
        yield InputFailure(origin, f"it cannot be fetched ({error.strerror or error}). Check the address.")


def _unopened(path: Path, error: OSError | ValueError) -> InputFailure:
    if isinstance(error, OSError):
        return unopened(writable(str(path)), error)
    return InputFailure(writable(str(path)), f"it is no path ({error}). Check the spelling.")
