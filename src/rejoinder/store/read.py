"""Reading a book, inside a transaction that sees one state of it throughout."""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Select, func, literal, select

from rejoinder.codebook.dyads import UNKNOWN
from rejoinder.draft import Coded
from rejoinder.records import Act, Document, Link, Merge, Problem
from rejoinder.store import schema as s
from rejoinder.store.codec import load
from rejoinder.store.conditions import conditions
from rejoinder.store.keep import Plan, Run, coded_as, source_id, whole
from rejoinder.store.query import ActQuery

__all__ = ["Crossing", "Heading", "Reading"]

R = TypeVar("R", Act, Link, Merge, Problem)

_IN_TEXT = (s.acts.c.start, s.acts.c.end, s.acts.c.trigger_start, s.acts.c.id)
_BEST_MERGE = (s.merges.c.report, s.merges.c.score.desc(), s.merges.c.act, s.merges.c.scope)


@dataclass(frozen=True, slots=True)
class Crossing:
    """What linking across documents starts from.

    ``acts`` are first mentions; ``published`` maps (at least) their documents' ids to publication days; ``linked`` are
    ids of acts whose answer is settled inside their own document.
    """

    acts: tuple[Act, ...]
    published: Mapping[str, dt.date | None]
    linked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Heading:
    """A document without its text. ``outlets`` are all outlets it is known from, sorted."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    url: str | None
    published: dt.date | None
    outlets: tuple[str, ...] = ()


class Reading:
    """What can be asked of a book. Lists come in an order that depends on their content only."""

    def __init__(self, connection: Connection) -> None:
        self._from = connection

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
        query = select(s.sources, s.documents.c.text).join(s.documents).where(s.sources.c.doc == doc)
        return [_document(row) for row in self._rows(query.order_by(s.sources.c.n))]

    def all_sources(self) -> Iterator[tuple[str, str]]:
        """(name, document id) of each place a text came from, in the order they became known."""
        for row in self._rows(select(s.sources.c.name, s.sources.c.doc).order_by(s.sources.c.n)):
            yield row["name"], row["doc"]

    def headings(self, docs: Collection[str]) -> dict[str, Heading]:
        """``docs`` without their texts, by id."""
        outlets: dict[str, set[str]] = {}
        query = select(s.sources.c.doc, s.sources.c.outlet).where(s.sources.c.outlet.is_not(None))
        for row in self._rows(query.where(_among(s.sources.c.doc, docs))):
            outlets.setdefault(row["doc"], set()).add(row["outlet"])
        columns = [s.documents.c[name] for name in ("id", "name", "title", "outlet", "url", "published")]
        rows = self._rows(select(*columns).where(_among(s.documents.c.id, docs)).order_by(s.documents.c.n))
        return {row["id"]: _heading(row, outlets.get(row["id"], set())) for row in rows}

    def coded(self, doc: str, name: str) -> Coded:
        """The document ``doc``, which must exist, as it was coded; called ``name``."""
        row = self._from.execute(select(s.documents).where(s.documents.c.id == doc)).mappings().one()
        problems = tuple(self._load(Problem, select(s.problems.c.record).where(s.problems.c.scope == doc)))
        document = replace(_document(row), name=name)
        return Coded(document, tuple(self.acts_of(doc)), tuple(self.inner_links(doc)), problems, row["status"])

    def status(self, doc: str) -> str | None:
        """``coded``, ``partly`` or ``failed``; None where the document is not kept."""
        return self._from.execute(select(s.documents.c.status).where(s.documents.c.id == doc)).scalar()

    def newest(self) -> dt.date | None:
        """The latest publication day of any document."""
        day = self._from.execute(select(func.max(s.documents.c.published))).scalar()
        return None if day is None else dt.date.fromisoformat(day)

    def plan(self, source: Document, run: Run) -> Plan:
        """What keeping ``source`` would take, when coded by ``run``."""
        known = self.sources(source.id)
        document = whole([*known, source])
        query = select(s.documents.c.coded_as).where(s.documents.c.id == source.id)
        kept_as = self._from.execute(query).scalar()
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
        query = select(s.acts.c.record).where(_among(s.acts.c.id, ids)).order_by(s.acts.c.id)
        return {act.id: act for act in self._load(Act, query)}

    def documents_of(self, ids: Collection[str]) -> dict[str, str]:
        """The document of each act in ``ids``."""
        query = select(s.acts.c.id, s.acts.c.doc).where(_among(s.acts.c.id, ids)).order_by(s.acts.c.id)
        return {row["id"]: row["doc"] for row in self._rows(query)}

    def reports(self, firsts: Collection[str]) -> list[str]:
        """Ids of the later mentions of ``firsts`` inside their documents, sorted."""
        query = select(s.acts.c.id).where(_among(s.acts.c.same_as, firsts)).order_by(s.acts.c.id)
        return list(self._from.execute(query).scalars())

    def acts_of(self, doc: str) -> list[Act]:
        """The acts of one document in text order."""
        return self._load(Act, select(s.acts.c.record).where(s.acts.c.doc == doc).order_by(*_IN_TEXT))

    def act_ids(self, start: str) -> list[str]:
        """Ids of acts that begin with ``start``, sorted; two at most."""
        return self._starting(s.acts.c.id, start)

    def crossings(self, dyads: Collection[str]) -> dict[str, Crossing]:
        """What has to be compared to link each of ``dyads`` across documents.

        These are its first mentions, and those of its two states that name no target: they may tell of the same acts.
        """
        together = {dyad: [dyad, *_open_ended(dyad)] for dyad in sorted(set(dyads))}
        wanted = _among(s.act_dyads.c.dyad, {key for keys in together.values() for key in keys})
        query = select(s.act_dyads.c.dyad, s.acts.c.id).join(s.acts).where(wanted, s.acts.c.same_as.is_(None))
        filed: dict[str, list[str]] = {}
        for row in self._rows(query.order_by(s.acts.c.doc, *_IN_TEXT)):
            filed.setdefault(row["dyad"], []).append(row["id"])
        acts = self.acts_by_id({one for ids in filed.values() for one in ids})
        docs = {act.doc for act in acts.values()}
        days = select(s.documents.c.id, s.documents.c.published).where(_among(s.documents.c.id, docs))
        published = {row["id"]: _day(row["published"]) for row in self._rows(days)}
        settled = select(s.links.c.answer).distinct().where(_among(s.links.c.scope, docs))
        linked = frozenset(self._from.execute(settled).scalars())

        def crossing(keys: Sequence[str]) -> Crossing:
            ids = dict.fromkeys(one for key in keys for one in filed.get(key, ()))
            return Crossing(tuple(acts[one] for one in ids), published, linked)

        return {dyad: crossing(keys) for dyad, keys in together.items()}

    def first_of(self) -> dict[str, str]:
        """Every later mention's id with the id of the mention it repeats."""
        query = select(s.acts.c.id, s.acts.c.same_as).where(s.acts.c.same_as.is_not(None)).order_by(s.acts.c.id)
        return {row["id"]: row["same_as"] for row in self._rows(query)}

    # what joins acts

    def links(self, acts: Collection[str] | None = None) -> list[Link]:
        """All links, or those that touch one of ``acts``; one of each id, the most certain, in order of id."""
        order = (s.links.c.id, s.links.c.score.desc(), s.links.c.scope)
        query = select(s.links.c.id, s.links.c.record).order_by(*order)
        return self._one_each(Link, query, (s.links.c.answer, s.links.c.offer), acts)

    def inner_links(self, doc: str) -> list[Link]:
        """The links inside one document, in order of id."""
        return self._load(Link, select(s.links.c.record).where(s.links.c.scope == doc).order_by(s.links.c.id))

    def merges(self, acts: Collection[str] | None = None) -> list[Merge]:
        """All merges, or those that touch one of ``acts``, in order of report; one of each report, the most certain."""
        query = select(s.merges.c.report, s.merges.c.record).order_by(*_BEST_MERGE)
        return self._one_each(Merge, query, (s.merges.c.report, s.merges.c.act), acts)

    def merge_pairs(self) -> list[tuple[str, str]]:
        """(report, canonical act) of every merge, the most certain of a report first."""
        query = select(s.merges.c.report, s.merges.c.act).order_by(*_BEST_MERGE)
        return [(row["report"], row["act"]) for row in self._rows(query)]

    def problems(self, *, codes: Collection[str] = (), doc: str | None = None) -> list[Problem]:
        """Problems by document (in the order kept) and place; of all documents or of ``doc``."""
        query = select(s.problems.c.record, s.problems.c.id).join(s.documents, s.documents.c.id == s.problems.c.doc)
        if codes:
            query = query.where(s.problems.c.code.in_(codes))
        if doc is not None:
            query = query.where(s.problems.c.doc == doc)
        query = query.order_by(s.documents.c.n, s.problems.c.start, s.problems.c.id, s.problems.c.scope)
        return [load(Problem, record) for record in {row["id"]: row["record"] for row in self._rows(query)}.values()]

    def stale(self) -> dict[str, str]:
        """Dyads whose acts changed since they were last linked across documents, sorted, with a token of the change."""
        rows = self._rows(select(s.stale.c.dyad, s.stale.c.token).order_by(s.stale.c.dyad))
        return {row["dyad"]: row["token"] for row in rows}

    def _rows(self, query: Select[*tuple[object, ...]]) -> Iterator[RowMapping]:
        yield from self._from.execute(query).mappings()

    def _load(self, kind: type[R], query: Select[str]) -> list[R]:
        return [load(kind, record) for record in self._from.execute(query).scalars()]

    def _one_each(
        self, kind: type[R], query: Select[str, str], ends: Sequence[Column[str]], acts: Collection[str] | None
    ) -> list[R]:
        """The first record of each key (the query's first column), of those with an end among ``acts``."""
        if acts is not None:
            query = query.where(_among(ends[0], acts) | _among(ends[1], acts))
        found: dict[str, str] = {}
        for key, record in self._from.execute(query):
            found.setdefault(key, record)
        return [load(kind, record) for record in found.values()]

    def _starting(self, column: Column[str], start: str) -> list[str]:
        query = select(column).where(column >= start, column < start + "\U0010ffff").order_by(column).limit(2)
        return list(self._from.execute(query).scalars())


def _among(column: Column[str], values: Collection[str]) -> ColumnElement[bool]:
    """``column`` is one of ``values``, however many (SQLite limits the variables of a statement)."""
    each = func.json_each(literal(json.dumps(sorted(set(values))))).table_valued("value")
    return column.in_(select(each.c.value))


def _open_ended(dyad: str) -> list[str]:
    return [f"{state}-{UNKNOWN}" for state in dyad.split("-") if UNKNOWN not in dyad]


def _day(stored: str | None) -> dt.date | None:
    return None if stored is None else dt.date.fromisoformat(stored)


def _document(row: RowMapping) -> Document:
    return Document(
        text=row["text"],
        name=row["name"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=_day(row["published"]),
        origin=row["origin"],
    )


def _heading(row: RowMapping, outlets: set[str]) -> Heading:
    return Heading(
        id=row["id"],
        name=row["name"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=_day(row["published"]),
        outlets=tuple(sorted(outlets)),
    )
