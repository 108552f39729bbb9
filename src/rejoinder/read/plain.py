"""Plain text: one document a file, with an optional front matter.

    ---
    published: 2016-05-20
    outlet: AFP
    ---
    North Korea urged ...

The keys are ``id``, ``published``, ``title``, ``outlet``, ``url``, ``author``, or another usual name of one ("date").
The text is what follows, unaltered. Markdown is plain text.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from rejoinder.errors import BadDate, InputError
from rejoinder.read.characters import HEAD, MAX_BYTES, head_text, refuse_binary
from rejoinder.read.days import day_said
from rejoinder.read.failure import InputFailure
from rejoinder.read.fields import field_called
from rejoinder.read.legacy import text_of
from rejoinder.read.source import Format, Item, Settings, Source
from rejoinder.records import Document

__all__ = ["FORMATS", "read_plain"]

KEYS = ("id", "published", "title", "outlet", "url", "author")

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n|\Z)")
_ENTRY = re.compile(r"[ \t]*(?P<key>[A-Za-z_]+)[ \t]*:(?:[ \t]+(?P<value>[^\r\n]*?))?[ \t]*(?:\r\n|\r|\n|\Z)")
_BLANK = re.compile(r"[ \t]*(?:\r\n|\r|\n)")


def read_plain(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 (a Reader's signature)
    """The one document in ``source``, or the one reason why there is none. Raises ``OSError`` if it is not opened."""
    try:
        yield _document(source)
    except InputError as error:
        yield InputFailure(source.origin, str(error))


def _document(source: Source) -> Document:
    with source.open() as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        size = f"{MAX_BYTES // 1_000_000} MB"
        raise InputError(f"the file is larger than {size}. Split it into one file an article.")
    if not data:
        raise InputError("the file is empty. Put the text of an article into it, or take it out.")
    refuse_binary(data[:HEAD])
    facts, text = _front_matter(text_of(data))
    if not text.strip():
        raise InputError("the file holds no text but white space or front matter. Put the article's text into it.")
    published = facts.get("published")
    try:
        day = day_said(published) if published else None
    except BadDate as error:
        raise InputError(f"'published': {error}") from error
    return Document(
        text=text,
        name=facts.get("id") or source.facts.name or PurePath(source.name).stem,
        title=facts.get("title"),
        outlet=facts.get("outlet"),
        url=facts.get("url"),
        author=facts.get("author"),
        published=day,
        dated_by="front matter" if day else None,
        origin=source.origin,
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The facts said at the top of ``text``, empty values left out, and the text below them.

    A dashed line that no ``key: value`` follows is text. An unknown key is refused, since a misspelt ``published``
    would silently leave all dates open.
    """
    fence = _FENCE.match(text)
    if fence is None:
        return {}, text
    facts: dict[str, str] = {}
    offset = fence.end()
    while not (closing := _FENCE.match(text, offset)):
        blank = _BLANK.match(text, offset)
        entry = None if blank else _ENTRY.match(text, offset)
        if entry is None and blank is None:
            if not facts:
                return {}, text
            raise InputError("the front matter is not closed. Put a line '---' between it and the text.")
        if entry is not None:
            key, value = field_called(entry["key"]), _unquoted(entry["value"] or "")
            if key not in KEYS:
                raise InputError(f"the front matter has an unknown key {entry['key']!r}. Known: {', '.join(KEYS)}.")
            facts[key] = value
        offset = (entry or blank).end()  # type: ignore[union-attr]
    return {key: value for key, value in facts.items() if value}, text[closing.end() :]


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _is_text(head: bytes, _source: Source) -> bool:
    return head_text(head) is not None


FORMATS = (Format("plain", "plain text", _is_text, read_plain),)
