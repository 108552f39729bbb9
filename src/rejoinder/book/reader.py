"""Who judges: what he was given to code, and of what he is not to see what others said."""

from dataclasses import dataclass, replace

from rejoinder.book.article import Article
from rejoinder.book.handle import Book
from rejoinder.book.results import Why, explain
from rejoinder.book.table import Acts
from rejoinder.draft import Coded
from rejoinder.errors import UsageError

__all__ = ["Reader"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who judges: None where he has not said. ``assigned`` are ids of documents he is to code and is not done with.

    ``blind`` are those of which he is not to see what others said, done or not.
    """

    name: str | None = None
    assigned: tuple[str, ...] = ()
    blind: frozenset[str] = frozenset()

    @classmethod
    def of(cls, book: Book, name: str | None) -> "Reader":
        """The reader called ``name``, with what he was assigned."""
        if name is None:
            return cls()
        given = [one for one in book.assignments() if name in one.coders]
        done = book.done() if given else {}
        open_ = tuple(one.document for one in given if name not in done.get(one.document, ()))
        return cls(name, open_, frozenset(one.document for one in given if one.blind))

    def article(self, book: Book, document: str) -> Article:
        """``Book.article`` as the reader may see it: one that he codes blind as if nobody else had judged it.

        Links to other documents are left out there: they follow from what everybody said. Raises UsageError.
        """
        article = book.article(document)
        if self.name is None or article.document.id not in self.blind:
            return article
        coded = book.coded_alone(self.name, article.document.id) or Coded(article.document)
        ends = {act.id: act for act in coded.acts}
        return replace(
            article, acts=Acts.of([coded]), links=coded.links, others=ends, problems=coded.problems, status=coded.status
        )

    def why(self, book: Book, act_id: str) -> Why:
        """``Book.why`` as the reader may see it: of a document that he codes blind the act alone, as he left it.

        Raises UsageError, also for an act that somebody else added there.
        """
        if not self.blind or self.name is None:
            return book.why(act_id)
        act, document = book.act_at_desk(act_id)
        if document.id not in self.blind:
            return book.why(act.id)
        coded = book.coded_alone(self.name, document.id)
        mine = {} if coded is None else {one.id: one for one in coded.acts}
        if act.id not in mine:
            raise UsageError(f"There is no act {act_id!r} in {document.id}, which you code blind, as you left it.")
        own, history = mine[act.id], book.history(act.id, alone=self.name)
        return Why(own, document, (), explain(own, document.text), history=history)
