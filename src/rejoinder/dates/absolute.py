"""Readers of phrases that name a day, month, year or season themselves."""

import datetime as dt
import re

from rejoinder.dates import days as cal
from rejoinder.dates.days import Days
from rejoinder.dates.reading import OPEN, Frame, Reading, part_of

__all__ = [
    "day_of_month",
    "decade",
    "half",
    "iso",
    "month",
    "month_day",
    "moving_day",
    "named_day",
    "nine_eleven",
    "season",
    "year",
    "year_of",
    "years",
]

_YEAR_STEPS = {
    "last": -1,
    "the previous": -1,
    "this": 0,
    "the": 0,
    "the same": 0,
    "that": 0,
    "next": 1,
    "the following": 1,
}
_STRONG_YEAR_CUE = re.compile(
    r"(?:^|[^\w])(?:in|since|during|until|till|through|circa|early|mid|late|year|back|summer|spring|autumn|fall|winter)[\s-]$",
    re.IGNORECASE,
)
_WEAK_YEAR_CUE = re.compile(
    r"(?:^|[^\w])(?:of|by|from|between|before|after|for|to|around|than in|as of)\s$", re.IGNORECASE
)
_DETERMINER = re.compile(r"(?:^|[^\w])(?:the|its|their|his|her|a|this|that|our|\w+['’]s)\s$", re.IGNORECASE)
_MONTH_CUE = re.compile(
    r"(?:^|[^\w])(?:in|since|by|until|till|during|from|through|between|before|after|the|this|last|next|each|every|for|on)\s$",
    re.IGNORECASE,
)
_FIRM_MONTH_CUE = re.compile(r"(?:^|[^\w])(?:in|since|until|during|of|through|between)\s$", re.IGNORECASE)
_FUNCTION_WORD = re.compile(
    r"\s*(?:[.,;:)\]”\"'’?!]|$|(?:in|at|of|to|for|with|by|on|as|the|a|an|after|before|when|where|while|during|will|was|were|"
    r"and|or|but|that|which|who|had|has|is|if|until|under|over|because|since|through|between)\b)"
)


def iso(match: re.Match[str], _: Frame) -> Reading | None:
    """2016-01-06."""
    when = cal.day(int(match["y"]), int(match["m"]), int(match["d"]))
    return Reading(Days(when, when), firm=True) if when else None


def _year_named(match: re.Match[str], frame: Frame) -> int | None:
    """The year that the phrase gives, in figures or as "last year"; None where it gives none."""
    if match["y"]:
        return int(match["y"])
    if not match["yrel"]:
        return frame.year_ahead
    words = re.sub(r"\s+", " ", match["yrel"].lower())
    base = (
        frame.previous.days.earliest
        if words in {"that", "the same", "the following", "the previous"} and frame.previous
        else None
    )
    base = base or frame.anchor
    return base.year + _YEAR_STEPS[words] if base else None


