"""The page of a dyad."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from rejoinder.book import Book
from rejoinder.errors import UsageError
from rejoinder.web import Settings, application
from rejoinder.web.events import read_events


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
