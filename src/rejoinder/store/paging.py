"""Pages of acts, read from the list of all acts without going through it.

The list is kept in order of day. Where few acts can fit (of few documents, of a state that seldom acts), these are
looked up; else the list is gone through from its one end, or along the index that leaves least of it, until the page is
full. How many fit is counted up to a bound.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, Select, and_, exists, func, literal, literal_column, or_, select, text

from rejoinder.store import schema as s
from rejoinder.store.listing import Listing
from rejoinder.store.query import ActQuery, words_query
from rejoinder.store.rows import among
from rejoinder.store.settled import stands
from rejoinder.store.summaries import EVERYWHERE, UNDATED

__all__ = ["COUNTED", "Found", "Paging"]

COUNTED = 10_000
"""So many acts are counted; beyond, it is said that there are more."""
_COUNTED_BY_WORDS = 200
"""As long as documents that hold common words are looked for one by one."""
_FEW = 3_000
"""So many documents or acts are looked up by themselves."""
_SCANNED = 30_000
"""So much of an index is gone through rather than the list."""
_WIDE = dt.timedelta(31)
_PLAIN = ("issue", "channel", "realis", "background")
_DAY = s.listed.c.day
_ORDER = [s.listed.c[name] for name in ("day", "doc", "start", "end", "trigger_start", "act")]


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of a page, and how many fit in all: just so many, or, where not ``exact``, more."""

    ids: tuple[str, ...]
    total: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the list, all of it one after the other."""

    where: tuple[ColumnElement[bool], ...]
    backward: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to look for, where, and how far to count."""

    where: tuple[ColumnElement[bool], ...]
    index: str | None
    counted: int = COUNTED


class Paging(Listing):
    """Pages of acts."""

    def page(self, query: ActQuery, *, answered: bool | None, order: str, limit: int, offset: int) -> Found:
        """A page of the acts that fit ``query``, each told once, in order of "oldest", "newest", "surest", "doubtful".

        ``answered``: whether another side answered.
        """
        plan = self._plan(query, answered)
        parts = list(_parts(query, newest=order == "newest"))
        sizes, exact = self._sizes(plan, parts)
        total = sum(sizes)
        if order in {"surest", "doubtful"}:
            return Found(tuple(self._by_score(plan, parts, order, limit, offset, few=exact)), total, exact)
        ids: list[str] = []
        skip = offset
        for part, size in zip(parts, sizes, strict=True):
            if len(ids) < limit and skip < size:
                ids += self._ids(plan, part, limit - len(ids), skip)
            skip = max(0, skip - size)
        return Found(tuple(ids), total, exact)

    def _sizes(self, plan: _Plan, parts: Sequence[_Part]) -> tuple[list[int], bool]:
        """How many acts each part holds, and whether these are all."""
        left, sizes = plan.counted, []
        for part in parts:
            some = _from(plan, part).with_only_columns(literal(1)).limit(left + 1)
            size = self._from.execute(select(func.count()).select_from(some.subquery())).scalar() or 0
            sizes.append(min(size, left))
            if size > left:
                return [*sizes, *(0 for _ in parts[len(sizes) :])], False
            left -= size
        return sizes, True

    def _ids(self, plan: _Plan, part: _Part, limit: int, offset: int) -> list[str]:
        order = [column.desc() for column in _ORDER] if part.backward else _ORDER
        return list(self._from.execute(_from(plan, part).order_by(*order).limit(limit).offset(offset)).scalars())

    def _by_score(
        self, plan: _Plan, parts: Sequence[_Part], order: str, limit: int, offset: int, *, few: bool
    ) -> list[str]:
        by = [s.listed.c.score, *_ORDER]
        ordered = [column.desc() for column in by] if order == "surest" else by
        whole = _Part(
            (or_(*(and_(*part.where) for part in parts if part.where)),) if all(p.where for p in parts) else ()
        )
        along = plan if few else _Plan(plan.where, "listed_score", plan.counted)
        return list(self._from.execute(_from(along, whole).order_by(*ordered).limit(limit).offset(offset)).scalars())

    def _plan(self, query: ActQuery, answered: bool | None) -> _Plan:
        few, where, counted = self._few(query)
        where = [*where, s.listed.c.head.is_(None), *_plain(query, answered), *self._opening(query)]
        if few is not None:  # the list of the whole book is known by act
            dyad = [] if query.dyad is None else [_holds("dyads", query.dyad)]
            return _Plan((s.listed.c.place == literal_column("''"), few, *where, *dyad), "listed_act")
        if query.dyad is not None:
            return _Plan((s.listed.c.place == query.dyad, *where), None, counted)
        return _Plan((s.listed.c.place == literal_column("''"), *where), self._index(query), counted)

    def _opening(self, query: ActQuery) -> Iterator[ColumnElement[bool]]:
        """The act opens a thread of one of the statuses asked for."""
        if query.statuses:
            day = self._from.execute(select(func.max(s.documents.c.published))).scalar()
            newest = None if day is None else dt.date.fromisoformat(day)
            standing = or_(*(stands(status, newest) for status in query.statuses))
            yield s.listed.c.act.in_(select(s.threaded.c.offer).where(s.threaded.c.place == EVERYWHERE, standing))

    def _few(self, query: ActQuery) -> tuple[ColumnElement[bool] | None, list[ColumnElement[bool]], int]:
        """The few acts that can fit, where they are few; what has to hold besides; and how far to count."""
        few: ColumnElement[bool] | None = None
        where: list[ColumnElement[bool]] = []
        counted = COUNTED
        if query.text is not None:
            matching = self._matching(query.text)
            if len(matching) <= _FEW:
                ids = select(s.acts.c.id).join(s.documents, s.documents.c.id == s.acts.c.doc)
                each = func.json_each(literal(str(matching))).table_valued("value")
                few = s.listed.c.act.in_(ids.where(s.documents.c.n.in_(select(each.c.value))))
            else:
                where.append(_has_words(query.text))
                counted = _COUNTED_BY_WORDS
        if query.outlet is not None:
            some = select(s.sources.c.doc).where(s.sources.c.outlet == query.outlet).distinct().limit(_FEW + 1)
            documents = list(self._from.execute(some).scalars())
            if few is None and len(documents) <= _FEW:
                few = s.listed.c.act.in_(select(s.acts.c.id).where(among(s.acts.c.doc, documents)))
            else:
                where.append(exists().where(s.sources.c.doc == s.listed.c.doc, s.sources.c.outlet == query.outlet))
        for side, state in (("actor", query.actor), ("target", query.target)):
            if state is None:
                continue
            named = select(s.act_states.c.act).where(s.act_states.c.state == state, s.act_states.c.side == side)
            if few is None and query.dyad is None and self._size(named, _FEW) <= _FEW:
                few = s.listed.c.act.in_(named)
            else:
                where.append(_holds(f"{side}s", state))
        return few, where, counted

    def _matching(self, words: str) -> list[int]:
        query = select(literal_column("rowid", Integer)).select_from(text(s.FULL_TEXT)).where(_match(words))
        return list(self._from.execute(query.limit(_FEW + 1)).scalars())

    def _size(self, query: Select[str], most: int) -> int:
        """How many rows ``query`` finds; more than ``most`` where there are more."""
        return self._from.execute(select(func.count()).select_from(query.limit(most + 1).subquery())).scalar() or 0

    def _index(self, query: ActQuery) -> str | None:
        """The index that leaves least of the list of the whole book; None where it leaves much."""
        sizes = []
        named: dict[str, str | None] = {name: getattr(query, name) for name in ("issue", "channel", "realis")}
        named["kind"] = query.kinds[0] if len(query.kinds) == 1 else None
        for name, value in named.items():
            if value is not None:
                here = s.listed.c.place == literal_column("''"), s.listed.c[name] == value
                sizes.append((self._size(select(s.listed.c.act).where(*here), _SCANNED), f"listed_{name}"))
        least = min(sizes, default=(_SCANNED + 1, ""))
        return least[1] if least[0] <= _SCANNED else None


