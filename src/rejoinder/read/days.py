"""Publication days as users write them, and as data files have them: in more forms, but never a guess."""

import datetime as dt
import re

from rejoinder.errors import BadDate
from rejoinder.read.datewords import MONTHS

__all__ = ["day_said", "parse_date"]

_DAY = re.compile(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})")
_REMEDY = "Write it as YYYY-MM-DD, for example 2016-05-13."
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_WRITTEN = tuple(
    re.compile(_WEEKDAY + form + r"(?:,?\s+(?:at\s+)?\d{1,2}:\d\d.*)?", re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",  # May 13, 2016
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})",  # 13 May 2016
    )
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?:[ T]+\d.*)?")
_RUN_ON = re.compile(r"(\d{8})\d{6}")
"""Date and time in one number, as event data and web archives write them."""
_LONGEST = 80


def parse_date(text: str) -> dt.date:
    """The day in ``text``: "2016-05-13", "20160513", or an ISO 8601 date and time such as "2016-05-13T10:00:00+09:00".

    Of a date and time the date as written is taken, whatever the zone: it is the day the readers had.
    Raises ``BadDate`` where ``text`` is no such date; the message names it and says what to write.
    """
    wanted = text.strip()
    match = _DAY.match(wanted)
    if match is None:
        raise BadDate(f"{_shown(wanted)} is no date. {_REMEDY}")
    try:
        day = dt.date(int(match[1]), int(match[3]), int(match[4]))
        if match.end() < len(wanted):
            dt.datetime.fromisoformat(wanted)
    except ValueError as error:
        raise BadDate(f"{_shown(wanted)} is no date ({error}). {_REMEDY}") from error
    return day


def day_said(value: str | dt.date) -> dt.date:
    """The day that ``value`` says: a date, or ISO 8601, "20160513103000", "2016/5/13", "13 May 2016", RFC 2822.

    A day and month both in digits with the year last are in doubt and refused. Raises ``BadDate``.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = value.strip()
    if run_on := _RUN_ON.fullmatch(text):
        return parse_date(run_on[1])
    try:
        return parse_date(text)
    except BadDate:
        found = _written(text) if len(text) <= _LONGEST else None
        if found is None:
            raise
        return found


def _written(text: str) -> dt.date | None:
    for form in (*_WRITTEN, _YEAR_FIRST):
        if match := form.fullmatch(text):
            month = match["month"].lower()[:3]
            number = int(month) if month.isdecimal() else MONTHS.index(month) + 1
            try:
                return dt.date(int(match["year"]), number, int(match["day"]))
            except ValueError:
                return None
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 (takes long to load, and few need it)

    try:
        return parsedate_to_datetime(text).date() if re.match(r"[A-Za-z]{3}, ?\d", text) else None
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _shown(text: str, limit: int = 40) -> str:
    return repr(text if len(text) <= limit else text[:limit] + "...")
