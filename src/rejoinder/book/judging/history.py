"""Who said what of an act, merge or link, when, and what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.book.judging.fields import FIELDS, applied, told
from rejoinder.book.judging.fold import ADDED
from rejoinder.draft import Coded
from rejoinder.records import Act, Document, Judgement
from rejoinder.store import Reading, Ruling, Seen, standing

__all__ = ["Said", "history", "said_of"]

_WORDS = {"yes": "stands", "no": "rejected", None: "not judged"}


@dataclass(frozen=True, slots=True)
class Said:
    """One judgement, and what it changed: ``before`` and ``after`` say what the field had, in words for a reader.

    A field that nobody judged has what the coder says ("not judged" of the act as a whole). ``undone``: a later
    judgement undoes this one.
    """

    judgement: Judgement
    before: str
    after: str
    undone: bool = False


def history(reading: Reading, subject: str, alone: str | None = None) -> tuple[Said, ...]:
    """All that was said of the record with the id ``subject``, in the order it was said.

    ``alone``: as if only this coder had said anything.
    """
    rulings = [one for one in reading.rulings_of(subject) if alone in (None, one.said.by)]
    doc = next((one.of.act.doc for one in rulings if isinstance(one.of, Seen)), None)
    return said_of(rulings, None if doc is None else reading.machine(doc))


def said_of(rulings: Sequence[Ruling], coded: Coded | None) -> tuple[Said, ...]:
    """The same from ``rulings`` of one record; ``coded`` is the document of an act."""
    undone = {one.said.undoes for one in rulings}
    document = None if coded is None else coded.document
    return tuple(
        Said(
            one.said,
            _told(rulings[:number], one, document),
            _told(rulings[: number + 1], one, document),
            one.said.id in undone,
        )
        for number, one in enumerate(rulings)
    )


def _told(until: Sequence[Ruling], one: Ruling, document: Document | None) -> str:
    """What the field that ``one`` judges has when ``until`` was said."""
    field = one.said.field
    found = standing(until).get(one.said.subject, {}).get(field)
    value = None if found is None else found.said.value
    if field == ADDED:
        return "not there" if value is None else "added"
    if field not in FIELDS or not isinstance(one.of, Seen) or document is None:
        return _WORDS.get(value, str(value))
    act: Act = one.of.act
    return told(act if value is None else applied(act, field, value, document), field)
