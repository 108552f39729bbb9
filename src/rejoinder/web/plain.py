"""Records as JSON and CSV have them: the twins of pages."""

import csv
import dataclasses
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence

from rejoinder.book.table import Cell
from rejoinder.export.csv import cell

__all__ = ["as_csv", "as_json"]


def as_json(record: object) -> str:
    """``record`` as JSON text; dates in ISO form, records as objects with their ids."""
    return json.dumps(record, ensure_ascii=False, indent=1, default=_plain)


def as_csv(rows: Sequence[Mapping[str, Cell]]) -> str:
    """``rows`` as CSV with a heading; "" where there are none."""
    if not rows:
        return ""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def _plain(value: object) -> object:
    if isinstance(value, dt.date):  # a time too
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        held = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
        return {"id": value.id, **held} if hasattr(value, "id") else held
    if isinstance(value, Sequence | frozenset | set):
        return sorted(value) if isinstance(value, frozenset | set) else list(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
