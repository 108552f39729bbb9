"""Word files (.docx): paragraphs, headings, tables."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePath

from rejoinder.errors import InputError
from rejoinder.read.office.file import MAX_OFFICE, ZIP, office_document, refuse_bombs
from rejoinder.read.source import Facts, Format, Item, Settings, Source
from rejoinder.read.tidy import one_line
from rejoinder.read.whole import guarded, whole
from rejoinder.records import Document

__all__ = ["FORMATS"]

NOT_DATES = (dt.date(2013, 12, 23), dt.date(1601, 1, 1))
"""Days that programs write who know none: the template of python-docx, the zero of Windows."""
NOT_AUTHORS = frozenset(("python-docx", "docx4j", "apache poi", "microsoft office user", "user", "admin", "un-named"))
"""Authors that programs write who know none."""

_WORD_PART = re.compile(rb"word/(?:document|_rels|styles|settings|theme|fontTable|media)")
_OTHER_PART = re.compile(rb"(?:xl|ppt)/[\w_]")


def fits_docx(head: bytes, source: Source) -> bool:
    """Whether ``head`` begins a Word file: a ZIP with Word's parts."""
    if not head.startswith(ZIP):
        return False
    if _WORD_PART.search(head):
        return True
    return b"[Content_Types].xml" in head and not _OTHER_PART.search(head) and _has_part(source, "word/document.xml")


def _has_part(source: Source, name: str) -> bool:
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            return name in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return PurePath(source.name).suffix.lower() == ".docx"


def read_docx(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 - a Reader
    """The text of a Word file: paragraphs, headings, tables cell by cell, in their order."""
    return guarded(source, lambda: iter([_docx(source)]))


def _docx(source: Source) -> Document:
    import docx  # noqa: PLC0415 - heavy

    data = whole(source, MAX_OFFICE)
    refuse_bombs(data)
    try:
        opened = docx.Document(io.BytesIO(data))
        blocks = list(_docx_blocks(opened))
        core = opened.core_properties
        title, author = one_line(core.title or ""), one_line(core.author or "")
    except Exception as error:  # a broken part makes python-docx and lxml raise nearly anything
        raise InputError("it is broken, or no Word file. Open it in Word and save it anew as .docx.") from error
    created = _created(lambda: core.created)
    said = Facts(
        title=title or None,
        author=author if author.lower() not in NOT_AUTHORS and author else None,
        published=created,
        dated_by="the Word file's day of creation",
    )
    return office_document(source, blocks, said)


def _docx_blocks(container: object) -> Iterator[str]:
    """The paragraphs in ``container``, a document or a cell; a cell that spans several columns once."""
    from docx.table import Table  # noqa: PLC0415 - heavy
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 - heavy

    inner = getattr(container, "iter_inner_content", None)
    for item in inner() if inner else ():
        if isinstance(item, Paragraph):
            yield item.text
        elif isinstance(item, Table):
            seen: set[object] = set()
            for row in item.rows:
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from _docx_blocks(cell)


def _created(ask: Callable[[], dt.datetime | None]) -> dt.date | None:
    try:
        moment = ask()
    except Exception:  # noqa: BLE001 - a broken field of no weight
        return None
    return moment.date() if moment and moment.date() not in NOT_DATES else None


FORMATS: tuple[Format, ...] = (Format("docx", "Word file", fits_docx, read_docx, slow=True),)
