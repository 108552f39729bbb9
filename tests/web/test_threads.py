"""The list of threads: filters in the address, order, pages, and what stands where nothing fits."""

import pytest
from starlette.testclient import TestClient

from rejoinder.book import Book
from rejoinder.link.threads import last_day
from rejoinder.web.sparkline import strip


def test_each_thread_is_listed_with_its_status_and_silence(client: TestClient, book: Book) -> None:
    page = client.get("/threads").text
    for thread in book.threads():
        assert f'href="/thread/{thread.id}"' in page
    assert "answered after 3 days" in page
    assert "1 answer: rejects" in page


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("?kind=DEMAND", {"DEMAND"}),
        ("?status=rejected", {"OFFER"}),
        ("?dyad=PRK&dyad=KOR", {"OFFER", "DEMAND"}),
        ("?dyad=KOR-PRK&until=2016-05-21", {"OFFER"}),
        ("?issue=sanctions", set()),
    ],
)
def test_filters_narrow_the_list_and_its_twins(client: TestClient, query: str, kinds: set[str]) -> None:
    found = client.get(f"/threads.json{query}").json()
    assert {thread["offer"]["kind"] for thread in found["threads"]} == kinds
    page = client.get(f"/threads{query}")
    assert page.status_code == 200
    assert ("No thread fits" in page.text) == (not kinds)


def test_the_order_is_as_asked(client: TestClient) -> None:
    newest, oldest = (client.get(f"/threads.json?order={order}").json()["threads"] for order in ("newest", "oldest"))
    days = [thread["offer"]["when"]["earliest"] for thread in newest]
    assert len(days) > 1
    assert days == sorted(days, reverse=True)
    assert [thread["id"] for thread in oldest] != [thread["id"] for thread in newest]
    waits = [thread["silence_days"] for thread in client.get("/threads.json?order=silence").json()["threads"]]
    assert waits == sorted(waits, reverse=True)


@pytest.mark.parametrize("query", ["?status=nonsense", "?dyad=KOR", "?order=loudest", "?since=yesterday", "?kind=AID2"])
def test_a_slip_is_told_and_the_form_kept(client: TestClient, query: str) -> None:
    answer = client.get(f"/threads{query}&issue=talks")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert '<option value="talks" selected>' in answer.text
    assert client.get(f"/threads.csv{query}").status_code == 400


def test_a_page_that_is_none_leads_back(client: TestClient) -> None:
    assert "no page 7" in client.get("/threads?page=7").text
    assert client.get("/threads?page=x").status_code == 404


def test_a_strip_begins_with_the_offer_and_hides_no_mark(book: Book) -> None:
    thread = next(iter(book.threads(status="rejected")))
    answers = {link.answer: book.act(link.answer) for link in thread.links}
    drawn = strip(thread, answers)
    assert drawn is not None
    assert len(drawn.marks) == len(thread.links)
    assert len({(mark.x, mark.y) for mark in drawn.marks}) == len(drawn.marks)
    assert all(drawn.start.x <= mark.x <= drawn.width for mark in drawn.marks)
    assert {mark.shape for mark in drawn.marks if mark.place == "b"} >= {"cross"}


def test_days_that_are_given_are_drawn(book: Book) -> None:
    thread = next(iter(book.threads(status="rejected")))
    answers = {link.answer: book.act(link.answer) for link in thread.links}
    same = {one.id: last_day(thread.offer) for one in (thread.offer, *answers.values())}
    drawn = strip(thread, answers, same)
    assert drawn is not None
    assert drawn.end < 60
