"""The conditions of a thread: what each side makes something depend on, and which of them still stand."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rejoinder.codebook.dyads import states_of
from rejoinder.link.lexicon import words
from rejoinder.link.profile import word_stems
from rejoinder.records import Act, Condition, How, Side, Span

__all__ = ["Word", "once", "standing", "word"]

_MEETS: tuple[How, ...] = ("accepts", "fulfils")
"""Ways of answering after which nobody waits for what was put before."""

_NAME = re.compile(r"\b[^\W\d_a-z]\w*")
"""Who is to do something says little of what: "if Pyongyang disarms" is "if the North disarms"."""


@dataclass(frozen=True, slots=True)
class Word:
    """One act of a thread with the conditions it puts; ``how`` it answers, None for the offer itself."""

    how: How | None
    conditions: tuple[Condition, ...]


def word(act: Act, told: Iterable[Act], how: How | None = None) -> Word:
    """What ``act`` puts, by all that is ``told`` of it; who counters without a condition puts what he counters with."""
    spans = [span for mention in told for span in mention.conditions]
    if how == "counters" and not spans:
        spans = [act.span]
    side = _side(act.actor)
    return Word(how, once(Condition(side, act.id, span) for span in spans))


def once(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """``conditions`` without those that their side has put before, in the same or in overlapping words."""
    kept: dict[str, list[tuple[Span, frozenset[str]]]] = defaultdict(list)
    found = []
    for one in conditions:
        stems = word_stems(_NAME.sub(" ", one.words.quote), words().stop)
        if not any(_alike(one.words, stems, *other) for other in kept[one.side]):
            found.append(one)
            kept[one.side].append((one.words, stems))
    return tuple(found)


def standing(said: Sequence[Word]) -> tuple[Condition, ...]:
    """The conditions in ``said`` (oldest first) that nothing later met: the newest word of each side first."""
    met = max((at for at, one in enumerate(said) if one.how in _MEETS), default=0)
    newer: dict[str, int] = defaultdict(int)
    ranked: list[tuple[int, Word]] = []
    for one in reversed(said[met:]):
        if one.conditions:
            side = one.conditions[0].side
            ranked.append((newer[side], one))
            newer[side] += 1
    ranked.sort(key=lambda pair: pair[0])
    return once(condition for _, one in ranked for condition in one.conditions)


def _side(who: Side) -> str:
    return "+".join(states_of(who)) or who.text


def _alike(one: Span, stems: frozenset[str], other: Span, others: frozenset[str]) -> bool:
    if one.doc == other.doc and one.start < other.end and other.start < one.end:
        return True
    fewer = min(len(stems), len(others))
    if not fewer:
        return one.quote.lower() == other.quote.lower()
    return 2 * len(stems & others) > fewer
