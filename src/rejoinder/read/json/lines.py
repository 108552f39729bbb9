"""JSON lines: one document a line, an object with text, id, published, title, outlet, url, author; text is required.

The file may have any size; it is read line by line, and a bad line costs only itself.
"""

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from rejoinder.errors import InputError
from rejoinder.read.characters import HALF_PAIR, HEAD, MAX_BYTES, decoded, refuse_binary, utf16_name
from rejoinder.read.failure import InputFailure
from rejoinder.read.fields import names_in, to_document, type_called
from rejoinder.read.same import each_document
from rejoinder.read.source import Item, Settings, Source
from rejoinder.records import Document

__all__ = ["object_in", "read_jsonl"]


def read_jsonl(source: Source, settings: Settings) -> Iterator[Item]:
    """The documents of ``source``, a failure for each line that gives none. Raises ``OSError`` if it cannot be opened.

    Blank lines are skipped. A line without id is named "FILE:LINE". A second line with an id already seen fails if
    its text differs; if it is the same document again, it comes again.
    """
    with source.open() as file:
        try:
            head = file.read(HEAD)
            refuse_binary(head)
        except InputError as error:
            yield InputFailure(source.origin, str(error))
            return
        file.seek(0)
        yield from _documents(source, settings, _lines(file, utf16_name(head)))


def _documents(source: Source, settings: Settings, lines: Iterator[str | InputError]) -> Iterator[Item]:
    filled = (pair for pair in enumerate(lines, 1) if isinstance(pair[1], InputError) or pair[1].strip())
    empty = "the file is empty. Write one JSON object a line into it, or take it out."
    return each_document(
        source, "on line", filled, lambda line, name, origin: _document(line, settings, name, origin), empty
    )


def _lines(file: BinaryIO, utf16: str | None) -> Iterator[str | InputError]:
    """The lines of ``file``, and in place of a line that cannot be one what is wrong with it."""
    stream = _recoded(file, utf16) if utf16 else _cut(file)
    for line in stream:
        if isinstance(line, InputError):
            yield line
            continue
        try:
            yield decoded(line)
        except InputError as error:
            yield error


def _cut(file: BinaryIO) -> Iterator[bytes | InputError]:
    """The lines of ``file``; one that is too long is skipped, never held."""
    while line := file.readline(MAX_BYTES + 1):
        if len(line) <= MAX_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_BYTES)
        yield _too_long()


def _recoded(file: BinaryIO, codec: str) -> Iterator[bytes | InputError]:
    """The same for a file in UTF-16. The line feed alone ends a line: JSON may hold U+2028 and its like."""
    stream = io.TextIOWrapper(file, encoding=codec, errors="surrogatepass", newline="\n")
    broken = "it is not UTF-16, as the file's beginning says. Save the file anew as UTF-8."
    try:
        while line := stream.readline(MAX_BYTES + 1):
            if len(line) > MAX_BYTES:
                while line and not line.endswith("\n"):
                    line = stream.readline(MAX_BYTES)
                yield _too_long()
            elif HALF_PAIR.search(line):
                yield InputError(broken)
            else:
                yield line.encode("utf-8")
    except UnicodeDecodeError:  # a file cut off in mid-character
        yield InputError(broken)


def _too_long() -> InputError:
    return InputError(f"the line is longer than {MAX_BYTES // 1_000_000} MB. Split the text into articles.")


def _document(line: str | InputError, settings: Settings, name: str, origin: str) -> Document:
    if isinstance(line, InputError):
        raise line
    values = object_in(line.rstrip("\r\n"))
    names = names_in(tuple(values), tuple(settings.columns.items()))
    return to_document(values, names, name=name, origin=origin, place="field")


def object_in(line: str) -> dict[str, object]:
    """The JSON object that ``line`` is. Raises ``InputError`` where it is none."""
    try:
        value: object = json.loads(line)
    except json.JSONDecodeError as error:
        message = f"it is not JSON ({error.msg} at column {error.colno}). Mend the line: one object, {{...}}, a line."
        raise InputError(message) from error
    except (ValueError, RecursionError) as error:
        raise InputError("it is no JSON that can be read (too deep, or a number too long). Mend the line.") from error
    if not isinstance(value, dict):
        raise InputError(f'it is {type_called(value)}, not an object. Write {{"text": "..."}}.')
    return value
