"""A request as pages see it: the book, what stands in the address, and what was sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rejoinder.book import Book
from rejoinder.web.jobs import Jobs
from rejoinder.web.settings import Settings

__all__ = ["Asked", "Form"]


@dataclass(frozen=True, slots=True)
class Form:
    """Names and values in the order they came; a name may come several times."""

    pairs: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> tuple[str, ...]:
        """All values under ``name`` that are not empty."""
        return tuple(value.strip() for key, value in self.pairs if key == name and value.strip())

    def get(self, name: str) -> str | None:
        """The first value under ``name`` that is not empty; None where there is none."""
        return next(iter(self.all(name)), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """``place`` are the named parts of the path, ``query`` what follows the question mark, ``sent`` a form's fields.

    ``twin`` is the form in which the page is wanted besides HTML: "json", "csv", "svg"; "" is HTML. ``coder`` is the
    name under which the reader judges, None where he has not said. ``jobs`` are what the server does beside answering.
    """

    book: Book
    settings: Settings
    path: str
    place: Mapping[str, str] = field(default_factory=dict)
    query: Form = Form()
    sent: Form = Form()
    coder: str | None = None
    jobs: Jobs = field(default_factory=Jobs)
    twin: str = ""
