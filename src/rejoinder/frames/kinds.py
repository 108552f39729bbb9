"""Kinds of frames: batches of Arrow out of each, and a frame of the same kind out of batches.

A frame is told by where its type comes from, so that no library is loaded but the one that made it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar, cast, runtime_checkable

from rejoinder.errors import UsageError
from rejoinder.frames.rows import Columns, check_columns

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    Frame = TypeVar(
        "Frame", polars.DataFrame, polars.LazyFrame, pandas.DataFrame, pyarrow.Table, pyarrow.RecordBatchReader
    )

__all__ = ["ArrowStream", "Kind", "Opened", "kind_of", "opened", "rebuilt"]

Kind = Literal["polars", "lazy", "pandas", "reader", "table"]


@runtime_checkable
class ArrowStream(Protocol):
    """Whatever hands its rows out as Arrow (the PyCapsule interface): DuckDB relations, Ibis tables and their like."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The stream, as a capsule."""
        ...


@dataclass(frozen=True, slots=True)
class Opened:
    """The rows of a frame: batches of the columns asked for, and the type of the column that names documents."""

    batches: Iterator["pyarrow.RecordBatch"]
    id_type: "pyarrow.DataType | None"


def kind_of(frame: object) -> Kind:
    """What kind of frame it is. Raises UsageError where it is none."""
    home, name = type(frame).__module__.split(".")[0], type(frame).__name__
    if home == "polars" and name in ("DataFrame", "LazyFrame"):
        return "polars" if name == "DataFrame" else "lazy"
    if home == "pandas" and name == "DataFrame":
        return "pandas"
    if home == "pyarrow" and name == "RecordBatchReader":
        return "reader"
    if isinstance(frame, ArrowStream):
        return "table"
    message = f"{type(frame).__name__} is no table. Give a polars or pandas DataFrame, a LazyFrame, or Arrow data."
    raise UsageError(message)


def opened(frame: object, columns: Columns, size: int) -> Opened:
    """The rows of ``frame`` in batches of at most ``size``. Raises UsageError where it lacks a column or is none."""
    read: dict[Kind, Callable[[object, Columns, int], Opened]] = {"lazy": _lazy, "pandas": _pandas}
    found = read.get(kind_of(frame), _arrow)(frame, columns, size)
    return Opened(_cut(found.batches, size), found.id_type)


def rebuilt(kind: Kind, schema: "pyarrow.Schema", batches: Iterator["pyarrow.RecordBatch"]) -> object:
    """A frame of this ``kind`` from ``batches``; a reader is given at once and pulls them as it is read."""
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    if kind == "reader":
        return pa.RecordBatchReader.from_batches(schema, batches)
    table = pa.Table.from_batches(batches, schema)
    if kind == "pandas":
        return _to_pandas(table)
    if kind == "table":
        return table
    import polars as pl  # noqa: PLC0415  (the caller's own frame is one)

    frame = cast("polars.DataFrame", pl.from_arrow(table))
    return frame.lazy() if kind == "lazy" else frame


def _arrow(frame: object, columns: Columns, size: int) -> Opened:
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    del size
    reader = frame if isinstance(frame, pa.RecordBatchReader) else pa.RecordBatchReader.from_stream(frame)
    check_columns(columns, reader.schema.names)
    batches = (batch.select(list(columns.names)) for batch in reader)
    return Opened(batches, reader.schema.field(columns.id).type if columns.id else None)


def _lazy(frame: object, columns: Columns, size: int) -> Opened:
    import polars as pl  # noqa: PLC0415  (the caller's own frame is one)

    lazy = cast("polars.LazyFrame", frame)
    there = lazy.collect_schema()
    check_columns(columns, there.names())
    wanted = lazy.select(list(columns.names))
    pieces: Iterable[polars.DataFrame]
    if hasattr(wanted, "collect_batches"):
        pieces = wanted.collect_batches(chunk_size=size, maintain_order=True)
    else:  # before polars 1.34 there is no way to ask for a piece at a time
        pieces = [wanted.collect()]
    batches = (batch for piece in pieces for batch in piece.to_arrow().to_batches())
    empty = pl.DataFrame(schema={columns.id: there[columns.id]}) if columns.id else None
    return Opened(batches, None if empty is None else empty.to_arrow().schema.field(0).type)


def _pandas(frame: object, columns: Columns, size: int) -> Opened:
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    table = cast("pandas.DataFrame", frame)
    check_columns(columns, list(table.columns))
    wanted = table[list(columns.names)]

    def batches() -> Iterator["pyarrow.RecordBatch"]:
        for start in range(0, len(wanted), size):
            try:
                yield pa.RecordBatch.from_pandas(wanted.iloc[start : start + size], preserve_index=False)
            except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
                message = f"Rows {start} and on mix types in one column ({error}). Give each column one type."
                raise UsageError(message) from error

    return Opened(batches(), pa.Array.from_pandas(wanted[columns.id]).type if columns.id else None)


def _to_pandas(table: "pyarrow.Table") -> "pandas.DataFrame":
    """With types that hold nulls: whole numbers stay whole, truth values true or false, and days are days."""
    import pandas as pd  # noqa: PLC0415  (the caller's own frame is one)
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    types = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame: pd.DataFrame = table.to_pandas(types_mapper=types.get, date_as_object=False)
    return frame


def _cut(batches: Iterator["pyarrow.RecordBatch"], size: int) -> Iterator["pyarrow.RecordBatch"]:
    for batch in batches:
        for start in range(0, batch.num_rows, size):
            yield batch.slice(start, size)
