"""Writing into a book, inside a transaction that somebody else begins and ends."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from rejoinder.codebook.dyads import UNKNOWN, dyads_of, states_of
from rejoinder.draft import Coded
from rejoinder.records import Act, Document, Link, Merge, Problem, digest
from rejoinder.store import schema as s
from rejoinder.store.codec import dump
from rejoinder.store.keep import TRY_AGAIN, Run, coded_as, source_id
from rejoinder.store.rows import among
from rejoinder.store.summing import Summing

__all__ = ["Filed", "Row", "Writing", "act_row", "distinct", "link_row", "problem_rows", "state_rows"]

_ADD = {table.name: insert(table) for table in s.metadata.tables.values()}
_ADD_RUN = insert_or(s.runs).on_conflict_do_nothing()
_SET_DAY = update(s.acts).where(s.acts.c.id == bindparam("of")).values(day=bindparam("on"))
"""What is written for every document: to make a statement anew takes longer than to run it."""

Row = dict[str, object]
T = TypeVar("T", Link, Merge)


@dataclass(frozen=True, slots=True)
class Filed:
    """Where an act of ``kind`` is looked up: on ``day`` (None: nowhere), under ``pairs`` of states, actor first."""

    act: str
    kind: str
    day: dt.date | None
    pairs: tuple[tuple[str, str], ...]


class Writing(Summing):
    """What can be written. All of it takes effect together when the transaction ends, or not at all."""

    def keep(
        self,
        source: Document,
        coded: Coded | None,
        run: Run,
        sketch: bytes | None = None,
        places: Sequence[Filed] = (),
    ) -> Document | None:
        """Keep that ``source`` was read, and ``coded``, what its text was coded to by ``run`` (None: not coded).

        ``sketch`` tells copies of its text from other texts; ``places`` say where its acts are filed. Both are kept
        with what was coded, and only then.

        Returns None when all is kept. Otherwise nothing was written, and the document returned, with its earliest
        known date, has to be coded first.
        """
        plan = self.plan(source, run)
        document = plan.document
        if not plan.current:
            if coded is None or coded_as(coded.document, run) != coded_as(document, run):
                return document
            self._replace(replace(coded, document=document), run, sketch, places, known=plan.known)
        elif plan.new_source:
            self._to.execute(update(s.documents).where(s.documents.c.id == document.id).values(_described(document)))
        if plan.new_source:
            self._insert(s.sources.name, [{"id": source_id(source), "doc": source.id, **_described(source)}])
        return None

    def file(self, places: Sequence[Filed]) -> None:
        """Keep where acts are filed, instead of what was known of them."""
        if not places:
            return
        days: list[Row] = [{"of": one.act, "on": _iso(one.day)} for one in places]
        self._to.execute(_SET_DAY, days)
        self._to.execute(delete(s.filed).where(among(s.filed.c.act, [one.act for one in places])))
        self._insert(s.filed.name, [row for one in places for row in _filed_rows(one)])

    def decide(
        self,
        acts: Collection[str],
        merges: Iterable[Merge],
        links: Iterable[Link],
        problems: Mapping[str, Sequence[Problem]],
    ) -> None:
        """Replace all that was decided between documents about ``acts``; ``problems`` are by act.

        A merge is decided about its report, a link about its answer. What names an act that is gone is left out.
        """
        for table in (s.merges, s.links, s.problems):
            self._to.execute(delete(table).where(among(table.c.scope, acts)))
        merges, links = distinct(merges), distinct(links)
        decided: list[Link | Merge] = [*merges, *links]
        there = self.documents_of({end for one in decided for end in one.ends} | set(problems)).keys()
        self._insert(s.merges.name, [_merge_row(one.report, one) for one in merges if there >= {*one.ends}])
        self._insert(s.links.name, [link_row(one.answer, one) for one in links if there >= {*one.ends}])
        for act, told in sorted(problems.items()):
            self._insert(s.problems.name, problem_rows(act, told) if act in there else [])

    def adopt(self, rules: str) -> None:
        """Have all decided by the rules with this digest.

        Where it was decided by others, every first mention is noted as changed, and none is filed any more: where it
        is filed follows from the rules too.
        """
        if self.rules() == rules:
            return
        self._to.execute(delete(s.filed))
        self._to.execute(update(s.acts).where(s.acts.c.day.is_not(None)).values(day=None))
        firsts = select(s.acts.c.id).where(s.acts.c.same_as.is_(None)).order_by(s.acts.c.id)
        # also those that are noted already: whoever compares by other rules sees that something changed
        self._to.execute(insert(s.changes).from_select(["act"], firsts))
        row: Row = {"name": s.RULES, "value": rules}
        self._to.execute(insert_or(s.meta).values(row).on_conflict_do_update(index_elements=["name"], set_=row))

    def settle(self, last: int) -> None:
        """Forget the changes up to number ``last``: all they touch has been compared."""
        self._to.execute(delete(s.changes).where(s.changes.c.n <= last))

    def _replace(self, coded: Coded, run: Run, sketch: bytes | None, places: Sequence[Filed], *, known: bool) -> None:
        document = coded.document
        this = s.documents.c.id == document.id
        row: Row = {"id": run.id, "version": run.version, "settings": run.settings}
        self._to.execute(_ADD_RUN, row)
        values = {
            **_described(document),
            "status": coded.status,
            "coded_as": "" if any(one.code in TRY_AGAIN for one in coded.problems) else coded_as(document, run),
            "run": run.id,
            "sketch": sketch,
        }
        if known:
            self._note_gone(s.acts.c.doc == document.id)
            self._to.execute(delete(s.originals).where(s.originals.c.doc == document.id))
            # its links, merges and states go with an act
            self._to.execute(delete(s.acts).where(s.acts.c.doc == document.id))
            self._to.execute(delete(s.problems).where(s.problems.c.doc == document.id))
            self._to.execute(update(s.documents).where(this).values(values))
        else:
            self._insert(s.documents.name, [{"id": document.id, "text": document.text, **values}])
        days = {one.act: _iso(one.day) for one in places}
        self._add_acts(coded.acts, days)
        self._insert(s.filed.name, [row for one in places for row in _filed_rows(one)])
        self._insert(s.links.name, [link_row(document.id, link) for link in distinct(coded.links)])
        self._insert(s.problems.name, problem_rows(document.id, coded.problems))
        self._insert(s.changes.name, [{"act": act.id} for act in coded.acts if act.same_as is None])

    def _note_gone(self, which: ColumnElement[bool]) -> None:
        """Keep where the acts ``which`` were filed: what looked them up there has to look again."""
        columns = ("actor", "target", "kind", "day")
        gone = select(*(s.filed.c[name] for name in columns)).join(s.acts).where(which)
        self._to.execute(insert(s.changes).from_select(columns, gone.order_by(s.filed.c.act)))

    def _add_acts(self, acts: Sequence[Act], days: Mapping[str, str | None]) -> None:
        """``days`` are those under which they are filed, by id, where they are known."""
        self._insert(s.acts.name, [{**act_row(act), "day": days.get(act.id), "reviewed": False} for act in acts])
        self._insert(s.act_states.name, [row for act in acts for row in state_rows(act)])
        dyads: list[Row] = [{"act": act.id, "dyad": dyad} for act in acts for dyad in dyads_of(act)]
        self._insert(s.act_dyads.name, dyads)

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            self._to.execute(_ADD[table], list(rows))


def distinct(records: Iterable[T]) -> list[T]:
    """The records in order of id, one of each id: the most certain, ties by the alphabet."""
    told: dict[str, list[T]] = {}
    for record in records:
        told.setdefault(record.id, []).append(record)
    return [min(told[key], key=_certainty) if len(told[key]) > 1 else told[key][0] for key in sorted(told)]


def _certainty(record: Link | Merge) -> tuple[float, str]:
    return -record.score, dump(record)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _filed_rows(one: Filed) -> Iterator[Row]:
    if one.day:
        filed: Row = {"act": one.act, "kind": one.kind, "day": one.day.isoformat()}
        yield from ({**filed, "actor": actor, "target": target} for actor, target in one.pairs)


def _described(document: Document) -> Row:
    return {
        "name": document.name,
        "title": document.title,
        "outlet": document.outlet,
        "url": document.url,
        "origin": document.origin,
        "published": _iso(document.published),
        "author": document.author,
        "dated_by": document.dated_by,
    }


def act_row(act: Act) -> Row:
    """The act as a row, but for where it is filed."""
    dyads = [dyad for dyad in dyads_of(act) if UNKNOWN not in dyad]
    first = act.actor.state, act.target.state if act.target else None
    named = "-".join(sorted(state for state in first if state))
    return {
        "id": act.id,
        "doc": act.doc,
        "kind": act.kind,
        "actor_state": act.actor.state,
        "actor_role": act.actor.role,
        "target_state": act.target.state if act.target else None,
        "target_role": act.target.role if act.target else None,
        "dyad": named if named in dyads else next(iter(dyads), None),
        "earliest": _iso(act.when.earliest),
        "latest": _iso(act.when.latest),
        "channel": act.voice.channel,
        "issue": act.issue,
        "realis": act.realis,
        "background": act.background,
        "score": act.score,
        "same_as": act.same_as,
        "start": act.span.start,
        "end": act.span.end,
        "trigger_start": act.trigger.start,
        "trigger_end": act.trigger.end,
        "record": dump(act),
    }


def state_rows(act: Act) -> list[Row]:
    """Which states stand on which side of the act."""
    sides = (("actor", act.actor), ("target", act.target))
    return [{"act": act.id, "side": side, "state": state} for side, party in sides for state in states_of(party)]


def link_row(scope: str, link: Link) -> Row:
    """The link as a row; ``scope`` is the document or act that it is replaced with."""
    return {
        "scope": scope,
        "id": link.id,
        "answer": link.answer,
        "offer": link.offer,
        "how": link.how,
        "score": link.score,
        "record": dump(link),
    }


def _merge_row(scope: str, merge: Merge) -> Row:
    return {
        "scope": scope,
        "id": merge.id,
        "report": merge.report,
        "act": merge.act,
        "score": merge.score,
        "record": dump(merge),
    }


def problem_rows(scope: str, problems: Iterable[Problem]) -> list[Row]:
    """The problems as rows, one of each; ``scope`` as for :func:`link_row`."""
    rows: dict[str, Row] = {}
    for problem in problems:
        record = dump(problem)
        row: Row = {
            "scope": scope,
            "id": digest("problem", record),
            "doc": problem.doc,
            "stage": problem.stage,
            "code": problem.code,
            "start": problem.span.start if problem.span else None,
            "end": problem.span.end if problem.span else None,
            "record": record,
        }
        rows[str(row["id"])] = row
    return [rows[key] for key in sorted(rows)]
