"""Pages of acts, read from the list of all acts without going through it.

The list is kept in order of day. Where few acts can fit (of few documents, of a state that seldom acts), these are
looked up; else the list is gone through from its one end, or along the index that leaves least of it, until the page is
full. How many fit is counted up to a bound.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    true,
)

from rejoinder.codebook import codebook
from rejoinder.store import schema as s
from rejoinder.store.listing import Listing
from rejoinder.store.query import ActQuery, words_query
from rejoinder.store.rows import among
from rejoinder.store.settled import stands
from rejoinder.store.summaries import EVERYWHERE, UNDATED

__all__ = ["COUNTED", "Found", "Paging"]

COUNTED = 10_000
"""So many acts are counted; beyond, it is said that there are more."""
_AT_FIRST = 40_000
"""So much of a list is gone through before anything else is tried."""
_ENOUGH = 200
"""So many acts found there are told of, though there may be more."""
_AT_ONCE = 500
"""So many are read at once rather than counted first."""
_FEW = 3_000
"""So many documents or acts are looked up by themselves."""
_SCANNED = 40_000
"""So much of an index is gone through rather than the list."""
_WIDE = dt.timedelta(31)
_PLAIN = ("issue", "channel", "realis", "background")
_BY_SCORE = ("surest", "doubtful")
_DAY = s.listed.c.day
_LONG: ColumnElement[bool] = literal_column("listed.long")
"""As the index over such acts has it, or SQLite would not take it."""
_EVERYWHERE = s.listed.c.place == literal_column("''")
_ORDER = [s.listed.c[name] for name in ("day", "doc", "start", "end", "trigger_start", "act")]


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of a page, and how many fit in all: just so many, or, where not ``exact``, more."""

    ids: tuple[str, ...]
    total: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the list, all of it one after the other; ``long``: only of acts that may have been on many days."""

    where: tuple[ColumnElement[bool], ...]
    backward: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to look for: in the list of a place, along an index of it, and how far to count.

    ``long``: the list may be long, and little of it fit; ``slow``: to see whether an act fits takes long.
    """

    place: ColumnElement[bool]
    where: tuple[ColumnElement[bool], ...]
    index: str | None = None
    slow: bool = False

    @property
    def long(self) -> bool:
        """Whether the list itself is gone through, and quickly."""
        return self.index is None and not self.slow


