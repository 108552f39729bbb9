"""One text from many places: which name, outlet and date it goes by, and whether it has to be coded (again).

All of it depends on which places are known, not on the order they became known in.
"""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from rejoinder.records import Document, digest

__all__ = ["TRY_AGAIN", "Plan", "Run", "coded_as", "source_id", "whole"]


TRY_AGAIN = frozenset(("TIMED_OUT", "CODER_DIED"))
"""Problems of a document that was not coded for reasons that may pass: the next run codes it again."""


@dataclass(frozen=True, slots=True)
class Run:
    """How documents are coded: the version of the program, and its settings."""

    version: str
    settings: str = ""

    @property
    def id(self) -> str:
        """A stable id."""
        return digest("run", self.version, self.settings)


@dataclass(frozen=True, slots=True)
class Plan:
    """What keeping one source takes. ``document`` is the text as all sources together tell of it.

    ``known``: the text is kept; ``current``: and coded as it would be now; ``new_source``: this place is not yet kept.
    """

    document: Document
    known: bool
    current: bool
    new_source: bool


def source_id(source: Document) -> str:
    """A stable id of the place a text came from."""
    named = (source.name, source.title, source.outlet, source.url, source.origin, source.published)
    # None and "" differ: "no title" is not "the title is empty". The author came later, and old ids stay.
    parts = (*named, source.author) if source.author else named
    return digest("source", source.id, *(repr(part) if part is None else f"'{part}" for part in parts))


def whole(sources: Iterable[Document]) -> Document:
    """The document that ``sources`` (of one text, at least one) tell of together.

    Name, title, outlet, URL and origin are those of the place with the earliest publication day (ties go by the
    alphabet); so ``published`` is the earliest day that any place gives.
    """
    return dataclasses.replace(min(sources, key=_rank))


def coded_as(document: Document, run: Run) -> str:
    """A digest of all that coding depends on: text, date, title, outlet, URL, and the run's version and settings."""
    return digest("coded", document.id, document.published, document.title, document.outlet, document.url, run.id)


def _rank(source: Document) -> tuple[str, ...]:
    published = source.published.isoformat() if source.published else "~"  # after every date
    return (
        published,
        source.name,
        source.outlet or "",
        source.title or "",
        source.url or "",
        source.origin,
        source_id(source),
    )
