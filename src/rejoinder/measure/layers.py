"""What each coder of a book made of it by himself, in the form that agreement compares."""

from collections.abc import Collection

from rejoinder.book import Book
from rejoinder.errors import UsageError
from rejoinder.measure.coded import CodedAct
from rejoinder.measure.recorded import recorded

__all__ = ["codings"]


def codings(book: Book, coders: Collection[str] | None = None) -> dict[str, dict[str, list[CodedAct]]]:
    """The acts by coder and by document id, of documents that he has coded to the end; of all coders, or of ``coders``.

    Each is taken alone, as if nobody else had judged. Raises UsageError where one of ``coders`` has coded none.
    """
    done = {name for names in book.done().values() for name in names}
    wanted = sorted({*book.coders(), *done} if coders is None else set(coders))
    found = {name: _whole(book, name) for name in wanted}
    for name in coders or ():
        if not found[name]:
            remedy = "Have every act of one judged, or mark it with `rejoinder done`."
            raise UsageError(f"{name!r} has coded no document to the end. {remedy}")
    return {name: documents for name, documents in found.items() if documents}


def _whole(book: Book, name: str) -> dict[str, list[CodedAct]]:
    judged = (one.coded for one in book.judged(by=name) if one.whole)
    return {one.document.id: recorded(one.acts, one.links) for one in judged}
