"""Data frames in, acts out: polars, pandas, pyarrow and whatever else hands its rows out as Arrow.

    import rejoinder as rj

    acts = rj.frames.code(articles, text="body", published="date")     # the same kind of frame, a row an act
    for batch in rj.frames.batches(stream, text="body"): ...            # for input without an end

Nothing is kept, and documents are not compared with each other: that is what a book is for.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, overload

from rejoinder.book.asked import score_of
from rejoinder.book.direct import loaded
from rejoinder.errors import UsageError
from rejoinder.frames.coding import Run, schema_with
from rejoinder.frames.kinds import ArrowStream, Opened, kind_of, opened, rebuilt
from rejoinder.frames.rows import Columns, check_columns

if TYPE_CHECKING:
    import pyarrow

    from rejoinder.frames.kinds import Frame

__all__ = ["batches", "code"]


@overload
def code(
    df: "Frame",
    text: str = ...,
    published: str | None = ...,
    *,
    id: str | None = ...,
    title: str | None = ...,
    outlet: str | None = ...,
    url: str | None = ...,
    pipeline: str | None = ...,
    min_score: float | None = ...,
    batch: int = ...,
) -> "Frame": ...
@overload
def code(
    df: ArrowStream,
    text: str = ...,
    published: str | None = ...,
    *,
    id: str | None = ...,
    title: str | None = ...,
    outlet: str | None = ...,
    url: str | None = ...,
    pipeline: str | None = ...,
    min_score: float | None = ...,
    batch: int = ...,
) -> "pyarrow.Table": ...
def code(
    df: object,
    text: str = "body",
    published: str | None = "date",
    *,
    id: str | None = None,  # noqa: A002 (what the column is called everywhere else)
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    pipeline: str | None = None,
    min_score: float | None = None,
    batch: int = 1000,
) -> object:
    """The acts in the texts of ``df``, as the same kind of frame: a row an act, in the columns of the table of acts.

    ``df`` is a polars DataFrame or LazyFrame, a pandas DataFrame, a pyarrow Table or RecordBatchReader, or anything
    else with ``__arrow_c_stream__`` (which gives a pyarrow Table). ``text``, ``published`` and the rest name its
    columns; None: it has none such. The column "document" of the result holds the value of the column ``id``, in its
    own type, or the row's number from 0: join on it. ``same_as`` and ``answers`` tell what repeats or answers what
    inside one document.

    ``published`` may hold dates, timestamps (the day in the column's own zone), or text such as "2016-05-20"; where it
    is null, relative dates stay open. ``pipeline`` and ``min_score`` are as in :func:`rejoinder.code`. So many rows as
    ``batch`` says are held at a time, besides the input and the acts; a RecordBatchReader is coded as it is read.

    Rows without text, with a date that is none, or with a text that cannot be coded (not English, too long) give no
    acts; a warning counts them, with the first as an example. Raises UsageError where a column is missing (it lists
    those there are) or of a wrong type, and UnknownPipeline.
    """
    kind = kind_of(df)
    columns = Columns(text, published, id, title, outlet, url)
    rows = opened(df, columns, _at_least_one(batch))
    # a faulty argument is told now, not when a reader is first read
    run = Run(columns, loaded(pipeline, score_of(min_score)), schema_with(rows.id_type))
    return rebuilt(kind, run.schema, run.all(rows.batches))


def batches(
    source: "ArrowStream | object | Iterable[pyarrow.RecordBatch]",
    text: str = "body",
    published: str | None = "date",
    *,
    id: str | None = None,  # noqa: A002 (as above)
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    pipeline: str | None = None,
    min_score: float | None = None,
    batch: int = 1000,
) -> "Iterator[pyarrow.RecordBatch]":
    """The acts as Arrow record batches, one for each batch of ``source`` that holds any; for input without an end.

    ``source`` is a frame as :func:`code` takes it, or an iterator of Arrow record batches that may go on for ever.
    Row numbers in "document" go on from batch to batch. All else is as for :func:`code`, but that a warning counts the
    rows of one batch.
    """
    columns = Columns(text, published, id, title, outlet, url)
    rows = _opened(source, columns, _at_least_one(batch))
    run = Run(columns, loaded(pipeline, score_of(min_score)), schema_with(rows.id_type))
    return (acts for acts in run.each(rows.batches) if acts.num_rows)


def _opened(source: object, columns: Columns, size: int) -> Opened:
    if not isinstance(source, Iterator):
        return opened(source, columns, size)
    try:
        first = next(source)
    except StopIteration:
        return Opened(iter(()), None)
    check_columns(columns, first.schema.names)
    id_type = first.schema.field(columns.id).type if columns.id else None
    pieces = (piece.slice(start, size) for piece in chain([first], source) for start in range(0, piece.num_rows, size))
    return Opened(pieces, id_type)


def _at_least_one(batch: int) -> int:
    if batch < 1:
        raise UsageError(f"{batch} rows at a time are none. Give a number from 1 up.")
    return batch
