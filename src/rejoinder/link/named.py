"""What two mentions of one answer name is one act: a headline accepts "North's proposal", the lead "a proposal".

Without this the offer would stand twice, and which of the two is accepted would be anybody's guess.
"""

from collections.abc import Mapping, Sequence

from rejoinder.link.profile import Profile
from rejoinder.records import Act

__all__ = ["with_named"]


def with_named(profiles: Sequence[Profile], first: Mapping[str, str]) -> dict[str, str]:
    """``first`` (mention id -> id of the first mention), widened by what the mentions of one act answer.

    ``profiles`` stand in text order. Only acts of one kind between the same sides are joined.
    """
    widened = dict(first)
    heads: dict[str, list[Act]] = {}
    for one in profiles:
        named = _named(one.act, profiles)
        if named is not None:
            heads.setdefault(first.get(one.act.id, one.act.id), []).append(named)
    for told in heads.values():
        for later in told[1:]:
            if _alike(told[0], later):
                _join(widened, told[0].id, later.id, [one.act.id for one in profiles])
    return widened


def _named(answer: Act, profiles: Sequence[Profile]) -> Act | None:
    """The act whose trigger stands first in the words that ``answer`` answers."""
    words = answer.words("answered")
    if words is None:
        return None
    inside = (one.act for one in profiles if words.start <= one.act.trigger.start < words.end and one.act is not answer)
    return min(inside, key=lambda act: act.trigger.start, default=None)


def _alike(one: Act, other: Act) -> bool:
    sides = [(act.kind, act.actor.state, act.target.state if act.target else None) for act in (one, other)]
    return one.id != other.id and sides[0] == sides[1]


def _join(first: dict[str, str], one: str, other: str, order: Sequence[str]) -> None:
    """Make the acts of ``one`` and ``other`` one act, told first by the earlier of their first mentions."""
    kept, given = sorted((first.get(one, one), first.get(other, other)), key=order.index)
    if kept == given:
        return
    for mention in (given, *(name for name, head in first.items() if head == given)):
        first[mention] = kept
