"""Readers of phrases that count: so long ago, so long after another time, over so long, so often."""

import datetime as dt
import re
from typing import Literal

from rejoinder.dates import days as cal
from rejoinder.dates.days import Days
from rejoinder.dates.reading import (
    ONE_DAY,
    OPEN,
    Frame,
    Reading,
    Scale,
    count_of,
    flat,
    one_day,
    part_days,
    part_of,
    whole_of,
)

__all__ = [
    "ago",
    "duration",
    "eve",
    "every",
    "hours",
    "in_time",
    "nearby",
    "rolling",
    "rolling_one",
    "shift",
    "since_then",
    "some_days",
    "vague",
    "within",
]

_DAY_PARTS = {"day", "night", "morning", "evening", "afternoon"}
_AT_LEAST = {"more than", "over", "well over", "at least", "just over", "a little over"}
_AT_MOST = {"less than", "fewer than", "under", "just under"}
# "for the first time in two years", "the longest talks in a decade" look back, whatever is to come.
_RANKED = re.compile(r"\b(?:first|second|third|only|once|times?|worst|[a-z]{3,}est)\b[^.;,]{0,50}$")
_EVENT = re.compile(r"\s[\w“\"‘]")


def _singular(word: str) -> str:
    return word.lower().removesuffix("s")


def rolling(match: re.Match[str], frame: Frame) -> Reading | None:
    """Over the past three weeks; in the next few days; for the last two years."""
    if frame.anchor is None:
        return OPEN
    ahead = flat(match["rel"]) in {"next", "coming", "following"}
    count = count_of(match["n"], frame.lexicon) if match["n"] else None
    if count is None:
        return Reading(Days(frame.anchor, None) if ahead else Days(None, frame.anchor), kind="vague")
    return _stretch(frame.anchor, count if ahead else -count, _singular(match["unit"]))


def rolling_one(match: re.Match[str], frame: Frame) -> Reading | None:
    """Over the past week; this past year; in the coming year."""
    if frame.anchor is None:
        return OPEN
    ahead = flat(match["rel"]) in {"next", "coming"}
    return _stretch(frame.anchor, 1 if ahead else -1, flat(match["unit"]))


def _stretch(anchor: dt.date, count: int, size: str) -> Reading:
    ends = sorted([anchor, cal.shift(anchor, count, size)])
    return Reading(Days(ends[0], ends[1]))


def _about(base: dt.date, count: int, size: str) -> Reading:
    """The day or days so far from ``base``: a distance is as exact as its unit.

    Days and one week are exact to the day, more weeks to half a week, months and one year to the month, more years to
    the year.
    """
    when = cal.shift(base, count, size)
    if size in {"day", "night"} or (size == "week" and abs(count) == 1):
        return one_day(when)
    if size == "week":
        return Reading(Days(when - 3 * ONE_DAY, when + 3 * ONE_DAY), firm=True, scale="week")
    if size == "month" or (size == "year" and abs(count) == 1):
        return Reading(cal.month(when.year, when.month), firm=True, scale="month")
    return Reading(cal.year(when.year), firm=True, scale="year")


def ago(match: re.Match[str], frame: Frame) -> Reading | None:
    """Two days ago; three weeks ago; a year ago; more than a month ago; ten years ago today."""
    anchor = frame.anchor
    if anchor is None:
        return OPEN
    count, more, size = count_of(match["n"], frame.lexicon), flat(match["more"]), _singular(match["unit"])
    if count is None:
        return Reading(Days(None, anchor - ONE_DAY), kind="vague")
    exact = cal.shift(anchor, -count, size)
    if match["today"]:
        return one_day(exact if "today" in flat(match["today"]) else exact - ONE_DAY)
    if more in _AT_MOST:
        return Reading(Days(exact, anchor), firm=True)
    if more in _AT_LEAST:
        return Reading(Days(None, exact))
    return _about(anchor, -count, size)


def _base(frame: Frame, size: str = "day") -> Days | None:
    """What a relative time counts from: the time it is tied to, the last time named, or the day of writing.

    Days do not count from a time of more than a month ("in 2011 ... the previous day").
    """
    if frame.tied:
        return frame.tied.days
    previous = frame.previous
    if previous and previous.days.earliest and previous.days.latest:
        length = (previous.days.latest - previous.days.earliest).days
        if length <= 31 or size not in _DAY_PARTS:
            return previous.days
    return Days(frame.anchor, frame.anchor) if frame.anchor else None


def shift(match: re.Match[str], frame: Frame) -> Reading | None:
    """A day earlier; two weeks later; a day after Sunday; two days after [an event].

    "A day after" followed by an event without a date tells when that event was: as long before the news as it says.
    """
    size, way = _singular(match["unit"]), flat(match["dir"])
    count, base = count_of(match["n"], frame.lexicon), _base(frame, size)
    if base is None:
        return OPEN
    opens = way in {"after", "before"} and frame.tied is None and _EVENT.match(frame.after) is not None
    late = base is not None and base.earliest is not None and frame.anchor is not None and base.earliest > frame.anchor
    if opens and frame.anchor and (late or not frame.near):
        base = Days(frame.anchor - ONE_DAY, frame.anchor)
    if opens and way == "before" and frame.before.strip():
        return Reading(kind="vague")  # "two days before the vote": nobody says when the vote is
    back = way in {"earlier", "before", "prior", "previously"} or (way == "after" and opens)
    if count is None or base.earliest is None or base.latest is None:
        return Reading(Days(None, base.latest) if back else Days(base.earliest, None), kind="vague")
    more = flat(match["more"])
    step = -count if back else count
    if more in _AT_LEAST and back:
        return Reading(Days(None, cal.shift(base.earliest, step, size)))
    first, last = _about(base.earliest, step, size), _about(base.latest, step, size)
    return Reading(Days(first.days.earliest, last.days.latest), firm=not opens, scale=first.scale)


