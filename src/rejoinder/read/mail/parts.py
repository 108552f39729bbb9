"""A mail taken apart, however broken it is: headers, its text in plain and in HTML, attachments."""

import email
import email.header
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from rejoinder.errors import InputError
from rejoinder.read.pages.markup import page_text
from rejoinder.read.tidy import one_line

__all__ = ["Attachment", "Parts", "header", "is_attachment", "parsed", "part_bytes", "parts_of"]

MAX_PARTS = 500
"""Parts of one mail that are looked at; a newsletter has some ten."""

_CHARSET = re.compile(r"[\w.:-]+")
_FLOWED_SPACE = re.compile(r" \r?\n(?!-- ?\r?\n)(?=[^\s>])")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """What a mail holds: its first text in plain and its first in HTML ("" where it has none), and attachments."""

    plain: str
    html: str
    attachments: tuple[Attachment, ...]


def parsed(data: bytes) -> Message:
    """The mail ``data``. Raises ``InputError`` where it is too broken for that."""
    try:
        # The older policy: it keeps what it cannot understand, where the newer one raises on reading a header.
        return email.message_from_bytes(data, policy=email.policy.compat32)
    except Exception as error:  # parts within parts without end, above all
        raise InputError("the mail is broken and cannot be read. Export it anew.") from error


def header(message: Message, name: str) -> str | None:
    """The header ``name``, its encoded words decoded, on one line; None where it is absent or empty."""
    try:
        raw = message.get(name)
        pieces = email.header.decode_header(raw) if raw is not None else []
    except Exception:  # noqa: BLE001 - encoded words that are none raise nearly anything
        return one_line(str(message.get(name))) or None
    return one_line("".join(_word(piece, charset) for piece, charset in pieces)) or None


def _word(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    known = charset if charset and charset != "unknown-8bit" else None
    return page_text(piece, f"text/plain; charset={known}" if known else None)


def parts_of(message: Message) -> Parts:
    """The texts and attachments of ``message``; a part that cannot be decoded is left out."""
    plain, html = "", ""
    attachments: list[Attachment] = []
    for number, part in enumerate(_leaves(message)):
        if number >= MAX_PARTS:
            break
        kind = _media_type(part)
        if is_attachment(part):
            attachments.append(Attachment(_file_name(part, kind, number), kind, part_bytes(part)))
        elif kind == "text/html":
            html = html or _text(part)
        elif kind == "text/plain":
            plain = plain or _text(part)
    return Parts(plain, html, tuple(attachment for attachment in attachments if attachment.data))


def _leaves(message: Message) -> Iterator[Message]:
    """The parts without parts, in order. A mail within a mail is one: it is read as a document of its own."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and _media_type(part) != "message/rfc822":
            waiting.extend(reversed([each for each in part.get_payload() if isinstance(each, Message)]))
        else:
            yield part


def is_attachment(part: Message) -> bool:
    """Whether ``part`` is a file of its own rather than the mail's text."""
    kind = _media_type(part)
    if kind == "message/rfc822":
        return True
    disposition = str(part.get("Content-Disposition") or "").strip().lower()
    return disposition.startswith("attachment") or kind not in ("text/plain", "text/html")


def part_bytes(part: Message) -> bytes:
    """The bytes of ``part``, its transfer encoding undone; of a mail within a mail, that mail. b"" if they are lost."""
    try:
        payload = part.get_payload()
        if isinstance(payload, list):
            return payload[0].as_bytes() if payload and isinstance(payload[0], Message) else b""
        data = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 - whatever a broken part does to the decoder, it is a part without content
        return b""
    return data if isinstance(data, bytes) else b""


def _text(part: Message) -> str:
    kind, charset = _media_type(part), _parameter(part, "charset")
    text = page_text(part_bytes(part), f"{kind}; charset={charset}" if charset else None)
    if kind == "text/plain" and _parameter(part, "format").lower() == "flowed":
        text = _FLOWED_SPACE.sub("" if _parameter(part, "delsp").lower() == "yes" else " ", text)
    return text


def _media_type(part: Message) -> str:
    try:
        return part.get_content_type()
    except Exception:  # noqa: BLE001 - a header that is none
        return "text/plain"


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name)
    except Exception:  # noqa: BLE001 - a header that is none
        return ""
    found = _CHARSET.search(value) if isinstance(value, str) else None
    return found.group() if found else ""


def _file_name(part: Message, kind: str, number: int) -> str:
    try:
        name = part.get_filename()
    except Exception:  # noqa: BLE001 - a header that is none
        name = None
    decoded = "".join(_word(*piece) for piece in _decoded(name)) if name else ""
    ending = "eml" if kind == "message/rfc822" else kind.rpartition("/")[2]
    return one_line(decoded).replace("/", "_") or f"part{number + 1}.{ending}"


def _decoded(name: str) -> list[tuple[str | bytes, str | None]]:
    try:
        return list(email.header.decode_header(name))
    except Exception:  # noqa: BLE001 - encoded words that are none
        return [(name, None)]
