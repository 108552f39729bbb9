"""Who judges: what he was given to code, and of what he is not to see what others said."""

from dataclasses import dataclass

from rejoinder.book.handle import Book

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
