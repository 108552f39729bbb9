"""Publication dates as users and files write them."""

import datetime as dt
import re

from rejoinder.errors import BadDate

__all__ = ["parse_date"]

_DAY = re.compile(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})")
_REMEDY = "Write it as YYYY-MM-DD, for example 2016-05-13."


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


def _shown(text: str, limit: int = 40) -> str:
    return repr(text if len(text) <= limit else text[:limit] + "...")
