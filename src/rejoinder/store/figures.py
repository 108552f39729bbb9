"""Pages of threads, and counts, read from summaries."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, func, literal_column, or_, select

from rejoinder.store import schema as s
from rejoinder.store.paging import COUNTED, Found, Paging
from rejoinder.store.rows import among, day_of, starts
from rejoinder.store.settled import has_lapsed, stands
from rejoinder.store.summaries import EVER, EVERYWHERE, UNDATED

__all__ = ["Figures", "Spread", "Tally", "ThreadQuery"]

Tally = tuple[dt.date | None, str, str, bool, int, int]
"""Day, actor, kind, background, acts, reports."""

Spread = tuple[dt.date | None, dt.date | None, tuple[str, ...], str, bool, int, int]
"""First and last possible day, actors, kind, background, acts, reports."""

_T = s.threaded.c
_AFTER_UNDATED = UNDATED + UNDATED
_ALIKE = 2
"""So often an act may be told on the average, for enough acts to be found."""


@dataclass(frozen=True, slots=True)
class ThreadQuery:
    """Conditions on the opening act of a thread, and its statuses; None or empty means any."""

    dyad: str | None = None
    issue: str | None = None
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


class Figures(Paging):
    """Pages of threads, and counts."""

    def page_of_threads(
        self, query: ThreadQuery, newest: dt.date | None, *, order: str, limit: int, offset: int
    ) -> Found:
        """The offers of a page of threads, in order of "oldest", "newest" or "silence"; ``newest`` is the last day."""
        where = _conditions(query, newest)
        total = self._size(select(_T.offer).where(*where), COUNTED)
        ordered = select(_T.offer).where(*where)
        if order == "silence":
            silence = func.coalesce(_silence(newest), -1)
            ids = self._offers(ordered.order_by(silence.desc(), _T.day, _T.id), limit, offset)
        elif order == "oldest":
            ids = self._offers(ordered.order_by(_T.day, _T.id), limit, offset)
        else:
            undated = _T.day == UNDATED
            dated = self._size(select(_T.offer).where(*where, _T.day < UNDATED), offset + limit)
            ids = self._offers(ordered.where(_T.day < UNDATED).order_by(_T.day.desc(), _T.id.desc()), limit, offset)
            if len(ids) < limit:
                rest = ordered.where(undated).order_by(_T.day, _T.id)
                ids += self._offers(rest, limit - len(ids), max(0, offset - dated))
        return Found(tuple(ids), min(total, COUNTED), total <= COUNTED)

    def offers_of_threads(self, start: str) -> list[str]:
        """The offers of the threads whose id begins with ``start``, in order of that id; two at most."""
        here = _T.place == literal_column("''"), starts(_T.id, start)
        query = select(_T.offer).where(*here).order_by(_T.id).limit(2)
        return list(self._from.execute(query.with_hint(s.threaded, "INDEXED BY threaded_id", "sqlite")).scalars())

    def done_between(
        self, dyads: Collection[str], kinds: Collection[str], since: dt.date, until: dt.date, *, most: int
    ) -> list[tuple[str, str, str]]:
        """Day, id and head of acts of ``dyads`` and ``kinds`` that were certainly done in ``since`` .. ``until``.

        The first ones: ``most`` different acts are among them, as far as there are so many.
        """
        c = s.listed.c
        found: set[tuple[str, str, str]] = set()
        for dyad in dyads:
            here = c.place == dyad, c.day >= since.isoformat(), c.day <= until.isoformat()
            sure = c.kind.in_(kinds), c.realis == "actual", c.latest <= until.isoformat()
            query = select(c.day, c.act, func.coalesce(c.head, c.act)).where(*here, *sure).order_by(c.day, c.act)
            found.update((day, act, head) for day, act, head in self._from.execute(query.limit(_ALIKE * most)))
        return sorted(found)

    def tallies(
        self, dyad: str, unit: str, since: dt.date | None, until: dt.date | None, *, background: bool
    ) -> list[Tally]:
        """Acts and reports of ``dyad`` by day, month or year, actor, kind and background, undated last.

        Of those that begin in ``since`` .. ``until``; background is left out unless asked for.
        """
        t = s.tallies.c
        units = ("day",) if unit == "day" else ("month", "day")
        of = _PERIOD[unit](t.day).label("of")
        keys = of, t.actor, t.kind, t.background
        here = or_(
            *(and_(t.unit == kept, t.day >= first, t.day < end) for kept, first, end in _cover(since, until, units))
        )
        query = select(*keys, func.sum(t.acts), func.sum(t.reports)).where(t.dyad == dyad, here)
        query = query if background else query.where(~t.background)
        days: dict[str, dt.date | None] = {}
        found: list[Tally] = []
        for day, *rest in self._from.execute(query.group_by(*keys).order_by(*keys)):
            if day not in days:
                days[day] = None if day >= UNDATED else dt.date.fromisoformat(day)
            found.append((days[day], *rest))
        return found

    def spread(self, dyad: str, since: dt.date | None, until: dt.date | None, most: int) -> list[Spread] | None:
        """Acts and reports of ``dyad`` by first and last possible day, actors, kind and background; undated last.

        Of those that may have been in ``since`` .. ``until``; None where there are more than ``most`` acts.
        """
        t = s.listed.c
        where = [t.place == dyad, t.head.is_(None)]
        if since is not None:
            where.append(or_(t.latest >= since.isoformat(), and_(t.latest.is_(None), t.day < UNDATED)))
        if until is not None:
            where.append(or_(t.day <= until.isoformat(), and_(t.day >= UNDATED, t.latest.is_not(None))))
        some = select(t.act).where(*where).limit(most + 1).subquery()
        if (self._from.execute(select(func.count()).select_from(some)).scalar() or 0) > most:
            return None
        keys = t.day, t.latest, t.actors, t.kind, t.background
        query = select(*keys, func.count(), func.sum(t.reports)).where(*where).group_by(*keys).order_by(*keys)
        return [
            (None if day >= UNDATED else dt.date.fromisoformat(day), day_of(latest), tuple(actors.split()), *rest)
            for day, latest, actors, *rest in self._from.execute(query)
        ]

    def pairings(
        self, since: dt.date | None, until: dt.date | None, *, background: bool
    ) -> list[tuple[str, str, int, int, int]]:
        """Actor, target, quad class (0 for none), acts and reports that begin in ``since`` .. ``until``, sorted."""
        p = s.pairings.c
        keys = p.actor, p.target, p.quad
        units = (EVER, "year", "month", "day")
        here = or_(
            *(and_(p.unit == kept, p.day >= first, p.day < end) for kept, first, end in _cover(since, until, units))
        )
        where = [here] if background else [here, ~p.background]
        query = select(*keys, func.sum(p.acts), func.sum(p.reports)).where(*where).group_by(*keys).order_by(*keys)
        return [(actor, target, quad, acts, told) for actor, target, quad, acts, told in self._from.execute(query)]

    def figures(self) -> dict[str, int]:
        """How many "acts", "mentions" of them and "threads" there are, and "documents STATUS", by these names."""
        return {row["name"]: row["value"] for row in self._rows(select(s.figures).order_by(s.figures.c.name))}

    def busiest(self, most: int) -> list[tuple[str, int]]:
        """The ``most`` dyads with the most acts, and how many these are."""
        query = select(s.dyads.c.dyad, s.dyads.c.acts).order_by(s.dyads.c.acts.desc(), s.dyads.c.dyad).limit(most)
        return [(dyad, acts) for dyad, acts in self._from.execute(query)]

    def count_dyads(self) -> int:
        """How many dyads there are."""
        return self._from.execute(select(func.count()).select_from(s.dyads)).scalar() or 0

    def months(self, dyads: Collection[str]) -> dict[str, list[tuple[dt.date, int, int]]]:
        """(First day of a month, acts of cooperation, acts of conflict) of each of ``dyads``; without background."""
        found: dict[str, list[tuple[dt.date, int, int]]] = {}
        query = select(s.months).where(among(s.months.c.dyad, dyads)).order_by(s.months.c.dyad, s.months.c.month)
        for dyad, month, cooperation, conflict in self._from.execute(query):
            found.setdefault(dyad, []).append((dt.date.fromisoformat(month), cooperation, conflict))
        return found

    def span_of(self, dyad: str) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day on which an act of ``dyad`` begins, background left out."""
        t = s.tallies.c
        here = t.dyad == dyad, t.unit == "day", t.day < UNDATED, ~t.background
        days = [
            day_of(self._from.execute(select(t.day).where(*here).order_by(order).limit(1)).scalar())
            for order in (t.day, t.day.desc())
        ]
        return days[0], days[1]

    def open_threads(self, newest: dt.date | None, dyads: Collection[str]) -> dict[str, int]:
        """How many threads are open, by dyad, as far as there are any; under "" those of the whole book."""
        here = among(_T.place, [EVERYWHERE, *dyads]), _T.settled == "open", ~has_lapsed(newest)
        rows = self._from.execute(select(_T.place, func.count()).where(*here).group_by(_T.place))
        return {place: count for place, count in rows}  # noqa: C416 - rows are no pairs to dict

    def _offers(self, query: Select[str], limit: int, offset: int) -> list[str]:
        return list(self._from.execute(query.limit(limit).offset(offset)).scalars())


