"""The fields of an act that people judge: each as text, put into an act, and told to a reader.

A value is kept as text: a code as it is, a side as JSON, words as ``START-END``, a date as an interval; the words that
a value rests on may follow as `` @START-END``. "" is the value where there is none, or none is known.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import cast

from rejoinder.records import Act, Document, Realis, Side, Span, When
from rejoinder.store import dump, load

__all__ = ["FIELDS", "RESTED", "applied", "day_text", "side_text", "span_text", "told"]

_AT = re.compile(r"(?:^| )@(\d+)-(\d+)$")
_NONE = "none"

RESTED = ("realis", "background", "date", "channel", "via", "issue", "due")
"""Fields whose value may name the words it rests on. Sides and conditions are words; the kind rests on the trigger."""


def applied(act: Act, field: str, value: str, document: Document) -> Act:
    """``act`` of ``document`` with the kept text ``value`` in ``field``, and the evidence to match."""
    plain, words = _parted(value, document)
    changed = _SETTERS[field](act, plain, document)
    if field == "date" and words is not None:
        changed = replace(changed, when=replace(changed.when, said=words))
    if field == "trigger":
        changed = _with_evidence(changed, "trigger", changed.trigger) if act.words("trigger") else changed
        return _around_trigger(changed, document)
    if field == "span":
        return _around_trigger(changed, document)
    if field in _RESTS_ON:
        return _with_evidence(changed, field, _RESTS_ON[field](changed))
    if words is None and field in RESTED and told(changed, field) == told(act, field):
        return changed
    return _with_evidence(changed, field, words) if field in RESTED else changed


def told(act: Act, field: str) -> str:
    """What ``act`` says in ``field``, for a reader: "KOR GOV “Seoul”", "2016-05-01/2016-05-20", "none"."""
    return _TELLERS[field](act)


def span_text(start: int, end: int) -> str:
    """Words of the document, as they are kept."""
    return f"{start}-{end}"


def side_text(side: Side | None) -> str:
    """A side, as it is kept."""
    return "" if side is None else dump(side)


def day_text(first: dt.date | None, last: dt.date | None) -> str:
    """An interval as it is kept: "2016-05-20", "2016-05-01/2016-05-20", "../2016-05-20"; "" where nothing is known."""
    if first is None and last is None:
        return ""
    if first == last:
        return str(first)
    return f"{first or '..'}/{last or '..'}"


def _parted(value: str, document: Document) -> tuple[str, Span | None]:
    found = _AT.search(value)
    if found is None:
        return value, None
    return value[: found.start()], Span.of(document, int(found[1]), int(found[2]))


def _around_trigger(act: Act, document: Document) -> Act:
    """``act`` with a clause that holds its trigger, whoever judged the one or the other."""
    start, end = min(act.span.start, act.trigger.start), max(act.span.end, act.trigger.end)
    return replace(act, span=Span.of(document, start, end))


def _with_evidence(act: Act, field: str, words: Span | None) -> Act:
    others = {name: span for name, span in act.evidence if name != field}
    return replace(act, evidence=tuple(sorted((others if words is None else others | {field: words}).items())))


def _span(text: str, document: Document) -> Span:
    start, _, end = text.partition("-")
    return Span.of(document, int(start), int(end))


def _side(text: str) -> Side | None:
    return load(Side, text) if text else None


def _day(text: str) -> dt.date | None:
    return None if text in ("", "..") else dt.date.fromisoformat(text)


def _when(act: Act, text: str) -> When:
    """The days, on the words that the date rested on before: what was amiss is how they were read."""
    first, parted, last = text.partition("/")
    earliest = _day(first)
    return When(earliest, _day(last) if parted else earliest, act.when.said if text else None)


_Setter = Callable[[Act, str, Document], Act]

_SETTERS: Mapping[str, _Setter] = MappingProxyType(
    {
        "kind": lambda act, text, _: replace(act, kind=text, alt_kind=None if act.alt_kind == text else act.alt_kind),
        "alt_kind": lambda act, text, _: replace(act, alt_kind=text or None),
        "span": lambda act, text, document: replace(act, span=_span(text, document)),
        "trigger": lambda act, text, document: replace(act, trigger=_span(text, document)),
        "actor": lambda act, text, _: replace(act, actor=_side(text) or Side("")),
        "target": lambda act, text, _: replace(act, target=_side(text)),
        "mutual": lambda act, text, _: replace(act, mutual=text == "yes"),
        "realis": lambda act, text, _: replace(act, realis=cast("Realis", text)),
        "background": lambda act, text, _: replace(act, background=text == "yes"),
        "date": lambda act, text, _: replace(act, when=_when(act, text)),
        "channel": lambda act, text, _: replace(act, voice=replace(act.voice, channel=text or None)),
        "speaker": lambda act, text, _: replace(act, voice=replace(act.voice, speaker=_side(text))),
        "via": lambda act, text, _: replace(act, voice=replace(act.voice, via=tuple(text.split("; ")) if text else ())),
        "issue": lambda act, text, _: replace(act, issue=text),
        "conditions": lambda act, text, document: replace(
            act, conditions=tuple(_span(one, document) for one in text.split())
        ),
        "due": lambda act, text, _: replace(act, due=_day(text)),
        "same_as": lambda act, text, _: replace(act, same_as=text or None),
    }
)

FIELDS: tuple[str, ...] = tuple(_SETTERS)
"""The fields that can be judged, in the order in which what was judged is put into an act."""

_RESTS_ON: Mapping[str, Callable[[Act], Span | None]] = MappingProxyType(
    {
        "actor": lambda act: act.actor.span,
        "target": lambda act: act.target.span if act.target else None,
        "speaker": lambda act: act.voice.speaker.span if act.voice.speaker else None,
        "date": lambda act: act.when.said,
    }
)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _quoted(*words: Span) -> str:
    return "; ".join(f"“{span.quote}”" for span in words) or _NONE


def _told_side(side: Side | None) -> str:
    if side is None:
        return _NONE
    states = "+".join(state for state in (side.state, *side.also) if state) or "?"
    return f"{states} {side.role}" + (f" “{side.text}”" if side.text else "")


_TELLERS: Mapping[str, Callable[[Act], str]] = MappingProxyType(
    {
        "kind": lambda act: act.kind,
        "alt_kind": lambda act: act.alt_kind or _NONE,
        "span": lambda act: _quoted(act.span),
        "trigger": lambda act: _quoted(act.trigger),
        "actor": lambda act: _told_side(act.actor),
        "target": lambda act: _told_side(act.target),
        "mutual": lambda act: _yes(act.mutual),
        "realis": lambda act: act.realis,
        "background": lambda act: _yes(act.background),
        "date": lambda act: day_text(act.when.earliest, act.when.latest) or act.when.partial or _NONE,
        "channel": lambda act: act.voice.channel or _NONE,
        "speaker": lambda act: _told_side(act.voice.speaker),
        "via": lambda act: "; ".join(act.voice.via) or _NONE,
        "issue": lambda act: act.issue,
        "conditions": lambda act: _quoted(*act.conditions),
        "due": lambda act: str(act.due) if act.due else _NONE,
        "same_as": lambda act: act.same_as or _NONE,
    }
)
