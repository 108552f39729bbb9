"""The stage: times in a text, and one phrase for those who ask."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from rejoinder.dates import absolute, counted, relative
from rejoinder.dates.bounds import bounded, joined
from rejoinder.dates.context import dateline, sentences, tense
from rejoinder.dates.days import Days, Tense
from rejoinder.dates.lexicon import Lexicon, lexicon
from rejoinder.dates.reading import Found, Frame, Reading
from rejoinder.draft import CODABLE, Draft, TimeExpression
from rejoinder.records import Problem, Span, When

__all__ = ["find_times", "resolve"]

_Reader = Callable[[re.Match[str], Frame], Reading | None]
_LOOK_BACK = 60
_GAPS = " \u00a0\n-–—,"
_JOINT = re.compile(
    r"\s*(?:,|,? (?:and|or)|to|until|till|through|[-–—])\s*|\s(?:and|or|to|until|till|through)\s(?:the\s|on\s|in\s)?"
)
_TIE = re.compile(r"\s(?:(?:the|its|their|his|on|last)\s)?")
_TENSED = frozenset(
    [
        "month_day",
        "month",
        "day_of_month",
        "weekday",
        "unit",
        "season",
        "named_day",
        "within",
        "in_time",
        "duration",
        "shift",
        "nearby",
    ]
)
_COUNTING = frozenset(["shift", "nearby", "eve", "hours", "some_days", "since_then", "day_of_month"])
_NAMED_MAY = re.compile(r"(?:Theresa|Prime Minister|Mrs\.?|Ms\.?) (?:May|March)\b")


def _readers() -> Mapping[str, _Reader]:
    rooms = [(absolute, absolute.__all__), (relative, relative.__all__), (counted, counted.__all__)]
    return MappingProxyType({name: getattr(room, name) for room, names in rooms for name in names})


_READERS = _readers()


@dataclass(frozen=True, slots=True)
class _Match:
    how: str
    match: re.Match[str]
    sentence: tuple[int, int]

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()


def find_times(draft: Draft) -> Draft:
    """Fill ``draft.times`` with the times said in the codable paragraphs (the whole text where there are none).

    In: ``text``, ``published``, ``paragraphs``. Out: ``times`` in text order, none overlapping. Days count from the
    publication day, else from a dateline in the text; where there is neither, dates that need one stay open, what is
    known of them stands in ``When.partial``, and one Problem NO_DATE_ANCHOR is added. A Problem DATE_FROM_TEXT says
    where days count from a date inside the text. The date of a dateline tells of the report, not of an act, and is no
    expression.
    """
    lex, text = lexicon(), draft.text
    head = dateline(text, lex)
    anchor = draft.published or (head[1] if head else None)
    problems: list[Problem] = []
    if head and head[1] and draft.published is None:
        message = "no publication day is given: days count from the dateline"
        problems.append(_problem(draft, "DATE_FROM_TEXT", message, head[0]))
    matches = [one for start, end in _stretches(draft) for one in _scan(text, start, end, lex)]
    if head:
        matches = [one for one in matches if not head[0][0] <= one.start < head[0][1]]
    found = _read_all(text, matches, anchor, "")
    times = tuple(
        TimeExpression(one.start, one.end, _when(one.reading, draft.span(one.start, one.end)), one.reading.kind)
        for one in found
    )
    lost = next((one for one in found if one.reading.unanchored), None)
    if lost is not None and anchor is None:
        message = "no publication day is given and the text names none: dates such as this one stay open"
        problems.append(_problem(draft, "NO_DATE_ANCHOR", message, (lost.start, lost.end)))
    counted = next((one for one in found if one.how in _COUNTING and one.core.days.earliest), None)
    if counted is not None and anchor is None:
        message = "no publication day is given: such days count from a full date earlier in the text"
        problems.append(_problem(draft, "DATE_FROM_TEXT", message, (counted.start, counted.end)))
    return replace(draft, times=times, problems=(*draft.problems, *problems))


def _problem(draft: Draft, code: str, message: str, place: tuple[int, int]) -> Problem:
    return Problem(draft.document.id, "dates", code, message, draft.span(*place))


def resolve(phrase: str, anchor: dt.date | None, *, future: bool = False, previous: When | None = None) -> When | None:
    """The days that one phrase means.

    ``phrase`` holds the words ("last Friday", "since 2008", "the following day"), ``anchor`` the day they were written,
    None where unknown; ``future`` says that the words around it speak of what is to come; ``previous`` is the time
    that "the next day" counts from. Returns a When without ``said``, open where the phrase leaves it open, or None
    where the phrase is no time.
    """
    lex = lexicon()
    text = f"in {phrase.strip()}"  # the word that tells a year from a number, a month from a name
    matches = [replace(one, sentence=(0, len(text))) for one in _scan(text, 3, len(text), lex)]
    known = Reading(_days(previous), firm=True) if previous else None
    found = _read_all(text, matches, anchor, "future" if future else "", known)
    if not found:
        return None
    longest = max(found, key=lambda one: one.end - one.start)
    return _when(longest.reading, None)


def _days(when: When) -> Days:
    return Days(when.earliest, when.latest)


def _when(reading: Reading, said: Span | None) -> When:
    return When(reading.days.earliest, reading.days.latest, said, reading.partial)


def _stretches(draft: Draft) -> list[tuple[int, int]]:
    if not draft.paragraphs:
        return [(0, len(draft.text))]
    return [(one.start, one.end) for one in draft.paragraphs if one.kind in CODABLE]


def _scan(text: str, start: int, end: int, lex: Lexicon) -> Iterator[_Match]:
    """Phrases in ``text[start:end]``, left to right. Shapes are tried only near a word that every phrase holds."""
    done, sentence = start, (start, start)
    rest = sentences(text, start, end)
    for word in lex.trigger.finditer(text, start, end):
        offset = _first_word(text, max(done, word.start() - _LOOK_BACK), word.start(), lex.vocabulary)
        while done <= word.start() and offset <= word.start():
            best = _longest(text, offset, end, lex) if lex.start.match(text, offset, end) else None
            if best is None:
                offset = _next_word(text, offset, word.start())
                continue
            while sentence[1] <= offset:
                sentence = next(rest, (offset, end))
            done = offset = best[1].end()
            yield _Match(best[0], best[1], sentence)


def _first_word(text: str, low: int, offset: int, vocabulary: frozenset[str]) -> int:
    """Where the run of time words and numbers begins that leads up to ``offset``."""
    while offset > low:
        last = offset
        while last > low and text[last - 1] in _GAPS:
            last -= 1
        first = last
        while first > low and (text[first - 1].isalnum() or text[first - 1] in ".'’"):
            first -= 1
        word = text[first:last].rstrip(".").lower()
        if first == last or not (word[:1].isdigit() or word in vocabulary):
            break
        offset = first
    return offset


def _next_word(text: str, offset: int, last: int) -> int:
    """The next offset up to ``last`` where a word begins, or ``last + 1``."""
    offset += 1
    while offset <= last and (text[offset - 1].isalnum() or not text[offset].isalnum()):
        offset += 1
    return offset


def _longest(text: str, offset: int, end: int, lex: Lexicon) -> tuple[str, re.Match[str]] | None:
    best: tuple[str, re.Match[str]] | None = None
    for rule in lex.rules:
        match = rule.pattern.match(text, offset, end)
        if match and (best is None or match.end() > best[1].end()):
            best = rule.how, match
    return best


class _Trail:
    """The firm times read so far, for phrases that count from one of them."""

    def __init__(self, known: Reading | None, anchor: dt.date | None) -> None:
        self.anchor = anchor
        self.last = self.past = self.past_day = known
        self.sentence = (-1, -1)

    def add(self, reading: Reading, sentence: tuple[int, int]) -> None:
        """Remember a reading; "past" is what had begun when the text was written."""
        self.last, self.sentence = reading, sentence
        if not (self.anchor and reading.days.earliest and reading.days.earliest > self.anchor):
            self.past = reading
            self.past_day = reading if reading.scale == "day" else self.past_day

    def previous(self, when: Tense, sentence: tuple[int, int]) -> Reading | None:
        """The time that a phrase of that tense counts from: what is over does not count from what is to come.

        A day just before goes for a month named further back than the sentence before.
        """
        found = self.last if when == "future" else self.past
        recent = sentence[0] - self.sentence[1] <= 4
        return self.past_day or found if found and found.scale != "day" and not recent else found


def _read_all(
    text: str, matches: list[_Match], anchor: dt.date | None, fixed: Tense, known: Reading | None = None
) -> list[Found]:
    found: list[Found] = []
    lex, names, trail = lexicon(), _NAMED_MAY.search(text) is not None, _Trail(known, anchor)
    for index, one in enumerate(matches):
        before, after = text[one.sentence[0] : one.start], text[one.end : one.sentence[1]]
        when = _tense(one, before, after, fixed, lex)
        frame = Frame(
            lexicon=lex,
            anchor=anchor,
            tense=when,
            previous=trail.previous(when, one.sentence),
            near=trail.sentence == one.sentence,
            chain=_chain(text, found, one),
            before=before,
            after=after,
            doubtful_names=names,
            year_ahead=_year_ahead(text, matches, index),
        )
        frame = _tied(text, matches, index, frame)
        core = _read(one, frame)
        if core is None:
            continue
        floor = max(one.sentence[0], found[-1].end if found else 0)
        start, reading = bounded(text, floor, one.start, core, frame)
        now = Found(one.start, one.end, reading, core, one.sentence, one.how)
        pair = joined(text, found[-1], now) if frame.chain is not None else None
        if pair:
            found[-1] = pair
        else:
            found.append(replace(now, start=start))
        if core.firm:
            trail.add(core, one.sentence)
    return found


def _tense(one: _Match, before: str, after: str, fixed: Tense, lex: Lexicon) -> Tense:
    if fixed == "future":
        return "future"
    return tense(before, after, lex) if one.how in _TENSED else ""


def _read(one: _Match, frame: Frame) -> Reading | None:
    try:
        return _READERS[one.how](one.match, frame)
    except (OverflowError, ValueError):
        return None  # outside of the calendar: "in 900 decades"


def _chain(text: str, found: list[Found], one: _Match) -> Reading | None:
    """The time of the same shape just before, where only "and", "to", a comma or a dash stands between."""
    if not found or found[-1].sentence != one.sentence or found[-1].how != one.how:
        return None
    return found[-1].core if _JOINT.fullmatch(text, found[-1].end, one.start) else None


def _year_ahead(text: str, matches: list[_Match], index: int) -> int | None:
    """The year of the second time of a pair: "from January 6 to March 3, 2016"."""
    if index + 1 == len(matches):
        return None
    one, following = matches[index], matches[index + 1]
    if (
        one.how not in {"month", "month_day"}
        or following.how != one.how
        or not _JOINT.fullmatch(text, one.end, following.start)
    ):
        return None
    return int(following.match["y"]) if following.match["y"] else None


def _tied(text: str, matches: list[_Match], index: int, frame: Frame) -> Frame:
    """The frame with the time that "a day after", "on the eve of" counts from, where its words follow at once."""
    one = matches[index]
    if one.how not in {"shift", "eve", "hours"} or index + 1 == len(matches):
        return frame
    following = matches[index + 1]
    if not _TIE.fullmatch(text, one.end, following.start) or not re.search(r"(?:after|before|of)$", one.match[0]):
        return frame
    before, after = text[one.sentence[0] : following.start], text[following.end : following.sentence[1]]
    inner = replace(frame, before=before, after=after, tense=_tense(following, before, after, "", frame.lexicon))
    target = _read(following, inner)
    return replace(frame, tied=target) if target and target.days.earliest else frame
