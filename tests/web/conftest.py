"""A server over a book of invented documents, asked without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import rejoinder
from rejoinder.book import Book
from rejoinder.web import Settings, application

TEXTS = (
    ("first", "2016-05-20", "North Korea proposed military talks with South Korea on Friday in an open letter."),
    (
        "second",
        "2016-05-23",
        "South Korea rejected the North's offer of military talks on Monday. "
        "Seoul demanded that Pyongyang give up its nuclear weapons first.",
    ),
    ("third", "2016-06-01", "The United States imposed new sanctions on North Korea on Wednesday."),
)


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in which ``TEXTS`` are coded."""
    folder = tmp_path_factory.mktemp("web")
    for name, day, text in TEXTS:
        (folder / f"{name}.txt").write_text(f"---\npublished: {day}\noutlet: The Wire\n---\n{text}\n", encoding="utf-8")
    with rejoinder.open(folder / "book.db") as book:
        book.code(folder)
    return folder / "book.db"


@pytest.fixture
def book(coded: Path, tmp_path: Path) -> Iterator[Book]:
    """A copy of the coded book that a test may write to."""
    copy = tmp_path / "book.db"
    copy.write_bytes(coded.read_bytes())
    with rejoinder.open(copy) as opened:
        yield opened


@pytest.fixture
def client(book: Book) -> TestClient:
    """Asks the application over the book."""
    return TestClient(application(book, Settings(token="secret")), base_url="http://127.0.0.1:8350")
