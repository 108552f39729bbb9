"""What Word's and OpenDocument's files have in common: ZIPs with parts in XML, and facts of little weight."""

import io
import zipfile
from dataclasses import replace
from pathlib import PurePath

from rejoinder.errors import InputError
from rejoinder.read.source import Facts, Source
from rejoinder.read.tidy import paragraphs
from rejoinder.records import Document

__all__ = ["MAX_OFFICE", "NAME_AT", "ZIP", "office_document", "refuse_bombs"]

MAX_OFFICE = 50_000_000
"""Bytes of the largest file read, pictures included."""
MAX_PART = 50_000_000
"""Bytes of the largest part unpacked; of the text of a book some 5 million."""
ZIP = b"PK\x03\x04"
NAME_AT = 30
"""Where a ZIP's first part is named."""
LOCKED = 1
"""The flag of a ZIP's part that is locked with a password."""


def office_document(source: Source, blocks: list[str], said: Facts) -> Document:
    """The document of ``blocks`` with the facts ``said`` by the file; its day is asked last, and says what it is.

    Raises ``InputError`` where the blocks hold no text.
    """
    text = paragraphs(blocks)
    if not text:
        raise InputError("it holds no text, only pictures or nothing. Save it with its text, or run OCR on it.")
    around = source.facts
    facts = (replace(said, published=None) if around.published else said).over(around)
    return facts.document(text, around.name or PurePath(source.name).stem, source.origin)


def refuse_bombs(data: bytes) -> None:
    """Raise ``InputError`` if the ZIP ``data`` is broken, locked, or unpacks to more than any document holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise InputError("it is cut off or broken. Open it in its program and save it anew.") from error
    if any(part.flag_bits & LOCKED for part in parts):
        raise InputError("it is locked with a password. Take the password off and save it anew.")
    if any(part.file_size > MAX_PART for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise InputError(f"it unpacks to more than {MAX_PART // 1_000_000} MB. Split it.")
