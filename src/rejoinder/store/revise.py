"""Writing what people judged, and what became of a document by it."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, false, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from rejoinder.draft import Coded
from rejoinder.records import Act, Judgement, Link
from rejoinder.store import schema as s
from rejoinder.store.codec import dump
from rejoinder.store.noted import DOCUMENT
from rejoinder.store.rows import among
from rejoinder.store.standing import Original, Ruling, Seen
from rejoinder.store.write import Row, Writing, distinct, link_row, problem_rows

__all__ = ["Revising"]

_ADD_JUDGEMENT = insert_or(s.judgements).on_conflict_do_nothing()


class Revising(Writing):
    """What can be written, judgements among it."""

    def judge(self, rulings: Sequence[Ruling], doc: str | None) -> None:
        """Add ``rulings``, all of ``doc``: the document of acts or of both ends of links; None where these have two.

        What is decided between documents about a link or merge will be decided anew.
        """
        rows: list[Row] = [
            {
                "id": one.said.id,
                "subject": one.said.subject,
                "what": _what(one),
                "joined": dump(one.of),
                "record": dump(one.said),
                "doc": doc,
                "by": one.said.by,
                "batch": one.said.batch,
            }
            for one in rulings
        ]
        self._to.execute(_ADD_JUDGEMENT, rows)
        self._known = None
        self._note({one.of.ends[0] for one in rulings if not isinstance(one.of, Seen)})

    def note(self, said: Judgement) -> None:
        """Add a judgement of a whole document."""
        row: Row = {"id": said.id, "subject": said.subject, "what": DOCUMENT, "joined": "{}", "record": dump(said)}
        self._to.execute(_ADD_JUDGEMENT, row)

    def revise(self, coded: Coded, original: Original | None, reviewed: Collection[str]) -> None:
        """Have a document that is kept hold what is ``coded``; what stays as it was is left alone.

        ``original`` is what the coder found, to be kept apart (None: just that is ``coded``); ``reviewed`` are the acts
        that somebody judged.
        """
        doc = coded.document.id
        self._revise_acts(doc, coded.acts)
        self._revise_links(doc, coded.links)
        self._to.execute(delete(s.problems).where(s.problems.c.scope == doc))
        self._insert(s.problems.name, problem_rows(doc, coded.problems))
        for judged in (True, False):
            which = among(s.acts.c.id, reviewed) if judged else ~among(s.acts.c.id, reviewed)
            # not by the index of what is reviewed, which would go through all the acts of the book
            other = func.coalesce(s.acts.c.reviewed, false()).is_(not judged)
            here = update(s.acts).where(s.acts.c.doc == doc, other, which)
            self._to.execute(here.values(reviewed=judged))
        self._to.execute(delete(s.originals).where(s.originals.c.doc == doc))
        if original is not None:
            self._insert(s.originals.name, [{"doc": doc, "record": dump(original)}])

    def forget(self, rulings: Sequence[Ruling]) -> None:
        """Leave judgements out: in a copy that shows an earlier state, and nowhere else.

        What is decided between documents about the links and merges among them will be decided anew.
        """
        self._to.execute(delete(s.judgements).where(among(s.judgements.c.id, [one.said.id for one in rulings])))
        self._known = None
        self._note({one.of.ends[0] for one in rulings if not isinstance(one.of, Seen)})

    def _revise_acts(self, doc: str, acts: Sequence[Act]) -> None:
        before = {act.id: act for act in self.acts_of(doc)}
        after = {act.id: act for act in acts}
        gone = [key for key, act in before.items() if after.get(key) != act]
        come = [act for key, act in after.items() if before.get(key) != act]
        if gone:
            which = among(s.acts.c.id, gone)
            self._note_gone(which)
            self._to.execute(delete(s.problems).where(among(s.problems.c.scope, gone)))
            self._to.execute(delete(s.acts).where(which))  # its links, merges and states go with an act
        self._add_acts(come, {})
        self._note({act.id for act in come if act.same_as is None})

    def _revise_links(self, doc: str, links: Sequence[Link]) -> None:
        """What an act answers in its own document, it does not answer elsewhere: where that changes, it is noted."""
        before = self._settled(doc)
        self._to.execute(delete(s.links).where(s.links.c.scope == doc))
        self._insert(s.links.name, [link_row(doc, link) for link in distinct(links)])
        self._note(before ^ self._settled(doc))

    def _settled(self, doc: str) -> set[str]:
        here = s.links.c.scope == doc, self._upheld(s.links.c.id)
        return set(self._from.execute(select(s.links.c.answer).where(*here)).scalars())

    def _note(self, acts: Collection[str]) -> None:
        there = select(s.acts.c.id).where(among(s.acts.c.id, acts)).order_by(s.acts.c.id)
        if acts:
            self._to.execute(insert(s.changes).from_select(["act"], there))


def _what(one: Ruling) -> str:
    return "act" if isinstance(one.of, Seen) else "link" if isinstance(one.of, Link) else "merge"
