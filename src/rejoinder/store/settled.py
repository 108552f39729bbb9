"""The status of threads as they are listed, on the newest day that the book knows."""

import datetime as dt

from sqlalchemy import ColumnElement, and_, false, func

from rejoinder.store import schema as s

__all__ = ["has_lapsed", "stands"]

_T = s.threaded.c


def stands(status: str, newest: dt.date | None) -> ColumnElement[bool]:
    """A listed thread has this status on the day ``newest``."""
    if status == "open":
        return and_(_T.settled == "open", ~has_lapsed(newest))
    if status == "lapsed":
        return and_(_T.settled == "open", has_lapsed(newest))
    return _T.settled == status


def has_lapsed(newest: dt.date | None) -> ColumnElement[bool]:
    """The last day for an answer to a listed thread lies before ``newest``."""
    return false() if newest is None else func.coalesce(_T.due < newest.isoformat(), false())
