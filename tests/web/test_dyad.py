"""The page of a dyad."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from rejoinder.book import Book
from rejoinder.errors import UsageError
from rejoinder.web import Settings, application
from rejoinder.web.events import read_events
from tests.book.desks import opened
from tests.makers import document


def test_either_order_is_one_dyad_and_the_first_is_side_a(client: TestClient) -> None:
    north, south = client.get("/dyad/PRK-KOR").text, client.get("/dyad/kor-prk").text
    assert '<span class="of-a">North Korea</span>' in north
    assert '<span class="of-a">South Korea</span>' in south
    assert client.get("/dyad/PRK-KOR.json").json()["total"] == client.get("/dyad/KOR-PRK.json").json()["total"] > 0


def test_the_twins_have_the_figures(client: TestClient) -> None:
    record = client.get("/dyad/PRK-KOR.json?background=yes").json()
    lines = client.get("/dyad/PRK-KOR.csv?background=yes").text.splitlines()
    assert len(lines) == len(record["counts"]) + 1
    assert sum(row["acts"] for row in record["counts"]) >= record["total"] > 0


def test_a_brushed_range_narrows_the_list(client: TestClient) -> None:
    every = client.get("/dyad/PRK-KOR.json").json()["total"]
    some = client.get("/dyad/PRK-KOR.json?since=2016-05-23&until=2016-05-23").json()
    assert 0 < some["total"] < every
    assert client.get("/dyad/PRK-KOR.json?since=1950&until=1951").json()["total"] == 0
    assert "No act lies here" in client.get("/dyad/PRK-KOR?since=1950&until=1951").text


def test_a_busy_dyad_shows_months_until_it_is_looked_at_closely(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = client.get("/dyad/PRK-KOR.json?by=day").json()["counts"]
    spread = Book.spread
    monkeypatch.setattr(
        Book, "spread", lambda book, dyad, since=None, until=None: spread(book, dyad, since, until, most=4)
    )
    coarse = client.get("/dyad/PRK-KOR.json?by=month").json()["counts"]
    assert sum(row["acts"] for row in coarse) == sum(row["acts"] for row in exact)
    near = client.get("/dyad/PRK-KOR.json?since=2016-05-20&until=2016-05-20&by=day").json()["counts"]
    assert [row for row in near if row["bucket"] is None] == []


def test_a_second_dyad_is_compared(client: TestClient) -> None:
    page = client.get("/dyad/PRK-KOR?with=PRK-USA").text
    assert page.count("<figure") == 2
    assert {row["dyad"] for row in client.get("/dyad/PRK-KOR.json?with=PRK-USA").json()["counts"]} == {
        "PRK-KOR",
        "PRK-USA",
    }


@pytest.mark.parametrize("dyad", ["PRK-KOR", "PRK-USA"])
def test_a_chart_to_take_away_stands_by_itself(client: TestClient, dyad: str) -> None:
    answer = client.get(f"/dyad/{dyad}.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert ElementTree.fromstring(answer.text).tag == "{http://www.w3.org/2000/svg}svg"
    assert "class=" not in answer.text
    assert f"/dyad/{dyad}<" in answer.text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/dyad/nonsense", "is no dyad"),
        ("/dyad/PRK-KOR?by=week", "Give one of"),
        ("/dyad/PRK-KOR?since=2017&until=2016", "Swap them"),
        ("/dyad/PRK-KOR?page=0", "from 1"),
    ],
)
def test_slips_are_told(client: TestClient, path: str, told: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert told in answer.text


def test_a_dyad_without_acts_names_those_there_are(client: TestClient) -> None:
    page = client.get("/dyad/FRA-DEU")
    assert page.status_code == 200
    assert re.search(r'href="/dyad/[A-Z]{3}-[A-Z]{3}"', page.text)


def test_events_are_drawn_and_listed(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text(
        "date,label,until,dyad\n2016-05-21,A <b>fair</b>,,\n2016-05,A month,2016-05,PRK-USA\n", encoding="utf-8"
    )
    client = TestClient(application(book, Settings(events=read_events(file))), base_url="http://127.0.0.1:8350")
    page = client.get("/dyad/PRK-KOR").text
    assert "A &lt;b&gt;fair&lt;/b&gt;" in page
    assert "A month" not in page
    assert [one["label"] for one in json.loads(client.get("/dyad/PRK-USA.json").text)["events"]] == [
        "A month",
        "A <b>fair</b>",
    ]


@pytest.mark.parametrize(
    "text", ["", "date,label\nsoon,Talks\n", "when,what\n2016,Talks\n", '{"date": "2016"}\n', "date,label\n2016,\n"]
)
def test_bad_files_of_events_are_told_with_their_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "events.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"events\.csv"):
        read_events(file)


@contextmanager
def _asking(
    path: Path, days: Sequence[str | None], *, text: str = "Pyongyang offered Seoul talks", **more: str
) -> Iterator[TestClient]:
    """Asks about a book with an offer on each of ``days``."""
    with opened(path) as book:
        book.code_documents(
            document(f"{text}, day {number}.", name=f"d{number}", day=day, **more) for number, day in enumerate(days)
        )
        yield TestClient(application(book, Settings()), base_url="http://127.0.0.1:8350")


def _columns(page: str) -> int:
    return page.count('<a class="column')


@pytest.mark.parametrize("days", [["0001-01-01", "9999-12-31"], ["0001-01-01"], ["9999-12-31"]])
@pytest.mark.parametrize("by", ["", "month"])
def test_the_ends_of_the_calendar_can_be_looked_at(tmp_path: Path, days: list[str], by: str) -> None:
    with _asking(tmp_path / "book.db", days) as client:
        page = client.get(f"/dyad/PRK-KOR?by={by}")
        assert page.status_code == 200
        assert 0 < _columns(page.text) <= 400
        for way in re.findall(r'id="zoom-\w+" href="([^"]+)"', page.text):
            assert client.get("/dyad/PRK-KOR" + way.replace("&amp;", "&")).status_code == 200
        assert client.get(f"/dyad/PRK-KOR.svg?by={by}").status_code == 200
        rows = client.get(f"/dyad/PRK-KOR.json?by={by}").json()["counts"]
        assert sum(row["acts"] for row in rows) == len(days)


def test_a_single_day_stands_among_others(tmp_path: Path) -> None:
    with _asking(tmp_path / "book.db", ["2016-05-20"]) as client:
        page = client.get("/dyad/PRK-KOR").text
        assert _columns(page) == 28
        assert 'class="veil"' not in page
        one = client.get("/dyad/PRK-KOR?since=2016-05-20&until=2016-05-20").text
        assert _columns(one) == 28
        assert one.count('class="veil"') == 2


def test_acts_without_a_date_are_listed_and_nothing_is_drawn(tmp_path: Path) -> None:
    with _asking(tmp_path / "book.db", [None, None]) as client:
        page = client.get("/dyad/PRK-KOR").text
        assert "None of these acts has a date" in page
        assert _columns(page) == 0
        assert page.count('<li class="act"') == client.get("/dyad/PRK-KOR.json").json()["total"] > 0
        assert "Nothing here has a date" in client.get("/dyad/PRK-KOR.svg").text
        assert client.get("/dyad/PRK-KOR?since=2016&until=2016").status_code == 200
        assert client.get("/dyad/PRK-KOR?since=2016").status_code == 200


@pytest.mark.parametrize("dyad", ["KOR-NGO", "IGO:UN-PRK", "NGO-NGO"])
def test_dyads_of_organisations_have_an_address(client: TestClient, dyad: str) -> None:
    assert client.get(f"/dyad/{dyad}").status_code == 200
    assert client.get(f"/dyad/PRK-KOR?with={dyad}").status_code == 200


def test_a_long_stretch_by_day_is_drawn_coarser_and_the_table_is_not(tmp_path: Path) -> None:
    with _asking(tmp_path / "book.db", ["2001-02-03", "2016-05-20"]) as client:
        page = client.get("/dyad/PRK-KOR?by=day").text
        assert "Too long to be drawn by day" in page
        assert {row["bucket"] for row in client.get("/dyad/PRK-KOR.json?by=day").json()["counts"]} == {
            "2001-02-03",
            "2016-05-20",
        }


def test_what_documents_say_is_shown_as_text(tmp_path: Path) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    text = f"Pyongyang offered Seoul {evil}"
    with _asking(tmp_path / "book.db", ["2016-05-20"], text=text, title=evil, outlet=evil) as client:
        page = client.get("/dyad/PRK-KOR").text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;script&gt;alert" in page