class Paging(Listing):
    """Pages of acts."""

    def page(self, query: ActQuery, *, answered: bool | None, order: str, limit: int, offset: int) -> Found:
        """A page of the acts that fit ``query``, each told once, in order of "oldest", "newest", "surest", "doubtful".

        ``answered``: whether another side answered.
        """
        plan = self._plan(query, answered)
        parts = list(_parts(query, newest=order == "newest"))
        sizes, exact = self._at_first(plan, parts) if plan.long else ([], True)
        if not sizes or (not exact and sum(sizes) < max(offset + limit, _ENOUGH)):
            whole = None if plan.slow else self._whole(plan, parts, order)
            if whole is not None:
                return Found(tuple(whole[offset : offset + limit]), len(whole), exact=True)
            sizes, exact = self._sizes(plan, parts, offset + limit if plan.slow else COUNTED)
        total = sum(sizes)
        if order in _BY_SCORE:
            along = plan if total <= _AT_ONCE else replace(plan, index="listed_score")
            return Found(tuple(self._by_score(along, parts, order, limit, offset)), total, exact)
        ids: list[str] = []
        skip = offset
        for part, size in zip(parts, sizes, strict=True):
            if len(ids) < limit and skip < size:
                ids += self._ids(plan, part, limit - len(ids), skip)
            skip = max(0, skip - size)
        return Found(tuple(ids), total, exact)

    def _at_first(self, plan: _Plan, parts: Sequence[_Part]) -> tuple[list[int], bool]:
        """How many acts the beginning of the list holds, part by part, and whether these are all."""
        left, sizes = COUNTED, []
        for part in parts:
            order = [column.desc() for column in _ORDER] if part.backward else _ORDER
            some = _from(replace(plan, where=()), part).order_by(*order)
            fits = some.with_only_columns(and_(true(), *plan.where).label("fits")).limit(_AT_FIRST).subquery()
            size = self._size(select(literal(1)).where(fits.c.fits), left)
            sizes.append(min(size, left))
            if size > left or self._from.execute(some.limit(1).offset(_AT_FIRST)).first() is not None:
                return [*sizes, *(0 for _ in parts[len(sizes) :])], False
            left -= size
        return sizes, True

    def _whole(self, plan: _Plan, parts: Sequence[_Part], order: str) -> list[str] | None:
        """All acts in order, where they are so few that they are read as soon as counted; else None."""
        most = _AT_ONCE if plan.index != "listed_act" else 4 * _FEW
        if order in _BY_SCORE:
            ids = self._by_score(plan, parts, order, most + 1, 0)
            return ids if len(ids) <= most else None
        ids = []
        for part in parts:
            ids += self._ids(plan, part, most + 1 - len(ids), 0)
            if len(ids) > most:
                return None
        return ids

    def _sizes(self, plan: _Plan, parts: Sequence[_Part], most: int) -> tuple[list[int], bool]:
        """How many acts each part holds, up to ``most`` in all, and whether these are all."""
        left, sizes = most, []
        for part in parts:
            size = self._size(_from(plan, part).with_only_columns(literal(1)), left)
            sizes.append(min(size, left))
            if size > left:
                return [*sizes, *(0 for _ in parts[len(sizes) :])], False
            left -= size
        return sizes, True

    def _ids(self, plan: _Plan, part: _Part, limit: int, offset: int) -> list[str]:
        order = [column.desc() for column in _ORDER] if part.backward else _ORDER
        return list(self._from.execute(_from(plan, part).order_by(*order).limit(limit).offset(offset)).scalars())

    def _by_score(self, plan: _Plan, parts: Sequence[_Part], order: str, limit: int, offset: int) -> list[str]:
        by = [s.listed.c.score, *_ORDER]
        ordered = [column.desc() for column in by] if order == "surest" else by
        whole = _Part((or_(*(and_(true(), *part.where) for part in parts)),))
        return list(self._from.execute(_from(plan, whole).order_by(*ordered).limit(limit).offset(offset)).scalars())

    def _plan(self, query: ActQuery, answered: bool | None) -> _Plan:
        few, where, slow = self._few(query)
        where = [*where, *_plain(query, answered)]
        if few is not None:  # the list of the whole book is known by act
            dyad = [] if query.dyad is None else [_holds("dyads", query.dyad)]
            return _Plan(_EVERYWHERE, (few, s.listed.c.head.is_(None), *where, *dyad), "listed_act")
        where = [s.listed.c.head.is_(None), *where]
        if query.dyad is not None:
            return _Plan(s.listed.c.place == query.dyad, tuple(where), slow=slow)
        return _Plan(_EVERYWHERE, tuple(where), self._index(query), slow=slow)

    def _few(self, query: ActQuery) -> tuple[ColumnElement[bool] | None, list[ColumnElement[bool]], bool]:
        """The acts that can fit, where these are few; what has to hold besides; whether it takes long to see that."""
        few, where, slow = self._of_documents(query)
        if query.statuses:
            offers, opening = self._opening(query.statuses)
            if few is None and self._size(offers, _FEW) <= _FEW:
                few = s.listed.c.act.in_(offers)
            else:
                where.append(opening)
        for side, state in (("actor", query.actor), ("target", query.target)):
            if state is None:
                continue
            named = select(s.act_states.c.act).where(s.act_states.c.state == state, s.act_states.c.side == side)
            if few is None and query.dyad is None and self._size(named, _FEW) <= _FEW:
                few = s.listed.c.act.in_(named)
            else:
                where.append(_holds(f"{side}s", state))
        return few, where, slow

    def _of_documents(self, query: ActQuery) -> tuple[ColumnElement[bool] | None, list[ColumnElement[bool]], bool]:
        few: ColumnElement[bool] | None = None
        where: list[ColumnElement[bool]] = []
        slow = False
        if query.text is not None:
            matching = self._matching(query.text)
            if len(matching) <= _FEW:
                ids = select(s.acts.c.id).join(s.documents, s.documents.c.id == s.acts.c.doc)
                each = func.json_each(literal(str(matching))).table_valued("value")
                few = s.listed.c.act.in_(ids.where(s.documents.c.n.in_(select(each.c.value))))
            else:
                where.append(_has_words(query.text))
                slow = True
        if query.outlet is not None:
            some = select(s.sources.c.doc).where(s.sources.c.outlet == query.outlet).distinct().limit(_FEW + 1)
            documents = list(self._from.execute(some).scalars())
            if few is None and len(documents) <= _FEW:
                few = s.listed.c.act.in_(select(s.acts.c.id).where(among(s.acts.c.doc, documents)))
            else:
                where.append(exists().where(s.sources.c.doc == s.listed.c.doc, s.sources.c.outlet == query.outlet))
        return few, where, slow

    def _opening(self, statuses: Iterable[str]) -> tuple[Select[str], ColumnElement[bool]]:
        """The acts that open threads of one of ``statuses``; that an act is one of them."""
        standing = or_(*(stands(status, self.newest()) for status in statuses))
        t = s.threaded.c
        one = select(t.offer).where(t.place == literal_column("''"), t.offer == s.listed.c.act, standing)
        known = exists(one.with_hint(s.threaded, "INDEXED BY threaded_offer", "sqlite").correlate(s.listed))
        # few kinds open threads, which is quicker to see
        opening = and_(s.listed.c.kind.in_(sorted(codebook().opening)), known)
        return select(t.offer).where(t.place == EVERYWHERE, standing), opening

    def _matching(self, words: str) -> list[int]:
        query = select(literal_column("rowid", Integer)).select_from(text(s.FULL_TEXT)).where(_match(words))
        return list(self._from.execute(query.limit(_FEW + 1)).scalars())

    def _size(self, query: Select[str] | Select[int], most: int) -> int:
        """How many rows ``query`` finds; more than ``most`` where there are more."""
        return self._from.execute(select(func.count()).select_from(query.limit(most + 1).subquery())).scalar() or 0

    def _index(self, query: ActQuery) -> str | None:
        """The index that leaves least of the list of the whole book; None where it leaves much."""
        sizes = []
        named: dict[str, str | None] = {name: getattr(query, name) for name in ("issue", "channel", "realis")}
        named["kind"] = query.kinds[0] if len(query.kinds) == 1 else None
        for name, value in named.items():
            if value is not None:
                here = _EVERYWHERE, s.listed.c.head.is_(None), s.listed.c[name] == value
                some = select(s.listed.c.act).where(*here).with_hint(s.listed, f"INDEXED BY listed_{name}", "sqlite")
                sizes.append((self._size(some, _SCANNED), f"listed_{name}"))
        least = min(sizes, default=(_SCANNED + 1, ""))
        return least[1] if least[0] <= _SCANNED else None


