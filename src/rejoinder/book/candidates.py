"""Which acts an act may answer, or tell of as well: what somebody who joins two by hand is shown to choose from."""

import datetime as dt
from collections.abc import Iterable

from rejoinder.book.handle import Book
from rejoinder.codebook import codebook
from rejoinder.codebook.dyads import UNKNOWN, dyads_of
from rejoinder.records import Act

__all__ = ["MOST", "offers_for", "twins_of"]

MOST = 20
"""Candidates at most."""
_ANSWER_DAYS = 400
_SAME_DAYS = 14


def offers_for(book: Book, act: Act, text: str | None = None) -> list[Act]:
    """Acts that ``act`` may answer: those that open threads, of its document first, then of its dyads, the last first.

    With ``text`` any acts of documents with these words. Raises UsageError where ``text`` holds no word.
    """
    if text is not None:
        return _others(act, book.acts(text=text))
    opening = codebook().opening
    here = [one for one in book.acts(document=act.doc, kind=opening) if not _is_self(act, one)]
    found = [*here, *_of_dyads(book, act, opening, before=_ANSWER_DAYS, after=0)]
    return _others(act, found)


def twins_of(book: Book, act: Act, text: str | None = None) -> list[Act]:
    """Acts that may be the same as ``act``, told elsewhere: of its kind, dyads and time; with ``text`` as above."""
    if text is not None:
        return _others(act, book.acts(text=text))
    kinds = tuple(kind for kind in (act.kind, act.alt_kind) if kind)
    here = book.acts(document=act.doc, kind=kinds)
    return _others(act, [*here, *_of_dyads(book, act, kinds, before=_SAME_DAYS, after=_SAME_DAYS)])


def _of_dyads(book: Book, act: Act, kinds: tuple[str, ...], *, before: int, after: int) -> list[Act]:
    """Acts of the dyads of ``act``, those nearest to it in time first."""
    day = act.when.latest or act.when.earliest or book.document(act.doc).published
    if day is None:
        return []
    since, until = day - dt.timedelta(before), day + dt.timedelta(after)
    dyads = [dyad for dyad in dyads_of(act) if UNKNOWN not in dyad]
    found = [one for dyad in dyads for one in book.acts(dyad=dyad, kind=kinds, since=since, until=until)]

    def away(one: Act) -> int:
        return abs((day - (one.when.earliest or day)).days)

    return sorted(found, key=lambda one: (away(one), one.doc, one.span.start, one.id))


def _others(act: Act, found: Iterable[Act]) -> list[Act]:
    seen: dict[str, Act] = {}
    for one in found:
        if not _is_self(act, one):
            seen.setdefault(one.id, one)
        if len(seen) == MOST:
            break
    return list(seen.values())


def _is_self(act: Act, other: Act) -> bool:
    return other.id in (act.id, act.same_as)
