"""What the readers of phrases are given and what they give back."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from rejoinder.dates import days as cal
from rejoinder.dates.days import Days, Tense
from rejoinder.dates.lexicon import Lexicon

__all__ = [
    "ONE_DAY",
    "OPEN",
    "Found",
    "Frame",
    "Reading",
    "Scale",
    "count_of",
    "flat",
    "one_day",
    "part_days",
    "part_of",
    "whole_of",
]

ONE_DAY = dt.timedelta(days=1)

Scale = Literal["day", "week", "month", "year", "decade"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The days a phrase means. ``unanchored``: they are open only because nothing says when the text was written.

    ``firm`` readings are times that "the next day" may count from. ``scale`` is the size of the unit named.
    """

    days: Days = Days()
    partial: str | None = None
    kind: Literal["date", "duration", "set", "vague"] = "date"
    unanchored: bool = False
    firm: bool = False
    scale: Scale = "day"


OPEN = Reading(unanchored=True)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a phrase stands. ``before`` and ``after`` are the words around it, within its sentence.

    ``anchor`` is the day of writing, ``previous`` the last firm time before the phrase
    (``near``: in its own sentence), ``tied`` the time that the
    phrase counts from by its own words ("a day after Sunday"), ``chain`` a time that it is joined to by "and", "to",
    a comma or a dash. ``doubtful_names``: the text has a person called May. ``year_ahead`` is the year that the time
    it is joined to has behind it ("from January 6 to March 3, 2016").
    """

    lexicon: Lexicon
    anchor: dt.date | None = None
    tense: Tense = ""
    previous: Reading | None = None
    near: bool = False
    tied: Reading | None = None
    chain: Reading | None = None
    before: str = ""
    after: str = ""
    doubtful_names: bool = False
    year_ahead: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase read: its characters, what it means, and what it means without "since", "until" and the like."""

    start: int
    end: int
    reading: Reading
    core: Reading
    sentence: tuple[int, int]
    how: str


def count_of(words: str, lexicon: Lexicon) -> int | None:
    """The number that words or digits say ("twenty-one", "3"), or None for "a few" and the like."""
    if words.isdecimal():
        return int(words)
    total = 0
    for word in re.split(r"[-\s]+", words.lower()):
        if word not in lexicon.numbers:
            return None
        total += lexicon.numbers[word]
    return total


def part_of(words: str | None, lexicon: Lexicon) -> str | None:
    """The key in ``lexicon.parts`` that words such as "the end of" hold, or None."""
    if not words:
        return None
    return next((word for word in re.split(r"\W+", words.lower()) if word in lexicon.parts), None)


def flat(words: str | None) -> str:
    """The words in lower case, with single blanks; "" for None."""
    return re.sub(r"\s+", " ", (words or "").lower())


def one_day(when: dt.date) -> Reading:
    """A single day, from which others may count."""
    return Reading(Days(when, when), firm=True)


def whole_of(size: str, anchor: dt.date, step: int) -> Days:
    """All days of the anchor's week, month, quarter, year, decade or century, or of one ``step`` later."""
    if size == "week":
        return cal.week(anchor, step)
    if size == "month":
        return cal.month(anchor.year, anchor.month + step)
    if size == "quarter":
        return cal.season_of(anchor.year, (anchor.month - 1) // 3 * 3 + 1 + 3 * step, 3)
    if size == "year":
        return cal.year(anchor.year + step)
    length = 10 if size == "decade" else 100
    first = (anchor.year // length + step) * length
    return Days(dt.date(first, 1, 1), dt.date(first + length - 1, 12, 31))


def part_days(part: str, size: str, whole: Days, frame: Frame) -> Days:
    """The early, middle or late part of a week, month, year or decade."""
    assert whole.earliest is not None
    bounds = frame.lexicon.parts[part]
    if size == "month":
        return cal.part_of_month(whole, bounds["month"])
    if size == "year":
        return cal.part_of_year(whole, bounds["year"])
    if size == "week":
        first, last = bounds["week"]
        return Days(whole.earliest + (first - 1) * ONE_DAY, whole.earliest + (last - 1) * ONE_DAY)
    return cal.part_of_decade(whole.earliest.year, bounds["decade"]) if size == "decade" else whole
