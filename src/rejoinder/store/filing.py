"""What comparing acts of different documents asks: what changed, what is filed where, what stands around an act."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import RowMapping, Select, bindparam, exists, func, or_, select

from rejoinder.records import Act
from rejoinder.store import schema as s
from rejoinder.store.codec import load
from rejoinder.store.judged import Judged
from rejoinder.store.rows import among, day_of

__all__ = ["Change", "Filing", "Place", "Surroundings", "Under"]


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


_NOTED = select(s.acts.c.id).where(s.acts.c.id.in_(select(s.changes.c.act).where(s.changes.c.act.is_not(None))))


_Named = tuple[bool, bool]
"""Whether the actor's state is given, and the target's."""


def _named(under: Under) -> _Named:
    actor, target, _ = under
    return actor is not None, target is not None


def _states(under: Under) -> dict[str, str | None]:
    return dict(zip(("actor", "target", "kind"), under, strict=True))


def _filed(named: _Named) -> tuple[Select[str, str], Select[str, str]]:
    """The latest acts filed under such states between two days; and one of those that are filed after a day."""
    day, act = s.filed.c.day, s.filed.c.act
    query = select(day, act).distinct().where(s.filed.c.kind == bindparam("kind"))
    for column, given in zip((s.filed.c.actor, s.filed.c.target), named, strict=True):
        query = query.where(column == bindparam(column.name)) if given else query
    latest = query.where(day.between(bindparam("since"), bindparam("until"))).order_by(day.desc(), act.desc())
    coming = query.where(day > bindparam("day")).order_by(day, act)
    return latest.limit(bindparam("most")), coming.limit(1).offset(bindparam("others"))


_FILED = {(actor, target): _filed((actor, target)) for actor in (True, False) for target in (True, False)}
"""Asked many times for each act that is looked up: to make a statement anew takes longer than to run it."""


class Filing(Judged):
    """What can be asked of a book where acts are compared."""

    def changes(self) -> list[Change]:
        """What has changed since acts were last compared across documents, oldest first."""
        rows = self._rows(select(s.changes).order_by(s.changes.c.n))
        return [Change(row["n"], row["act"], None if row["day"] is None else _place(row)) for row in rows]

    def noted(self) -> int:
        """How many changes there are since acts were last compared across documents."""
        return self._from.execute(select(func.count()).select_from(s.changes)).scalar() or 0

    def firsts_within(self, since: dt.date, until: dt.date) -> int:
        """How many first mentions are filed from the day ``since`` to the day ``until``."""
        filed = s.acts.c.day.between(since.isoformat(), until.isoformat())
        return self._from.execute(select(func.count()).select_from(s.acts).where(filed)).scalar() or 0

    def noted_among(self, acts: Collection[str]) -> set[str]:
        """Those of ``acts`` that came, or were judged, since acts were last compared."""
        return set(self._from.execute(select(s.changes.c.act).where(among(s.changes.c.act, acts))).scalars())

    def noted_unfiled(self) -> list[str]:
        """The acts that came, or were judged, of which no day is known under which they are filed, sorted."""
        return list(self._from.execute(_NOTED.where(s.acts.c.day.is_(None)).order_by(s.acts.c.id)).scalars())

    def noted_days(self) -> set[dt.date]:
        """The days under which acts are filed that came or were judged, or were filed that are gone."""
        here = select(s.acts.c.day).distinct().where(s.acts.c.day.is_not(None), s.acts.c.id.in_(_NOTED))
        gone = select(s.changes.c.day).distinct().where(s.changes.c.day.is_not(None))
        return {dt.date.fromisoformat(day) for query in (here, gone) for day in self._from.execute(query).scalars()}

    def last_change(self) -> int:
        """The number of the newest change there ever was, settled or not."""
        found = self._from.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").scalar()
        return int(found or 0)

    def rules(self) -> str | None:
        """A digest of the rules on which all rests that was decided between documents, and is not noted as changed.

        None where nothing was compared yet, or by a version that did not say so.
        """
        return self._from.execute(select(s.meta.c.value).where(s.meta.c.name == s.RULES)).scalar()

    def unfiled(self, acts: Collection[str]) -> list[str]:
        """Those of ``acts`` of which no day is known under which they are filed, sorted."""
        query = select(s.acts.c.id).where(among(s.acts.c.id, acts), s.acts.c.day.is_(None)).order_by(s.acts.c.id)
        return list(self._from.execute(query).scalars())

    def places(self, acts: Collection[str]) -> list[Place]:
        """Where ``acts`` are filed."""
        rows = self._rows(select(s.filed).where(among(s.filed.c.act, acts)).order_by(s.filed.c.act, s.filed.c.actor))
        return [_place(row) for row in rows]

    def firsts_after(self, after: tuple[dt.date, str], until: dt.date, *, most: int) -> list[tuple[dt.date, Act]]:
        """First mentions with the day under which they are filed, in order of it and of their id: the next ``most``.

        They come after this day and id, and not after the day ``until``.
        """
        day, (last, act) = s.acts.c.day, after
        query = select(day, s.acts.c.record).where(day >= last.isoformat(), day <= until.isoformat())
        query = query.where(or_(day > last.isoformat(), s.acts.c.id > act)).order_by(day, s.acts.c.id).limit(most)
        return [(dt.date.fromisoformat(row["day"]), load(Act, row["record"])) for row in self._rows(query)]

    def firsts_near(self, states: Collection[str], since: dt.date, until: dt.date) -> set[str]:
        """Ids of the first mentions filed from ``since`` to ``until`` that have one of ``states`` on a side."""
        day, mine = s.acts.c.day, s.act_states.c.act == s.acts.c.id
        # by day, then by state: a state has acts on all the days of a book
        theirs = exists().where(mine, func.ifnull(s.act_states.c.state, "").in_(states))
        query = select(s.acts.c.id).where(day >= since.isoformat(), day <= until.isoformat(), theirs)
        return set(self._from.execute(query).scalars())

    def filed(self, under: Under, since: dt.date, until: dt.date, *, most: int) -> list[str]:
        """Ids of the ``most`` latest acts filed ``under`` this from ``since`` to ``until``."""
        latest, _ = _FILED[_named(under)]
        given = {**_states(under), "since": since.isoformat(), "until": until.isoformat(), "most": most}
        return [act for _, act in self._from.execute(latest, given)]

    def day_of_later(self, place: Place, under: Under, later: int) -> dt.date | None:
        """The day of the ``later``-th act filed ``under`` this after the day of ``place``; None where there is none."""
        _, coming = _FILED[_named(under)]
        given = {**_states(under), "day": place.day.isoformat(), "others": later - 1}
        row = self._from.execute(coming, given).first()
        return None if row is None else dt.date.fromisoformat(row[0])

    def surroundings(self, docs: Collection[str], opening: int) -> dict[str, Surroundings]:
        """What is known of ``docs`` where their acts are compared with others, by id.

        ``opening``: how many characters of a text are its first words.
        """
        inner = among(s.links.c.scope, docs), self._upheld(s.links.c.id)
        query = select(s.links.c.scope, s.links.c.answer).where(*inner)
        settled: dict[str, set[str]] = {}
        for row in self._rows(query):
            settled.setdefault(row["scope"], set()).add(row["answer"])
        first = func.substr(s.documents.c.text, 1, opening).label("opening")
        found = select(s.documents.c.id, s.documents.c.published, first).where(among(s.documents.c.id, docs))
        return {
            row["id"]: Surroundings(day_of(row["published"]), row["opening"], frozenset(settled.get(row["id"], ())))
            for row in self._rows(found)
        }


def _place(row: RowMapping) -> Place:
    return Place(row["actor"], row["target"], row["kind"], dt.date.fromisoformat(row["day"]))
