"""What could not be decided, at a glance: how often each problem came up, and which documents did not come through."""

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.records import Problem
from rejoinder.store import Heading, Reading

__all__ = ["Trouble", "Troubled", "Troubles", "troubles"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A code of problems: how many ``problems`` have it, in how many ``documents``."""

    code: str
    problems: int
    documents: int


@dataclass(frozen=True, slots=True)
class Troubled:
    """A document that was coded ``partly`` or ``failed``, and its problems."""

    id: str
    name: str
    title: str | None
    status: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Troubles:
    """``codes`` by how many documents they touch, most first; ``documents`` the last that came in first."""

    codes: tuple[Trouble, ...]
    documents: tuple[Troubled, ...]


def troubles(reading: Reading, limit: int) -> Troubles:
    """The troubles of a book, with ``limit`` documents at most."""
    codes = [Trouble(*counted) for counted in reading.problem_counts()]
    ended = reading.ended(("failed", "partly"), limit)
    headings = reading.headings([doc for doc, _ in ended])
    return Troubles(
        codes=tuple(sorted(codes, key=lambda one: (-one.documents, one.code))),
        documents=tuple(_troubled(headings[doc], status, reading.problems(doc=doc)) for doc, status in ended),
    )


def _troubled(heading: Heading, status: str, problems: Sequence[Problem]) -> Troubled:
    return Troubled(heading.id, heading.name, heading.title, status, tuple(problems))
