"""An ActQuery as SQL conditions on the table of acts."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Integer, Select, and_, exists, literal, literal_column, or_, select, text

from rejoinder.store import schema as s
from rejoinder.store.query import ActQuery, words_query

__all__ = ["conditions"]


def conditions(query: ActQuery, *, one_by_one: bool = False) -> list[ColumnElement[bool]]:
    """Conditions that an act in ``s.acts`` has to meet, all of them.

    ``one_by_one``: it is asked of one act after the other whether it lies in the dyad, for where many do and few acts
    are wanted; else all that lie there are looked up first.
    """
    return [*_simple(query), *_sides(query, one_by_one=one_by_one), *_days(query), *_documents(query)]


def _simple(query: ActQuery) -> Iterator[ColumnElement[bool]]:
    if query.kinds:
        yield s.acts.c.kind.in_(query.kinds)
    for name in ("issue", "channel", "realis", "background", "reviewed"):
        wanted = getattr(query, name)
        if wanted is not None:
            yield s.acts.c[name] == wanted
    if query.min_score is not None:
        yield s.acts.c.score >= query.min_score
    if query.first:
        yield s.acts.c.same_as.is_(None)


def _sides(query: ActQuery, *, one_by_one: bool) -> Iterator[ColumnElement[bool]]:
    if query.dyad is not None and one_by_one:
        yield exists().where(s.act_dyads.c.act == s.acts.c.id, s.act_dyads.c.dyad == query.dyad)
    elif query.dyad is not None:
        yield s.acts.c.id.in_(select(s.act_dyads.c.act).where(s.act_dyads.c.dyad == query.dyad))
    for side, state in (("actor", query.actor), ("target", query.target)):
        if state is not None:
            named = select(s.act_states.c.act).where(s.act_states.c.state == state, s.act_states.c.side == side)
            yield s.acts.c.id.in_(named)


def _days(query: ActQuery) -> Iterator[ColumnElement[bool]]:
    """ISO days compare as text. An interval open at one end reaches as far as asked; one open at both is no date."""
    earliest, latest = s.acts.c.earliest, s.acts.c.latest
    if query.since is not None:
        yield or_(latest >= query.since.isoformat(), and_(latest.is_(None), earliest.is_not(None)))
    if query.until is not None:
        yield or_(earliest <= query.until.isoformat(), and_(earliest.is_(None), latest.is_not(None)))


def _documents(query: ActQuery) -> Iterator[ColumnElement[bool]]:
    if query.documents is not None:
        yield s.acts.c.doc.in_(query.documents)
    if query.outlet is not None:
        yield s.acts.c.doc.in_(select(s.sources.c.doc).where(s.sources.c.outlet == query.outlet))
    if query.text is not None:
        words: Select[int] = select(literal_column("rowid", Integer)).select_from(text(s.FULL_TEXT))
        words = words.where(literal_column(s.FULL_TEXT).op("MATCH")(literal(words_query(query.text))))
        yield s.acts.c.doc.in_(select(s.documents.c.id).where(s.documents.c.n.in_(words)))
