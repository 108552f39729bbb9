"""What a caller asks for, checked: every slip is a UsageError that says what is allowed."""

import calendar
import datetime as dt
import os
import re
from collections.abc import Collection, Iterable
from typing import get_args

from rejoinder.codebook import check, codebook
from rejoinder.codebook.dyads import is_state, parse_dyad
from rejoinder.errors import BadDate, UsageError
from rejoinder.read import Place, parse_date
from rejoinder.records import Status
from rejoinder.store import ActQuery

__all__ = [
    "Day",
    "Paths",
    "Words",
    "act_query",
    "kinds_of",
    "moment_of",
    "only",
    "paths",
    "published_day",
    "score_of",
    "since_day",
    "status_of",
    "until_day",
]

Day = dt.date | str | None
"""A day, or "2016-05-20", or "2016-05", or "2016" (as a lower bound their first day, as an upper their last)."""

Words = str | Iterable[str] | None
Paths = Place | Iterable[Place]

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def act_query(
    *,
    kind: Words = None,
    dyad: str | None = None,
    actor: str | None = None,
    target: str | None = None,
    since: Day = None,
    until: Day = None,
    issue: str | None = None,
    channel: str | None = None,
    realis: str | None = None,
    background: bool | None = None,
    min_score: float | None = None,
    text: str | None = None,
    outlet: str | None = None,
    reviewed: bool | None = None,
) -> ActQuery:
    """The query that the arguments of ``Book.acts`` ask for. Raises UsageError where one is none of what is allowed."""
    first, last = since_day(since), until_day(until)
    if first and last and first > last:
        raise UsageError(f"since {first} lies after until {last}. Swap them.")
    return ActQuery(
        kinds=kinds_of(kind),
        dyad=None if dyad is None else parse_dyad(dyad),
        actor=None if actor is None else _state(actor),
        target=None if target is None else _state(target),
        since=first,
        until=last,
        issue=None if issue is None else check("issue", issue, codebook().issues),
        channel=None if channel is None else check("channel", channel, codebook().channels),
        realis=None if realis is None else check("realis", realis, codebook().realis),
        background=background,
        min_score=score_of(min_score),
        text=text,
        outlet=outlet,
        reviewed=reviewed,
    )


def since_day(day: Day) -> dt.date | None:
    """The first day meant. Raises BadDate where it is no date."""
    return _day(day, last=False)


def until_day(day: Day) -> dt.date | None:
    """The last day meant. Raises BadDate where it is no date."""
    return _day(day, last=True)


def moment_of(when: dt.datetime | Day) -> dt.datetime:
    """The moment meant, a day by its end; without a zone it is in UTC. Raises BadDate where it is none."""
    if isinstance(when, dt.datetime):
        return when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    if isinstance(when, str) and "T" in when:
        try:
            return moment_of(dt.datetime.fromisoformat(when.strip()))
        except ValueError as error:
            raise BadDate(f"{when!r} is no time. Write it as 2016-05-20T14:30, in UTC, or as a day.") from error
    day = until_day(when)
    if day is None:
        raise BadDate("None is no time. Give a day such as 2016-05-20, or a time such as 2016-05-20T14:30.")
    return dt.datetime.combine(day, dt.time.max, dt.UTC)


def published_day(day: Day) -> dt.date | None:
    """A publication day: a whole one, unlike a bound. Raises BadDate where it is none."""
    return parse_date(day) if isinstance(day, str) else since_day(day)


def score_of(min_score: float | None) -> float | None:
    """A least score as given. Raises UsageError where it is none."""
    if min_score is not None and not 0 <= min_score <= 1:
        raise UsageError(f"{min_score} is no score. Give a number from 0 to 1.")
    return min_score


def kinds_of(kind: Words) -> tuple[str, ...]:
    """The kinds of acts named."""
    return tuple(check("kind", name, codebook().kinds) for name in _several(kind))


def status_of(status: Words) -> tuple[str, ...]:
    """The statuses of threads named."""
    return tuple(check("status of a thread", name, get_args(Status)) for name in _several(status))


def paths(given: Paths) -> list[Place]:
    """One path or several, as a list. They stay as they are: "-" and addresses on the web are no paths."""
    return [given] if isinstance(given, (str, os.PathLike)) else list(given)


def only(start: str, ids: Collection[str], what: str, *, plural: str = "", hint: str = "") -> str:
    """The one of ``ids`` that is ``start``, or else the only one there is; all of them begin with ``start``.

    Raises UsageError, which calls them ``what``, many of them ``plural`` (default: with an s), where there is none or
    are several; ``hint`` ends what it says on how to name one.
    """
    if start in ids:
        return start
    if not ids or not start:
        raise UsageError(f"There is no {what} {start!r} in the book. Give its id, or the beginning of it{hint}.")
    if len(ids) > 1:
        first, second = sorted(ids)[:2]
        message = f"Several {plural or what + 's'} begin with {start!r}: {first}, {second} ... Give more of the id."
        raise UsageError(message)
    (found,) = ids
    return found


def _several(words: Words) -> tuple[str, ...]:
    if words is None:
        return ()
    return (words,) if isinstance(words, str) else tuple(words)


def _state(code: str) -> str:
    upper = code.strip().upper()
    if not is_state(upper):
        raise UsageError(f"{code!r} is no state. Give an ISO 3166 alpha-3 code such as PRK, or IGO:UN, or NGO.")
    return upper


def _day(day: Day, *, last: bool) -> dt.date | None:
    if day is None:
        return None
    if isinstance(day, dt.datetime):
        return day.date()
    if isinstance(day, dt.date):
        return day
    found = _DATE.fullmatch(day.strip())
    known = _known_day(found, last=last) if found else None
    if known is None:
        raise BadDate(f"{day!r} is no date. Write it as 2016-05-20, 2016-05 or 2016.")
    return known


def _known_day(found: re.Match[str], *, last: bool) -> dt.date | None:
    year, month = int(found[1]), int(found[2] or (12 if last else 1))
    try:
        return dt.date(year, month, int(found[3] or (calendar.monthrange(year, month)[1] if last else 1)))
    except ValueError:  # calendar's IllegalMonthError is one too
        return None