def _conditions(query: ThreadQuery, newest: dt.date | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [_T.place == (query.dyad or EVERYWHERE)]
    if query.issue is not None:
        where.append(_T.issue == query.issue)
    if query.kinds:
        where.append(_T.kind.in_(query.kinds))
    if query.statuses:
        where.append(or_(*(stands(status, newest) for status in query.statuses)))
    if query.since is not None:
        where.append(or_(_T.latest >= query.since.isoformat(), and_(_T.latest.is_(None), _T.day < UNDATED)))
    if query.until is not None:
        until = query.until.isoformat()
        where.append(or_(_T.day <= until, and_(_T.day == UNDATED, _T.latest.is_not(None))))
    return where


def _silence(newest: dt.date | None) -> ColumnElement[int | None]:
    """Days from the offer to the first reply, or to the ``newest`` day."""
    if newest is None:
        return _T.silence
    waited = cast(func.julianday(newest.isoformat()) - func.julianday(_T.opened), Integer)
    return case((_T.replied, _T.silence), (_T.opened.is_(None), None), else_=func.max(0, waited))


_PERIOD: dict[str, Callable[[ColumnElement[str]], ColumnElement[str]]] = {
    "day": lambda day: day,
    "month": lambda day: func.substr(day, 1, 7) + "-01",
    "year": lambda day: func.substr(day, 1, 4) + "-01-01",
}


def _cover(since: dt.date | None, until: dt.date | None, units: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(Unit, first day, day after the last) of the fewest rows that make up ``since`` .. ``until``."""
    if since is None and until is None:
        yield units[0], "", _AFTER_UNDATED
        return
    units = [unit for unit in units if unit != EVER]
    end = UNDATED if until is None or until == dt.date.max else (until + dt.timedelta(1)).isoformat()
    yield from _covered("" if since is None else since.isoformat(), end, units)


def _covered(first: str, end: str, units: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    if first >= end:
        return
    unit, *finer = units
    if not finer:
        yield unit, first, end
        return
    low, high = (_start(first, unit, after=True), _start(end, unit, after=False))
    if low < high:
        yield unit, low, high
        yield from _covered(first, low, finer)
        yield from _covered(high, end, finer)
    else:
        yield from _covered(first, end, finer)


def _start(day: str, unit: str, *, after: bool) -> str:
    """The first day of the month or year of ``day``, or, where it is a later day, that of the next if ``after``."""
    if day in {"", UNDATED}:
        return day
    date = dt.date.fromisoformat(day)
    start = date.replace(day=1) if unit == "month" else date.replace(month=1, day=1)
    if start == date or not after:
        return start.isoformat()
    if (date.year, date.month) == (dt.MAXYEAR, 12) or (unit == "year" and date.year == dt.MAXYEAR):
        return UNDATED
    days = 32 if unit == "month" else 367
    later = start + dt.timedelta(days)
    return (later.replace(day=1) if unit == "month" else later.replace(month=1, day=1)).isoformat()
