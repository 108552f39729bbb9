"""Which coded act is meant to be which gold act: one to one, by place in the text."""

from collections.abc import Iterator, Sequence

from rejoinder.measure.coded import CodedAct, Interval

__all__ = ["kind_fits", "overlap", "pairs", "shared", "sides_fit"]


def pairs(gold: Sequence[CodedAct], system: Sequence[CodedAct]) -> list[tuple[int, int]]:
    """Indices (gold, system) of the acts paired, the best pair first.

    Two acts may pair where their triggers overlap or, where a trigger's place is unknown, their clauses by half of the
    shorter. Better is: the same kind, then more sides right, then the larger overlap, then the earlier in the lists.
    """
    ranked = sorted(_options(gold, system), reverse=True)
    free_gold, free_system = set(range(len(gold))), set(range(len(system)))
    chosen = []
    for *_, minus_i, minus_j in ranked:
        i, j = -minus_i, -minus_j
        if i in free_gold and j in free_system:
            free_gold.remove(i)
            free_system.remove(j)
            chosen.append((i, j))
    return chosen


def kind_fits(gold: CodedAct, system: CodedAct) -> bool:
    """Whether the kind is gold's, or the one gold would accept too."""
    return system.kind in (gold.kind, gold.alt_kind)


def sides_fit(gold: CodedAct, system: CodedAct) -> tuple[bool, bool]:
    """(actor's state right, target's state right).

    Right is any state of gold's side. The sides of a mutual act may be told in either order.
    """
    straight = system.actor.state in gold.actor.states, system.target.state in gold.target.states
    if not gold.mutual:
        return straight
    crossed = system.target.state in gold.actor.states, system.actor.state in gold.target.states
    return crossed if sum(crossed) > sum(straight) else straight


def overlap(one: Interval, other: Interval) -> int:
    """How many characters two stretches share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _options(gold: Sequence[CodedAct], system: Sequence[CodedAct]) -> Iterator[tuple[bool, int, int, int, int]]:
    for i, right in enumerate(gold):
        for j, tried in enumerate(system):
            if near := shared(right, tried):
                yield kind_fits(right, tried), sum(sides_fit(right, tried)), near, -i, -j


def shared(gold: CodedAct, system: CodedAct) -> int:
    """Characters of overlap that let two acts pair; 0 where they may not."""
    if gold.trigger and system.trigger:
        return overlap(gold.trigger, system.trigger)
    common = overlap(gold.span, system.span)
    shorter = min(gold.span[1] - gold.span[0], system.span[1] - system.span[0])
    return common if 2 * common >= shorter else 0
