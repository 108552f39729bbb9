"""Files of rows for many buckets, of which one is read at a time.

The rows of each bucket stand together, as a stream of Arrow; at the end stands where each begins. So a reader of one
bucket reads little more than its rows, however many buckets there are: the foot of a Parquet file with a group of rows
for each would be longer than most groups.
"""

import json
from itertools import pairwise
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow

__all__ = ["read_scattered", "write_scattered"]

_LENGTH = 8
"""Bytes at the very end that say how long the index before them is."""
_TAIL = 1 << 16
"""Bytes that are read at once from the end: with most files the index, and so one request less to a store."""


def write_scattered(table: "pyarrow.Table", file: IO[bytes]) -> None:
    """Write ``table`` to ``file``, the rows of each bucket (the first column) together, in their order."""
    import numpy as np  # noqa: PLC0415  (needed here only)
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    buckets = table.column(0).to_numpy()
    order = np.argsort(buckets, kind="stable")
    ordered, sorted_buckets = table.take(order).combine_chunks(), buckets[order]
    starts = [*np.flatnonzero(np.diff(sorted_buckets, prepend=-1)).tolist(), table.num_rows]
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    index: dict[int, tuple[int, int]] = {}
    at = 0
    for start, stop in pairwise(starts):
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema, options=options) as stream:
            stream.write_table(ordered.slice(start, stop - start))
        written = file.write(sink.getvalue())
        index[int(sorted_buckets[start])] = at, written
        at += written
    foot = json.dumps(index, separators=(",", ":")).encode()
    file.write(foot + len(foot).to_bytes(_LENGTH, "little"))


def read_scattered(file: IO[bytes], bucket: int) -> "pyarrow.Table | None":
    """The rows for ``bucket`` in ``file``; None where there are none."""
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    place = _index(file).get(str(bucket))
    if place is None:
        return None
    start, length = place
    file.seek(start)
    return pa.ipc.open_stream(file.read(length)).read_all()


def _index(file: IO[bytes]) -> dict[str, tuple[int, int]]:
    size = file.seek(0, 2)
    tail = _last(file, size, min(size, _TAIL))
    length = int.from_bytes(tail[-_LENGTH:], "little") + _LENGTH
    if length > len(tail):
        tail = _last(file, size, length)
    found: dict[str, tuple[int, int]] = json.loads(tail[-length:-_LENGTH])
    return found


def _last(file: IO[bytes], size: int, count: int) -> bytes:
    file.seek(size - count)
    return file.read(count)
