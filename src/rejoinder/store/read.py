"""Reading a book, inside a transaction that sees one state of it throughout."""

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Select, func, literal, select, true

from rejoinder.draft import Coded
from rejoinder.records import Act, Document, Judgement, Link, Merge, Problem
from rejoinder.store import schema as s
from rejoinder.store.codec import load
from rejoinder.store.conditions import conditions
from rejoinder.store.keep import Plan, Run, coded_as, source_id, whole
from rejoinder.store.query import ActQuery

__all__ = ["Change", "Heading", "Place", "Reading", "Surroundings", "among"]

R = TypeVar("R", Act, Judgement, Link, Merge, Problem)
J = TypeVar("J", Link, Merge)

_IN_TEXT = (s.acts.c.start, s.acts.c.end, s.acts.c.trigger_start, s.acts.c.id)
_BEST_MERGE = (s.merges.c.report, s.merges.c.score.desc(), s.merges.c.act, s.merges.c.scope)


_END = "\U0010ffff"

_OPENING = 400
"""Characters of a document's text that say what it is about."""


@dataclass(frozen=True, slots=True)
class Place:
    """Under which pair of states, kind and day an act is filed. ``?`` is a state that is not known."""

    actor: str
    target: str
    kind: str
    day: dt.date


Under = tuple[str | None, str | None, str]
"""Where to look for filed acts: actor's state and target's state (None: any), and kind."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that has to be compared anew: an act that came or was judged, or the place of one that is gone."""

    n: int
    act: str | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a document adds to its acts: when it was published, its first words, and which acts it settles itself."""

    published: dt.date | None
    opening: str
    settled: frozenset[str]


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

    def act_ids(self, start: str) -> list[str]:
        """Ids of acts that begin with ``start``, sorted; two at most."""
        return self._starting(s.acts.c.id, start)

    def surroundings(self, docs: Collection[str]) -> dict[str, Surroundings]:
        """What is known of ``docs`` where their acts are compared with others, by id."""
        inner = among(s.links.c.scope, docs), self._stands(s.links.c.id)
        query = select(s.links.c.scope, s.links.c.answer).where(*inner)
        settled: dict[str, set[str]] = {}
        for row in self._rows(query):
            settled.setdefault(row["scope"], set()).add(row["answer"])
        opening = func.substr(s.documents.c.text, 1, _OPENING).label("opening")
        found = select(s.documents.c.id, s.documents.c.published, opening).where(among(s.documents.c.id, docs))
        return {
            row["id"]: Surroundings(_day(row["published"]), row["opening"], frozenset(settled.get(row["id"], ())))
            for row in self._rows(found)
        }

    def changes(self) -> list[Change]:
        """What has changed since acts were last compared across documents, oldest first."""
        rows = self._rows(select(s.changes).order_by(s.changes.c.n))
        return [Change(row["n"], row["act"], None if row["day"] is None else _place(row)) for row in rows]

    def last_change(self) -> int:
        """The number of the newest change there ever was, settled or not."""
        found = self._from.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").scalar()
        return int(found or 0)

    def unfiled(self, acts: Collection[str]) -> list[str]:
        """Those of ``acts`` of which no day is known under which they are filed, sorted."""
        query = select(s.acts.c.id).where(among(s.acts.c.id, acts), s.acts.c.day.is_(None)).order_by(s.acts.c.id)
        return list(self._from.execute(query).scalars())

    def places(self, acts: Collection[str]) -> list[Place]:
        """Where ``acts`` are filed."""
        rows = self._rows(select(s.filed).where(among(s.filed.c.act, acts)).order_by(s.filed.c.act, s.filed.c.actor))
        return [_place(row) for row in rows]

    def firsts_between(self, since: dt.date, until: dt.date) -> Iterator[tuple[dt.date, Act]]:
        """First mentions by the day under which they are filed or look back, from ``since`` to ``until``, in order."""
        day = s.acts.c.day
        query = select(day, s.acts.c.record).where(day >= since.isoformat(), day <= until.isoformat())
        for row in self._rows(query.order_by(day, s.acts.c.id)):
            yield dt.date.fromisoformat(row["day"]), load(Act, row["record"])

    def firsts_near(self, states: Collection[str], since: dt.date, until: dt.date) -> set[str]:
        """Ids of the first mentions filed from ``since`` to ``until`` that have one of ``states`` on a side."""
        day = s.acts.c.day
        mine = s.act_states.c.act == s.acts.c.id
        query = select(s.acts.c.id).distinct().join(s.act_states, mine).where(s.act_states.c.state.in_(states))
        return set(self._from.execute(query.where(day >= since.isoformat(), day <= until.isoformat())).scalars())

    def filed(self, under: Under, since: dt.date, until: dt.date, *, most: int) -> list[str]:
        """Ids of the ``most`` latest acts filed ``under`` this from ``since`` to ``until``."""
        query = self._filed(under).where(s.filed.c.day.between(since.isoformat(), until.isoformat()))
        query = query.order_by(s.filed.c.day.desc(), s.filed.c.act.desc()).limit(most)
        return [row["act"] for row in self._rows(query)]

    def day_of_later(self, place: Place, under: Under, later: int) -> dt.date | None:
        """The day of the ``later``-th act filed ``under`` this after the day of ``place``; None where there is none."""
        query = self._filed(under).where(s.filed.c.day > place.day.isoformat())
        row = self._from.execute(query.order_by(s.filed.c.day, s.filed.c.act).limit(1).offset(later - 1)).first()
        return None if row is None else dt.date.fromisoformat(row[0])

    def _filed(self, under: Under) -> Select[str, str]:
        actor, target, kind = under
        query = select(s.filed.c.day, s.filed.c.act).distinct().where(s.filed.c.kind == kind)
        if actor is not None:
            query = query.where(s.filed.c.actor == actor)
        return query if target is None else query.where(s.filed.c.target == target)

    def first_of(self) -> dict[str, str]:
        """Every later mention's id with the id of the mention it repeats."""
        query = select(s.acts.c.id, s.acts.c.same_as).where(s.acts.c.same_as.is_not(None)).order_by(s.acts.c.id)
        return {row["id"]: row["same_as"] for row in self._rows(query)}

    # what joins acts

    def links(self, acts: Collection[str] | None = None) -> list[Link]:
        """All links, or those that touch one of ``acts``; one of each id, the most certain, in order of id.

        Here and below, what was judged not to stand is left out.
        """
        order = (s.links.c.id, s.links.c.score.desc(), s.links.c.scope)
        query = select(s.links.c.id, s.links.c.record).where(self._stands(s.links.c.id)).order_by(*order)
        return self._certain(self._one_each(Link, query, (s.links.c.answer, s.links.c.offer), acts))

    def inner_links(self, doc: str) -> list[Link]:
        """The links inside one document, in order of id."""
        query = select(s.links.c.record).where(s.links.c.scope == doc, self._stands(s.links.c.id))
        return self._load(Link, query.order_by(s.links.c.id))

    def merges(self, acts: Collection[str] | None = None) -> list[Merge]:
        """All merges, or those that touch one of ``acts``, in order of report; one of each report, the most certain."""
        query = select(s.merges.c.report, s.merges.c.record).where(self._stands(s.merges.c.id)).order_by(*_BEST_MERGE)
        return self._certain(self._one_each(Merge, query, (s.merges.c.report, s.merges.c.act), acts))

    def merge_pairs(self) -> list[tuple[str, str]]:
        """(report, canonical act) of every merge, the most certain of a report first."""
        query = select(s.merges.c.report, s.merges.c.act).where(self._stands(s.merges.c.id)).order_by(*_BEST_MERGE)
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

    # what people said

    def judgements(self, subject: str | None = None) -> list[Judgement]:
        """All judgements, or those of one record, in the order they were made."""
        query = select(s.judgements.c.record).order_by(s.judgements.c.n)
        return self._load(Judgement, query if subject is None else query.where(s.judgements.c.subject == subject))

    def joined(self, start: str) -> list[Link | Merge]:
        """The links and merges whose id begins with ``start``, judged wrong or not, sorted by id; two at most."""
        found: dict[str, Link | Merge] = {}
        if not _can_be_kept(start):
            return []
        for table, kind in ((s.links, Link), (s.merges, Merge)):
            query = select(table.c.id, table.c.record).where(table.c.id >= start, table.c.id < start + _END)
            found |= {row["id"]: load(kind, row["record"]) for row in self._rows(query.order_by(table.c.id).limit(2))}
        return [found[key] for key in sorted(found)][:2]

    def judged(self) -> dict[str, tuple[bool, Link | Merge]]:
        """Each merge and link of which somebody last said whether it stands, by id, with what was said."""
        columns = (s.judgements.c.subject, s.judgements.c.what, s.judgements.c.joined, s.judgements.c.record)
        last: dict[str, tuple[bool, Link | Merge]] = {}
        for row in self._rows(select(*columns).order_by(s.judgements.c.n)):
            said = load(Judgement, row["record"])
            last.pop(row["subject"], None)
            if said.value is not None:
                joined = row["joined"]
                judged = load(Link, joined) if row["what"] == "link" else load(Merge, joined)
                last[row["subject"]] = said.value == "yes", judged
        return last

    def _certain(self, joined: list[J]) -> list[J]:
        """``joined``, where somebody judged that one stands, with the score of a certainty."""
        sure = {subject for subject, (stands, _) in self.judged().items() if stands}
        return [replace(one, score=1.0) if one.id in sure else one for one in joined]

    def _stands(self, column: Column[str]) -> ColumnElement[bool]:
        refused = [subject for subject, (stands, _) in self.judged().items() if not stands]
        return ~among(column, refused) if refused else true()

    def _rows(self, query: Select[*tuple[object, ...]]) -> Iterator[RowMapping]:
        yield from self._from.execute(query).mappings()

    def _load(self, kind: type[R], query: Select[str]) -> list[R]:
        return [load(kind, record) for record in self._from.execute(query).scalars()]

    def _one_each(
        self, kind: type[R], query: Select[str, str], ends: Sequence[Column[str]], acts: Collection[str] | None
    ) -> list[R]:
        """The first record of each key (the query's first column), of those with an end among ``acts``."""
        if acts is not None:
            query = query.where(among(ends[0], acts) | among(ends[1], acts))
        found: dict[str, str] = {}
        for key, record in self._from.execute(query):
            found.setdefault(key, record)
        return [load(kind, record) for record in found.values()]

    def _starting(self, column: Column[str], start: str) -> list[str]:
        if not _can_be_kept(start):
            return []
        query = select(column).where(column >= start, column < start + _END).order_by(column).limit(2)
        return list(self._from.execute(query).scalars())


def among(column: Column[str], values: Collection[str]) -> ColumnElement[bool]:
    """``column`` is one of ``values``, however many (SQLite limits the variables of a statement)."""
    each = func.json_each(literal(json.dumps(sorted(set(values))))).table_valued("value")
    return column.in_(select(each.c.value))


def _can_be_kept(text: str) -> bool:
    """Whether SQLite can hold ``text``: half a character is nobody's id."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _place(row: RowMapping) -> Place:
    return Place(row["actor"], row["target"], row["kind"], dt.date.fromisoformat(row["day"]))


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
        sketch=row["sketch"],
    )
