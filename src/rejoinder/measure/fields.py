"""What coders say of an act, field by field, in a form that can be compared."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rejoinder.measure.coded import CodedAct, ScoredSide
from rejoinder.measure.units import Unit

__all__ = ["DAY", "FIELDS", "NONE", "Answered", "Said", "answered", "days", "said"]

NONE = "none"
"""No target, no channel, no condition, no answer: a value like others, for a coder who leaves it empty says so."""

UNKNOWN = "?"
"""A side of which no state is known."""

DAY = "first day"
"""The field that is a number: the day on which the date begins."""

Answered = tuple[int, str]
"""What an act answers, as the number of a unit of its document, and how."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one coder says of one field: the value that is counted, and the words to show a reader.

    ``rest`` is what two may differ in though the value is one: which words are the condition, which act is answered.
    """

    value: str
    shown: str
    rest: frozenset[str] = frozenset()

    def differs(self, other: "Said") -> bool:
        """Whether two coders say different things."""
        return self.value != other.value or self.rest != other.rest


def said(unit: Unit, answers: Mapping[str, Sequence[Answered]], quotes: Sequence[str]) -> dict[str, dict[str, Said]]:
    """What each coder says of the unit: field of FIELDS, then coder. A side of a mutual act may be told in any order.

    ``answers`` are what his act answers, by coder; ``quotes`` the words of all units of the document.
    """
    mutual = any(act.mutual for act in unit.values())
    acts = {coder: _turned(act) if mutual else act for coder, act in unit.items()}
    told = {name: {coder: Said(value := of(act), value) for coder, act in acts.items()} for name, of in _PLAIN.items()}
    known = sorted({words for act in acts.values() for words in act.conditions}, key=lambda words: (len(words), words))
    told["conditions"] = {coder: _conditions(act.conditions, known) for coder, act in acts.items()}
    told["answers"] = {coder: _answers(answers[coder], quotes) for coder in acts}
    return told


def answered(documents: Mapping[str, Sequence[CodedAct]], found: Sequence[Unit]) -> list[dict[str, list[Answered]]]:
    """What the act of each coder answers in each of the units ``found`` of a document.

    ``documents`` are all acts of the document by coder. Mentions stand for the first mention of the same act.
    """
    number = {(coder, act.id): n for n, unit in enumerate(found) for coder, act in unit.items()}
    first = {(coder, act.id): act.same_as for coder, acts in documents.items() for act in acts if act.same_as}
    return [
        {
            coder: sorted(
                {
                    (number[end], how)
                    for to, how in act.answers
                    if (end := (coder, first.get((coder, to), to))) in number
                }
            )
            for coder, act in unit.items()
        }
        for unit in found
    ]


def days(unit: Unit) -> dict[str, float]:
    """The first day of the date of a unit, as a number, by coder; who leaves it open says nothing of it."""
    firsts = {coder: act.dates[0] for coder, act in unit.items()}
    return {coder: float(dt.date.fromisoformat(day).toordinal()) for coder, day in firsts.items() if day}


def _side(side: ScoredSide) -> str:
    states = "+".join(sorted(state for state in side.states if state))
    return states or (NONE if side.role is None else UNKNOWN)


def _date(act: CodedAct) -> str:
    first, last = act.dates
    if first == last:
        return first or NONE
    return f"{first or '..'}/{last or '..'}"


_PLAIN: Mapping[str, Callable[[CodedAct], str]] = {
    "kind": lambda act: act.kind,
    "actor": lambda act: _side(act.actor),
    "target": lambda act: _side(act.target),
    "realis": lambda act: act.realis or NONE,
    "background": lambda act: "yes" if act.background else "no",
    "date": _date,
    "channel": lambda act: act.channel or NONE,
    "issue": lambda act: act.issue or NONE,
}

FIELDS = (*_PLAIN, "conditions", "answers")
"""The fields compared, as results name them."""


def _turned(act: CodedAct) -> CodedAct:
    one, other = sorted((act.actor, act.target), key=_side)
    return replace(act, actor=one, target=other)


def _conditions(words: Sequence[str], known: Sequence[str]) -> Said:
    """``known`` are the conditions of all coders, the shortest first: one that holds another is the same."""
    if not words:
        return Said(NONE, NONE)
    rest = (next(short for short in known if short in one) for one in words)
    return Said("some", _quoted(words), frozenset(rest))


def _answers(answers: Sequence[Answered], quotes: Sequence[str]) -> Said:
    if not answers:
        return Said(NONE, NONE)
    shown = "; ".join(f"{how} {_quoted([quotes[to]])}" for to, how in answers)
    value = "+".join(sorted({how for _, how in answers}))
    return Said(value, shown, frozenset(f"{to} {how}" for to, how in answers))


def _quoted(words: Iterable[str]) -> str:
    return "; ".join(f"“{one}”" for one in words)
