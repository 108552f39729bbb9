"""What people said of merges and links, and what follows for these: which stand, and which are certain."""

from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Column, ColumnElement, Connection, select, true

from rejoinder.records import Judgement, Link, Merge
from rejoinder.store import schema as s
from rejoinder.store.codec import load
from rejoinder.store.rows import Rows, among, starts

__all__ = ["Judged"]

J = TypeVar("J", Link, Merge)

_InForce = dict[str, tuple[Judgement, Link | Merge]]


class Judged(Rows):
    """What can be asked of a book about judgements."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._known: _InForce | None = None

    def same_as(self, other: "Judged") -> None:
        """Take over what ``other``, which sees the same state of the book, has read of judgements."""
        self._known = other._in_force()

    def judgements(self, subject: str | None = None) -> list[Judgement]:
        """All judgements, or those of one record, in the order they were made."""
        query = select(s.judgements.c.record).order_by(s.judgements.c.n)
        return self._load(Judgement, query if subject is None else query.where(s.judgements.c.subject == subject))

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
        columns = (s.judgements.c.subject, s.judgements.c.what, s.judgements.c.joined, s.judgements.c.record)
        last: _InForce = {}
        for row in self._rows(select(*columns).order_by(s.judgements.c.n)):
            said = load(Judgement, row["record"])
            last.pop(row["subject"], None)
            if said.value is not None:
                joined = row["joined"]
                last[row["subject"]] = said, load(Link, joined) if row["what"] == "link" else load(Merge, joined)
        return last

    def _certain(self, joined: list[J]) -> list[J]:
        """``joined``, where somebody judged that one stands, with the score of a certainty."""
        sure = {subject for subject, (said, _) in self._in_force().items() if _stands(said)}
        return [replace(one, score=1.0) if one.id in sure else one for one in joined]

    def _upheld(self, column: Column[str]) -> ColumnElement[bool]:
        """Nobody judged that the one whose id stands in ``column`` does not stand."""
        refused = [subject for subject, (said, _) in self._in_force().items() if not _stands(said)]
        return ~among(column, refused) if refused else true()


def _stands(said: Judgement) -> bool:
    return said.value == "yes"
