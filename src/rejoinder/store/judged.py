"""What people said of acts, merges and links, and what follows for the joins: which stand, and which are certain."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Select, func, select, true

from rejoinder.records import Act, Judgement, Link, Merge, Problem
from rejoinder.store import schema as s
from rejoinder.store.codec import load
from rejoinder.store.rows import Rows, among, starts
from rejoinder.store.standing import Original, Ruling, Seen, standing

__all__ = ["Judged", "Memory"]

J = TypeVar("J", Link, Merge)

_InForce = dict[str, tuple[Judgement, Link | Merge]]
_OF: dict[str, type[Seen] | type[Link] | type[Merge]] = {"act": Seen, "link": Link, "merge": Merge}
_RULINGS = select(s.judgements.c.record, s.judgements.c.what, s.judgements.c.joined).order_by(s.judgements.c.n)
_KEPT = select(s.judgements.c.record, s.judgements.c.what, s.judgements.c.joined, s.judgements.c.doc)
_NUMBERED = _RULINGS.add_columns(s.judgements.c.n)
_JOINS = ("link", "merge")


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was in force, by subject, with its number, when there were ``count`` judgements up to number ``newest``."""

    newest: int
    count: int
    found: Mapping[str, tuple[int, Judgement, Link | Merge]]


class Memory:
    """What was said of merges and links, kept from one transaction to the next: what was added since is read only."""

    def __init__(self, kept: _Kept | None = None) -> None:
        self.kept = kept

    def apart(self) -> "Memory":
        """The same, for a transaction whose changes may come to nothing."""
        return Memory(self.kept)