def _number(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _month_number(words: str, frame: Frame) -> int:
    return frame.lexicon.months[words.rstrip(".")]


def month_day(match: re.Match[str], frame: Frame) -> Reading | None:
    """January 6; Jan. 6, 2016; 6-8 January; May 3 and 4; April 16 last year."""
    number, first = _month_number(match["mon"], frame), _number(match["d"])
    last = _number(match["d2"]) if match["d2"] else first
    if last < first or cal.day(2000, number, last) is None:
        return None
    year_ = _year_named(match, frame)
    if year_ is None:
        known = _event(number, first, frame)
        if known is not None:
            return known
        if match["yrel"] or frame.anchor is None:
            year_ = frame.chain.days.earliest.year if frame.chain and frame.chain.days.earliest else None
            if year_ is None:
                span = f"XXXX-{number:02}-{first:02}"
                return Reading(partial=span if last == first else f"{span}/XXXX-{number:02}-{last:02}", unanchored=True)
    if year_ is not None:
        start, end = cal.day(year_, number, first), cal.day(year_, number, last)
        return Reading(Days(start, end), firm=True) if start and end else None
    assert frame.anchor is not None
    return Reading(_yearly(number, first, last, frame.anchor, frame), firm=True)


def _yearly(number: int, first: int, last: int, anchor: dt.date, frame: Frame) -> Days:
    """The occurrence of a day of the year that is meant. A day a few weeks off is nearer than one of last year."""
    starts = [(cal.day(year_, number, first), cal.day(year_, number, last)) for year_ in _around(anchor, 8)]
    candidates = [Days(start, end) for start, end in starts if start and end]
    return cal.nearest(candidates, anchor, frame.tense, ahead=75, behind=150)


def _around(anchor: dt.date, reach: int = 1) -> range:
    return range(max(1, anchor.year - reach), min(9999, anchor.year + reach) + 1)


def _event(number: int, first: int, frame: Frame) -> Reading | None:
    """Whether the day is the name of a known event or document; of an unknown one the year stays open."""
    for event in frame.lexicon.events:
        known = frame.anchor is None or event.date <= frame.anchor
        if known and (event.month, event.day) == (number, first) and event.words.match(frame.after):
            return Reading(Days(event.date, event.date))
    if re.search(r"\bthe\s$", frame.before, re.IGNORECASE) and frame.lexicon.title_noun.match(frame.after):
        return Reading(partial=f"XXXX-{number:02}-{first:02}")
    return None


def month(match: re.Match[str], frame: Frame) -> Reading | None:
    """January; early May; last December; May 2016; June last year; that December; earlier in May."""
    number, part = _month_number(match["mon"], frame), part_of(match["part"], frame.lexicon)
    rel = re.sub(r"\s+", " ", (match["rel"] or "").lower())
    year_ = _year_named(match, frame)
    if year_ is None and not rel and not part and _is_no_month(match["mon"], frame):
        return None
    if year_ is None and rel in {"that", "the same"} and frame.previous and frame.previous.days.latest:
        year_ = frame.previous.days.latest.year
    whole = cal.month(year_, number) if year_ is not None else _month_near(number, rel, frame)
    if whole is None:
        return Reading(partial=f"XXXX-{number:02}", unanchored=True, scale="month")
    if part:
        whole = cal.part_of_month(whole, frame.lexicon.parts[part]["month"])
    if rel == "earlier in" and frame.anchor and whole.earliest and whole.earliest <= frame.anchor:
        whole = Days(whole.earliest, min(whole.latest or frame.anchor, frame.anchor))
    return Reading(whole, firm=True, scale="month")


def _month_near(number: int, rel: str, frame: Frame) -> Days | None:
    anchor = frame.anchor
    if anchor is None:
        chained = frame.chain.days.earliest if frame.chain else None
        return cal.month(chained.year, number) if chained else None
    candidates = [cal.month(year_, number) for year_ in _around(anchor)]
    if not rel and frame.chain and frame.chain.scale == "month" and frame.chain.days.earliest:
        start = frame.chain.days.earliest
        return cal.month(start.year if number >= start.month else start.year + 1, number)
    if rel in {"last", "the previous", "this past"}:
        return [one for one in candidates if one.latest and one.latest < anchor.replace(day=1)][-1]
    if rel == "next":
        return next(one for one in candidates if one.earliest and one.earliest > anchor)
    if rel == "this":
        return cal.month(anchor.year, number)
    if rel in {"this coming", "the following"}:
        return cal.nearest(candidates, anchor, "future")
    return cal.nearest(candidates, anchor, frame.tense, ahead=62, behind=150)


def _is_no_month(word: str, frame: Frame) -> bool:
    """Whether "May", "March", "Jan" alone are the verb or a name here, "April Smith" a person."""
    lexicon = frame.lexicon
    if lexicon.not_after.search(frame.before) or lexicon.not_before.match(frame.after):
        return True
    if word not in lexicon.doubtful and word.rstrip(".") in lexicon.doubtful:
        return False
    if frame.chain is not None and frame.chain.scale == "month":
        return False
    if word in {"May", "March"} and frame.doubtful_names:
        return not _FIRM_MONTH_CUE.search(frame.before)
    if word in lexicon.doubtful:
        return not (
            _MONTH_CUE.search(frame.before) or re.search(r"\b(?:end|month|beginning|start) of\s$", frame.before)
        )
    named_after = re.match(r"\s[A-Z][a-z]+", frame.after)
    return bool(named_after and word in {"April", "June", "August"} and not _MONTH_CUE.search(frame.before))


def day_of_month(match: re.Match[str], frame: Frame) -> Reading | None:
    """The 6th: that day of a month just named, else of the month of writing or the one before."""
    number = _number(match["d"])
    base = frame.previous.days.latest if frame.previous and frame.previous.scale in {"month", "day"} else None
    base = base or frame.anchor
    if base is None:
        return Reading(partial=f"XXXX-XX-{number:02}", unanchored=True)
    months = [cal.month(base.year, base.month + step).earliest for step in (-2, -1, 0, 1, 2)]
    found = [one for first in months if first and (one := cal.day(first.year, first.month, number))]
    if frame.previous and base is not frame.anchor:
        same = [one for one in found if (one.year, one.month) == (base.year, base.month)]
        found = same or found
    when = cal.nearest([Days(one, one) for one in found], base, frame.tense or "past")
    return Reading(when, firm=True)


def _is_no_year(match: re.Match[str], frame: Frame) -> bool:
    """A bare four-digit number is a year only where words around it say so."""
    if match["part"]:
        return False
    lexicon, before, after = frame.lexicon, frame.before, frame.after
    if lexicon.number_before.search(before) or lexicon.counted.match(after) or re.search(r"[$£€#№]\s?$", before):
        return True
    if frame.chain is not None and frame.chain.scale == "year":
        return False
    if _STRONG_YEAR_CUE.search(before):
        return False
    if before.endswith("(") and re.match(r"\)|[,;]| ?[-–—]", after):
        return False
    if re.match(r"['’]s\b", after) or re.match(r"\s[A-Z][a-z]+", after):
        return False
    if _WEAK_YEAR_CUE.search(before):
        return not _FUNCTION_WORD.match(after)
    return not (_DETERMINER.search(before) and re.match(r"\s[a-z]|\s[A-Z]", after))


def year(match: re.Match[str], frame: Frame) -> Reading | None:
    """In 2000; the 2000 summit; late 2015; the end of 2016."""
    if _is_no_year(match, frame):
        return None
    whole, part = cal.year(int(match["y"])), part_of(match["part"], frame.lexicon)
    if part:
        whole = cal.part_of_year(whole, frame.lexicon.parts[part]["year"])
    return Reading(whole, firm=True, scale="year")


def year_of(match: re.Match[str], _: Frame) -> Reading | None:
    """The year 2000."""
    return Reading(cal.year(int(match["y"])), firm=True, scale="year")


def years(match: re.Match[str], frame: Frame) -> Reading | None:
    """1950-53; 2011–2012."""
    first, short = int(match["y"]), match["y2"]
    last = int(short) if len(short) == 4 else first // 100 * 100 + int(short)
    if last <= first or last - first > 100 or frame.lexicon.counted.match(frame.after):
        return None
    return Reading(Days(cal.year(first).earliest, cal.year(last).latest), firm=True, scale="year")


def decade(match: re.Match[str], frame: Frame) -> Reading | None:
    """The 1990s; the late 2000s; mid-1990s."""
    first, part = int(match["dec"]), part_of(match["part"], frame.lexicon)
    whole = cal.part_of_decade(first, frame.lexicon.parts[part]["decade"]) if part else cal.decade(first)
    return Reading(whole, firm=True, scale="decade")


def half(match: re.Match[str], frame: Frame) -> Reading | None:
    """The first quarter of 2013; the second half of last year."""
    year_ = _year_named(match, frame)
    if year_ is None:
        return OPEN
    size = 3 if match["size"].lower() == "quarter" else 6
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 12 // size}[match["n"].lower()]
    if order * size > 12:
        return None
    return Reading(cal.season_of(year_, (order - 1) * size + 1, size), firm=True, scale="month")


def season(match: re.Match[str], frame: Frame) -> Reading | None:
    """Spring 2013; the spring of last year; in the spring."""
    groups = match.groupdict()
    first = frame.lexicon.seasons[groups["season"].lower()]
    year_ = _year_named(match, frame) if "y" in groups else None
    if year_ is not None:
        return Reading(cal.season(year_, first), firm=True, scale="month")
    if frame.anchor is None:
        return OPEN
    return Reading(cal.nearest(cal.seasons(frame.anchor, first), frame.anchor, frame.tense), scale="month", firm=True)


def named_day(match: re.Match[str], frame: Frame) -> Reading | None:
    """New Year's Day; the Day of the Sun; Christmas 2015."""
    name = re.sub(r"\s+", " ", match["name"])
    number, first = frame.lexicon.named_days[name]
    if match["y"]:
        when = cal.day(int(match["y"]), number, first)
        return Reading(Days(when, when), firm=True) if when else None
    if frame.anchor is None:
        return Reading(partial=f"XXXX-{number:02}-{first:02}", unanchored=True)
    return Reading(_yearly(number, first, first, frame.anchor, frame), firm=True)


def moving_day(_match: re.Match[str], _frame: Frame) -> Reading | None:
    """Lunar New Year and other days that no fixed rule gives."""
    return Reading(kind="vague")


def nine_eleven(_match: re.Match[str], _frame: Frame) -> Reading | None:
    """9/11."""
    when = dt.date(2001, 9, 11)
    return Reading(Days(when, when))
