"""From rows of Arrow to documents: which column holds which field, and what a row without a document lacks."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from rejoinder.errors import BadDate, UsageError
from rejoinder.read.days import day_said
from rejoinder.records import Document

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Columns", "Numbered", "Row", "check_columns", "check_types", "documents"]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field of a document; None: none does."""

    text: str
    published: str | None = None
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns named, each once."""
        given = (getattr(self, field.name) for field in fields(self))
        return tuple(dict.fromkeys(name for name in given if name is not None))


@dataclass(frozen=True, slots=True)
class Numbered:
    """What rows are called: ``name`` and ``origin``, each followed by the row's number."""

    name: str = ""
    origin: str = "row "


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the ``number``-th of the input, counted from 0.

    Where it gives no document, ``lack`` says why, and ``sort`` in short.
    """

    number: int
    document: Document | None
    lack: str = ""
    sort: str = ""


def check_columns(columns: Columns, there: Sequence[str]) -> None:
    """Raise UsageError where a column that is named is not ``there``, or stands there more than once."""
    for name in columns.names:
        if name not in there:
            listed = ", ".join(map(str, there)) or "none"
            raise UsageError(f"There is no column {name!r}. Name one of those there are: {listed}.")
        if list(there).count(name) > 1:
            raise UsageError(f"There are several columns {name!r}. Rename all but one.")


def check_types(columns: Columns, schema: "pyarrow.Schema") -> None:
    """Raise UsageError where a column has a type that its field cannot have."""
    for field in fields(columns):
        name = getattr(columns, field.name)
        if name is None or field.name == "id":
            continue
        kind = schema.field(name).type
        fits = _can_date(kind) if field.name == "published" else _is_text(kind)
        if not fits:
            wanted = "dates, timestamps or text such as 2016-05-20" if field.name == "published" else "text"
            raise UsageError(f"The column {name!r} holds {kind}. What stands there must be {wanted}.")


def documents(batch: "pyarrow.RecordBatch", columns: Columns, first: int, called: Numbered) -> Iterator[Row]:
    """The rows of ``batch``, of which the first is number ``first`` of the input.

    Dates and times give the day as written, in the zone of the column; nulls and blank text no day. A row without text
    gives no document, nor does one with a date that is none: it would be coded with relative dates left open.
    """
    texts = _strings(batch, columns.text)
    others = [_strings(batch, name) for name in (columns.id, columns.title, columns.outlet, columns.url)]
    days = _days(batch, columns.published)
    for number, (text, day, *named) in enumerate(zip(texts, days, *others, strict=True), first):
        if text is None:
            yield Row(number, None, "it has no text.", "no text")
        elif isinstance(day, BadDate):
            yield Row(number, None, f"{columns.published!r}: {day}", "bad date")
        else:
            name, title, outlet, url = named
            yield Row(
                number,
                Document(
                    text=text,
                    name=name or f"{called.name}{number}",
                    title=title,
                    outlet=outlet,
                    url=url,
                    published=day,
                    origin=f"{called.origin}{number}",
                ),
            )


def _strings(batch: "pyarrow.RecordBatch", name: str | None) -> list[str | None]:
    """The values of the column as text (the text itself is never altered); blank ones are kept."""
    if name is None:
        return [None] * batch.num_rows
    return [None if value is None else str(value) for value in batch.column(name).to_pylist()]


def _days(batch: "pyarrow.RecordBatch", name: str | None) -> list[dt.date | BadDate | None]:
    if name is None:
        return [None] * batch.num_rows
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    column = batch.column(name)
    if pa.types.is_timestamp(column.type):  # finer than a microsecond is more than Python can hold
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return [_day(value) for value in column]


def _day(cell: "pyarrow.Scalar") -> dt.date | BadDate | None:
    try:
        value: object = cell.as_py()
    except (ValueError, OverflowError) as error:  # a year that Python's calendar lacks
        return BadDate(f"{cell} is no date ({error})")
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    written = str(value).strip()
    try:
        return day_said(written) if written else None
    except BadDate as error:
        return error


def _is_text(kind: "pyarrow.DataType") -> bool:
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(
        pa.types.is_string(plain)
        or pa.types.is_large_string(plain)
        or pa.types.is_string_view(plain)
        or pa.types.is_null(plain)
    )


def _can_date(kind: "pyarrow.DataType") -> bool:
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    return bool(_is_text(kind) or pa.types.is_date(kind) or pa.types.is_timestamp(kind) or pa.types.is_integer(kind))
