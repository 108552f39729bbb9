"""From bytes to characters where they are Unicode, and what is no text at all; ``legacy`` knows older encodings."""

import codecs
import re

from rejoinder.errors import InputError

__all__ = [
    "HALF_PAIR",
    "HEAD",
    "MAX_BYTES",
    "decoded",
    "head_text",
    "refuse_binary",
    "refuse_unwritable",
    "utf16_name",
    "writable",
]

MAX_BYTES = 20_000_000
"""The largest document read: some 3 million words, far above any article."""
HEAD = 8192
"""Bytes looked at to tell text from other things."""
MAX_CONTROL = 0.3
"""Share of control characters above which a file is taken for binary."""

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
HALF_PAIR = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: no character, and no file or database takes it back."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BINARY = "it looks binary, not text. Export it as plain text (.txt) or JSON lines (.jsonl)."


def utf16_name(head: bytes) -> str | None:
    """The UTF-16 codec that the byte order mark at the start of ``head`` names, or None."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return None


def refuse_binary(head: bytes) -> None:
    """Raise ``InputError`` if ``head``, the first bytes of a file, cannot be the start of a text."""
    if utf16_name(head):
        return
    if b"\0" in head or len(_CONTROL.findall(head)) > MAX_CONTROL * len(head):
        raise InputError(_BINARY)


def head_text(head: bytes) -> str | None:
    """The characters of ``head`` as far as they tell its kind, or None where it is no text.

    What is neither UTF-8 nor marked as UTF-16 comes as Latin-1: good enough for braces and commas, not for reading.
    """
    try:
        refuse_binary(head)
    except InputError:
        return None
    codec = utf16_name(head) or "utf-8-sig"
    try:
        return codecs.getincrementaldecoder(codec)().decode(head)  # a character cut off at the end is left out
    except UnicodeDecodeError:
        return None if codec == "utf-16" else head.decode("latin-1")


def writable(name: str) -> str:
    """``name`` with a mark in place of each character that a line, a terminal or a database does not take.

    Names of files and members of archives may hold any bytes, line breaks among them.
    """
    return _UNPRINTABLE.sub("\ufffd", name)


def decoded(data: bytes) -> str:
    """The characters of ``data``: UTF-8 with or without byte order mark, or UTF-16 with one; line ends as they are.

    Raises ``InputError`` for any other encoding: guessing would shift offsets and spoil names.
    """
    codec = utf16_name(data) or "utf-8-sig"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        if codec == "utf-16":
            raise InputError("it begins like UTF-16 but is not. Save it anew as UTF-8.") from error
        where = f"byte {error.start + 1:,} is {data[error.start]:#04x}"
        message = f"it is not UTF-8 ({where}): convert it, e.g. iconv -f WINDOWS-1252 -t UTF-8."
        raise InputError(message) from error
    refuse_unwritable(text)
    return text


def refuse_unwritable(text: str) -> None:
    """Raise ``InputError`` if ``text`` holds characters that no file or database takes back."""
    if "\0" in text:
        raise InputError(_BINARY)
    if HALF_PAIR.search(text):
        raise InputError("the text holds half of a surrogate pair (\\ud800 to \\udfff). Write the whole character.")