def hours(match: re.Match[str], frame: Frame) -> Reading | None:
    """Hours later; hours after [an event]; within hours: the same day or one beside it."""
    base = _base(frame)
    if base is None or base.earliest is None or base.latest is None:
        return OPEN
    way = flat(match.groupdict().get("dir"))
    if way in {"earlier", "ago", "after", "before"} and not frame.tied:
        return Reading(Days(base.earliest - ONE_DAY if base.earliest == frame.anchor else base.earliest, base.latest))
    return Reading(base)


def some_days(match: re.Match[str], frame: Frame) -> Reading | None:
    """Days after [an event]; weeks later: on one side of a day, and nobody says how far."""
    base = _base(frame)
    if base is None or base.earliest is None or base.latest is None:
        return OPEN
    if flat(match["dir"]) == "later":
        return Reading(Days(base.earliest, None), kind="vague")
    return Reading(Days(None, (frame.anchor or base.latest) - ONE_DAY), kind="vague")


def since_then(_match: re.Match[str], frame: Frame) -> Reading | None:
    """Since then: from the last time named to the day of writing."""
    base = frame.previous.days.earliest if frame.previous else None
    if base is None or (frame.anchor and base > frame.anchor):
        return Reading(Days(None, frame.anchor), kind="vague", unanchored=frame.anchor is None)
    return Reading(Days(base, frame.anchor))


def nearby(match: re.Match[str], frame: Frame) -> Reading | None:
    """The following day; the day before; the same day; that night; that month."""
    size, rel = flat(match["unit"]), flat(match["rel"])
    base = _base(frame, size)
    if base is None:
        return OPEN
    if base.earliest is None or base.latest is None:
        return Reading(kind="vague")
    step = {"next": 1, "following": 1, "after": 1, "previous": -1, "preceding": -1, "before": -1}
    count = step.get(rel, -1 if rel in {"earlier", "prior"} else 0)
    if rel == "after" and frame.tied is None and _EVENT.match(frame.after):
        return Reading(Days(None, frame.anchor), kind="vague")  # "the day after the attack", on a day nobody names
    if size in _DAY_PARTS:
        return Reading(Days(base.earliest + count * ONE_DAY, base.latest + count * ONE_DAY), firm=True)
    whole = whole_of(size, base.earliest, count)
    part = part_of(match.groupdict().get("part"), frame.lexicon)
    scale: Scale = size  # type: ignore[assignment]
    return Reading(part_days(part, size, whole, frame) if part else whole, firm=True, scale=scale)


def eve(_match: re.Match[str], frame: Frame) -> Reading | None:
    """On the eve of [a day]; on its eve."""
    base = _base(frame)
    if base is None or base.earliest is None:
        return OPEN
    return one_day(base.earliest - ONE_DAY)


def within(match: re.Match[str], frame: Frame) -> Reading | None:
    """Within ten days; in the space of two weeks."""
    count = count_of(match["n"], frame.lexicon)
    if frame.anchor is None or count is None:
        return Reading(kind="duration", unanchored=frame.anchor is None)
    ahead = frame.tense != "past" and flat(match["rel"]) == "within"
    return _stretch(frame.anchor, count if ahead else -count, _singular(match["unit"]))


def in_time(match: re.Match[str], frame: Frame) -> Reading | None:
    """In three months (from now, where something is to come); the second launch in two days."""
    count = count_of(match["n"], frame.lexicon)
    if frame.anchor is None or count is None:
        return OPEN
    size = _singular(match["unit"])
    if frame.tense == "future" and not _RANKED.search(frame.before):
        return _about(frame.anchor, count, size)
    return _stretch(frame.anchor, -count, size)


def duration(match: re.Match[str], frame: Frame) -> Reading | None:
    """For three days; more than 35 years. Bound only where it lasts to the day of writing ("has ... for a week")."""
    kind: Literal["duration"] = "duration"
    count, anchor = count_of(match["n"], frame.lexicon), frame.anchor
    lasts = re.search(r"\b(?:has|have|been)\b[^.;]{0,60}$", frame.before) is not None
    if not match["for"] or not lasts or anchor is None or frame.tense == "future":
        return Reading(kind=kind)
    open_start = count is None or flat(match["more"]) in _AT_LEAST
    start = None if open_start or count is None else cal.shift(anchor, -count, _singular(match["unit"]))
    return Reading(Days(start, anchor), kind=kind)


def every(_match: re.Match[str], _frame: Frame) -> Reading | None:
    """Every day; Fridays; repeatedly."""
    return Reading(kind="set")


def vague(match: re.Match[str], frame: Frame) -> Reading | None:
    """soon; recently; in the coming days."""
    side = frame.lexicon.vague[flat(match["words"])]
    if frame.anchor is None or side == "open":
        return Reading(kind="vague")
    return Reading(Days(frame.anchor, None) if side == "since" else Days(None, frame.anchor), kind="vague")