def _from(plan: _Plan, part: _Part) -> Select[str]:
    query = select(s.listed.c.act).where(plan.place, *plan.where, *part.where)
    index = plan.index or ("listed_long" if part.long else "sqlite_autoindex_listed_1")
    return query.with_hint(s.listed, f"INDEXED BY {index}", "sqlite")


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
    undated = [_DAY == UNDATED, *([_LONG, latest.is_not(None)] if bounded else [])]
    if query.since is not None:
        since = query.since.isoformat()
        undated.append(latest >= since)
        dated.append(or_(latest >= since, latest.is_(None)))
        edge = (max(query.since, dt.date.min + _WIDE) - _WIDE).isoformat()
        near = _Part((*dated, edge <= _DAY), newest)
        far = _Part((*dated, edge > _DAY, _LONG), newest, long=True)
        yield from (near, far) if newest else (far, near)
    elif newest or bounded:
        yield _Part((*dated,), newest)
    else:
        yield _Part(())
        return
    yield _Part((*undated,), long=bounded)


def _holds(column: str, code: str) -> ColumnElement[bool]:
    return func.instr(s.listed.c[column], f" {code} ") > 0


def _match(words: str) -> ColumnElement[bool]:
    return literal_column(s.FULL_TEXT).op("MATCH")(literal(words_query(words)))


def _has_words(words: str) -> ColumnElement[bool]:
    """The document of a listed act holds ``words``: asked of one after the other."""
    this = select(s.documents.c.n).where(s.documents.c.id == s.listed.c.doc).correlate(s.listed).scalar_subquery()
    found: Select[int] = select(literal_column("1", Integer)).select_from(text(s.FULL_TEXT)).where(_match(words))
    return exists(found.where(literal_column("rowid", Integer) == this).correlate(s.listed))
