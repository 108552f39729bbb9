"""The input in pieces: some thousand rows of a Parquet file each, which one task codes."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain

from rejoinder.errors import UsageError
from rejoinder.frames.rows import Columns, Numbered, Row, check_columns, check_types, documents
from rejoinder.read import InputFailure
from rejoinder.spread.storage import files_at, opened_file

__all__ = ["Piece", "cut", "rows_of"]

_SUFFIX = ".parquet"
_USUAL = {
    "text": ("text", "body"),
    "published": ("published", "date"),
    "id": ("id",),
    "title": ("title",),
    "outlet": ("outlet",),
    "url": ("url",),
}
"""The fields of a document, and the columns in which they are looked for, the first there is."""

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
    columns: Columns


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the foot of a file says: rows in each group, and where the fields stand."""

    url: str
    size: int
    groups: tuple[int, ...]
    columns: Columns


def cut(urls: Iterable[str], rows: int | None = None) -> tuple[tuple[Piece, ...], tuple[InputFailure, ...]]:
    """The files that ``urls`` name, in pieces, and those that cannot be read.

    ``rows``: how many a piece has at most (default: a thousandth of all, from 100 to 10,000). Raises UsageError where
    a URL names no file, or is of a kind that cannot be read here.
    """
    files = list(dict.fromkeys(chain.from_iterable(files_at(url, _SUFFIX) for url in urls)))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        looked = list(pool.map(_look, files))
    good = [one for one in looked if isinstance(one, _Looked)]
    total = sum(chain.from_iterable(one.groups for one in good))
    most = rows or min(max(total // 1000, 100), 10_000)
    pieces = (piece for one in good for piece in _pieces(one, most))
    numbered = tuple(replace(piece, number=number) for number, piece in enumerate(pieces))
    return numbered, tuple(one for one in looked if isinstance(one, InputFailure))


def rows_of(piece: Piece) -> Iterator[Row]:
    """The rows of ``piece``, numbered through its file; a few at a time are held."""
    import pyarrow.parquet as pq  # noqa: PLC0415  (large; needed here only)

    called = Numbered(f"{_stem(piece.url)}:", f"{piece.url}, row ")
    with opened_file(piece.url) as file:
        at = 0
        names = list(piece.columns.names)
        for batch in pq.ParquetFile(file).iter_batches(_BATCH, row_groups=[piece.group], columns=names):
            low, high = max(piece.first - at, 0), min(piece.first + piece.count - at, batch.num_rows)
            if low < high:
                yield from documents(batch.slice(low, high - low), piece.columns, piece.above + at + low + 1, called)
            at += batch.num_rows
            if at >= piece.first + piece.count:
                return


def _look(url: str) -> _Looked | InputFailure:
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)
    import pyarrow.parquet as pq  # noqa: PLC0415  (as above)

    try:
        with opened_file(url) as file:
            size = file.seek(0, 2)
            parquet = pq.ParquetFile(file)
            schema, metadata = parquet.schema_arrow, parquet.metadata
        columns = _columns(schema.names)
        check_columns(columns, schema.names)
        check_types(columns, schema)
    except (pa.ArrowInvalid, OSError) as error:
        return InputFailure(url, f"it cannot be read as Parquet ({error}). Check the file.")
    except UsageError as error:
        return InputFailure(url, str(error))
    groups = tuple(metadata.row_group(number).num_rows for number in range(metadata.num_row_groups))
    return _Looked(url, size, groups, columns)


def _columns(there: list[str]) -> Columns:
    found = {field: next((name for name in names if name in there), None) for field, names in _USUAL.items()}
    text = found.pop("text") or "text"
    return Columns(text, **found)


def _pieces(looked: _Looked, most: int) -> Iterator[Piece]:
    above = 0
    for group, count in enumerate(looked.groups):
        for first in range(0, count, most):
            rows = min(most, count - first)
            yield Piece(0, looked.url, looked.size, group, above, first, rows, looked.columns)
        above += count


def _stem(url: str) -> str:
    return url.rsplit("/", 1)[-1].removesuffix(_SUFFIX)
