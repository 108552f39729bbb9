"""Which two states an act lies between: the one spelling of a dyad, and the dyads of an act.

A dyad is two state codes in alphabetical order, joined by a hyphen: ``KOR-PRK``. An act without a known target belongs
to ``PRK-?``, so that reports of one missile test still meet.
"""

import itertools
import re

from rejoinder.errors import UsageError
from rejoinder.records import Act, Side

__all__ = ["UNKNOWN", "dyads_of", "is_state", "parse_dyad", "states_of"]

UNKNOWN = "?"
_STATE = re.compile(r"[A-Z]{3}|IGO:[A-Z]+|NGO")


def is_state(code: str) -> bool:
    """Whether ``code`` has the form of a state's: ISO 3166 alpha-3, ``IGO:UN``-like, or ``NGO``; in capitals."""
    return _STATE.fullmatch(code) is not None


def parse_dyad(text: str) -> str:
    """``"prk-kor"`` as ``"KOR-PRK"``: either order, either case.

    Raises UsageError where ``text`` is not two state codes (ISO 3166 alpha-3, ``IGO:UN``-like, or ``NGO``).
    """
    states = text.strip().upper().split("-")
    if len(states) != 2 or not all(map(is_state, states)):
        raise UsageError(
            f"{text!r} is no dyad. Give two state codes joined by a hyphen, in either order: PRK-KOR, IGO:UN-PRK."
        )
    return "-".join(sorted(states))


def states_of(side: Side | None) -> tuple[str, ...]:
    """All states of a side, the first named first; empty where the side or its state is unknown."""
    if side is None:
        return ()
    named = [side.state, *side.also]
    return tuple(dict.fromkeys(state for state in named if state is not None))


def dyads_of(act: Act) -> tuple[str, ...]:
    """The dyads of an act, sorted. A joint side gives one for each pair; empty where no actor has a state."""
    actors, targets = states_of(act.actor), states_of(act.target)
    if act.mutual and not targets and len(actors) > 1:
        pairs = list(itertools.combinations(actors, 2))
    elif actors and targets:
        pairs = list(itertools.product(actors, targets))
        pairs = [pair for pair in pairs if pair[0] != pair[1]] or pairs
    else:
        return tuple(sorted(f"{state}-{UNKNOWN}" for state in actors))
    return tuple(sorted({"-".join(sorted(pair)) for pair in pairs}))
