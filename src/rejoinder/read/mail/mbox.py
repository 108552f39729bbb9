"""Mailboxes: many mails in one file, each after a line that begins with "From "."""

import re
from collections.abc import Iterator
from typing import BinaryIO

__all__ = ["messages", "opens_mailbox"]

PIECE = 1 << 20
"""Bytes read at once of a line, however long it is."""

# "From sender Mon May 20 10:31:00 2016": the hour tells it from a sentence that begins so.
_SEPARATOR = re.compile(rb"From \S.{0,200}\b\d{1,2}:\d{2}\b.{0,40}$|From \S+\s*$", re.DOTALL)
_STUFFED = re.compile(rb"^>+From ")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:|>?From ")


def opens_mailbox(head: bytes) -> bool:
    """Whether ``head`` begins a mailbox: a separator, then a header."""
    line, _, rest = head.partition(b"\n")
    return _SEPARATOR.match(line.rstrip()) is not None and _HEADER.match(rest) is not None


def messages(file: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The mails in ``file`` one after the other; None for one longer than ``limit`` bytes, which is never held."""
    held: list[bytes] = []
    size, begun, blank, line_start = 0, False, True, True
    while piece := file.readline(PIECE):
        if line_start and blank and _SEPARATOR.match(piece.rstrip()):
            if begun:
                yield b"".join(held) if size <= limit else None
            held, size, begun = [], 0, True
        elif begun:
            size += len(piece)
            if size <= limit:
                held.append(piece[1:] if line_start and _STUFFED.match(piece) else piece)
            else:
                held.clear()
        blank = line_start and not piece.strip()
        line_start = piece.endswith(b"\n")
    if begun:
        yield b"".join(held) if size <= limit else None
