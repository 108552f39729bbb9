"""Who codes which documents, blind or not, and who is done with which: judgements of whole documents.

They are kept as all judgements are, and only ever added to: the field "assigned" of a document holds the names of its
coders, the field "done" says that somebody has been through all of it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from rejoinder.book.lookup import find_document
from rejoinder.errors import UsageError
from rejoinder.records import Judgement, digest
from rejoinder.store import Reading, Revising

__all__ = ["ASSIGNED", "DONE", "Assignment", "assign", "assignments", "deal", "done_by", "mark_done", "one_document"]

ASSIGNED = "assigned"
DONE = "done"

_BLIND = "blind: "
_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Assignment:
    """``document``, an id, is to be coded by ``coders``, the first of them first.

    ``blind``: each is to see what the program found and his own judgements, not those of others.
    """

    document: str
    coders: tuple[str, ...]
    blind: bool
    by: str
    at: dt.datetime


def deal(documents: Iterable[str], coders: Sequence[str], double: float) -> dict[str, tuple[str, ...]]:
    """Coders of each of ``documents`` (ids): one each, and a second one for the share ``double`` of them.

    Every coder gets as many as any other, to one; so does, of the documents with two, every pair that ``coders`` make.
    The same ids are dealt in the same way, whatever their order.
    """
    shuffled = sorted(set(documents), key=lambda doc: (digest("deal", doc), doc))
    twice = ceil(round(double * len(shuffled), 6)) if len(coders) > 1 else 0
    dealt: dict[str, tuple[str, ...]] = {}
    for number, doc in enumerate(shuffled):
        round_, at = divmod(number, len(coders))
        second = (at + 1 + round_ % (len(coders) - 1)) % len(coders) if number < twice else at
        dealt[doc] = (coders[at],) if second == at else (coders[at], coders[second])
    return {doc: dealt[doc] for doc in sorted(dealt)}


def assign(
    writing: Revising,
    documents: Iterable[str] | None,
    coders: Sequence[str],
    *,
    double: float,
    blind: bool,
    by: str,
    note: str,
) -> list[Assignment]:
    """Assign ``documents`` (names or ids; None: those that nobody was assigned) to ``coders``; what was made of it.

    Who was assigned before is not any more. Raises UsageError where a document is not there, nobody is named, a name
    comes twice or cannot be kept, or ``double`` is no share.
    """
    names = _coders(coders)
    if not 0 <= double <= 1:
        raise UsageError(f"{double} is no share. Give a number from 0 to 1: 0.2 has every fifth document coded twice.")
    if double and len(names) < 2:
        raise UsageError(
            "Nobody codes a document twice. Name a second coder, or give 0 as the share to be coded twice."
        )
    if documents is None:
        known = {one.document for one in assignments(writing)}
        ids = [one.id for one in writing.documents() if one.id not in known]
    else:
        ids = [doc for named in documents for doc in find_document(writing, named)]
    if not ids:
        raise UsageError("There is no document left to assign. Name those that are to be assigned anew.")
    now = dt.datetime.now(dt.UTC)
    who = _name(by)
    for doc, dealt in deal(ids, names, double).items():
        value = (_BLIND if blind else "") + _BETWEEN.join(dealt)
        writing.note(Judgement(doc, ASSIGNED, value, who, now, note))
    return [one for one in assignments(writing) if one.document in set(ids)]


def assignments(reading: Reading) -> list[Assignment]:
    """The assignments in force, in order of document id."""
    last = {said.subject: said for said in reading.notes(ASSIGNED)}
    return [_assignment(last[doc], last[doc].value or "") for doc in sorted(last) if last[doc].value]


def mark_done(writing: Revising, document: str, done: bool, *, by: str, note: str) -> Judgement:
    """Say that ``by`` has been through all of ``document`` (its name or id), or, with ``done`` False, that he has not.

    Raises UsageError where there is no such document, or several, or nobody is named.
    """
    said = Judgement(
        one_document(writing, document), DONE, "yes" if done else None, _name(by), dt.datetime.now(dt.UTC), note
    )
    writing.note(said)
    return said


def done_by(reading: Reading) -> Mapping[str, tuple[str, ...]]:
    """Who is done with which document: names in alphabetical order by document id."""
    last = {(said.subject, said.by): said.value for said in reading.notes(DONE)}
    done: dict[str, list[str]] = {}
    for (doc, name), value in sorted(last.items()):
        if value:
            done.setdefault(doc, []).append(name)
    return {doc: tuple(names) for doc, names in done.items()}


def one_document(reading: Reading, named: str) -> str:
    """The id of the document with this name or id, or beginning of an id. Raises UsageError where not one fits."""
    ids = find_document(reading, named)
    if len(ids) > 1:
        raise UsageError(f"Several documents are called {named!r}: {ids[0]}, {ids[1]} ... Give the id.")
    return ids[0]


def _assignment(said: Judgement, value: str) -> Assignment:
    blind = value.startswith(_BLIND)
    coders = value.removeprefix(_BLIND).split(_BETWEEN)
    return Assignment(said.subject, tuple(coders), blind, said.by, said.at)


def _coders(names: Sequence[str]) -> list[str]:
    coders = [_name(name) for name in names]
    if not coders:
        raise UsageError("Nobody is named to code. Name the coders.")
    for name in coders:
        if ";" in name or name.startswith(_BLIND.strip()):
            raise UsageError(f"{name!r} cannot be the name of a coder: leave out ';', and 'blind:' at the beginning.")
        if coders.count(name) > 1:
            raise UsageError(f"The coder {name!r} is named twice. Name each once.")
    return coders


def _name(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"The name {name!r} is no text that can be kept. Write it in UTF-8.") from error
    if not name.strip():
        raise UsageError("An empty name cannot be kept. Say who it is.")
    return name.strip()
