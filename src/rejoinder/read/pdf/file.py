"""PDF files: the text of their pages as paragraphs."""

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePath

from rejoinder.errors import InputError
from rejoinder.read.datewords import day_in
from rejoinder.read.pdf.lines import PdfLine, lines_of_page, without_margins
from rejoinder.read.pdf.paragraphs import paragraphs_of_lines
from rejoinder.read.source import Facts, Format, Item, Settings, Source
from rejoinder.read.tidy import one_line, paragraphs
from rejoinder.read.whole import guarded, whole
from rejoinder.records import Document

__all__ = ["FORMATS"]

MARK = b"%PDF-"
MARK_WITHIN = 1024
"""Bytes within which the mark of a PDF may stand."""
MAX_PDF = 100_000_000
"""Bytes of the largest file read, pictures included."""
MAX_PAGES = 2_000
MAX_LETTERS = 20_000_000
"""Characters of the longest text, as of any other source."""
MIN_LETTERS = 12
"""Letters a page, on average, below which a PDF is pictures with stamps on them."""
MAX_UNKNOWN = 0.2
"""Share of characters without meaning from which a font is taken for one that does not say its letters."""
PRIVATE_USE = range(0xE000, 0xF900)
# What programs write as title or author who know none.
NO_TITLE = ("untitled", "microsoft word", "microsoft powerpoint", "document", "slide ")
NO_TITLE_ENDS = (".doc", ".docx", ".pdf", ".indd", ".hwp", ".hwpx", ".rtf", ".odt", ".tmp", ".qxd")
NO_AUTHORS = frozenset(("user", "admin", "administrator", "owner", "microsoft", "unknown"))


def fits_pdf(head: bytes, source: Source) -> bool:  # noqa: ARG001 - told by its bytes alone
    """Whether ``head`` begins a PDF; some have a few bytes of something else before it."""
    return MARK in head[:MARK_WITHIN]


def read_pdf(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 - a Reader
    """The one document in a PDF, or the one reason why there is none."""
    return guarded(source, lambda: iter([_document(source)]))


def _document(source: Source) -> Document:
    pages, said = _pages(whole(source, MAX_PDF))
    text = paragraphs(paragraphs_of_lines([line for page in without_margins(pages) for line in page]))
    _refuse_unreadable(text, len(pages))
    around = source.facts
    created = _created(said.get("CreationDate", "")) if around.published is None else None
    said_of_it = Facts(
        title=_title(said.get("Title", "")),
        author=_author(said.get("Author", "")),
        published=created,
        dated_by="the PDF's creation date",
    )
    return said_of_it.over(around).document(text, around.name or PurePath(source.name).stem, source.origin)


def _pages(data: bytes) -> tuple[list[list[PdfLine]], dict[str, str]]:
    """The lines of each page of the PDF ``data``, and what it says of itself. Raises ``InputError``."""
    import pypdfium2  # type: ignore[import-untyped] # noqa: PLC0415 - heavy

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError("it is locked with a password. Take the password off and save it anew.") from error
        raise InputError("it is broken, or no PDF. Fetch or save it anew.") from error
    try:
        if len(pdf) > MAX_PAGES:
            raise InputError(f"it has {len(pdf):,} pages, more than {MAX_PAGES:,}. Split it.")
        return _read_pages(pdf), dict(pdf.get_metadata_dict(skip_empty=True))
    except pypdfium2.PdfiumError as error:
        raise InputError("one of its pages is broken. Fetch or save it anew.") from error
    finally:
        pdf.close()


def _read_pages(pdf: "pypdfium2.PdfDocument") -> list[list[PdfLine]]:  # type: ignore[name-defined] # noqa: F821
    pages: list[list[PdfLine]] = []
    letters = 0
    for number in range(len(pdf)):
        page = pdf[number]
        text_page = page.get_textpage()
        try:
            lines = lines_of_page(text_page, number)
        finally:
            text_page.close()
            page.close()
        letters += sum(len(line.text) for line in lines)
        if letters > MAX_LETTERS:
            raise InputError(f"its text is longer than {MAX_LETTERS // 1_000_000} million characters. Split it.")
        pages.append(lines)
    return pages


def _refuse_unreadable(text: str, pages: int) -> None:
    letters = sum(map(str.isalpha, text))
    unknown = sum(c == "\ufffd" or ord(c) in PRIVATE_USE for c in text)
    if unknown > MAX_UNKNOWN * (letters + unknown):
        raise InputError("its fonts do not say which letters they show. Run OCR on it, or find another copy.")
    if letters < MIN_LETTERS * pages or not letters:
        raise InputError("it holds pictures of pages, no text: run OCR on it.")


def _created(value: str) -> dt.date | None:
    """The day of a PDF date, "D:20160520103100+09'00'"; None of others."""
    return day_in(value.removeprefix("D:")[:8])


def _title(value: str) -> str | None:
    title = one_line(value)
    small = title.lower()
    return None if not title or small.startswith(NO_TITLE) or small.endswith(NO_TITLE_ENDS) else title


def _author(value: str) -> str | None:
    author = one_line(value)
    return author if author and author.lower() not in NO_AUTHORS else None


FORMATS: tuple[Format, ...] = (Format("pdf", "PDF", fits_pdf, read_pdf, slow=True),)
