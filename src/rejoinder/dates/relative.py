"""Readers of phrases that name a day, week, month or year by its place from the day of writing."""

import datetime as dt
import re

from rejoinder.dates import days as cal
from rejoinder.dates.days import Days
from rejoinder.dates.reading import ONE_DAY, OPEN, Frame, Reading, Scale, flat, one_day, part_days, part_of, whole_of

__all__ = [
    "deictic",
    "unit",
    "weekday",
]


def weekday(match: re.Match[str], frame: Frame) -> Reading | None:
    """Friday; last Friday; next Tuesday; early on Sunday; Monday of last week."""
    lexicon, anchor = frame.lexicon, frame.anchor
    rel, wrel = flat(match["rel"]), flat(match["wrel"])
    if lexicon.not_before.match(frame.after) or (not rel and lexicon.not_after.search(frame.before)):
        return None
    if anchor is None:
        return OPEN
    index = lexicon.weekdays[match["wd"]] - 1
    if wrel:
        monday = cal.week(anchor, {"last": -1, "this": 0, "next": 1}[wrel]).earliest
        assert monday is not None
        return one_day(monday + index * ONE_DAY)
    if rel in {"that", "the same", "the following", "the previous"} and frame.previous and frame.previous.days.latest:
        base = frame.previous.days.latest
        ahead = (index - base.weekday()) % 7
        step = {"the previous": ahead - 7, "the following": ahead or 7}.get(rel, ahead if ahead <= 3 else ahead - 7)
        return one_day(base + step * ONE_DAY)
    back, ahead = (anchor.weekday() - index) % 7, (index - anchor.weekday()) % 7
    if frame.chain and frame.chain.days.latest:
        start = frame.chain.days.latest
        return one_day(start + ((index - start.weekday()) % 7 or 7) * ONE_DAY)
    if rel in {"last", "late last", "early last", "this past", "past"}:
        return one_day(anchor - (back or 7) * ONE_DAY)
    if rel in {"next", "this coming", "coming"}:
        return one_day(anchor + (ahead or 7) * ONE_DAY)
    future = frame.tense == "future" or (rel == "this" and frame.tense != "past")
    return one_day(anchor + ahead * ONE_DAY if future else anchor - back * ONE_DAY)


def deictic(match: re.Match[str], frame: Frame) -> Reading | None:
    """today; yesterday; this morning; last night; overnight; earlier in the day."""
    word, anchor = flat(match["day"]), frame.anchor
    if anchor is None:
        return OPEN
    if word == "overnight":
        return Reading(Days(anchor - ONE_DAY, anchor), firm=True)
    step = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    step |= {"last night": -1, "last evening": -1, "last morning": -1, "last afternoon": -1}
    if word.endswith("the day"):
        same = frame.previous if frame.near and frame.previous and _is_day(frame.previous) else one_day(anchor)
        return Reading(same.days, firm=True)
    return one_day(anchor + step.get(word, step.get(word.split()[0], 0) if word.split()[0] != "last" else -1) * ONE_DAY)


def _is_day(reading: Reading) -> bool:
    return reading.days.earliest is not None and reading.days.earliest == reading.days.latest


def unit(match: re.Match[str], frame: Frame) -> Reading | None:
    """Last week; earlier this month; late last year; next weekend; this summer; the end of the month."""
    groups = match.groupdict()
    anchor, rel, edge = frame.anchor, flat(groups["rel"]) or "the", flat(groups.get("part"))
    if (
        rel in {"the following", "the previous", "the same", "that same"}
        and frame.previous
        and frame.previous.days.latest
    ):
        anchor = frame.previous.days.latest
    if anchor is None:
        return OPEN
    if groups.get("season"):
        return _season(flat(groups["season"]), rel, frame, anchor)
    size = flat(groups["unit"])
    if size == "weekend":
        return _weekend(rel, frame, anchor)
    step = {
        "last": -1,
        "this past": -1,
        "the past": -1,
        "the previous": -1,
        "next": 1,
        "the coming": 1,
        "this coming": 1,
    }
    step["the following"] = 1
    whole = whole_of(size, anchor, step.get(rel, 0))
    scale: Scale = "month" if size == "quarter" else "decade" if size == "century" else size  # type: ignore[assignment]
    if edge.startswith(("earlier", "later", "some")):
        return Reading(_up_to(edge, whole, anchor), firm=True, scale=scale)
    part = part_of(edge, frame.lexicon)
    if part:
        return Reading(part_days(part, size, whole, frame), firm=True, scale=scale)
    if rel == "this" and size in {"week", "month", "year"} and frame.tense:
        whole = _up_to("later" if frame.tense == "future" else "earlier", whole, anchor)
    return Reading(whole, firm=True, scale=scale)


def _up_to(edge: str, whole: Days, anchor: dt.date) -> Days:
    """For "earlier this month" its first day to the anchor; for "later" the anchor to its last day."""
    inside = whole.earliest is not None and whole.latest is not None and whole.earliest <= anchor <= whole.latest
    if not inside or edge.startswith("some"):
        return whole
    return Days(whole.earliest, anchor) if edge.startswith("earlier") else Days(anchor, whole.latest)


def _weekend(rel: str, frame: Frame, anchor: dt.date) -> Reading:
    late = anchor.weekday() >= 5
    if rel in {"last", "this past", "the past", "the previous"}:
        when = cal.weekend(anchor, -1)
    elif rel in {"next", "the following"}:
        when = cal.weekend(anchor, 1)
    elif rel in {"this", "this coming", "the coming"} or frame.tense == "future":
        when = cal.weekend(anchor, -1 if frame.tense == "past" and anchor.weekday() <= 2 else 0)
    else:
        when = cal.weekend(anchor, 0 if late else -1)
    return Reading(when, firm=True, scale="week")


def _season(name: str, rel: str, frame: Frame, anchor: dt.date) -> Reading:
    first = frame.lexicon.seasons[name]
    every = cal.seasons(anchor, first)
    if rel in {"last", "this past"}:
        when = [one for one in every if one.latest and one.latest < anchor][-1]
    elif rel == "next":
        when = next(one for one in every if one.earliest and one.earliest > anchor)
    elif rel == "this coming":
        when = cal.nearest(every, anchor, "future")
    else:  # of the calendar year of writing; a winter that is not over belongs to the year before
        started = anchor.year - 1 if first == 12 and anchor.month <= 5 else anchor.year
        when = cal.season(started, first)
    return Reading(when, firm=True, scale="month")