class Judged(Rows):
    """What can be asked of a book about judgements."""

    def __init__(self, connection: Connection, memory: Memory | None = None) -> None:
        """``memory``: what was read before; None for nothing."""
        super().__init__(connection)
        self._memory = memory or Memory()
        self._known: _InForce | None = None

    def same_as(self, other: "Judged") -> None:
        """Take over what ``other``, which sees the same state of the book, has read of judgements."""
        self._known = other._in_force()

    def judgements(self, subject: str | None = None) -> list[Judgement]:
        """All judgements of acts, links and merges, or those of one record, in the order they were made."""
        query = select(s.judgements.c.record).where(s.judgements.c.what.in_(_OF)).order_by(s.judgements.c.n)
        return self._load(Judgement, query if subject is None else query.where(s.judgements.c.subject == subject))

    def rulings_of(self, subject: str) -> list[Ruling]:
        """All judgements of one record, with what was judged, in the order they were made."""
        return self._rulings(_RULINGS.where(s.judgements.c.subject == subject))

    def rulings_in(self, doc: str) -> list[Ruling]:
        """All judgements of acts of ``doc``, and of links inside it, in the order they were made."""
        return self._rulings(_RULINGS.where(s.judgements.c.doc == doc))

    def said_after(self, when: dt.datetime) -> list[tuple[Ruling, str | None]]:
        """What was said later, with the document each is kept with, in the order it was said."""
        query = _KEPT.where(s.judgements.c.what.in_(_OF)).order_by(s.judgements.c.n)
        every = ((_ruling(record, what, joined), doc) for record, what, joined, doc in self._from.execute(query))
        return [(ruling, doc) for ruling, doc in every if ruling.said.at > when]

    def rulings_by(self, by: str) -> Iterator[tuple[Ruling, str | None]]:
        """What ``by`` said, with the document it is kept with, the newest first; read as it is asked for."""
        query = _KEPT.where(s.judgements.c.by == by).order_by(s.judgements.c.n.desc())
        with self._from.execution_options(yield_per=50).execute(query) as found:
            for record, what, joined, doc in found:
                yield _ruling(record, what, joined), doc

    def judged_docs(self, by: str | None = None) -> list[str]:
        """The documents in which anybody, or ``by``, judged something, in the order they were first kept."""
        told = select(s.judgements.c.doc).where(s.judgements.c.doc.is_not(None))
        told = told if by is None else told.where(s.judgements.c.by == by)
        query = select(s.documents.c.id).where(s.documents.c.id.in_(told)).order_by(s.documents.c.n)
        return list(self._from.execute(query).scalars())

    def judged_by(self, by: str) -> set[str]:
        """The acts of which what ``by`` said stands, for himself."""
        query = _RULINGS.where(s.judgements.c.by == by, s.judgements.c.what == "act")
        return set(standing(self._rulings(query), by))

    def rulings_gone(self) -> list[Ruling]:
        """All judgements of acts that are not in the book (any more), in the order they were made."""
        there = select(s.acts.c.id)
        return self._rulings(_RULINGS.where(s.judgements.c.what == "act", s.judgements.c.subject.not_in(there)))

    def judges(self) -> list[str]:
        """Everybody who judged anything, sorted."""
        query = select(s.judgements.c.by).distinct().where(s.judgements.c.by.is_not(None)).order_by(s.judgements.c.by)
        return [by for by in self._from.execute(query).scalars() if by]

    def judged_ids(self, start: str, *, acts: bool = False) -> list[str]:
        """The ids that begin with ``start`` of what was judged, or of the ``acts`` that were, sorted; two at most."""
        query = select(s.judgements.c.subject).where(starts(s.judgements.c.subject, start))
        query = query.where(s.judgements.c.what.in_(("act",) if acts else _OF))
        return list(self._from.execute(query.distinct().order_by(s.judgements.c.subject).limit(2)).scalars())

    def rulings_of_step(self, by: str, batch: str) -> list[tuple[Ruling, str | None]]:
        """What ``by`` said in one step, with the document each is kept with, in the order it was said."""
        query = _KEPT.where(s.judgements.c.by == by, s.judgements.c.batch == batch).order_by(s.judgements.c.n)
        found = self._from.execute(query)
        return [(_ruling(record, what, joined), doc) for record, what, joined, doc in found]

    def joins(self, ids: Collection[str]) -> list[Link | Merge]:
        """The merges and links among ``ids``, those judged wrong too, in order of id."""
        found: dict[str, Link | Merge] = {}
        for table, kind in ((s.links, Link), (s.merges, Merge)):
            query = select(table.c.id, table.c.record).where(among(table.c.id, ids))
            found |= {row["id"]: load(kind, row["record"]) for row in self._rows(query)}
        found |= {key: one for key, (_, one) in self._in_force().items() if key in ids}
        return [found[key] for key in sorted(found)]

    def original(self, doc: str) -> Original:
        """What the coder by itself found in ``doc``: kept apart where people left something else."""
        kept = self._from.execute(select(s.originals.c.record).where(s.originals.c.doc == doc)).scalar()
        if kept is not None:
            return load(Original, kept)
        links = select(s.links.c.record).where(s.links.c.scope == doc).order_by(s.links.c.id)
        problems = select(s.problems.c.record).where(s.problems.c.scope == doc).order_by(s.problems.c.id)
        acts = select(s.acts.c.record).where(s.acts.c.doc == doc).order_by(s.acts.c.start, s.acts.c.trigger_start)
        return Original(
            tuple(self._load(Act, acts.order_by(s.acts.c.id))),
            tuple(self._load(Link, links)),
            tuple(self._load(Problem, problems)),
        )

    def is_apart(self, doc: str) -> bool:
        """Whether what the coder found in ``doc`` is kept apart."""
        return self._from.execute(select(s.originals.c.doc).where(s.originals.c.doc == doc)).first() is not None

    def reviewed(self, acts: Collection[str]) -> set[str]:
        """Those of ``acts`` that somebody judged."""
        query = select(s.acts.c.id).where(among(s.acts.c.id, acts), s.acts.c.reviewed)
        return set(self._from.execute(query).scalars())

    def _rulings(self, query: Select[str, str, str]) -> list[Ruling]:
        return [_ruling(*row) for row in self._from.execute(query)]

    def joined(self, start: str) -> list[Link | Merge]:
        """The links and merges whose id begins with ``start``, judged wrong or not, sorted by id; two at most."""
        found: dict[str, Link | Merge] = {}
        for table, kind in ((s.links, Link), (s.merges, Merge)):
            query = select(table.c.id, table.c.record).where(starts(table.c.id, start))
            found |= {row["id"]: load(kind, row["record"]) for row in self._rows(query.order_by(table.c.id).limit(2))}
        return [found[key] for key in sorted(found)][:2]

    def judged(self) -> dict[str, tuple[bool, Link | Merge]]:
        """Each merge and link of which somebody last said whether it stands, by id, with what was said."""
        return {subject: (_stands(said), joined) for subject, (said, joined) in self._in_force().items()}

    def in_force(self) -> dict[str, Judgement]:
        """The last judgement of each merge and link, by its id; without those that were taken back."""
        return {subject: said for subject, (said, _) in self._in_force().items()}

    def _in_force(self) -> _InForce:
        """What was last said of each merge and link, and of what; read once, for a transaction sees one state."""
        if self._known is None:
            self._known = self._read_in_force()
        return self._known

    def _read_in_force(self) -> _InForce:
        kept = self._kept()
        self._memory.kept = kept
        in_order = sorted(kept.found.items(), key=lambda each: each[1][0])
        return {subject: (said, joined) for subject, (_, said, joined) in in_order}

    def _kept(self) -> _Kept:
        """What is in force now: what is remembered, but for what something was said of since."""
        kept, n = self._memory.kept, s.judgements.c.n
        newest, count = self._extent(n >= 0)
        if kept is None or self._extent(n <= kept.newest) != (kept.newest, kept.count):
            return _Kept(newest, count, self._read_joins(n >= 0))
        if (newest, count) == (kept.newest, kept.count):
            return kept
        fresh = select(s.judgements.c.subject).where(s.judgements.c.what.in_(_JOINS), n > kept.newest)
        subjects = set(self._from.execute(fresh).scalars())
        found = {subject: one for subject, one in kept.found.items() if subject not in subjects}
        return _Kept(newest, count, found | self._read_joins(among(s.judgements.c.subject, subjects)))

    def _extent(self, which: ColumnElement[bool]) -> tuple[int, int]:
        """The last number of judgements of merges and links, and how many there are."""
        query = select(func.max(s.judgements.c.n), func.count()).where(s.judgements.c.what.in_(_JOINS), which)
        newest, count = self._from.execute(query).one()
        return newest or 0, count

    def _read_joins(self, which: ColumnElement[bool]) -> dict[str, tuple[int, Judgement, Link | Merge]]:
        rows = list(self._rows(_NUMBERED.where(s.judgements.c.what.in_(_JOINS), which)))
        rulings = [_ruling(row["record"], row["what"], row["joined"]) for row in rows]
        number = {id(ruling): row["n"] for ruling, row in zip(rulings, rows, strict=True)}
        found: dict[str, tuple[int, Judgement, Link | Merge]] = {}
        for subject, fields in standing(rulings).items():
            one = fields["stands"]
            assert isinstance(one.of, Link | Merge), "acts are left out above"
            found[subject] = number[id(one)], one.said, one.of
        return found

    def _certain(self, joined: list[J]) -> list[J]:
        """``joined``, where somebody judged that one stands, with the score of a certainty."""
        sure = {subject for subject, (said, _) in self._in_force().items() if _stands(said)}
        return [replace(one, score=1.0) if one.id in sure else one for one in joined]

    def _upheld(self, column: Column[str]) -> ColumnElement[bool]:
        """Nobody judged that the one whose id stands in ``column`` does not stand."""
        refused = [subject for subject, (said, _) in self._in_force().items() if not _stands(said)]
        return ~among(column, refused) if refused else true()


def _ruling(record: str, what: str, joined: str) -> Ruling:
    return Ruling(load(Judgement, record), load(_OF[what], joined))


def _stands(said: Judgement) -> bool:
    return said.value == "yes"
