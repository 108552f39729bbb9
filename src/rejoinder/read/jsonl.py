"""JSON lines: one document a line, an object with text, id, published, title, outlet, url; only text is required.

The file may have any size; it is read line by line, and a bad line costs only itself.
"""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from rejoinder.errors import BadDate, InputError
from rejoinder.read.characters import HALF_PAIR, HEAD, MAX_BYTES, decoded, refuse_binary, refuse_unwritable, utf16_name
from rejoinder.read.failure import InputFailure
from rejoinder.read.published import parse_date
from rejoinder.records import Document

__all__ = ["SUFFIX", "read_jsonl"]

SUFFIX = ".jsonl"


def read_jsonl(path: Path) -> Iterator[Document | InputFailure]:
    """The documents of ``path``, a failure for each line that gives none. Raises ``OSError`` if it cannot be opened.

    Blank lines are skipped. A line without id is named "FILE:LINE". A second line with an id already seen fails if
    its text differs; if it is the same document again, it comes again.
    """
    with path.open("rb") as file:
        try:
            head = file.read(HEAD)
            refuse_binary(head)
        except InputError as error:
            yield InputFailure(str(path), str(error))
            return
        file.seek(0)
        yield from _documents(path, _lines(file, utf16_name(head)))


def _documents(path: Path, lines: Iterator[str | InputError]) -> Iterator[Document | InputFailure]:
    first_seen: dict[str, tuple[int, str]] = {}
    any_line = False
    for number, line in enumerate(lines, 1):
        if isinstance(line, str) and not line.strip():
            continue
        any_line = True
        origin = f"{path}, line {number}"
        try:
            document = _document(line, path, number, origin)
            _refuse_second(document, number, first_seen)
        except InputError as error:
            yield InputFailure(origin, str(error))
        else:
            yield document
    if not any_line:
        yield InputFailure(str(path), "the file is empty. Write one JSON object a line into it, or take it out.")


def _refuse_second(document: Document, number: int, first_seen: dict[str, tuple[int, str]]) -> None:
    seen, text_id = first_seen.setdefault(document.name, (number, document.id))
    if text_id != document.id:
        raise InputError(f"id {document.name!r} has another text on line {seen}. Give each document its own id.")


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


def _document(line: str | InputError, path: Path, number: int, origin: str) -> Document:
    if isinstance(line, InputError):
        raise line
    fields = _object(line.rstrip("\r\n"))
    if "text" not in fields:
        raise InputError("'text' is missing. Add the article's text under that key.")
    text = fields["text"]
    if not isinstance(text, str):
        raise InputError(f"'text' is {_kind(text)}, not a string. Put the article's text there.")
    refuse_unwritable(text)
    published = _optional(fields, "published")
    try:
        day = parse_date(published) if published else None
    except BadDate as error:
        raise InputError(f"'published': {error}") from error
    return Document(
        text=text,
        name=_name(fields) or f"{path.stem}:{number}",
        title=_optional(fields, "title"),
        outlet=_optional(fields, "outlet"),
        url=_optional(fields, "url"),
        published=day,
        origin=origin,
    )


def _object(line: str) -> dict[str, object]:
    try:
        value: object = json.loads(line)
    except json.JSONDecodeError as error:
        message = f"it is not JSON ({error.msg} at column {error.colno}). Mend the line: one object, {{...}}, a line."
        raise InputError(message) from error
    except (ValueError, RecursionError) as error:
        raise InputError("it is no JSON that can be read (too deep, or a number too long). Mend the line.") from error
    if not isinstance(value, dict):
        raise InputError(f'it is {_kind(value)}, not an object. Write {{"text": "..."}}.')
    return value


def _name(fields: dict[str, object]) -> str | None:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _optional(fields, "id")


def _optional(fields: dict[str, object], key: str) -> str | None:
    """The string under ``key``; None where it is absent, null or blank."""
    value = fields.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{key!r} is {_kind(value)}, not a string. Write it in quotes, or leave it out.")
    refuse_unwritable(value)
    return value.strip() or None


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
