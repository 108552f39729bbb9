"""The first page, an empty book, the examples, problems."""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import rejoinder
from rejoinder.web import Settings, application
from rejoinder.web.jobs import Job, Jobs
from rejoinder.web.sparkline import spark, years


def asking(book: rejoinder.Book, *, readonly: bool = False) -> TestClient:
    return TestClient(application(book, Settings(token="secret", readonly=readonly)), base_url="http://127.0.0.1:8350")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[rejoinder.Book]:
    with rejoinder.open(tmp_path / "new.db") as book:
        yield book


def test_the_first_page_names_dyads_open_offers_and_acts(client: TestClient) -> None:
    page = client.get("/").text
    assert '<a href="/dyad/KOR-PRK">South Korea and North Korea</a>' in page
    assert 'href="/threads?dyad=KOR-PRK&amp;status=open"' in page
    assert 'role="img"' in page
    assert "acts of cooperation and" in page
    assert client.get("/?open=silence").status_code == 200


def test_an_empty_book_says_what_to_do(empty: rejoinder.Book) -> None:
    page = asking(empty).get("/").text
    assert f"rejoinder code articles/ --db {empty.path}" in page
    assert 'action="/examples"' in page
    for path in ("/threads", "/search", "/problems"):
        assert "yet" in asking(empty).get(path).text or path == "/problems"


def test_a_book_for_reading_only_takes_no_examples(empty: rejoinder.Book) -> None:
    asked = asking(empty, readonly=True)
    assert 'action="/examples"' not in asked.get("/").text
    assert asked.post("/examples", data={"token": "secret"}).status_code == 403


def test_examples_need_the_token_of_a_page(empty: rejoinder.Book) -> None:
    assert asking(empty).post("/examples").status_code == 403
    assert asking(empty).get("/examples.json").json()["running"] is False


def test_the_examples_are_coded_beside_the_server(
    empty: rejoinder.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one report in place of thirty, which is much quicker."""
    (tmp_path / "some").mkdir()
    first = sorted(rejoinder.examples().glob("2011-01-05-*.txt"))[0]
    (tmp_path / "some" / first.name).write_bytes(first.read_bytes())
    monkeypatch.setattr(rejoinder, "examples", lambda: tmp_path / "some")
    asked = asking(empty)
    answer = asked.post("/examples", data={"token": "secret"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/examples"
    for _ in range(1200):
        if not asked.get("/examples.json").json()["running"]:
            break
        time.sleep(0.05)
    done = asked.get("/examples.json").json()
    assert done["fault"] is None
    assert done["done"] == 1
    assert "See what was found" in asked.get("/examples").text
    assert len(empty.documents()) == 1


def test_the_examples_are_there() -> None:
    assert len(list(rejoinder.examples().glob("????-??-??-*.txt"))) == 20
    assert (rejoinder.examples() / "reports.jsonl").is_file()


def test_work_that_is_under_way_is_not_begun_twice_and_can_be_stopped() -> None:
    jobs = Jobs()

    def work(job: Job) -> None:
        for done in range(100_000):
            job.step(done)
            time.sleep(0.001)

    first = jobs.start("work", 100_000, work)
    assert jobs.start("work", 1, work) is first
    jobs.stop()
    assert first.ended
    assert first.fault == "The server was stopped."


def test_problems_are_listed_with_their_meaning(tmp_path: Path) -> None:
    with rejoinder.open(tmp_path / "book.db") as book:
        book.code_documents([rejoinder.Document("North Korea rejected the offer of talks on Friday.", name="a")])
        asked = asking(book)
        page = asked.get("/problems").text
        assert "no publication day" in page
        shown = asked.get("/problems?code=no_date").text
        assert "stay open. Give the day it was published" in shown
        rows = asked.get("/problems.json").json()
        assert {one["code"] for one in rows["codes"]} >= {"NO_DATE"}
        assert len(rows["problems"]) == sum(one["problems"] for one in rows["codes"])


def test_what_failed_is_named(tmp_path: Path) -> None:
    text = "Nordkorea hat am Freitag den Vorschlag des Südens zu Gesprächen über das Atomprogramm abgelehnt. " * 8
    with rejoinder.open(tmp_path / "book.db", gate=False) as book:
        book.code_documents([rejoinder.Document(text, name="german", published=dt.date(2016, 5, 20))])
        asked = asking(book)
        assert "german" in asked.get("/").text
        assert "NOT_ENGLISH" in asked.get("/").text
        assert "does not look English" in asked.get("/problems").text


MONTHS = st.lists(
    st.tuples(
        st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1)).map(lambda day: day.replace(day=1)),
        st.integers(0, 50),
        st.integers(0, 50),
    ),
    min_size=1,
    max_size=30,
)


@given(st.lists(MONTHS, min_size=1, max_size=4))
def test_no_drawing_leaves_its_frame(lines: list[list[tuple[dt.date, int, int]]]) -> None:
    over = years(lines)
    assert over is not None
    for line in lines:
        drawn = spark(line, over)
        for bar in drawn.above:
            assert bar.y >= 0
            assert bar.y + bar.height <= drawn.height / 2 + 0.02
        for bar in drawn.below:
            assert bar.y >= drawn.height / 2
            assert bar.y + bar.height <= drawn.height
        assert all(bar.x + bar.width <= drawn.width + 1 for bar in (*drawn.above, *drawn.below))
