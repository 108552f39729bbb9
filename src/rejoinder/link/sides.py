"""How the sides of two acts stand to each other: the addressee speaks, the same side speaks again, or neither."""

from functools import lru_cache
from typing import Literal

from rejoinder.link.profile import Profile

__all__ = ["Answerer", "Relation", "agree", "answerer", "relation"]

Relation = Literal["reversed", "open reversed", "half reversed", "own", "half own", "open strangers", "strangers"]

Answerer = Literal["reversed", "own"]
"""Who speaks, as the table of ways to answer has it: the addressee, or the side that made the offer."""


def relation(answer: Profile, offer: Profile) -> Relation:
    """Who answers whom.

    "half": both meet at one end only and differ at the other. "open": nothing differs, but a side is unnamed. Acts
    inside one state are told apart by role, then by the words for the sides.
    """
    sides = answer.actors, answer.targets, offer.actors, offer.targets
    between = _by_states(*sides, answer.act.mutual and not offer.act.mutual)
    return _inside(answer, offer) if between is None else between


@lru_cache(1 << 16)
def _by_states(
    by: frozenset[str], to: frozenset[str], offered_by: frozenset[str], offered_to: frozenset[str], together: bool
) -> Relation | None:
    """Who answers whom, as far as states tell; None where both stay inside one state.

    ``together``: the answer is what both sides did, and the offer is not.
    """
    if by and by == to == offered_by == offered_to:
        return None
    back, forth, same = bool(to & offered_by), bool(by & offered_to), bool(by & offered_by)
    # both sides of what they did together are those of the offer: one of them answers the other by it
    if together and (by | to) & offered_by and (by | to) & offered_to and offered_by != offered_to:
        return "reversed"
    if back and forth and not same:
        return "reversed"
    if same:
        return "own" if to & offered_to or not (to and offered_to) else "half own"
    clash = (to and offered_by and not back) or (by and offered_to and not forth)
    if back or forth:
        return "half reversed" if clash else "open reversed"
    return "strangers" if clash else "open strangers"


def answerer(between: Relation) -> Answerer:
    """Whether the offerer's own side speaks again; whoever else speaks counts as the addressee."""
    return "own" if between in {"own", "half own"} else "reversed"


def agree(one: Profile, other: Profile) -> int:
    """How many sides of two mentions name a state in common, less those that name different ones: -2 .. 2.

    A mutual act may name its sides in either order.
    """
    direct = _meet(one.actors, other.actors) + _meet(one.targets, other.targets)
    if one.act.mutual or other.act.mutual:
        return max(direct, _meet(one.actors, other.targets) + _meet(one.targets, other.actors))
    return direct


def _meet(one: frozenset[str], other: frozenset[str]) -> int:
    if not one or not other:
        return 0
    return 1 if one & other else -1


def _inside(answer: Profile, offer: Profile) -> Relation:
    if answer.actor_words & offer.actor_words:
        return "own"
    if answer.actor_words & offer.target_words or answer.target_words & offer.actor_words:
        return "reversed"
    if answer.act.actor.role == offer.act.actor.role != "UNK":
        return "half own"
    return "reversed"
