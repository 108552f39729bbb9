"""Sources of documents: files and folders in, ``Document`` records out, and one clear line for what cannot be read.

One module a source: ``plain`` (.txt) and ``jsonl`` (.jsonl). Nothing here raises for bad input: a failure takes the
place of the document, and the rest goes on.
"""

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from rejoinder.read import jsonl, plain
from rejoinder.read.failure import InputFailure
from rejoinder.read.published import parse_date
from rejoinder.records import Document

__all__ = ["InputFailure", "parse_date", "read"]

Reader = Callable[[Path], Iterator[Document | InputFailure]]

READERS: Mapping[str, Reader] = MappingProxyType({plain.SUFFIX: plain.read_plain, jsonl.SUFFIX: jsonl.read_jsonl})
_READABLE = "Readable are .txt (plain text) and .jsonl (one JSON object a line)"


def read(paths: Sequence[Path], published: dt.date | None = None) -> Iterator[Document | InputFailure]:
    """The documents in ``paths`` (files, or folders with all below them), in the order given; folders sorted by name.

    ``published`` is the publication day of those that do not say theirs. In a folder only .txt and .jsonl files are
    read, hidden ones left out. Whatever cannot be read gives an ``InputFailure`` in its place.
    """
    for path in paths:
        for item in _read_path(path):
            if isinstance(item, Document) and item.published is None and published is not None:
                yield replace(item, published=published)
            else:
                yield item


def _read_path(path: Path) -> Iterator[Document | InputFailure]:
    try:
        if path.is_dir():
            yield from _read_folder(path)
        elif path.is_file():
            yield from _read_file(path)
        elif path.exists():
            yield InputFailure(str(path), f"it is neither a file nor a folder. {_READABLE}.")
        else:
            yield InputFailure(str(path), "there is no such file or folder. Check the spelling.")
    except OSError as error:
        yield _unopened(path, error)


def _read_file(path: Path) -> Iterator[Document | InputFailure]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        what = f"{path.suffix} files" if path.suffix else "files without a suffix"
        yield InputFailure(str(path), f"{what} cannot be read. {_READABLE}; convert it.")
        return
    try:
        yield from reader(path)
    except OSError as error:
        yield _unopened(path, error)


def _read_folder(folder: Path) -> Iterator[Document | InputFailure]:
    failures: list[InputFailure] = []

    def refused(error: OSError) -> None:
        failures.append(_unopened(Path(error.filename or folder), error))

    files = sorted(
        Path(place, name)
        for place, _, names in os.walk(folder, onerror=refused)
        for name in names
        if Path(name).suffix.lower() in READERS and not name.startswith(".")
    )
    yield from sorted(failures, key=lambda failure: failure.origin)
    if not files and not failures:
        yield InputFailure(str(folder), f"the folder holds no file that can be read. {_READABLE}.")
    for file in files:
        yield from _read_file(file)


def _unopened(path: Path, error: OSError) -> InputFailure:
    if isinstance(error, PermissionError):
        return InputFailure(str(path), "permission denied. Ask for the right to read it, e.g. chmod u+r.")
    return InputFailure(str(path), f"it cannot be opened ({error.strerror or error}). Check the path.")
