"""Reading a book, inside a transaction that sees one state of it throughout."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import RowMapping, bindparam, func, select

from rejoinder.draft import Coded
from rejoinder.records import Act, Document, Link, Merge, Problem
from rejoinder.store import schema as s
from rejoinder.store.codec import load
from rejoinder.store.conditions import conditions
from rejoinder.store.figures import Figures
from rejoinder.store.keep import Plan, Run, coded_as, source_id, whole
from rejoinder.store.noted import Noted
from rejoinder.store.query import ActQuery
from rejoinder.store.rows import among, day_of
from rejoinder.store.summaries import EVERYWHERE

__all__ = ["Heading", "Reading"]

_IN_TEXT = (s.acts.c.start, s.acts.c.end, s.acts.c.trigger_start, s.acts.c.id)
_SOURCES = (
    select(s.sources, s.documents.c.text)
    .join(s.documents)
    .where(s.sources.c.doc == bindparam("of"))
    .order_by(s.sources.c.n)
)
_MANY = 20_000
"""So many acts of a dyad are looked up first, where few of them are wanted."""
_CODED_AS = select(s.documents.c.coded_as).where(s.documents.c.id == bindparam("of"))
"""Asked for every document that is kept: to make a statement anew takes longer than to run it."""
_BEST_MERGE = (s.merges.c.report, s.merges.c.score.desc(), s.merges.c.act, s.merges.c.scope)


@dataclass(frozen=True, slots=True)
class Heading:
    """A document without its text. ``outlets`` are all outlets it is known from, sorted.

    ``sketch`` tells whether it is a copy of another one (None: not known).
    """

    id: str
    name: str
    title: str | None
    outlet: str | None
    url: str | None
    published: dt.date | None
    outlets: tuple[str, ...] = ()
    sketch: bytes | None = None


class Reading(Figures, Noted):
    """What can be asked of a book. Lists come in an order that depends on their content only."""

    # documents

    def documents(self) -> list[Document]:
        """All documents, in the order they were first kept."""
        return [_document(row) for row in self._rows(select(s.documents).order_by(s.documents.c.n))]

    def document(self, doc: str) -> Document | None:
        """The document with the id ``doc``."""
        found = self._from.execute(select(s.documents).where(s.documents.c.id == doc)).mappings().first()
        return None if found is None else _document(found)

    def document_ids(self, start: str) -> list[str]:
        """Ids of documents that begin with ``start``, sorted; two at most."""
        return self._starting(s.documents.c.id, start)

    def named(self, name: str) -> list[str]:
        """Ids of the documents that any place calls ``name``, in the order they were kept."""
        query = select(s.sources.c.doc).where(s.sources.c.name == name).order_by(s.sources.c.n)
        return list(dict.fromkeys(self._from.execute(query).scalars()))

    def sources(self, doc: str) -> list[Document]:
        """Each place the text ``doc`` came from, in the order they became known."""
        return [_document(row) for row in self._from.execute(_SOURCES, {"of": doc}).mappings()]

    def all_sources(self) -> Iterator[tuple[str, str]]:
        """(name, document id) of each place a text came from, in the order they became known."""
        for row in self._rows(select(s.sources.c.name, s.sources.c.doc).order_by(s.sources.c.n)):
            yield row["name"], row["doc"]

    def headings(self, docs: Collection[str]) -> dict[str, Heading]:
        """``docs`` without their texts, by id."""
        outlets: dict[str, set[str]] = {}
        query = select(s.sources.c.doc, s.sources.c.outlet).where(s.sources.c.outlet.is_not(None))
        for row in self._rows(query.where(among(s.sources.c.doc, docs))):
            outlets.setdefault(row["doc"], set()).add(row["outlet"])
        columns = [s.documents.c[name] for name in ("id", "name", "title", "outlet", "url", "published", "sketch")]
        rows = self._rows(select(*columns).where(among(s.documents.c.id, docs)).order_by(s.documents.c.n))
        return {row["id"]: _heading(row, outlets.get(row["id"], set())) for row in rows}

    def coded(self, doc: str, name: str) -> Coded:
        """The document ``doc``, which must exist, as it was coded; called ``name``."""
        row = self._from.execute(select(s.documents).where(s.documents.c.id == doc)).mappings().one()
        problems = tuple(self._load(Problem, select(s.problems.c.record).where(s.problems.c.scope == doc)))
        document = replace(_document(row), name=name)
        return Coded(document, tuple(self.acts_of(doc)), tuple(self.inner_links(doc)), problems, row["status"])

    def machine(self, doc: str) -> Coded | None:
        """The document ``doc`` as the coder by itself left it, whatever was judged; None where it is not kept."""
        row = self._from.execute(select(s.documents).where(s.documents.c.id == doc)).mappings().first()
        if row is None:
            return None
        found = self.original(doc)
        return Coded(_document(row), found.acts, found.links, found.problems, row["status"])

    def status(self, doc: str) -> str | None:
        """``coded``, ``partly`` or ``failed``; None where the document is not kept."""
        return self._from.execute(select(s.documents.c.status).where(s.documents.c.id == doc)).scalar()

    def plan(self, source: Document, run: Run) -> Plan:
        """What keeping ``source`` would take, when coded by ``run``."""
        known = self.sources(source.id)
        document = whole([*known, source])
        kept_as = self._from.execute(_CODED_AS, {"of": source.id}).scalar()
        return Plan(
            document=document,
            known=kept_as is not None,
            current=kept_as == coded_as(document, run),
            new_source=source_id(source) not in {source_id(old) for old in known},
        )

    # acts

    def acts(self, query: ActQuery | None = None) -> list[Act]:
        """The acts that fit ``query``: by first possible day (undated last), document, place in the text."""
        order = (s.acts.c.earliest.is_(None), s.acts.c.earliest, s.acts.c.doc, *_IN_TEXT)
        picked = select(s.acts.c.record).where(*conditions(query or ActQuery())).order_by(*order)
        return self._load(Act, picked)

    def acts_by_id(self, ids: Collection[str]) -> dict[str, Act]:
        """Those of ``ids`` that exist, in order of id."""
        query = select(s.acts.c.record).where(among(s.acts.c.id, ids)).order_by(s.acts.c.id)
        return {act.id: act for act in self._load(Act, query)}

    def documents_of(self, ids: Collection[str]) -> dict[str, str]:
        """The document of each act in ``ids``."""
        query = select(s.acts.c.id, s.acts.c.doc).where(among(s.acts.c.id, ids)).order_by(s.acts.c.id)
        return {row["id"]: row["doc"] for row in self._rows(query)}

    def reports(self, firsts: Collection[str]) -> list[str]:
        """Ids of the later mentions of ``firsts`` inside their documents, sorted."""
        query = select(s.acts.c.id).where(among(s.acts.c.same_as, firsts)).order_by(s.acts.c.id)
        return list(self._from.execute(query).scalars())

    def acts_of(self, doc: str) -> list[Act]:
        """The acts of one document in text order."""
        return self._load(Act, select(s.acts.c.record).where(s.acts.c.doc == doc).order_by(*_IN_TEXT))

    def mentions_of(self, docs: Collection[str]) -> list[tuple[str, str]]:
        """Id and kind of all acts of ``docs``, by document and place; quicker than the acts themselves."""
        query = select(s.acts.c.id, s.acts.c.kind).where(among(s.acts.c.doc, docs)).order_by(s.acts.c.doc, *_IN_TEXT)
        return [(row["id"], row["kind"]) for row in self._rows(query)]

    def act_ids(self, start: str) -> list[str]:
        """Ids of acts that begin with ``start``, sorted; two at most."""
        return self._starting(s.acts.c.id, start)

    def first_of(self) -> dict[str, str]:
        """Every later mention's id with the id of the mention it repeats."""
        query = select(s.acts.c.id, s.acts.c.same_as).where(s.acts.c.same_as.is_not(None)).order_by(s.acts.c.id)
        return {row["id"]: row["same_as"] for row in self._rows(query)}

    def to_review(
        self,
        query: ActQuery,
        *,
        order: str,
        documents: Collection[str] | None,
        by: str | None,
        without: Collection[str],
        limit: int,
    ) -> list[Act]:
        """The first acts that fit ``query``, and that ``by`` said nothing of, where he is given.

        ``order``: "uncertain", "text" (the documents in the order they were kept), "day" or "newest".
        """
        picked = select(s.acts.c.record).where(*conditions(query, one_by_one=self._is_busy(query))).limit(limit)
        if order == "text":
            picked = picked.join(s.documents, s.documents.c.id == s.acts.c.doc).order_by(s.documents.c.n, *_IN_TEXT)
        else:
            day = s.acts.c.earliest.desc() if order == "newest" else s.acts.c.earliest
            by_day = s.acts.c.earliest.is_(None), day, s.acts.c.id
            picked = picked.order_by(*(by_day if order in ("day", "newest") else (s.acts.c.score, s.acts.c.id)))
        left_out = set(without) | (set() if by is None else self.judged_by(by))
        if left_out:
            picked = picked.where(~among(s.acts.c.id, left_out))
        if documents is not None:
            picked = picked.where(among(s.acts.c.doc, documents))
        return self._load(Act, picked)

    def reviewed_of(self, query: ActQuery, documents: Collection[str] | None) -> tuple[int, int]:
        """How many acts fit ``query``, and how many of these somebody judged."""
        if documents is None and query == ActQuery(kinds=query.kinds, dyad=query.dyad):
            return self._reviewed_of_list(query)
        picked = select(func.count(), func.count().filter(s.acts.c.reviewed)).where(*conditions(query))
        if documents is not None:
            picked = picked.where(among(s.acts.c.doc, documents))
        there, reviewed = self._from.execute(picked.select_from(s.acts)).one()
        return there, reviewed

    def _reviewed_of_list(self, query: ActQuery) -> tuple[int, int]:
        """The same, of a dyad and of kinds; counted in the list."""
        listed = s.listed.c.place == (query.dyad or EVERYWHERE)
        kinds = [s.listed.c.kind.in_(query.kinds)] if query.kinds else []
        if query.dyad is None and not kinds:
            there = self.figures().get("mentions", 0)
        else:
            there = self._from.execute(select(func.count()).select_from(s.listed).where(listed, *kinds)).scalar() or 0
        judged = replace(query, reviewed=True)
        reviewed = select(func.count()).select_from(s.acts).where(*conditions(judged, one_by_one=True))
        return there, self._from.execute(reviewed).scalar() or 0

    def _is_busy(self, query: ActQuery) -> bool:
        """Whether very many acts lie in the dyad that is asked for."""
        dyad = select(s.act_dyads.c.act).where(s.act_dyads.c.dyad == query.dyad)
        return query.dyad is not None and self._size(dyad, _MANY) > _MANY

    # what joins acts

    def joins_judged(self, what: str) -> tuple[int, int]:
        """How many links (``what``: or merges) were judged, and how many there are, those judged wrong among them."""
        table, kind = (s.links, Link) if what == "link" else (s.merges, Merge)
        judged = {key for key, (_, one) in self.judged().items() if isinstance(one, kind)}
        others = select(func.count(table.c.id.distinct())).where(~among(table.c.id, judged))
        return len(judged), len(judged) + self._from.execute(others).scalar_one()

    def links_to_review(self, *, without: Collection[str], limit: int) -> list[Link]:
        """The least certain links that nobody judged."""
        query = select(s.links.c.id, s.links.c.record).order_by(s.links.c.score, s.links.c.id, s.links.c.scope)
        left_out = {*without, *self.in_force()}
        return self._one_each(Link, query.where(~among(s.links.c.id, left_out)).limit(limit), (), None)

    def merges_to_review(self, *, without: Collection[str], limit: int) -> list[Merge]:
        """The least certain merges that nobody judged."""
        query = select(s.merges.c.id, s.merges.c.record).order_by(s.merges.c.score, s.merges.c.id, s.merges.c.scope)
        left_out = {*without, *self.in_force()}
        return self._one_each(Merge, query.where(~among(s.merges.c.id, left_out)).limit(limit), (), None)

    def links(self, acts: Collection[str] | None = None) -> list[Link]:
        """All links, or those that touch one of ``acts``; one of each id, the most certain, in order of id.

        Here and below, what was judged not to stand is left out.
        """
        order = (s.links.c.id, s.links.c.score.desc(), s.links.c.scope)
        query = select(s.links.c.id, s.links.c.record).where(self._upheld(s.links.c.id)).order_by(*order)
        return self._certain(self._one_each(Link, query, (s.links.c.answer, s.links.c.offer), acts))

    def inner_links(self, doc: str) -> list[Link]:
        """The links inside one document, in order of id."""
        query = select(s.links.c.record).where(s.links.c.scope == doc, self._upheld(s.links.c.id))
        return self._load(Link, query.order_by(s.links.c.id))

    def merges(self, acts: Collection[str] | None = None) -> list[Merge]:
        """All merges, or those that touch one of ``acts``, in order of report; one of each report, the most certain."""
        query = select(s.merges.c.report, s.merges.c.record).where(self._upheld(s.merges.c.id)).order_by(*_BEST_MERGE)
        return self._certain(self._one_each(Merge, query, (s.merges.c.report, s.merges.c.act), acts))

    def merge_pairs(self) -> list[tuple[str, str]]:
        """(report, canonical act) of every merge, the most certain of a report first."""
        query = select(s.merges.c.report, s.merges.c.act).where(self._upheld(s.merges.c.id)).order_by(*_BEST_MERGE)
        return [(row["report"], row["act"]) for row in self._rows(query)]

    def problem_codes(self, docs: Collection[str]) -> list[str]:
        """The code of each problem of ``docs``, as often as there are problems with it."""
        query = select(s.problems.c.id, s.problems.c.code).where(among(s.problems.c.doc, docs)).distinct()
        return [row["code"] for row in self._rows(query)]

    def problem_counts(self) -> list[tuple[str, int, int]]:
        """(code, number of problems, number of documents that have them), by code."""
        counted = (func.count(s.problems.c.id.distinct()), func.count(s.problems.c.doc.distinct()))
        query = select(s.problems.c.code, *counted).group_by(s.problems.c.code).order_by(s.problems.c.code)
        return [(code, problems, documents) for code, problems, documents in self._from.execute(query)]

    def ended(self, statuses: Collection[str], limit: int) -> list[tuple[str, str]]:
        """(document id, status) of the documents that ended with one of ``statuses``, the last kept first."""
        query = select(s.documents.c.id, s.documents.c.status).where(s.documents.c.status.in_(statuses))
        rows = self._from.execute(query.order_by(s.documents.c.n.desc()).limit(limit))
        return [(doc, status) for doc, status in rows]

    def problems(self, *, codes: Collection[str] = (), doc: str | None = None) -> list[Problem]:
        """Problems by document (in the order kept) and place; of all documents or of ``doc``."""
        query = select(s.problems.c.record, s.problems.c.id).join(s.documents, s.documents.c.id == s.problems.c.doc)
        if codes:
            query = query.where(s.problems.c.code.in_(codes))
        if doc is not None:
            query = query.where(s.problems.c.doc == doc)
        query = query.order_by(s.documents.c.n, s.problems.c.start, s.problems.c.id, s.problems.c.scope)
        return [load(Problem, record) for record in {row["id"]: row["record"] for row in self._rows(query)}.values()]


def _document(row: RowMapping) -> Document:
    return Document(
        text=row["text"],
        name=row["name"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=day_of(row["published"]),
        origin=row["origin"],
        author=row["author"],
        dated_by=row["dated_by"],
    )


def _heading(row: RowMapping, outlets: set[str]) -> Heading:
    return Heading(
        id=row["id"],
        name=row["name"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=day_of(row["published"]),
        outlets=tuple(sorted(outlets)),
        sketch=row["sketch"],
    )
