"""Values as people give them, checked against the codebook and the text, and made the text that is kept."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rejoinder.book.asked import since_day, until_day
from rejoinder.book.judging.fields import FIELDS, RESTED, day_text, side_text, span_text
from rejoinder.codebook import check, codebook
from rejoinder.codebook.dyads import is_state, states_of
from rejoinder.errors import UsageError
from rejoinder.parties.loading import read_states
from rejoinder.records import Act, Document, Side, Span, When

__all__ = ["Value", "Words", "kept", "words_at"]

Words = str | Span | tuple[int, int]
"""Words of a document: offsets (0-based, the end exclusive), "120-135", or the words themselves in double quotes."""

Value = str | bool | dt.date | tuple[int, int] | Span | Side | When | Sequence[str | Span | tuple[int, int]] | None
"""What a field can be given; all of it can be given as text too."""

_NONE = ("", "none")
_OFFSETS = re.compile(r"@?(\d+)-(\d+)")
_RESTS = re.compile(r"(?:^|\s)(?:@(\d+)-(\d+)|[\"“](.+)[\"”])\s*$", re.DOTALL)
_WORDS = re.compile(r"@?(\d+)-(\d+)|[\"“]([^\"”]+)[\"”]|(\S+)")
_COUNTRY = re.compile(r"[A-Z]{3}")


def kept(field: str, value: Value, act: Act, document: Document) -> str:
    """``value`` of the field of ``act``, a text or the thing itself, as it is kept.

    Raises UsageError that names what is allowed.
    """
    check("field of an act that can be judged", field, FIELDS)
    try:
        return _KEPT[field](value, act, document)
    except UsageError as error:
        raise UsageError(f"{field}: {error}") from error


def words_at(given: Words, document: Document, near: Span | None = None) -> Span:
    """The words meant by ``given``; of several that read alike those nearest to ``near``.

    Raises UsageError where there are none such, or several and nothing is near.
    """
    if isinstance(given, Span):
        given = given.start, given.end
    if isinstance(given, str):
        found = _OFFSETS.fullmatch(given.strip())
        if found is None:
            return _said(given.strip().strip('"“”'), document, near)
        given = int(found[1]), int(found[2])
    start, end = given
    if not 0 <= start < end <= len(document.text):
        length = len(document.text)
        raise UsageError(f"{start}-{end} are no words of the text. Give a first and a last offset from 0 to {length}.")
    return Span.of(document, start, end)


def _said(words: str, document: Document, near: Span | None) -> Span:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    places = [found.span() for found in re.finditer(pattern, document.text)] if pattern else []
    if not places:
        raise UsageError(f"The words {words!r} do not stand in the text. Copy them, or give their offsets: 120-135.")
    if near is None and len(places) > 1:
        raise UsageError(f"The words {words!r} stand in the text {len(places)} times. Give their offsets: 120-135.")
    around = near.start if near else 0, near.end if near else 0
    return Span.of(document, *min(places, key=lambda place: (_away(place, around), place)))


def _away(place: tuple[int, int], near: tuple[int, int]) -> int:
    return max(0, near[0] - place[0], place[1] - near[1])


_Kept = Callable[[Value, Act, Document], str]


def _text(value: Value) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{value!r} is no text.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{value!r} is no text that can be kept. Write it in UTF-8.") from error
    return value.strip()


def _resting(field: str, make: Callable[[str], str]) -> _Kept:
    """A value that may be followed by the words it rests on."""

    def made(value: Value, act: Act, document: Document) -> str:
        text = _text(_plain(value))
        found = _RESTS.search(text) if field in RESTED else None
        if found is None:
            return make(text)
        given = found[3] if found[3] else f"{found[1]}-{found[2]}"
        words = words_at(given, document, act.span)
        return f"{make(text[: found.start()].strip())} @{words.start}-{words.end}".strip()

    return made


def _plain(value: Value) -> Value:
    """What is not given as text, as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return (value.date() if isinstance(value, dt.datetime) else value).isoformat()
    if isinstance(value, When):
        rests = f" @{value.said.start}-{value.said.end}" if value.said else ""
        return (day_text(value.earliest, value.latest) or "none") + rests
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return "; ".join(str(one) for one in value)
    return value


def _code(what: str, codes: Callable[[], Collection[str]], *, may_lack: bool = False) -> Callable[[str], str]:
    """``codes`` are asked for when they are needed: the codebook is a file."""

    def made(text: str) -> str:
        return "" if may_lack and text.lower() in _NONE else check(what, text, codes())

    return made


def _days(text: str) -> str:
    if text.lower() in _NONE:
        return ""
    first, parted, last = (part.strip() for part in text.partition("/"))
    since = None if first in ("", "..") else since_day(first)
    until = None if parted and last in ("", "..") else until_day(last if parted else first)
    if since and until and since > until:
        raise UsageError(f"{since} lies after {until}. Swap them.")
    return day_text(since, until)


