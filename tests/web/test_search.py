"""The search: filters in the address, as chips, in the twins; slips told; words marked; what to drop."""

import csv
import io

import pytest
from starlette.testclient import TestClient

from rejoinder.book import Book
from rejoinder.web.asked import Form
from rejoinder.web.filters import Filters
from rejoinder.web.telling import marked


def total(client: TestClient, query: str) -> int:
    found = client.get(f"/search.json{query}")
    assert found.status_code == 200
    value = found.json()["total"]
    assert isinstance(value, int)
    return value


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("?kind=OFFER&kind=REJECT", {"OFFER", "REJECT"}),
        ("?actor=usa", {"SANCTION"}),
        ("?status=rejected", {"OFFER"}),
        ("?text=nuclear&kind=demand", {"DEMAND"}),
        ("?since=2016-06", {"SANCTION"}),
        ("?outlet=The+Wire&kind=SANCTION", {"SANCTION"}),
    ],
)
def test_filters_narrow_what_is_found(client: TestClient, query: str, kinds: set[str]) -> None:
    found = client.get(f"/search.json{query}").json()
    assert {act["kind"] for act in found["acts"]} == kinds
    rows = list(csv.DictReader(io.StringIO(client.get(f"/search.csv{query}").text)))
    assert [row["act_id"] for row in rows] == [act["act_id"] for act in found["acts"]]


def test_the_order_is_as_asked(client: TestClient) -> None:
    scores = [act["score"] for act in client.get("/search.json?order=doubtful").json()["acts"]]
    assert len(scores) > 2
    assert scores == sorted(scores)
    assert [act["score"] for act in client.get("/search.json?order=surest").json()["acts"]] == scores[::-1]


def test_the_twins_hold_all_whatever_page_is_shown(client: TestClient) -> None:
    assert len(client.get("/search.json?page=9").json()["acts"]) == total(client, "")


def test_each_filter_is_a_chip_that_can_be_taken_away(client: TestClient) -> None:
    page = client.get("/search?kind=OFFER&kind=DEMAND&dyad=PRK&dyad=KOR&text=talks").text
    assert 'aria-label="Remove kind offer"' in page
    assert 'aria-label="Remove between North Korea and South Korea"' in page
    filters = Filters.of(Form((("kind", "OFFER"), ("kind", "DEMAND"), ("dyad", "PRK"), ("dyad", "KOR"))))
    assert filters.without("kind", "OFFER").query() == "?kind=DEMAND&dyad=PRK-KOR"
    assert filters.without("dyad", "PRK-KOR").query() == "?kind=OFFER&kind=DEMAND"


def test_taking_filters_away_one_by_one_leaves_none() -> None:
    filters = Filters.of(
        Form((("kind", "OFFER"), ("kind", "AID"), ("issue", "talks"), ("answered", "no"), ("page", "3")))
    )
    while active := list(filters.active()):
        filters = filters.without(*active[0])
    assert filters.query() == ""
    assert filters.page == 1


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("kind=PEACE", "is no kind"),
        ("dyad=KOR", "is no dyad"),
        ("background=perhaps", "Say yes or no"),
        ("min_score=high", "probability"),
        ("since=soon", "is no date"),
        ("text=%21%21", "no word to look for"),
        ("order=random", "is no order"),
    ],
)
def test_a_slip_is_told_and_the_form_kept(client: TestClient, query: str, told: str) -> None:
    answer = client.get(f"/search?{query}&issue=talks")
    assert answer.status_code == 400
    assert told in answer.text
    assert '<option value="talks" selected>' in answer.text
    assert told in client.get(f"/search.json?{query}").text


def test_where_nothing_fits_the_page_says_what_to_leave_out(client: TestClient) -> None:
    page = client.get("/search?channel=fax&outlet=Nobody").text
    assert "No act fits all of this" in page
    assert "Start again" in page
    page = client.get("/search?kind=OFFER&channel=fax").text
    assert '<a href="?kind=OFFER">channel fax</a>' in page
    assert "then 1 act fits" in page or "then 2 acts fit" in page


def test_words_found_are_marked_in_whatever_form(client: TestClient) -> None:
    assert "<mark>sanctions</mark>" in client.get("/search?text=sanction").text
    assert marked("The talks, and talking.", "talk") == [
        ("The ", False),
        ("talks", True),
        (", and ", False),
        ("talking", True),
        (".", False),
    ]
    assert marked("Nothing here", "") == [("Nothing here", False)]


def test_marks_lose_no_letter() -> None:
    for text in ("", "a", "talks", " talks ", "<b>talks</b> & talks"):
        assert "".join(piece for piece, _ in marked(text, 'talks "b"')) == text


def test_what_somebody_judged_is_told_from_the_rest(client: TestClient, book: Book) -> None:
    every = total(client, "")
    offer = book.acts(kind="OFFER")[0]
    book.judge(offer.id, True, by="ann")
    assert [act["act_id"] for act in client.get("/search.json?reviewed=yes").json()["acts"]] == [offer.id]
    assert total(client, "?reviewed=no") == every - 1
    assert 'aria-label="Remove reviewed yes"' in client.get("/search?reviewed=yes").text
