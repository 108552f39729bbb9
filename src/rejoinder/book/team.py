"""Several coders of one book: who is to code what, who is done, and what each of them made of it by himself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rejoinder.book import assigning
from rejoinder.book.assigning import Assignment
from rejoinder.book.finished import JudgedDocument, judged_documents
from rejoinder.records import Judgement
from rejoinder.store import Store

__all__ = ["Team"]


class Team:
    """What a book holds of the work of several coders."""

    _store: Store

    def assign(
        self,
        documents: Iterable[str] | None,
        coders: Sequence[str],
        *,
        double: float = 0.2,
        blind: bool = True,
        by: str,
        note: str = "",
    ) -> list[Assignment]:
        """Have each of ``documents`` coded by one of ``coders``, and the share ``double`` of them by two.

        ``documents`` are names, ids or beginnings of ids; None: all that nobody was assigned yet. Everybody gets as
        many as anybody else, to one; who gets what hangs on the documents' ids. What was assigned is assigned anew.
        ``blind``: each is to see only his own judgements; it is up to what shows him the documents to keep to that.

        Raises UsageError where a document is not there or none is left, where nobody is named, or one twice, and where
        ``double`` is no share, or no second coder is there for it; StoreError where the book cannot be written.
        """
        with self._store.writing() as writing:
            return assigning.assign(writing, documents, coders, double=double, blind=blind, by=by, note=note)

    def assignments(self) -> list[Assignment]:
        """Who is to code what, in order of document id."""
        with self._store.reading() as reading:
            return assigning.assignments(reading)

    def mark_done(self, document: str, done: bool = True, *, by: str, note: str = "") -> Judgement:
        """Say that ``by`` has been through all of ``document``: what stands of it is right. False takes that back.

        Raises UsageError where no or several documents fit, and where nobody is named.
        """
        with self._store.writing() as writing:
            return assigning.mark_done(writing, document, done, by=by, note=note)

    def done(self) -> Mapping[str, tuple[str, ...]]:
        """Who is done with which document: names by document id."""
        with self._store.reading() as reading:
            return assigning.done_by(reading)

    def judged(self, *, by: str | None = None) -> Iterator[JudgedDocument]:
        """The documents of which acts were judged or that were marked as done, in the order first kept.

        With ``by`` those that he judged or marked, as he alone left them: without what others said, adjudicators (and
        he himself as one) among them.
        """
        with self._store.reading() as reading:
            yield from judged_documents(reading, by)

    def notes(self, document: str | None = None) -> list[Judgement]:
        """All that was said of documents as wholes, or of one: assigned, done. In the order it was said.

        Raises UsageError where no or several documents fit.
        """
        with self._store.reading() as reading:
            doc = None if document is None else assigning.one_document(reading, document)
            return [said for said in reading.notes() if doc in (None, said.subject)]
