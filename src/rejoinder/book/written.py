"""The fields of an act as text that can be read, altered and given back to ``Book.correct``."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rejoinder.codebook.dyads import states_of
from rejoinder.records import Act, Side, Span, When

__all__ = ["WRITTEN", "written"]

NONE = "none"
_MARKS = '"“”'


def written(act: Act, field: str) -> str:
    """What ``act`` has in ``field``, as ``Book.correct`` takes it; given back unaltered it changes nothing."""
    return _WRITTEN[field](act)


def words(span: Span) -> str:
    """Words in double quotes; words that hold such marks, or a line break, by their offsets."""
    plain = not any(mark in span.quote for mark in _MARKS) and span.quote.split() == span.quote.split(" ")
    return f'"{span.quote}"' if plain else f"{span.start}-{span.end}"


def side(who: Side | None) -> str:
    """A side: `KOR+USA GOV "Washington and Seoul"`; without words where it is only implied."""
    if who is None:
        return NONE
    codes = "+".join(states_of(who)) or "?"
    if who.span is None:
        return f"{codes} {who.role}"
    rests = words(who.span)
    return f"{codes} {who.role} {rests if rests.startswith(_MARKS[0]) else '@' + rests}"


def days(when: When) -> str:
    """An interval: "2016-05-20", "2016-05-01/2016-05-20", "../2016-05-20"."""
    first, last = when.earliest, when.latest
    if first is None and last is None:
        return NONE
    return str(first) if first == last else f"{first or '..'}/{last or '..'}"


def _yes(*, holds: bool) -> str:
    return "yes" if holds else "no"


_WRITTEN: Mapping[str, Callable[[Act], str]] = MappingProxyType(
    {
        "kind": lambda act: act.kind,
        "alt_kind": lambda act: act.alt_kind or NONE,
        "actor": lambda act: side(act.actor),
        "target": lambda act: side(act.target),
        "date": lambda act: days(act.when),
        "realis": lambda act: act.realis,
        "background": lambda act: _yes(holds=act.background),
        "mutual": lambda act: _yes(holds=act.mutual),
        "issue": lambda act: act.issue,
        "channel": lambda act: act.voice.channel or NONE,
        "speaker": lambda act: side(act.voice.speaker),
        "via": lambda act: "; ".join(act.voice.via) or NONE,
        "conditions": lambda act: " ".join(map(words, act.conditions)) or NONE,
        "due": lambda act: str(act.due) if act.due else NONE,
        "trigger": lambda act: words(act.trigger),
        "span": lambda act: words(act.span),
        "same_as": lambda act: act.same_as or NONE,
    }
)

WRITTEN: tuple[str, ...] = tuple(_WRITTEN)
"""The fields, in the order in which people look at them."""
