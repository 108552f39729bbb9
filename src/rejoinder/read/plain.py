"""Plain text: one document a file, with an optional front matter.

    ---
    published: 2016-05-20
    outlet: AFP
    ---
    North Korea urged ...

The keys are ``id``, ``published``, ``title``, ``outlet``, ``url``. The text is what follows, unaltered.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from rejoinder.errors import BadDate, InputError
from rejoinder.read.characters import HEAD, MAX_BYTES, decoded, refuse_binary
from rejoinder.read.failure import InputFailure
from rejoinder.read.published import parse_date
from rejoinder.records import Document

__all__ = ["SUFFIX", "read_plain"]

SUFFIX = ".txt"
KEYS = ("id", "published", "title", "outlet", "url")

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n|\Z)")
_ENTRY = re.compile(r"[ \t]*(?P<key>[A-Za-z_]+)[ \t]*:(?:[ \t]+(?P<value>[^\r\n]*?))?[ \t]*(?:\r\n|\r|\n|\Z)")
_BLANK = re.compile(r"[ \t]*(?:\r\n|\r|\n)")


def read_plain(path: Path) -> Iterator[Document | InputFailure]:
    """The one document in ``path``, or the one reason why there is none. Raises ``OSError`` if it cannot be opened."""
    try:
        yield _document(path)
    except InputError as error:
        yield InputFailure(str(path), str(error))


def _document(path: Path) -> Document:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > MAX_BYTES:
            size = f"{MAX_BYTES // 1_000_000} MB"
            raise InputError(f"the file is larger than {size}. Split it into one file an article.")
        data = file.read()
    if not data:
        raise InputError("the file is empty. Put the text of an article into it, or take it out.")
    refuse_binary(data[:HEAD])
    facts, text = _front_matter(decoded(data))
    if not text.strip():
        raise InputError("the file holds no text but white space or front matter. Put the article's text into it.")
    published = facts.get("published")
    try:
        day = parse_date(published) if published else None
    except BadDate as error:
        raise InputError(f"'published': {error}") from error
    return Document(
        text=text,
        name=facts.get("id") or path.stem,
        title=facts.get("title"),
        outlet=facts.get("outlet"),
        url=facts.get("url"),
        published=day,
        origin=str(path),
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
            key, value = entry["key"].lower(), _unquoted(entry["value"] or "")
            if key not in KEYS:
                raise InputError(f"the front matter has an unknown key {entry['key']!r}. Known: {', '.join(KEYS)}.")
            facts[key] = value
        offset = (entry or blank).end()  # type: ignore[union-attr]
    return {key: value for key, value in facts.items() if value}, text[closing.end() :]


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
