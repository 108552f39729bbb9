"""Rows of a book and the records they hold: what every question to it is asked with."""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Select, and_, false, func, literal, select

from rejoinder.records import Act, Judgement, Link, Merge, Problem
from rejoinder.store.codec import load

__all__ = ["Rows", "among", "day_of", "starts"]

R = TypeVar("R", Act, Judgement, Link, Merge, Problem)

_END = "\U0010ffff"


class Rows:
    """One state of a book, seen through ``connection``."""

    def __init__(self, connection: Connection) -> None:
        self._from = connection

    def _rows(self, query: Select[*tuple[object, ...]]) -> Iterator[RowMapping]:
        yield from self._from.execute(query).mappings()

    def _load(self, kind: type[R], query: Select[str]) -> list[R]:
        return [load(kind, record) for record in self._from.execute(query).scalars()]

    def _one_each(
        self, kind: type[R], query: Select[str, str], ends: Sequence[Column[str]], acts: Collection[str] | None
    ) -> list[R]:
        """The first record of each key (the query's first column), of those with an end among ``acts``."""
        if acts is not None:
            query = query.where(among(ends[0], acts) | among(ends[1], acts))
        found: dict[str, str] = {}
        for key, record in self._from.execute(query):
            found.setdefault(key, record)
        return [load(kind, record) for record in found.values()]

    def _starting(self, column: Column[str], start: str) -> list[str]:
        query = select(column).where(starts(column, start)).order_by(column).limit(2)
        return list(self._from.execute(query).scalars())


def among(column: Column[str], values: Collection[str]) -> ColumnElement[bool]:
    """``column`` is one of ``values``, however many (SQLite limits the variables of a statement)."""
    each = func.json_each(literal(json.dumps(sorted(set(values))))).table_valued("value")
    return column.in_(select(each.c.value))


def starts(column: Column[str], start: str) -> ColumnElement[bool]:
    """``column``, which holds ids, begins with ``start``."""
    if not _can_be_kept(start):
        return false()
    return and_(column >= start, column < start + _END)


def _can_be_kept(text: str) -> bool:
    """Whether SQLite can hold ``text``: half a character is nobody's id."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def day_of(stored: str | None) -> dt.date | None:
    """The day that a column holds; None where it holds none."""
    return None if stored is None else dt.date.fromisoformat(stored)
