"""What stands around a phrase: its sentence, its tense, and the day the text itself gives as its own."""

import datetime as dt
import re
from collections.abc import Iterator

from rejoinder.dates import days as cal
from rejoinder.dates.days import Tense
from rejoinder.dates.lexicon import Lexicon

__all__ = ["dateline", "sentences", "tense"]

_REACH = 180
_BREAK = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\n+")
_CLAUSE = re.compile(r"[;:—]")
_SHORT = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Adm|Sen|Rep|Gov|Prof|St|No|vs|[A-Z][a-z]{2,3}t?)|[A-Z]\.[A-Z])\.$"
)
_MONTH_SHORT = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$")


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Rough sentences of ``text[start:end]``: enough to keep the tense of one from the dates of the next."""
    first = start
    for match in _BREAK.finditer(text, start, end):
        head = text[max(first, match.start() - 8) : match.start()]
        follows = text[match.end() : match.end() + 1]
        if "\n" not in match[0] and (_MONTH_SHORT.search(head) if follows.isdigit() else _SHORT.search(head)):
            continue
        if match.start() > first:
            yield first, match.start()
        first = match.end()
    if first < end:
        yield first, end


def tense(before: str, after: str, lexicon: Lexicon) -> Tense:
    """Whether the words around a time speak of the past or of what is to come.

    The last cue before the time in its clause decides, else the first one after it in the sentence; what follows
    "Sunday's" says nothing about Sunday.
    """
    near = _CLAUSE.split(before)[-1][-_REACH:]
    planned = [match.span() for match in lexicon.future.finditer(near)]
    done = [match.start() for match in lexicon.past.finditer(near) if not _inside(match.start(), planned, len(near))]
    if planned or done:
        return "future" if planned and (not done or planned[-1][0] > done[-1]) else "past"
    ahead = "" if after.startswith(("'", "’")) else after[:_REACH]
    coming, gone = lexicon.future.search(ahead), lexicon.past.search(ahead)
    if coming and (not gone or coming.start() < gone.start()):
        return "future"
    return "past" if gone else ""


def _inside(offset: int, spans: list[tuple[int, int]], end: int) -> bool:
    """Whether a past form is a part of a future cue ("will be held").

    A cue that reaches up to the time itself ("ahead of the vote that was called off on") hides its first word only.
    """
    return any(start == offset or start < offset < stop < end for start, stop in spans)


_DATELINE = re.compile(
    r"^[ \t]*(?:[A-Z][A-Z.'’/ -]{2,40}(?:, [A-Z][\w. ]{1,24})?|"
    r"[A-Z]\w+(?: [A-Z]\w+)?(?=,? [A-Z][a-z]{2,8}\.? \d\d?(?:, \d{4})? \())"
    r",? (?P<mon>[A-Z][a-z]{2,8})\.? (?P<d>\d\d?)(?:,? (?P<y>\d{4}))?,? *(?:\([^)\n]{2,40}\)|--|—|–|-|/)",
    re.MULTILINE,
)


def dateline(text: str, lexicon: Lexicon) -> tuple[tuple[int, int], dt.date | None] | None:
    """The dateline ("SEOUL, May 20, 2016 (Agency) --") as (start, end) and its day, None where it has no year."""
    match = _DATELINE.search(text, 0, 3000)
    if match is None or match["mon"] not in lexicon.months:
        return None
    when = cal.day(int(match["y"]), lexicon.months[match["mon"]], int(match["d"])) if match["y"] else None
    return match.span(), when
