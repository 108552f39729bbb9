"""CSV for spreadsheets: a header and a row an act, in the columns of :data:`rejoinder.book.table.COLUMNS`."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from rejoinder.book.table import COLUMNS, Acts, Cell
from rejoinder.export.target import To, text_file

__all__ = ["cell", "write_csv", "write_rows"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run as a formula begins so (OWASP, "CSV Injection")."""


def write_csv(acts: Acts, to: To) -> int:
    """Write ``acts`` to the file ``to`` ("-": standard output); returns the number of rows.

    Unknown values are empty cells, dates ISO days, truth values ``true``/``false``. Words that a spreadsheet would run
    as a formula get an apostrophe in front. Raises UsageError where no file can be made at ``to``.
    """
    return write_rows(COLUMNS, acts.to_dicts(), to)


def write_rows(columns: Sequence[str], rows: Iterable[Mapping[str, Cell]], to: To) -> int:
    """Write ``columns`` as a header and ``rows`` as :func:`write_csv` does; returns their number."""
    number = 0
    with text_file(to) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([cell(row[column]) for column in columns])
            number += 1
    return number


def cell(value: Cell) -> str:
    """A value as a cell of CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return str(value)
