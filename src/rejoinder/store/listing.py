"""What is read of summaries: which acts tell of which, pages of acts and threads."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, RowMapping, func, literal_column, select

from rejoinder.store import schema as s
from rejoinder.store.filing import Filing
from rejoinder.store.rows import among, day_of
from rejoinder.store.summaries import UNDATED

__all__ = ["Listed", "Listing", "Threaded"]

_HERE: ColumnElement[str] = literal_column("''")
"""Everywhere; written out, for SQLite looks through partial indexes by what is written only."""
_BY_ACT = ("INDEXED BY listed_act", "sqlite")
"""SQLite would rather go through all that lies everywhere."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An act as lists and counts have it. ``head`` is the act that it tells of too; None where it speaks for itself.

    ``answered`` and ``reports`` (documents that tell of it) are those of all that tells of it. Days are ISO text.
    """

    act: str
    doc: str
    start: int
    end: int
    trigger_start: int
    day: str
    latest: str | None
    kind: str
    issue: str
    channel: str | None
    realis: str
    background: bool
    score: float
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    dyads: tuple[str, ...]
    head: str | None = None
    answered: bool = False
    reports: int = 1


@dataclass(frozen=True, slots=True)
class Threaded:
    """A thread as lists have it; what the fields mean is said in :mod:`rejoinder.store.summaries`."""

    id: str
    offer: str
    dyads: tuple[str, ...]
    day: str
    latest: str | None
    kind: str
    issue: str
    settled: str
    due: str | None
    opened: str | None
    replied: bool
    silence: int | None


class Listing(Filing):
    """What can be asked of summaries; they may lag behind what else can be asked."""

    def unsummed(self, most: int) -> list[str]:
        """Up to ``most`` acts that came, went or changed, or were joined otherwise, and are not summed up yet."""
        query = select(s.unsummed.c.act).order_by(s.unsummed.c.n).limit(4 * most)
        return list(dict.fromkeys(self._from.execute(query).scalars()))[:most]

    def is_summed(self) -> bool:
        """Whether summaries say all that the book holds."""
        return self._from.execute(select(s.unsummed.c.n).limit(1)).first() is None

    def newest(self) -> dt.date | None:
        """The latest publication day of any document."""
        return day_of(self._from.execute(select(func.max(s.documents.c.published))).scalar())

    def listed(self, acts: Collection[str]) -> dict[str, Listed]:
        """Those of ``acts`` that are listed, by id."""
        here = s.listed.c.place == _HERE, among(s.listed.c.act, acts)
        query = select(s.listed).where(*here).order_by(s.listed.c.act).with_hint(s.listed, *_BY_ACT)
        return {row["act"]: _listed(row) for row in self._rows(query)}

    def told_of(self, heads: Collection[str]) -> dict[str, list[str]]:
        """The acts that are listed as telling of each of ``heads`` too, sorted; heads without any are left out."""
        columns = s.listed.c.head, s.listed.c.act
        here = s.listed.c.place == _HERE, s.listed.c.head.is_not(None), among(s.listed.c.head, heads)
        found: dict[str, list[str]] = {}
        for head, act in self._from.execute(select(*columns).where(*here).order_by(s.listed.c.act)):
            found.setdefault(head, []).append(act)
        return found

    def bare(self, acts: Collection[str]) -> dict[str, Listed]:
        """Those of ``acts`` that exist, each as if it spoke for itself alone, in order of id."""
        sides: dict[tuple[str, str], list[str]] = {}
        for row in self._rows(select(s.act_states).where(among(s.act_states.c.act, acts))):
            sides.setdefault((row["act"], row["side"]), []).append(row["state"])
        dyads: dict[str, list[str]] = {}
        for row in self._rows(select(s.act_dyads).where(among(s.act_dyads.c.act, acts))):
            dyads.setdefault(row["act"], []).append(row["dyad"])
        columns = [s.acts.c[name] for name in ("id", "earliest", *_ALIKE)]
        return {
            row["id"]: Listed(
                act=row["id"],
                day=row["earliest"] or UNDATED,
                actors=tuple(sorted(sides.get((row["id"], "actor"), ()))),
                targets=tuple(sorted(sides.get((row["id"], "target"), ()))),
                dyads=tuple(sorted(dyads.get(row["id"], ()))),
                **{name: row[name] for name in _ALIKE},
            )
            for row in self._rows(select(*columns).where(among(s.acts.c.id, acts)).order_by(s.acts.c.id))
        }

    def joined_to(self, acts: Collection[str]) -> set[str]:
        """What tells of the same as one of ``acts``, or did: in its document, by a merge, or as it is listed."""
        here = among(s.merges.c.report, acts) | among(s.merges.c.act, acts)
        found = {
            end for row in self._from.execute(select(s.merges.c.report, s.merges.c.act).where(here)) for end in row
        }
        found |= set(self._from.execute(select(s.acts.c.id).where(among(s.acts.c.same_as, acts))).scalars())
        named = select(s.acts.c.same_as).where(among(s.acts.c.id, acts), s.acts.c.same_as.is_not(None))
        found |= set(self._from.execute(named).scalars())
        known = s.listed.c.place == _HERE, among(s.listed.c.act, acts), s.listed.c.head.is_not(None)
        heads = set(self._from.execute(select(s.listed.c.head).where(*known).with_hint(s.listed, *_BY_ACT)).scalars())
        found |= heads
        for others in self.told_of(heads | set(acts)).values():
            found.update(others)
        return found - set(acts)

    def first_among(self, acts: Collection[str]) -> dict[str, str]:
        """The first mention, by the later ones among ``acts``."""
        query = select(s.acts.c.id, s.acts.c.same_as).where(among(s.acts.c.id, acts), s.acts.c.same_as.is_not(None))
        return {row["id"]: row["same_as"] for row in self._rows(query.order_by(s.acts.c.id))}


_ALIKE = (
    *("doc", "start", "end", "trigger_start", "latest", "kind", "issue", "channel"),
    *("realis", "background", "score"),
)
"""Fields that an act has under the same name, as it is and as it is listed."""


def _listed(row: RowMapping) -> Listed:
    return Listed(
        actors=tuple(row["actors"].split()),
        targets=tuple(row["targets"].split()),
        dyads=tuple(row["dyads"].split()),
        **{name: row[name] for name in ("act", "day", "head", "answered", "reports", *_ALIKE)},
    )
