"""``/live`` shows what runs into the book, and how runs ended."""

from starlette.testclient import TestClient

from rejoinder.book import Book
from rejoinder.book.results import Progress
from tests.makers import document


def test_nothing_runs_and_the_page_says_how_to_start(client: TestClient) -> None:
    page = client.get("/live").text
    assert "rejoinder code articles/" in page
    assert "Nothing is running." in page


def test_a_run_is_shown_with_what_it_has_done(client: TestClient, book: Book) -> None:
    before = len(book.runs())
    name = '<script>alert(1)</script>"><img onerror=x>'
    with book.telling("code", "articles/ more/") as run:
        run.note(Progress(1, name, "failed", document("Two words", name)))
        run.look()
        page = client.get("/live").text
        assert "Coding articles/ more/" in page
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        (seen, *_) = client.get("/live.json").json()
        assert (seen["state"], seen["outcomes"], seen["words"]) == ("running", {"failed": 1}, 2)
    ended = client.get("/live").text
    assert "Nothing is running." in ended
    lines = client.get("/live.csv").text.splitlines()
    assert len(lines) == before + 2
    assert lines[1].split(",")[1:4] == ["code", "articles/ more/", "done"]
