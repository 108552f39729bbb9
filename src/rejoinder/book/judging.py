"""What people say of merges and links. It is kept beside what the program found, and no comparing overrules it."""

import datetime as dt
from collections.abc import Collection, Iterable

from rejoinder.book.asked import only
from rejoinder.errors import UsageError
from rejoinder.records import Judgement, Link, Merge
from rejoinder.store import Reading, Writing

__all__ = ["joined_by_id", "judge", "judgements_of"]

_FIELD = "stands"
_VALUES = {True: "yes", False: "no", None: None}


def judge(writing: Writing, start: str, stands: bool | None, by: str, note: str) -> Judgement:
    """Keep what ``by`` says of the merge or link whose id is, or alone begins with, ``start``.

    Raises UsageError where there is none or are several, where nobody is named, and where there is nothing to take
    back.
    """
    name, said = _storable("name", by), _storable("note", note)
    if not name:
        raise UsageError("A judgement without a name cannot be kept. Say who judges.")
    # one that was judged wrong may have gone from what the program finds
    known = {key: judged for key, (_, judged) in writing.judged().items()}
    found = {key: one for key, one in known.items() if key.startswith(start)}
    found |= {one.id: one for one in writing.joined(start)}
    subject = _only(start, found)
    if stands is None and subject not in known:
        raise UsageError(f"No judgement of {subject} is in force that could be taken back. Say whether it stands.")
    judgement = Judgement(subject, _FIELD, _VALUES[stands], name, dt.datetime.now(dt.UTC), said)
    writing.judge(judgement, found[subject])
    return judgement


def judgements_of(reading: Reading, start: str | None) -> list[Judgement]:
    """All judgements, or those of one merge or link, in the order they were made.

    Raises UsageError where no or several merges and links fit.
    """
    made = reading.judgements()
    if start is None:
        return made
    ids = {one.subject for one in made if one.subject.startswith(start)} | {one.id for one in reading.joined(start)}
    subject = _only(start, ids)
    return [one for one in made if one.subject == subject]


def joined_by_id(reading: Reading, ids: Iterable[str]) -> dict[str, Link | Merge]:
    """Those of ``ids`` that are merges or links, judged wrong or not."""
    judged = reading.judged()
    found: dict[str, Link | Merge] = {}
    for subject in ids:
        if subject in judged:
            found[subject] = judged[subject][1]
        else:
            found |= {one.id: one for one in reading.joined(subject) if one.id == subject}
    return found


def _storable(what: str, words: str) -> str:
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"The {what} {words!r} is no text that can be kept. Write it in UTF-8.") from error
    return words.strip()


def _only(start: str, ids: Collection[str]) -> str:
    hint = ", as `rejoinder why` shows it"
    return only(start, ids, "merge or link", plural="merges or links", hint=hint)