def _one_day(text: str) -> str:
    found = _days(text)
    if "/" in found:
        raise UsageError(f"{text!r} is no single day. Write it as 2016-05-20.")
    return found


def _via(text: str) -> str:
    passed = [part.strip() for part in text.split(";")]
    return "" if text.lower() in _NONE else "; ".join(part for part in passed if part)


def _words(value: Value, act: Act, document: Document) -> str:
    span = words_at(_as_words(value), document, act.span)
    return span_text(span.start, span.end)


def _as_words(value: object) -> Words:
    if isinstance(value, str | Span):
        return value
    if isinstance(value, (tuple, list)) and len(value) == 2 and all(isinstance(one, int) for one in value):
        return value[0], value[1]
    raise UsageError(f"{value!r} are no words of the text. Give two offsets, or the words in double quotes.")


def _conditions(value: Value, act: Act, document: Document) -> str:
    if value is None or (isinstance(value, str) and value.strip().lower() in _NONE):
        return ""
    given: list[object]
    if isinstance(value, str):
        given = [found[0] for found in _WORDS.finditer(value)]
    else:
        given = list(value) if isinstance(value, (list, tuple)) and not _is_pair(value) else [value]
    spans = sorted({words_at(_as_words(one), document, act.span) for one in given})
    return " ".join(span_text(span.start, span.end) for span in spans)


def _is_pair(value: Sequence[object]) -> bool:
    return len(value) == 2 and all(isinstance(one, int) for one in value)


def _side(old: Callable[[Act], Side | None], *, may_lack: bool) -> _Kept:
    def made(value: Value, act: Act, document: Document) -> str:
        if value is None or (isinstance(value, str) and value.strip().lower() in _NONE):
            return side_text(None if may_lack else Side(""))
        if isinstance(value, Side):
            return side_text(_checked(value, document))
        return side_text(_checked(_changed(old(act) or Side(""), _text(value), act, document), document))

    return made


def _changed(side: Side, text: str, act: Act, document: Document) -> Side:
    """``side`` with what ``text`` gives: states, role, words; a party only stays where nothing else changes."""
    new, rest = side, text
    if (found := _RESTS.search(text)) is not None:
        words = words_at(found[3] or f"{found[1]}-{found[2]}", document, side.span or act.span)
        new, rest = replace(new, text=words.quote, span=words), text[: found.start()]
    for part in rest.split():
        upper = part.upper()
        if upper in codebook().roles and upper != "NGO":
            new = replace(new, role=upper)
        elif upper == "?":
            new = replace(new, state=None, also=())
        else:
            first, *others = upper.split("+")
            new = replace(new, state=first, also=tuple(others))
    return new if new == side else replace(new, party=None)


def _checked(side: Side, document: Document) -> Side:
    for state in states_of(side):
        if not is_state(state) or (_COUNTRY.fullmatch(state) and state != "NGO" and state not in _states()):
            raise UsageError(f"{state!r} is no state. Give an ISO 3166 alpha-3 code such as PRK, or IGO:UN, or NGO.")
    check("role", side.role, codebook().roles)
    if side.span is not None and side.span != words_at(side.span, document):
        raise UsageError(f"{side.span.quote!r} does not stand at {side.span.start} in this text.")
    return side


@cache
def _states() -> frozenset[str]:
    """The codes of all states that the gazetteer knows."""
    return frozenset(code for code, _ in read_states(files("rejoinder.parties") / "data" / "states.yaml"))


def _id(value: Value, act: Act, _document: Document) -> str:  # whether there is such an act, the book knows
    text = "" if value is None else _text(value)
    if text == act.id:
        raise UsageError("an act is no later mention of itself. Name another one, or none.")
    return "" if text.lower() in _NONE else text


def _yes_or_no() -> tuple[str, ...]:
    return "yes", "no"


_KEPT: Mapping[str, _Kept] = MappingProxyType(
    {
        "kind": _resting("kind", _code("kind", lambda: codebook().kinds)),
        "alt_kind": _resting("alt_kind", _code("kind", lambda: codebook().kinds, may_lack=True)),
        "span": _words,
        "trigger": _words,
        "actor": _side(lambda act: act.actor, may_lack=False),
        "target": _side(lambda act: act.target, may_lack=True),
        "mutual": _resting("mutual", _code("answer", _yes_or_no)),
        "realis": _resting("realis", _code("realis", lambda: codebook().realis)),
        "background": _resting("background", _code("answer", _yes_or_no)),
        "date": _resting("date", _days),
        "channel": _resting("channel", _code("channel", lambda: codebook().channels, may_lack=True)),
        "speaker": _side(lambda act: act.voice.speaker, may_lack=True),
        "via": _resting("via", _via),
        "issue": _resting("issue", _code("issue", lambda: codebook().issues)),
        "conditions": _conditions,
        "due": _resting("due", _one_day),
        "same_as": _id,
    }
)
