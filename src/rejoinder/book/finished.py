"""Documents that people judged: what all together, or one of them alone, left of each, and whether they are through."""

from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.book.assigning import done_by
from rejoinder.book.judging.fold import judged, reviewed
from rejoinder.draft import Coded
from rejoinder.store import Reading

__all__ = ["JudgedDocument", "judged_documents"]


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """A document as people left it, or as one of them alone did.

    ``left`` of its acts nobody (or not he) judged; ``done`` are those who marked it as done (or he, if he did).
    """

    coded: Coded
    left: int
    done: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether all of it was judged: each act, or somebody said that the document is done."""
        return not self.left or bool(self.done)


def judged_documents(reading: Reading, by: str | None = None) -> Iterator[JudgedDocument]:
    """The documents in which anybody, or ``by``, judged an act or which he marked as done, in the order first kept.

    With ``by``, what he alone left of what the program found: as if nobody else had judged, nor he as an adjudicator.
    """
    done = {doc: tuple(name for name in names if by in (None, name)) for doc, names in done_by(reading).items()}
    for doc in reading.in_order({*reading.judged_docs(by), *(doc for doc, names in done.items() if names)}):
        rulings = [one for one in reading.rulings_in(doc) if by is None or (one.said.by == by and not one.said.final)]
        acts, names = set(reviewed(rulings)), done.get(doc, ())
        found = reading.machine(doc)
        if found is None or not (acts or names):
            continue  # what was judged was undone, or was a link
        coded = reading.coded(doc, found.document.name) if by is None else judged(found, rulings)
        yield JudgedDocument(coded, sum(act.id not in acts for act in coded.acts), names)
