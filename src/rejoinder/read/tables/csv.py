"""Tables in text form: CSV, and the same with tabs, semicolons or bars. The first row names the columns.

A table may have any length; it is read row by row, and a bad row costs only itself. Rows are counted as spreadsheets
count them: the header is row 1.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TextIO

from rejoinder.errors import InputError
from rejoinder.read.characters import HEAD, MAX_BYTES, head_text, refuse_binary
from rejoinder.read.failure import InputFailure
from rejoinder.read.fields import Names, to_document
from rejoinder.read.legacy import codec_of
from rejoinder.read.same import each_document
from rejoinder.read.source import Format, Item, Settings, Source
from rejoinder.read.tables.columns import names_of
from rejoinder.read.tables.dialect import Dialect, is_table, sniffed
from rejoinder.records import Document

__all__ = ["FORMATS", "read_csv"]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its cells, or what is wrong with it."""

    cells: Sequence[str]
    wrong: str = ""


def read_csv(source: Source, settings: Settings) -> Iterator[Item]:
    """The documents of the table, a failure for each row that gives none. Blank rows are skipped.

    A row without id is named "FILE:ROW". Raises ``OSError`` if the table cannot be opened.
    """
    with source.open() as file:
        try:
            head = file.read(HEAD)
            refuse_binary(head)
            file.seek(0)
            stream = io.TextIOWrapper(file, encoding=codec_of(file), newline="")
            yield from _documents(source, settings, stream)
        except InputError as error:
            yield InputFailure(source.origin, str(error))
        except UnicodeDecodeError as error:
            message = f"its characters are broken ({error.reason}): the rest is lost. Save it anew as UTF-8."
            yield InputFailure(source.origin, message)


def _documents(source: Source, settings: Settings, stream: TextIO) -> Iterator[Item]:
    start = stream.read(HEAD)
    stream.seek(0)
    dialect = sniffed(start, _suffix(source))
    if dialect.preface:
        stream.readline()
    rows = ((number, row) for number, row in enumerate(_rows(stream, dialect), 1) if row.wrong or _filled(row))
    _, first = next(rows, (1, _Row((), "the table is empty. Name columns in its first row, and put documents below.")))
    if first.wrong:
        raise InputError(first.wrong)
    header = [cell.strip() for cell in first.cells]
    yield from _each(source, rows, header, names_of(header, settings))


def _filled(row: _Row) -> bool:
    return any(cell.strip() for cell in row.cells)


def _each(source: Source, rows: Iterator[tuple[int, _Row]], header: Sequence[str], names: Names) -> Iterator[Item]:
    empty = "the table has no rows below its header. Add documents, or take it out."

    def made(row: _Row, name: str, origin: str) -> Document:
        return to_document(_values(row, header), names, name=name, origin=origin, place="column")

    return each_document(source, "in row", rows, made, empty)


def _values(row: _Row, header: Sequence[str]) -> dict[str, object]:
    if row.wrong:
        raise InputError(row.wrong)
    return dict(zip(header, row.cells, strict=False))


def _rows(stream: TextIO, dialect: Dialect) -> Iterator[_Row]:
    """The rows of ``stream``, the header first.

    Where quotation marks do not come in pairs a row swallows others. It is given up with its first line alone, and
    reading goes on with the second; what follows is mostly good again.
    """
    lines = _Lines(stream)
    reader = _reader(lines, dialect)
    width = 0
    while True:
        try:
            cells = next(reader, None)
            wrong = "" if cells is None or not width else _misfit(cells, width)
        except csv.Error as error:
            cells, wrong = [], f"it cannot be parted into cells ({error}). Mend its quotation marks."
        except _TooLongError:
            cells, wrong = [], f"a line of it is longer than {MAX_BYTES // 1_000_000} MB. Split the text into articles."
        if cells is None:
            return
        if wrong:
            lines.give_back_all_but_one()
        lines.forget()
        width = width or len(cells)
        yield _Row(cells, wrong)


def _reader(lines: "_Lines", dialect: Dialect) -> "Iterator[list[str]]":
    # the module's limit on the length of a cell is one for the whole process, and too small for articles
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    return csv.reader(
        lines,
        delimiter=dialect.separator,
        quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
        doublequote=not dialect.escaped,
        escapechar="\\" if dialect.escaped else None,
        strict=True,
    )


def _misfit(cells: Sequence[str], width: int) -> str:
    """What is wrong with the number of cells; cells left empty at the end do no harm, nor does a blank row."""
    if not cells or len(cells) == width or (len(cells) > width and not any(cells[width:])):
        return ""
    return f"it has {len(cells)} cells where the header has {width}. Put quotation marks around cells with separators."


class _TooLongError(Exception):
    """A line that is not held in memory."""


class _Lines:
    """The lines of a stream, some of which may be given back and come again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._taken: list[str] = []
        self._again: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._stream.readline(MAX_BYTES)
        if not line:
            raise StopIteration
        if len(line) >= MAX_BYTES and not line.endswith(("\n", "\r")):
            while line and not line.endswith(("\n", "\r")):
                line = self._stream.readline(MAX_BYTES)
            raise _TooLongError
        self._taken.append(line)
        return line

    def give_back_all_but_one(self) -> None:
        """Let all lines but the first of those taken come again."""
        self._again.extend(reversed(self._taken[1:]))

    def forget(self) -> None:
        """The lines taken so far are done with."""
        self._taken.clear()


def _suffix(source: Source) -> str:
    return PurePath(source.name).suffix.lower()


def _fits(head: bytes, source: Source) -> bool:
    text = head_text(head)
    media = (source.content_type or "").partition(";")[0].strip().lower()
    return text is not None and (media in ("text/csv", "text/tab-separated-values") or is_table(text, _suffix(source)))


FORMATS = (Format("csv", "table (CSV)", _fits, read_csv),)
