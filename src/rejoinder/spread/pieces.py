"""The input in pieces: some thousand rows of a Parquet file each, which one task codes."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rejoinder.errors import InputError
from rejoinder.read import InputFailure
from rejoinder.read.fields import to_document
from rejoinder.read.source import Settings
from rejoinder.read.tables.columnar import columns_used, names_in_schema, rows_of_batch
from rejoinder.records import Document
from rejoinder.spread.storage import files_at, opened_file

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Piece", "Row", "cut", "rows_of"]

_SUFFIX = ".parquet"
_AT_ONCE = 16
"""How many files are looked at together: most of the time goes into waiting for an object store."""
_BATCH = 200
"""How many rows are held decoded at a time."""


@dataclass(frozen=True, slots=True)
class Piece:
    """``count`` rows from ``first`` of one group of rows of the file at ``url``.

    ``above``: how many rows of the file stand before the group. ``size``: bytes of the file, by which one notices
    that it is another one.
    """

    number: int
    url: str
    size: int
    group: int
    above: int
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the foot of a file says: how many rows each group has."""

    url: str
    size: int
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The ``number``-th row of a file, counted from 1: its document, or why it gives none."""

    number: int
    item: Document | InputFailure


def cut(
    urls: Iterable[str], columns: Mapping[str, str], rows: int | None = None
) -> tuple[tuple[Piece, ...], tuple[InputFailure, ...]]:
    """The files that ``urls`` name, in pieces, and those that cannot be read.

    ``columns`` say which column holds which field; fields not named are looked for under their usual names.
    ``rows``: how many a piece has at most (default: a thousandth of all, from 100 to 10,000). Raises UsageError where
    a URL names no file, or is of a kind that cannot be read here.
    """
    files = list(dict.fromkeys(chain.from_iterable(files_at(url, _SUFFIX) for url in urls)))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        looked = list(pool.map(partial(_look, columns=columns), files))
    good = [one for one in looked if isinstance(one, _Looked)]
    total = sum(chain.from_iterable(one.groups for one in good))
    most = rows or min(max(total // 1000, 100), 10_000)
    pieces = (piece for one in good for piece in _pieces(one, most))
    numbered = tuple(replace(piece, number=number) for number, piece in enumerate(pieces))
    return numbered, tuple(one for one in looked if isinstance(one, InputFailure))


def rows_of(piece: Piece, columns: Mapping[str, str]) -> Iterator[Row]:
    """The rows of ``piece``, read as one machine reads the file; a few at a time are held.

    Two rows of one id with different texts are two documents: nobody sees all rows of a file.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415  (large; needed here only)

    stem = PurePosixPath(piece.url).stem
    with opened_file(piece.url) as file:
        parquet = pq.ParquetFile(file)
        names = names_in_schema(parquet.schema_arrow, Settings(columns))
        used = columns_used(names, parquet.schema_arrow)
        batches = parquet.iter_batches(_BATCH, row_groups=[piece.group], columns=used, use_threads=False)
        for number, values in _within(piece, batches):
            origin = f"{piece.url}, row {number}"
            try:
                document = to_document(values, names, name=f"{stem}:{number}", origin=origin, place="column")
            except InputError as error:
                yield Row(number, InputFailure(origin, str(error)))
            else:
                yield Row(number, document)


def _within(piece: Piece, batches: Iterable["pyarrow.RecordBatch"]) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Those rows of ``batches``, which are a group of rows, that belong to ``piece``, with their numbers."""
    at = 0
    for batch in batches:
        low, high = max(piece.first - at, 0), min(piece.first + piece.count - at, batch.num_rows)
        if low < high:
            yield from enumerate(rows_of_batch(batch.slice(low, high - low)), piece.above + at + low + 1)
        at += batch.num_rows
        if at >= piece.first + piece.count:
            return


def _look(url: str, columns: Mapping[str, str]) -> _Looked | InputFailure:
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)
    import pyarrow.parquet as pq  # noqa: PLC0415  (as above)

    try:
        with opened_file(url) as file:
            size = file.seek(0, 2)
            parquet = pq.ParquetFile(file)
            names_in_schema(parquet.schema_arrow, Settings(columns))
            metadata = parquet.metadata
    except (pa.ArrowInvalid, OSError) as error:
        return InputFailure(url, f"it cannot be read as Parquet ({error}). Check the file.")
    except InputError as error:
        return InputFailure(url, str(error))
    return _Looked(url, size, tuple(metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)))


def _pieces(looked: _Looked, most: int) -> Iterator[Piece]:
    above = 0
    for group, count in enumerate(looked.groups):
        for first in range(0, count, most):
            rows = min(most, count - first)
            yield Piece(0, looked.url, looked.size, group, above, first, rows)
        above += count
