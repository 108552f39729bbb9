"""The page of a thread: each side in its column, in time, with what decided and what is awaited."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import rejoinder
from rejoinder.book import Book
from rejoinder.book.exchange import place_of
from rejoinder.records import Act
from rejoinder.web import Settings, application
from tests.makers import act, document, side


def opened(book: Book, status: str) -> str:
    return next(thread.id for thread in book.threads(status=status))


def test_the_answer_stands_opposite_the_offer(client: TestClient, book: Book) -> None:
    page = client.get(f"/thread/{opened(book, 'rejected')}").text
    left, right = page.index('class="lane lane-a"'), page.index('class="lane lane-b"')
    assert left < page.index("proposed military talks", left) < right < page.index("rejected the North", right)
    assert "Offer by North Korea to South Korea" in page
    assert "3 days of silence" in page
    assert "this decides" in page[right:]
    assert "answered after 3 days" in page


def test_a_thread_is_found_by_the_act_that_opens_it(client: TestClient, book: Book) -> None:
    thread = next(iter(book.threads(status="rejected")))
    assert client.get(f"/thread/{thread.offer.id}").text == client.get(f"/thread/{thread.id}").text.replace(
        f"/thread/{thread.id}.", f"/thread/{thread.offer.id}."
    )


def test_an_open_demand_says_from_whom_an_answer_is_awaited(client: TestClient, book: Book) -> None:
    page = client.get(f"/thread/{opened(book, 'open')}").text
    assert "An answer by north korea" not in page
    assert "An answer by North Korea" in page
    assert "without an answer, up to 1 Jun 2016" in page


def test_the_twins_hold_the_same_entries(client: TestClient, book: Book) -> None:
    identity = opened(book, "rejected")
    record = client.get(f"/thread/{identity}.json").json()
    rows = list(csv.DictReader(io.StringIO(client.get(f"/thread/{identity}.csv").text)))
    said = [entry["act"]["id"] for step in record["steps"] for entry in step["entries"]]
    assert [row["act_id"] for row in rows] == said
    assert record["thread"]["id"] == identity
    assert [row["side"] for row in rows][:2] == ["a", "b"]
    assert rows[1]["how"] == "rejects"


def test_a_thread_that_is_not_there_is_told(client: TestClient) -> None:
    answer = client.get("/thread/nothing")
    assert answer.status_code == 404
    assert "There is no thread" in answer.text


def test_steps_hold_every_answer_once_and_days_rise(book: Book) -> None:
    for thread in book.threads():
        found = book.exchange(thread.id)
        said = [entry.act.id for entry in found.entries]
        assert sorted(said) == sorted({thread.offer.id, *(link.answer for link in thread.links)})
        dated = [(step.day, step.apart) for step in found.steps if step.day]
        days = [day for day, _ in dated]
        assert days == sorted(set(days))
        assert [apart for _, apart in dated[1:]] == [(day - before).days for before, day in pairwise(days)]


TEXT = "Seoul offered Pyongyang talks. Pyongyang rejected them. Washington rejected them. It rejected them."


def told(start: str, actor: str, **fields: object) -> Act:
    doc = document(TEXT)
    at = TEXT.index(start)
    verb = TEXT.index("ed ", at)
    return act(doc, at, at + len(start), (verb - 3, verb), kind="OFFER", actor=side(doc, actor, at), **fields)


@pytest.mark.parametrize(
    ("who", "place"), [("Seoul offered", "a"), ("Pyongyang rejected", "b"), ("Washington rejected", "third")]
)
def test_whose_word_it_is(who: str, place: str) -> None:
    doc = document(TEXT)
    offer = told("Seoul offered Pyongyang", "Seoul", target=side(doc, "Pyongyang", TEXT.index("Pyongyang")))
    assert place_of(told(who, who.split(maxsplit=1)[0]), offer) == place


def test_what_both_do_together_is_of_both() -> None:
    doc = document(TEXT)
    target = side(doc, "Pyongyang", TEXT.index("Pyongyang"))
    offer = told("Seoul offered Pyongyang", "Seoul", target=target)
    assert place_of(told("Seoul offered", "Seoul", target=target, mutual=True), offer) == "both"


def test_where_nobody_is_addressed_whoever_answers_stands_opposite() -> None:
    assert place_of(told("Washington rejected", "Washington"), told("Seoul offered Pyongyang", "Seoul")) == "b"


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[TestClient]:
    bad = '<script>alert(1)</script> "><img src=x onerror=alert(1)>'
    text = f"North Korea proposed talks with South Korea on Friday, {bad}. South Korea rejected the offer on Monday."
    doc = rejoinder.Document(text, name=bad, title=bad, outlet=bad, published=dt.date(2016, 5, 24))
    with rejoinder.open(tmp_path / "bad.db") as book:
        book.code_documents([doc])
        assert book.threads()
        yield TestClient(application(book, Settings(token="secret")), base_url="http://127.0.0.1:8350")


@pytest.mark.parametrize("path", ["/", "/threads", "/search", "/search?text=script", "/problems", "thread"])
def test_what_documents_hold_is_shown_as_text(hostile: TestClient, path: str) -> None:
    if path == "thread":
        path = "/thread/" + hostile.get("/threads.json").json()["threads"][0]["id"]
    page = hostile.get(path)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert path == "/problems" or "&lt;script&gt;" in page.text or "script" in page.text


def test_it_can_be_cited(client: TestClient, book: Book) -> None:
    identity = opened(book, "rejected")
    page = client.get(f"/thread/{identity}").text
    assert "Copy citation" in page
    assert f"Rejoinder thread {identity}" in page
    assert "Threads: status rejected" in client.get("/threads?status=rejected").text
    assert "Acts: kind offer" in client.get("/search?kind=OFFER").text
