"""JSON: one object that is a document, a list of such objects, or an object that holds one such list.

A list may have any length; it is read object by object, and a bad one costs only itself. JSON is in UTF-8 (or UTF-16
with a byte order mark) by its own standard; other encodings are refused.
"""

import io
import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import TextIO

from rejoinder.errors import InputError
from rejoinder.read.characters import HEAD, MAX_BYTES, refuse_binary, utf16_name
from rejoinder.read.failure import InputFailure
from rejoinder.read.fields import names_in, to_document, type_called
from rejoinder.read.json.kind import json_kind
from rejoinder.read.json.lines import object_in, read_jsonl
from rejoinder.read.same import each_document
from rejoinder.read.source import Format, Item, Settings, Source
from rejoinder.records import Document

__all__ = ["FORMATS", "read_json"]

_CHUNK = 1 << 16
_BETWEEN = " \t\r\n,"
_MEND = "Mend it, or write one JSON object a line (.jsonl)."


def read_json(source: Source, settings: Settings) -> Iterator[Item]:
    """The documents of ``source``, a failure for each object that gives none.

    An object without id is named "FILE:NUMBER", or FILE where it is the only one. Raises ``OSError`` if the
    source cannot be opened.
    """
    with source.open() as file:
        head = file.read(HEAD)
        file.seek(0)
        stream = io.TextIOWrapper(file, encoding=utf16_name(head) or "utf-8-sig", newline="")
        try:
            refuse_binary(head)
            yield from _documents(source, settings, stream)
        except InputError as error:
            yield InputFailure(source.origin, str(error))
        except UnicodeDecodeError:
            message = "it is not UTF-8, as JSON has to be. Convert it, e.g. iconv -f WINDOWS-1252 -t UTF-8."
            yield InputFailure(source.origin, message)


def _documents(source: Source, settings: Settings, stream: TextIO) -> Iterator[Item]:
    start = stream.read(_CHUNK).lstrip(_BETWEEN)
    if start.startswith("["):
        yield from _each(source, settings, _elements(start[1:], stream))
        return
    whole = start + stream.read(MAX_BYTES)
    if len(whole) > MAX_BYTES:
        raise InputError(f"the object is larger than {MAX_BYTES // 1_000_000} MB. Write its documents as a list.")
    values = object_in(whole)
    names = names_in(tuple(values), tuple(settings.columns.items()))
    documents = _only_list(values)
    if documents is not None and not any(isinstance(values.get(name), str) for name in names.of("text")):
        yield from _each(source, settings, iter(documents))
        return
    name = source.facts.name or PurePath(source.name).stem
    yield to_document(values, names, name=name, origin=source.origin, place="field")


def _each(source: Source, settings: Settings, values: Iterator[object]) -> Iterator[Item]:
    """The documents that ``values`` are."""
    empty = 'the list is empty. Write objects {"text": "..."} into it, or take it out.'
    return each_document(
        source,
        "in item",
        enumerate(values, 1),
        lambda value, name, origin: _document(value, settings, name, origin),
        empty,
    )


def _document(value: object, settings: Settings, name: str, origin: str) -> Document:
    if not isinstance(value, dict):
        raise InputError(f'it is {type_called(value)}, not an object. Write {{"text": "..."}}.')
    names = names_in(tuple(value), tuple(settings.columns.items()))
    return to_document(value, names, name=name, origin=origin, place="field")


def _only_list(values: dict[str, object]) -> list[object] | None:
    """The one list of objects among ``values``, as search services wrap their answers."""
    lists = [value for value in values.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    return lists[0] if len(lists) == 1 else None


def _elements(text: str, stream: TextIO) -> Iterator[object]:
    """The elements of a list whose beginning, after the bracket, is ``text``. Raises ``InputError`` where it breaks."""
    decoder = json.JSONDecoder()
    at, ended = 0, False
    while True:
        while at < len(text) and text[at] in _BETWEEN:
            at += 1
        if text.startswith("]", at):
            return
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            if ended:
                raise InputError(f"from there on it is not JSON ({error.msg}). {_MEND}") from error
            end = len(text)
        except (ValueError, RecursionError) as error:
            raise InputError(f"it is no JSON that can be read (too deep, or a number too long). {_MEND}") from error
        if end < len(text) or ended:
            yield value
            at = end
            continue
        # What is there may be cut off: as much again is read, so that long elements are not parsed too often.
        if len(text) - at > MAX_BYTES:
            raise InputError(f"an object is longer than {MAX_BYTES // 1_000_000} MB, or broken. {_MEND}")
        more = stream.read(max(_CHUNK, len(text) - at))
        text, at, ended = text[at:] + more, 0, not more


FORMATS = (
    Format("jsonl", "JSON lines", lambda head, source: json_kind(head, source) == "jsonl", read_jsonl),
    Format("json", "JSON", lambda head, source: json_kind(head, source) == "json", read_json),
)
