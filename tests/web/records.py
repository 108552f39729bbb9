"""A book for the tests of the pages of one document and one act, made by a stand-in for the coder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from starlette.testclient import TestClient

from rejoinder.book import Book
from rejoinder.draft import Coded
from rejoinder.records import Document, Problem, Span
from rejoinder.web import Settings, application
from tests.book.desks import opened
from tests.makers import FakePipeline, document

FIRST = document(
    "Talks 🙂 at last\n\nPyongyang offered Seoul talks. Later Pyongyang offered Seoul talks again.\n\n"
    "Seoul rejected Pyongyang, puzzling Tokyo.",
    "first",
    title="Talks at last",
    outlet="The Wire",
    author="Kim Min",
    url="https://wire.example/1",
)
AGAIN = document("On Friday Pyongyang offered Seoul talks by letter.", "again", outlet="The Post")
BROKEN = document("A garble.", "broken", None)
DOCUMENTS = (FIRST, AGAIN, BROKEN)


class Puzzled(FakePipeline):
    """Cannot say what "puzzling" means."""

    def code(self, doc: Document, /) -> Coded:
        coded, at = super().code(doc), doc.text.find("puzzling")
        if at < 0:
            return coded
        problem = Problem(doc.id, "parties", "AMBIGUOUS_PARTY", "Who puzzles whom?", Span.of(doc, at, at + 8))
        return replace(coded, problems=(*coded.problems, problem))


@contextmanager
def recorded(folder: Path) -> Iterator[Book]:
    """A book of ``DOCUMENTS``."""
    with opened(folder / "record.db", coder=Puzzled()) as book:
        book.code_documents(DOCUMENTS)
        yield book


def reading(book: Book, coder: str | None = None, settings: Settings | None = None) -> TestClient:
    """Asks the application over ``book``, as ``coder``."""
    app = application(book, settings or Settings(token="secret"))
    cookies = {"rejoinder_coder": coder} if coder else None
    return TestClient(app, base_url="http://127.0.0.1:8350", cookies=cookies)
