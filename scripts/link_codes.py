"""Relations between acts of many documents, as readers wrote them down: ``training/codes/links*.jsonl``.

A line is a stretch of the timeline of two states: ``docs`` are its items, ``same`` pairs of words that tell of one act,
``answers`` of words that answer others, with the way, ``wrong`` words that a program took for an act and that are none.
Words are [number in ``docs``, start, end]: characters, 0-based, end exclusive.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rejoinder.link.heads import head_of
from rejoinder.records import Act, Document

__all__ = ["Relations", "Stretch", "read_stretches", "relations"]

Place = tuple[str, int, int]
"""Name of a document, start and end of words in it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a reader wrote of one stretch of the timeline."""

    name: str
    docs: tuple[str, ...]
    same: tuple[tuple[Place, Place], ...]
    answers: tuple[tuple[Place, Place, str], ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """The same of acts: act id -> the act that stands for all that tell of it; (answer, offer) so named -> the way."""

    act_of: Mapping[str, str]
    answers: Mapping[tuple[str, str], str]


def read_stretches(path: Path) -> Iterator[Stretch]:
    """The stretches of a file, in its order."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        docs = tuple(row["docs"])

        def place(at: tuple[int, int, int], docs: tuple[str, ...] = docs) -> Place:
            return docs[at[0]], at[1], at[2]

        same = tuple((place(one), place(other)) for one, other in row["same"])
        answers = tuple((place(one), place(other), how) for one, other, how in row["answers"])
        yield Stretch(row["id"], docs, same, answers)


def relations(stretch: Stretch, documents: Mapping[str, Document], acts: Iterable[Act]) -> Relations:
    """The relations of ``stretch`` between ``acts``; what a reader said of words that hold no act is passed over.

    ``documents`` are by name; an act is meant where its trigger overlaps the words.
    """
    by_doc: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        by_doc[act.doc].append(act)
    act_of = {act.id: act.same_as or act.id for told in by_doc.values() for act in told}

    def meant(place: Place) -> list[str]:
        name, start, end = place
        here = by_doc.get(documents[name].id, ())
        return [head_of(act.id, act_of) for act in here if act.trigger.start < end and start < act.trigger.end]

    for one, other in stretch.same:
        for report, first in zip(meant(one)[:1], meant(other)[:1], strict=False):
            act_of[head_of(report, act_of)] = head_of(first, act_of)
    answers = {
        (answer, offer): how
        for one, other, how in stretch.answers
        for answer, offer in zip(meant(one)[:1], meant(other)[:1], strict=False)
    }
    ways = {(head_of(answer, act_of), head_of(offer, act_of)): how for (answer, offer), how in answers.items()}
    return Relations({act: head_of(act, act_of) for act in act_of}, ways)
