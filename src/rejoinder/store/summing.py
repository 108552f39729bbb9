"""Writing summaries. Counts are kept by what is added and taken away, so that they need not be counted anew."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator

from sqlalchemy import (
    Connection,
    Delete,
    Insert,
    RowMapping,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects.sqlite import insert as insert_or

from rejoinder.store import schema as s
from rejoinder.store.judged import Memory
from rejoinder.store.listing import Listed, Threaded
from rejoinder.store.read import Reading
from rejoinder.store.rows import among
from rejoinder.store.summaries import EVER, EVERYWHERE, UNDATED

__all__ = ["Quad", "Summing"]

Row = dict[str, object]
Quad = Callable[[str], int | None]
"""The quad class of a kind of acts: 1 and 2 are cooperation."""

_WIDE = 31
"""Days: acts that may have been on days further apart are looked up apart."""
_COOPERATION = (1, 2)
_UNKNOWN_STATE = "?"


class Summing(Reading):
    """What can be written of summaries."""

    def __init__(self, connection: Connection, memory: Memory | None = None) -> None:
        super().__init__(connection, memory)
        self._to = connection

    def summed(self, acts: Collection[str]) -> None:
        """All that concerns ``acts`` is summed up."""
        self._to.execute(delete(s.unsummed).where(among(s.unsummed.c.act, acts)))

    def begin_anew(self, rules: str) -> None:
        """Have all summed up by the rules with this digest: anew, where it was summed up by others."""
        known = self._from.execute(select(s.meta.c.value).where(s.meta.c.name == s.SUMMARIES)).scalar()
        if known == rules:
            return
        if known is not None:
            for table in (s.listed, s.threaded, s.tallies, s.pairings, s.months, s.dyads):
                self._to.execute(delete(table))
            self._to.execute(delete(s.figures).where(s.figures.c.name.in_(("acts", "mentions", "threads"))))
            acts = select(s.acts.c.id).order_by(s.acts.c.doc, s.acts.c.start, s.acts.c.id)
            self._to.execute(insert(s.unsummed).from_select(["act"], acts))
        row = {"name": s.SUMMARIES, "value": rules}
        self._to.execute(insert_or(s.meta).values(row).on_conflict_do_update(index_elements=["name"], set_=row))

    def relist(self, before: Iterable[Listed], after: Iterable[Listed], quad: Quad) -> None:
        """List the acts ``after`` instead of those ``before``, and count them."""
        gone, come = set(before), set(after)
        both = gone & come
        gone -= both
        come -= both
        old = [row for one in sorted(gone, key=_act) for row in _rows(one)]
        new = [row for one in sorted(come, key=_act) for row in _rows(one)]
        if old:
            self._to.execute(_REMOVE, [{f"old_{name}": row[name] for name in _KEY} for row in old])
        if new:
            self._to.execute(_LIST, new)
        self._count(gone, come, quad)

    def rethread(self, acts: Collection[str], threads: Iterable[Threaded]) -> None:
        """List ``threads`` instead of all that are listed as opened by one of ``acts``."""
        here = s.threaded.c.place == literal_column("''"), among(s.threaded.c.offer, acts)
        before = [
            _threaded(row)
            for row in self._rows(
                select(s.threaded).where(*here).with_hint(s.threaded, "INDEXED BY threaded_offer", "sqlite")
            )
        ]
        after = list(threads)
        old = [row for one in before for row in _thread_rows(one)]
        if old:
            self._to.execute(_UNTHREAD, [{f"old_{name}": row[name] for name in _THREAD_KEY} for row in old])
        new = [row for one in after for row in _thread_rows(one)]
        if new:
            self._to.execute(_THREAD, new)
        self._raise("threads", len(after) - len(before))

    def _count(self, gone: Collection[Listed], come: Collection[Listed], quad: Quad) -> None:
        acts = 0
        tallies, pairings, months, dyads = _Sums(), _Sums(), _Sums(), _Sums()
        for some, step in ((gone, -1), (come, 1)):
            for one in some:
                if one.head is None:
                    acts += step
                    tallies.add(_tallies(one), step, step * one.reports)
                    pairings.add(_pairings(one, quad(one.kind)), step, step * one.reports)
                    dyads.add(((dyad,) for dyad in _known(one.dyads)), step)
                    cooperation = quad(one.kind) in _COOPERATION
                    months.add(_months(one), step if cooperation else 0, 0 if cooperation else step)
        self._add(s.tallies, tallies)
        self._add(s.pairings, pairings)
        self._add(s.months, months)
        self._add(s.dyads, dyads)
        self._raise("acts", acts)
        self._raise("mentions", len(come) - len(gone))

    def _raise(self, figure: str, step: int) -> None:
        if step:
            self._to.execute(_ADD[s.figures.name], {"name": figure, "value": step})

    def _add(self, table: Table, sums: "_Sums") -> None:
        keys, names = [column.name for column in table.primary_key], [column.name for column in table.columns]
        rows = [dict(zip(names, (*key, *of), strict=True)) for key, of in sums.of.items() if any(of)]
        if rows:
            self._to.execute(_ADD[table.name], rows)
        lowered = [
            {f"of_{name}": value for name, value in zip(keys, key, strict=True)}
            for key, of in sums.of.items()
            if min(of) < 0
        ]
        if lowered:
            self._to.execute(_EMPTY[table.name], lowered)


class _Sums:
    """Whole numbers, several to a key."""

    def __init__(self) -> None:
        self.of: dict[tuple[object, ...], list[int]] = {}

    def add(self, keys: Iterable[tuple[object, ...]], *steps: int) -> None:
        """Add ``steps`` to the numbers of each of ``keys``."""
        for key in keys:
            at = self.of.setdefault(key, [0] * len(steps))
            for place, step in enumerate(steps):
                at[place] += step


_KEY = [column.name for column in s.listed.primary_key]
_REMOVE = delete(s.listed).where(and_(*(s.listed.c[name] == bindparam(f"old_{name}") for name in _KEY)))
_LIST = insert(s.listed)
_THREAD_KEY = [column.name for column in s.threaded.primary_key]
_UNTHREAD = delete(s.threaded).where(and_(*(s.threaded.c[name] == bindparam(f"old_{name}") for name in _THREAD_KEY)))
_THREAD = insert(s.threaded)


def _adding(table: Table) -> Insert:
    adding = insert_or(table)
    sums = [column.name for column in table.columns if not column.primary_key]
    changed = {name: table.c[name] + adding.excluded[name] for name in sums}
    return adding.on_conflict_do_update(index_elements=[c.name for c in table.primary_key], set_=changed)


def _emptying(table: Table) -> Delete:
    sums = [column == 0 for column in table.columns if not column.primary_key]
    return delete(table).where(*(column == bindparam(f"of_{column.name}") for column in table.primary_key), *sums)


_COUNTED = (s.tallies, s.pairings, s.months, s.dyads, s.figures)
_ADD = {table.name: _adding(table) for table in _COUNTED}
_EMPTY = {table.name: _emptying(table) for table in _COUNTED}


def _known(dyads: Iterable[str]) -> Iterator[str]:
    """Those of ``dyads`` both of whose states are known."""
    return (dyad for dyad in dyads if _UNKNOWN_STATE not in dyad)


def _act(one: Listed) -> str:
    return one.act


def _rows(one: Listed) -> Iterator[Row]:
    row: Row = {
        "day": one.day,
        "doc": one.doc,
        "start": one.start,
        "end": one.end,
        "trigger_start": one.trigger_start,
        "act": one.act,
        "head": one.head,
        "latest": one.latest,
        "long": _is_long(one),
        "kind": one.kind,
        "issue": one.issue,
        "channel": one.channel,
        "realis": one.realis,
        "background": one.background,
        "score": one.score,
        "answered": one.answered,
        "reports": one.reports,
        "actors": f" {' '.join(one.actors)} ",
        "targets": f" {' '.join(one.targets)} ",
        "dyads": f" {' '.join(one.dyads)} ",
    }
    for place in (EVERYWHERE, *one.dyads):
        yield {**row, "place": place}


def _is_long(one: Listed) -> bool:
    if one.day == UNDATED or one.latest is None:
        return one.day != UNDATED or one.latest is not None
    return (dt.date.fromisoformat(one.latest) - dt.date.fromisoformat(one.day)).days > _WIDE


def _month(day: str) -> str:
    return day if day == UNDATED else f"{day[:7]}-01"


def _year(day: str) -> str:
    return day if day == UNDATED else f"{day[:4]}-01-01"


def _tallies(one: Listed) -> Iterator[tuple[object, ...]]:
    for dyad in _known(one.dyads):
        ends = dyad.split("-")
        for actor in [state for state in one.actors if state in ends] or [_UNKNOWN_STATE]:
            for unit, day in (("day", one.day), ("month", _month(one.day))):
                yield dyad, unit, day, actor, one.kind, one.background


def _months(one: Listed) -> Iterator[tuple[object, ...]]:
    if one.day != UNDATED and not one.background:
        yield from ((dyad, _month(one.day)) for dyad in _known(one.dyads))


def _pairings(one: Listed, quad: int | None) -> Iterator[tuple[object, ...]]:
    days = (("day", one.day), ("month", _month(one.day)), ("year", _year(one.day)), (EVER, ""))
    for actor in one.actors:
        for target in one.targets:
            if actor != target:
                for unit, day in days:
                    yield unit, day, actor, target, quad or 0, one.background


def _threaded(row: RowMapping) -> Threaded:
    given = {name: row[name] for name in row if name not in {"place", "dyads"}}
    return Threaded(dyads=tuple(row["dyads"].split()), **given)


def _thread_rows(one: Threaded) -> Iterator[Row]:
    row: Row = {
        "day": one.day,
        "id": one.id,
        "offer": one.offer,
        "latest": one.latest,
        "kind": one.kind,
        "issue": one.issue,
        "settled": one.settled,
        "due": one.due,
        "opened": one.opened,
        "replied": one.replied,
        "silence": one.silence,
        "dyads": " ".join(one.dyads),
    }
    for place in (EVERYWHERE, *one.dyads):
        yield {**row, "place": place}