def _from(plan: _Plan, part: _Part) -> Select[str]:
    query = select(s.listed.c.act).where(*plan.where, *part.where)
    return query.with_hint(s.listed, f"INDEXED BY {plan.index or 'sqlite_autoindex_listed_1'}", "sqlite")


def _plain(query: ActQuery, answered: bool | None) -> Iterator[ColumnElement[bool]]:
    if query.kinds:
        yield s.listed.c.kind.in_(query.kinds) if len(query.kinds) > 1 else s.listed.c.kind == query.kinds[0]
    for name in _PLAIN:
        wanted = getattr(query, name)
        if wanted is not None:
            yield s.listed.c[name] == wanted
    if query.min_score is not None:
        yield s.listed.c.score >= query.min_score
    if answered is not None:
        yield s.listed.c.answered == answered
    if query.reviewed is not None:
        judged = select(s.acts.c.id).where(s.acts.c.reviewed)
        yield s.listed.c.act.in_(judged) if query.reviewed else s.listed.c.act.not_in(judged)


def _parts(query: ActQuery, *, newest: bool) -> Iterator[_Part]:
    """The list in stretches: what lies in the days asked for is found by its first day, unless it lasts long."""
    latest = s.listed.c.latest
    bounded = query.since is not None or query.until is not None
    dated = [query.until.isoformat() >= _DAY if query.until else _DAY < UNDATED]
    undated = [_DAY == UNDATED, *([latest.is_not(None)] if bounded else [])]
    if query.since is None:
        if newest or bounded:
            yield _Part((*dated,), newest)
            yield _Part((*undated,))
        else:
            yield _Part(())
        return
    dated.append(or_(latest >= query.since.isoformat(), latest.is_(None)))
    undated.append(latest >= query.since.isoformat())
    edge = max(query.since, dt.date.min + _WIDE) - _WIDE
    near = _Part((*dated, edge.isoformat() <= _DAY), newest)
    far = _Part((*dated, edge.isoformat() > _DAY, s.listed.c.long), newest)
    yield from (near, far) if newest else (far, near)
    yield _Part((*undated,))


def _holds(column: str, code: str) -> ColumnElement[bool]:
    return func.instr(s.listed.c[column], f" {code} ") > 0


def _match(words: str) -> ColumnElement[bool]:
    return literal_column(s.FULL_TEXT).op("MATCH")(literal(words_query(words)))


def _has_words(words: str) -> ColumnElement[bool]:
    """The document of a listed act holds ``words``: asked of one after the other."""
    this = select(s.documents.c.n).where(s.documents.c.id == s.listed.c.doc).correlate(s.listed).scalar_subquery()
    found: Select[int] = select(literal_column("1", Integer)).select_from(text(s.FULL_TEXT)).where(_match(words))
    return exists(found.where(literal_column("rowid", Integer) == this).correlate(s.listed))
