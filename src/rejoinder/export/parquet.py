"""Parquet for data frames: typed columns, a row an act, in the columns of :data:`rejoinder.book.table.COLUMNS`."""

from rejoinder.book.table import Acts
from rejoinder.errors import UsageError
from rejoinder.export.target import STDOUT, To, replacing

__all__ = ["write_parquet"]


def write_parquet(acts: Acts, to: To) -> int:
    """Write ``acts`` to the file ``to``; returns the number of rows.

    Raises UsageError where no file can be made there.
    """
    if to == STDOUT:
        raise UsageError("Parquet is no text and is not printed. Name a file for it.")
    import pyarrow.parquet  # noqa: PLC0415  (large; needed here only)

    with replacing(to) as place:
        pyarrow.parquet.write_table(acts.to_arrow(), place)
    return len(acts)
