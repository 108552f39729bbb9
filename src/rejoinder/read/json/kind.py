"""Whether a text is JSON, and of which shape: one value, or an object a line."""

import json
import re
from typing import Literal

from rejoinder.read.characters import HEAD, MAX_BYTES, head_text
from rejoinder.read.source import Source

__all__ = ["json_kind"]

_OBJECT = re.compile(r'\{\s*(?:"[^"\n]*"\s*:|\})')
_LIST = re.compile(r"\[\s*(?:\{\s*[\"}]|\]\s*\Z)")
_BLANK = " \t\r\n\ufeff"
_LINES = (".jsonl", ".ndjson", ".jl")


def json_kind(head: bytes, source: Source) -> Literal["json", "jsonl"] | None:
    """What ``source``, which begins with ``head``, is: "jsonl", "json", or None where it is no JSON.

    Many files of one object a line are called .json: the first line decides. A name that says JSON is believed even of
    a broken file, so that the message is about JSON.
    """
    text = head_text(head)
    if text is None:
        return None
    name, text = source.name.lower(), text.lstrip(_BLANK)
    if name.endswith(_LINES):
        return "jsonl"
    named = name.endswith(".json") or "json" in (source.content_type or "").lower()
    if _OBJECT.match(text):
        line, more = _first_line(head, text, source)
        return "jsonl" if _is_object(line) and (more or not named) else "json"
    return "json" if named or _LIST.match(text) else None


def _first_line(head: bytes, text: str, source: Source) -> tuple[str, bool]:
    """The first line that is not blank, in full, and whether anything follows it."""
    line, _, rest = text.partition("\n")
    if rest.strip() or len(head) < HEAD:
        return line, bool(rest.strip())
    with source.open() as file:
        file.seek(len(head) - len(head.lstrip()))  # blank lines before it
        whole = file.readline(MAX_BYTES)
        more = file.read(HEAD)
    return head_text(whole) or "", bool(more.strip())


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
