"""What the desk shows of one act, link or merge."""

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.book import Book, Why
from rejoinder.book.judging import Said
from rejoinder.book.likely import likely_kinds
from rejoinder.book.reader import Reader
from rejoinder.book.surroundings import Passage, marks, passages
from rejoinder.book.written import WRITTEN, side, written
from rejoinder.codebook import codebook
from rejoinder.errors import UsageError
from rejoinder.records import Act, Document, Link, Merge, Span

__all__ = ["KEYS_OF_FIELDS", "ActCase", "Field", "PairCase", "Told", "act_case", "link_case", "merge_case"]

NUMBERED = 9
"""Kinds that have a number key."""
KEYS_OF_FIELDS = {
    "kind": "k",
    "alt_kind": "2",
    "actor": "a",
    "target": "t",
    "date": "d",
    "realis": "r",
    "background": "b",
    "mutual": "m",
    "issue": "i",
    "channel": "c",
    "speaker": "s",
    "via": "v",
    "conditions": "o",
    "due": "u",
    "trigger": "w",
    "span": "l",
    "same_as": "f",
}
"""The key that opens the field once `e` was pressed."""
_NAMES = {
    "alt_kind": "second-best kind",
    "via": "passed on by",
    "due": "answer due",
    "trigger": "trigger words",
    "span": "clause",
    "same_as": "first mention",
}
_SHOWN_SIDES = 12


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an act: ``value`` as it is edited, ``words`` that it rests on, ``choices`` where it is a closed list.

    ``plain``: it says nothing out of the ordinary, and may be shown small.
    """

    name: str
    label: str
    key: str
    value: str
    words: Span | None
    choices: tuple[str, ...]
    hint: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An act in the text that tells of it."""

    act: Act
    document: Document
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ActCase:
    """An act to be judged. ``kinds``: the likely ones with their number keys, ``more`` the others.

    ``sides`` are those named in the same document, as they are edited. ``history`` is what was said of the act;
    ``verdict`` who last accepted or rejected it. ``blind``: what others said is not shown.
    ``gone``: somebody rejected it, or undid that he added it.
    """

    told: Told
    why: Why
    fields: tuple[Field, ...]
    kinds: tuple[str, ...]
    more: tuple[str, ...]
    sides: tuple[str, ...]
    history: tuple[Said, ...] = ()
    verdict: Said | None = None
    whole: bool = False
    blind: bool = False
    gone: bool = False

    @property
    def id(self) -> str:
        """The id of what is judged."""
        return self.told.act.id


@dataclass(frozen=True, slots=True)
class PairCase:
    """A link (``left`` the offer, ``right`` the answer) or a merge (two reports) to be judged."""

    by: Link | Merge
    left: Told
    right: Told
    history: tuple[Said, ...] = ()
    verdict: Said | None = None

    @property
    def id(self) -> str:
        """The id of what is judged."""
        return self.by.id

    @property
    def days(self) -> int | None:
        """Days from the left to the right one; None where a day is not known."""
        first, last = self.left.act.when.earliest, self.right.act.when.earliest
        return (last - first).days if first and last else None


def act_case(book: Book, act_id: str, *, whole: bool = False, blind_to: Reader | None = None) -> ActCase:
    """The act with this id; ``whole`` with all of its text.

    Where ``blind_to`` is to code the document blind, only what he himself said counts. Raises UsageError where there
    is no such act.
    """
    act, document = book.act_at_desk(act_id)
    alone = blind_to.name if blind_to is not None and document.id in blind_to.blind else None
    if alone is not None:
        act, _ = book.act_at_desk(act.id, alone=alone)
    why = _why(book, act) if alone is None else None
    kinds = likely_kinds(act)
    history = book.history(act.id, alone=alone)
    acts = book.acts_in(document.id)
    return ActCase(
        Told(act, document, passages(document.text, marks(act), around=None if whole else 1, centre=act.span)),
        why or Why(act, document, (), ()),
        tuple(_field(act, name) for name in WRITTEN),
        kinds[:NUMBERED],
        kinds[NUMBERED:],
        _sides(acts) if alone is None else (),
        history,
        _verdict(history),
        whole,
        alone is not None,
        why is None and alone is None,
    )


def _why(book: Book, act: Act) -> Why | None:
    try:
        return book.why(act.id)
    except UsageError:  # one that was rejected: it can still be looked at, and accepted
        return None


def link_case(book: Book, link: Link) -> PairCase:
    """A link between two acts. Raises UsageError where one of them is gone."""
    return _pair(book, link, link.offer, link.answer)


def merge_case(book: Book, merge: Merge) -> PairCase:
    """A merge of two reports. Raises UsageError where one of them is gone."""
    return _pair(book, merge, merge.act, merge.report)


def _pair(book: Book, by: Link | Merge, left: str, right: str) -> PairCase:
    history = book.history(by.id)
    return PairCase(by, _told(book, left), _told(book, right), tuple(history), _verdict(history))


def _told(book: Book, act_id: str) -> Told:
    act = book.act(act_id)
    document = book.document(act.doc)
    return Told(act, document, passages(document.text, marks(act), around=0, centre=act.span))


def _verdict(history: Sequence[Said]) -> Said | None:
    whole = [one for one in history if one.judgement.field == "stands"]
    standing = [one for one in whole if not one.undone and not one.judgement.undoes]
    last = standing[-1] if standing else None
    return last if last is not None and last.judgement.value is not None else None


def _field(act: Act, name: str) -> Field:
    value = written(act, name)
    return Field(
        name,
        _NAMES.get(name, name),
        KEYS_OF_FIELDS[name],
        value,
        _words(act, name),
        _choices(name),
        _HINTS.get(name, ""),
        value in _USUAL.get(name, ("none", "no")),
    )


def _words(act: Act, name: str) -> Span | None:
    wanted = {"span": "act"}.get(name, name)
    return next((span for field, span in marks(act) if field == wanted), None)


def _sides(acts: Sequence[Act]) -> tuple[str, ...]:
    named = [who for act in acts for who in (act.actor, act.target, act.voice.speaker) if who is not None]
    return tuple(dict.fromkeys(" ".join(side(who).split()[:2]) for who in named))[:_SHOWN_SIDES]


def _choices(name: str) -> tuple[str, ...]:
    book = codebook()
    lists = {
        "kind": tuple(book.kinds),
        "alt_kind": ("none", *book.kinds),
        "realis": tuple(book.realis),
        "issue": tuple(book.issues),
        "channel": ("none", *book.channels),
        "background": ("yes", "no"),
        "mutual": ("yes", "no"),
    }
    return lists.get(name, ())


_USUAL = {"realis": ("actual",), "issue": ("other",), "trigger": (), "span": ()}
_SIDE_HINT = 'States, role, words: KOR+USA GOV "Washington and Seoul"; ? for an unknown state; what is left out stays'
_HINTS = {
    "actor": _SIDE_HINT,
    "target": _SIDE_HINT + "; none",
    "speaker": _SIDE_HINT + "; none",
    "date": "2016-05-20, 2016-05, 2016-05-01/2016-05-20, ../2016-05-20, or none; the words may follow in quotes",
    "via": "Names, the nearest to the speaker first, with ; between them; or none",
    "conditions": 'The words of each, in quotes: "if ..." "unless ..."; or none',
    "due": "The last day for an answer: 2016-05-20, or none",
    "trigger": "The words that carry the kind, in quotes, or their offsets: 120-135",
    "span": "The words of the clause, in quotes, or their offsets: 120-180",
    "same_as": "The id of the first mention of this act in this document, or none",
}
