"""Words that open or close a time ("since", "until", "by") and words that make two times one ("from X to Y")."""

import datetime as dt
import re
from dataclasses import replace

from rejoinder.dates.days import Days
from rejoinder.dates.reading import Found, Frame, Reading

__all__ = ["bounded", "joined"]

_BOUND = re.compile(
    r"\b(?P<word>(?:ever )?since|until|till|up to|up until|through|by|no later than|before|prior to|after|from|"
    r"effective|as of|as from)\s(?P<the>(?:on |in |the |at |as early as )*)$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:to|until|till|through|[-–—])\s*|\s(?:to|until|till|through)\s(?:the\s|on\s|in\s)?")
_MOVED = re.compile(r"\b(?:postpone|delay|move|reschedule|brought forward|put off|up|down|rose|fell)\w*\b[^.;]{0,40}$")
_END = re.compile(r"(?:the )?(?:very )?end\b", re.IGNORECASE)
_ONE = dt.timedelta(days=1)


def bounded(text: str, first: int, start: int, core: Reading, frame: Frame) -> tuple[int, Reading]:
    """Where the phrase begins, its bounding word included, and what it means with it.

    ``first`` is the place before which no bounding word is looked for.
    """
    match = _BOUND.search(text, max(first, start - 30), start)
    if match is None or core.kind != "date" or frame.tied is not None:
        return start, core
    word = re.sub(r"\s+", " ", match["word"].lower()).removeprefix("ever ")
    if word in {"before", "prior to", "by"} and _END.match(text, start):
        word = "by"  # before the end of May: by its last day
    days = _days(word, core, frame, attributive="the " in match["the"].lower())
    if days is None:
        return start, core
    if days.earliest and days.latest and days.earliest > days.latest:
        return start, core
    return match.start(), replace(core, days=days, partial=core.partial, firm=False)


def _days(word: str, core: Reading, frame: Frame, *, attributive: bool) -> Days | None:
    """The bounded days, None where the word does not bound the time ("after the January 6 test")."""
    whole, anchor = core.days, frame.anchor
    if whole.earliest is None or whole.latest is None or (core.scale == "day" and whole.earliest != whole.latest):
        return None
    noun = re.match(r"['’]s?\b|\s\w", frame.after) if attributive else re.match(r"['’]s?\s\w", frame.after)
    if word == "since":
        return None if attributive and noun else Days(whole.earliest, anchor)
    if word in {"until", "till", "up to", "up until", "through"}:
        return Days(None, whole.latest)
    if word in {"by", "no later than"}:
        if re.match(r"['’]s\b", frame.after):
            return None  # "demonstrated by Sunday's bombings"
        return Days(anchor if anchor and whole.latest >= anchor else None, whole.latest)
    if word in {"effective", "as of", "as from"}:
        return Days(whole.earliest, None)
    if word == "from":
        return None if core.scale in {"year", "decade"} or noun else Days(whole.earliest, None)
    if noun:
        return None
    if word == "after":
        return Days(whole.latest + _ONE, None)
    return Days(None, whole.earliest - _ONE)


def joined(text: str, first: Found, second: Found) -> Found | None:
    """Both as one, where the words say from one to the other, or where the second goes on where the first ends."""
    one, two = first.core, second.core
    if one.kind != "date" or two.kind != "date" or None in (*one.days, *two.days):
        return None
    assert one.days.earliest
    assert one.days.latest
    assert two.days.earliest
    assert two.days.latest
    if one.days.earliest > two.days.earliest or one.days.latest > two.days.latest:
        return None
    head, link = text[first.sentence[0] : first.start], text[first.end : second.start]
    between = re.search(r"\bbetween\s(?:the\s)?$", head, re.IGNORECASE) is not None and link.strip() == "and"
    goes_on = link.strip() == "and" and two.days.earliest == one.days.latest + _ONE
    spans = _RANGE.fullmatch(link) is not None and not _MOVED.search(head)
    if not (between or goes_on or spans):
        return None
    core = replace(one, days=Days(one.days.earliest, two.days.latest), scale=two.scale)
    return replace(first, end=second.end, core=core, reading=core)
