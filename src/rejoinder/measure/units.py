"""Which acts of several coders are meant to be one: by place in the text, one of each coder at most."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from rejoinder.measure.coded import CodedAct, ScoredSide
from rejoinder.measure.pairing import shared

__all__ = ["Unit", "units"]

Unit = Mapping[str, CodedAct]
"""One thing that coders marked: the act as each of them has it, by coder, in order of their names."""

_Key = tuple[str, int]
"""A coder, and the number of an act in what he has."""


def units(codings: Mapping[str, Sequence[CodedAct]]) -> list[Unit]:
    """The acts of one document by several coders, those that are one together, in order of the text.

    As in scoring, two may be one where their triggers overlap or, where a trigger's place is unknown, their clauses by
    half of the shorter; the best pairs are joined first: the same kind, then more sides alike, then the larger
    overlap, then the earlier. No coder is asked before another: their order changes nothing.
    """
    together: dict[_Key, dict[str, _Key]] = {
        (coder, number): {coder: (coder, number)} for coder in codings for number in range(len(codings[coder]))
    }
    for *_, one, other in sorted(_options(codings)):
        mine, theirs = together[one], together[other]
        if mine is not theirs and mine.keys().isdisjoint(theirs):
            mine |= theirs
            together.update((key, mine) for key in theirs.values())
    found = {id(group): group for group in together.values()}.values()
    made = [{coder: codings[coder][group[coder][1]] for coder in sorted(group)} for group in found]
    return sorted(made, key=lambda unit: (min(map(_place, unit.values())), [*unit], [*map(_place, unit.values())]))


def _options(
    codings: Mapping[str, Sequence[CodedAct]],
) -> Iterator[tuple[int, int, int, list[tuple[object, ...]], _Key, _Key]]:
    for first, second in combinations(sorted(codings), 2):
        for i, one in enumerate(codings[first]):
            for j, other in enumerate(codings[second]):
                if near := shared(one, other):
                    places = sorted((_place(one), _place(other)))
                    yield -_kinds(one, other), -_sides(one, other), -near, places, (first, i), (second, j)


def _kinds(one: CodedAct, other: CodedAct) -> int:
    if one.kind == other.kind:
        return 2
    return int(one.kind == other.alt_kind or other.kind == one.alt_kind)


def _sides(one: CodedAct, other: CodedAct) -> int:
    straight = _meet(one.actor, other.actor) + _meet(one.target, other.target)
    if not (one.mutual or other.mutual):
        return straight
    return max(straight, _meet(one.actor, other.target) + _meet(one.target, other.actor))


def _meet(one: ScoredSide, other: ScoredSide) -> bool:
    return not one.states.isdisjoint(other.states)


def _place(act: CodedAct) -> tuple[object, ...]:
    sides = act.actor.state or "", act.target.state or ""
    return act.trigger or act.span, act.span, act.kind, sides, act.realis or "", act.id or ""
