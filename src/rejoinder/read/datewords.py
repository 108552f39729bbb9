"""Days found in what pages, mails, feeds and PDF say; ``days`` is for fields that hold a day or are wrong."""

import datetime as dt
import re
from collections.abc import Iterator

__all__ = ["MONTHS", "day_in", "days_in", "url_day"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first three letters of each month's name, January first."""
FIRST_YEAR, LAST_YEAR = 1850, 2100
EPOCH = dt.date(1970, 1, 1)
"""What a server says that knows no date."""

_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{{0,6}}"
_TH = r"(?:st|nd|rd|th)?"
_DAY = re.compile(
    "|".join(
        (
            r"(?<![\d.])(?P<y1>\d{4})(?P<s>[-/.])\s?(?P<m1>\d{1,2})(?P=s)\s?(?P<d1>\d{1,2})(?!\d)",
            r"(?P<y2>\d{4})\s?[년年]\s?(?P<m2>\d{1,2})\s?[월月]\s?(?P<d2>\d{1,2})\s?[일日]",
            rf"(?<!\d)(?P<d3>\d{{1,2}}){_TH}[\s.-]{{1,2}}(?:of\s)?{_MONTH.format('m3')}[\s.,-]{{1,3}}(?P<y3>\d{{4}})(?!\d)",
            rf"\b{_MONTH.format('m4')}[\s.]{{1,2}}(?P<d4>\d{{1,2}}){_TH}[\s,]{{1,3}}(?P<y4>\d{{4}})(?!\d)",
            r"(?<![\d/.])(?P<a5>\d{1,2})(?P<t>[/.])(?P<b5>\d{1,2})(?P=t)(?P<y5>\d{4})(?!\d)",
        )
    ),
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{4,9}Z?)?(?!\d)")
_URL_DAY = re.compile(
    r"/(?P<y>\d{4})/(?P<m>\d{1,2}|[a-z]{3})/(?P<d>\d{1,2})(?![\d])|(?<!\d)(?P<y2>\d{4})-(?P<m2>\d\d)-(?P<d2>\d\d)(?!\d)",
    re.IGNORECASE,
)


def day_in(text: str) -> dt.date | None:
    """The first day written in ``text``, a short field such as "Fri, 20 May 2016 10:00 GMT"; None where there is none.

    It is the day as written, whatever the hour and zone. "05/04/2016" is none: it may be of April or of May.
    """
    found = next((day for day, _, _ in days_in(text)), None)
    return found or next(
        (day for match in _COMPACT.finditer(text) if (day := _day(match["y"], match["m"], match["d"]))), None
    )


def days_in(text: str) -> Iterator[tuple[dt.date, int, int]]:
    """The days written in ``text``, in order, with where their words begin and end."""
    for match in _DAY.finditer(text):
        day = _written(match)
        if day is not None:
            yield day, match.start(), match.end()


def url_day(url: str) -> dt.date | None:
    """The day in the path of ``url`` ("/2016/05/20/", "/2016/may/20/", "AEN20160520001"); None where there is none."""
    path = url.split("://", 1)[-1].partition("/")[2].partition("#")[0]
    for match in _URL_DAY.finditer("/" + path):
        if day := _day(match["y"] or match["y2"], match["m"] or match["m2"], match["d"] or match["d2"]):
            return day
    return next((day for match in _COMPACT.finditer(path) if (day := _day(match["y"], match["m"], match["d"]))), None)


def _written(match: re.Match[str]) -> dt.date | None:
    for number in "1234":
        if match[f"y{number}"]:
            return _day(match[f"y{number}"], match[f"m{number}"], match[f"d{number}"])
    one, other = int(match["a5"]), int(match["b5"])
    if one != other and max(one, other) <= 12:
        return None
    day, month = (one, other) if other <= 12 else (other, one)
    return _day(match["y5"], str(month), str(day))


def _day(year: str, month: str, day: str) -> dt.date | None:
    letters = month[:3].lower()
    number = MONTHS.index(letters) + 1 if letters in MONTHS else int(month) if month.isdecimal() else 0
    try:
        found = dt.date(int(year), number, int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR and found != EPOCH else None
