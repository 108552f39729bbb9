"""Which acts are new, and which of them a query is after."""

from collections.abc import Collection, Iterator

from rejoinder.book import Book
from rejoinder.records import Act
from rejoinder.watch.notice import Notice, notice_of
from rejoinder.watch.plan import Query

__all__ = ["matching"]


def matching(book: Book, query: Query, fresh: Collection[str]) -> Iterator[Notice]:
    """What ``query`` finds among the acts that nobody told of before the documents ``fresh`` (ids, in order).

    An act that several of them tell of comes once, by the first of them; a further report of a known act is not new.
    """
    told: set[str] = set()
    for doc in fresh:
        found = book.acts(
            document=doc,
            dyad=query.dyad,
            kind=query.kind or None,
            issue=query.issue,
            channel=query.channel,
            min_score=query.min_score,
            text=query.text,
            background=None if query.background else False,
        )
        for act in found:
            about = found.about(act)
            tellers = _tellers(book, act) if about.reports > 1 else [act]
            if act.id in told or any(one.doc not in fresh for one in tellers):
                continue
            told.update(one.id for one in tellers)
            yield notice_of(act, about, book.document(act.doc))


def _tellers(book: Book, act: Act) -> list[Act]:
    """The acts that tell of the same as ``act``, itself included."""
    why = book.why(act.id)
    return [act, *why.mentions, *(one.other.act for one in why.reports)]
