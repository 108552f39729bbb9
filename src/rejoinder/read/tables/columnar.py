"""Tables in Apache's formats: Parquet, and Arrow files (Feather), read batch by batch, only the columns that count."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO

from rejoinder.errors import InputError
from rejoinder.read.failure import InputFailure
from rejoinder.read.fields import Names, to_document
from rejoinder.read.same import each_document
from rejoinder.read.source import Format, Item, Settings, Source
from rejoinder.read.tables.columns import names_of
from rejoinder.records import Document

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["FORMATS", "columns_used", "names_in_schema", "read_arrow", "read_parquet", "rows_of_batch"]

_PARQUET = b"PAR1"
_ARROW = b"ARROW1\0\0"
_OLD_FEATHER = b"FEA1"
_ROWS = 256
"""Rows held at once: enough for speed, and of articles some megabytes."""


def read_parquet(source: Source, settings: Settings) -> Iterator[Item]:
    """The documents of a Parquet file, a failure for each row that gives none; rows count from 1.

    A damaged file gives a failure in the place of the rest. Raises ``OSError`` if it cannot be opened.
    """
    import pyarrow as pa  # noqa: PLC0415 (takes long to load)
    import pyarrow.parquet as pq  # noqa: PLC0415

    with source.open() as file:
        try:
            table = pq.ParquetFile(file, pre_buffer=False)
            names = names_in_schema(table.schema_arrow, settings)
            batches = table.iter_batches(
                batch_size=_ROWS, columns=columns_used(names, table.schema_arrow), use_threads=False
            )
            yield from _documents(source, names, batches)
        except InputError as error:
            yield InputFailure(source.origin, str(error))
        except (pa.ArrowException, OSError, ValueError) as error:
            yield _damaged(source, "Parquet", error)


def read_arrow(source: Source, settings: Settings) -> Iterator[Item]:
    """As :func:`read_parquet`, of an Arrow file; Feather files of the present version are such."""
    import pyarrow as pa  # noqa: PLC0415 (takes long to load)

    with source.open() as file:
        try:
            yield from _arrow(source, settings, file)
        except InputError as error:
            yield InputFailure(source.origin, str(error))
        except (pa.ArrowException, OSError, ValueError) as error:
            yield _damaged(source, "Arrow", error)


def _arrow(source: Source, settings: Settings, file: BinaryIO) -> Iterator[Item]:
    import pyarrow as pa  # noqa: PLC0415 (takes long to load)

    if file.read(4) == _OLD_FEATHER:
        raise InputError("it is a Feather file of the first version. Save it anew, or as Parquet.")
    file.seek(0)
    # a file of its own is mapped, so that a batch is not copied into memory as a whole
    with pa.memory_map(str(source.path)) if source.path else pa.PythonFile(file, "r") as opened:
        table = pa.ipc.open_file(opened)
        names = names_in_schema(table.schema, settings)
        used = columns_used(names, table.schema)
        batches = (table.get_batch(number) for number in range(table.num_record_batches))
        yield from _documents(source, names, (_checked(part) for batch in batches for part in _parts(batch, used)))


def _parts(batch: "pa.RecordBatch", used: Sequence[str]) -> Iterator["pa.RecordBatch"]:
    chosen = batch.select(used)
    return (chosen.slice(start, _ROWS) for start in range(0, chosen.num_rows, _ROWS))


def _checked(batch: "pa.RecordBatch") -> "pa.RecordBatch":
    """``batch``, whose lengths and places fit its memory: reading one that lies about them would crash."""
    batch.validate(full=True)
    return batch


def _documents(source: Source, names: Names, batches: Iterator["pa.RecordBatch"]) -> Iterator[Item]:
    rows = (values for batch in batches for values in rows_of_batch(batch))
    empty = "the table has no rows. Add documents, or take it out."

    def made(values: Mapping[str, object], name: str, origin: str) -> Document:
        return to_document(values, names, name=name, origin=origin, place="column")

    return each_document(source, "in row", enumerate(rows, 1), made, empty)


def rows_of_batch(batch: "pa.RecordBatch") -> Iterator[Mapping[str, object]]:
    """The rows of ``batch``, values by column, as :func:`rejoinder.read.fields.to_document` takes them."""
    columns = [_values(column) for column in batch.columns]
    for cells in zip(*columns, strict=True):
        yield dict(zip(batch.schema.names, cells, strict=True))


def _values(column: "pa.Array") -> Sequence[object]:
    """The values of ``column`` as Python has them; of a time its day as written there, in its own zone."""
    import pyarrow as pa  # noqa: PLC0415 (takes long to load)

    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        days: list[dt.date | None] = column.cast(pa.date32(), safe=False).to_pylist()
        return days
    values: list[object] = column.to_pylist()
    return values


def names_in_schema(schema: "pa.Schema", settings: Settings) -> Names:
    """Where a table with the columns of ``schema`` holds the fields, by ``settings.columns`` and the usual names.

    A column of the wrong type is said once, not in each row: raises ``InputError`` for it, and as ``names_of`` does.
    """
    names = names_of(schema.names, settings)
    for field, name in names.own.items():
        kind = schema.field(name).type
        if not _fits(field, kind):
            raise InputError(f"the column {name!r} holds {kind}, which is no {field}. Map another with --column.")
    texts = [name for name in names.of("text") if _fits("text", schema.field(name).type)]
    if not texts:
        raise InputError(f"the column {names.of('text')[0]!r} holds no text. Map another with --column text=NAME.")
    return names


def _fits(field: str, kind: "pa.DataType") -> bool:
    import pyarrow as pa  # noqa: PLC0415 (takes long to load)

    types = pa.types
    if types.is_dictionary(kind):
        kind = kind.value_type
    if types.is_null(kind):
        return field != "text"
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return True
    if field == "published":
        return bool(types.is_timestamp(kind) or types.is_date(kind))
    if field in ("author", "outlet") and (types.is_list(kind) or types.is_large_list(kind) or types.is_struct(kind)):
        return True
    return field == "id" and bool(types.is_integer(kind))


def columns_used(names: Names, schema: "pa.Schema") -> list[str]:
    """The columns that can hold a field, and no others: the rest may be large."""
    fields = {name: field for field in (*names.own, *names.other) for name in names.of(field)}
    return [name for name in schema.names if name in fields and _fits(fields[name], schema.field(name).type)]


def _damaged(source: Source, what: str, error: Exception) -> InputFailure:
    reason = " ".join(str(error).split())[:200]
    return InputFailure(source.origin, f"the {what} file is damaged ({reason}). Get it anew.")


FORMATS = (
    Format("parquet", "Parquet table", lambda head, _: head.startswith(_PARQUET), read_parquet),
    Format("arrow", "Arrow table", lambda head, _: head.startswith((_ARROW, _OLD_FEATHER)), read_arrow),
)
