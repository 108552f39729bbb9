"""What stands of all that people said: pure, so an earlier state is had by leaving out what came later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rejoinder.records import Act, Judgement, Link, Merge, Problem

__all__ = ["Original", "Ruling", "Seen", "live", "standing"]


@dataclass(frozen=True, slots=True)
class Original:
    """What a coder by itself found in one document."""

    acts: tuple[Act, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """The act that somebody judged, as he saw it but for single corrections, under the id that judgements of it name.

    ``found`` is a digest of what the coder by itself said of it then, "" where it did not find it; ``beside`` are the
    ids of other acts that the coder found on some of its trigger's words, which are not to be taken for it.
    """

    act: Act
    found: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement with the record that was judged."""

    said: Judgement
    of: Seen | Link | Merge


def live(rulings: Iterable[Ruling], only: str | None = None) -> list[Ruling]:
    """``rulings``, in the order they were made, without what was undone; ``only`` one person's where that is given."""
    mine = [one for one in rulings if only is None or one.said.by == only]
    undone = {one.said.undoes for one in mine}
    return [one for one in mine if one.said.undoes is None and one.said.id not in undone]


def standing(rulings: Sequence[Ruling], only: str | None = None) -> dict[str, dict[str, Ruling]]:
    """What stands by subject and field, the newest last.

    ``rulings`` stand in the order they were made. A final one goes before any other, the newest before those before it;
    one with the value None takes back what was said before, of final ones only where it is final itself.
    """
    last: dict[tuple[str, str], dict[bool, tuple[int, Ruling]]] = {}
    for number, one in enumerate(live(rulings, only)):
        last.setdefault((one.said.subject, one.said.field), {})[one.said.final] = number, one
    stands = sorted(
        (found for each in last.values() if (found := _first_that_says(each.get(True), each.get(False)))),
        key=lambda found: found[0],
    )
    by_subject: dict[str, dict[str, Ruling]] = {}
    for _, one in stands:
        of = by_subject.pop(one.said.subject, {})
        by_subject[one.said.subject] = {**of, one.said.field: one}
    return by_subject


def _first_that_says(*each: tuple[int, Ruling] | None) -> tuple[int, Ruling] | None:
    return next((one for one in each if one is not None and one[1].said.value is not None), None)
