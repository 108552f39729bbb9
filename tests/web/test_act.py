"""The page of an act: each field beside its words, what it is joined to, and who judged what of it."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rejoinder.book import Book
from rejoinder.records import Act
from rejoinder.web import Settings
from rejoinder.web.pages.act import fields_of
from tests.web.records import AGAIN, FIRST, reading, recorded


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with recorded(tmp_path) as opened:
        yield opened


@pytest.fixture
def offer(book: Book) -> Act:
    return book.article(FIRST.id).acts[0]


@pytest.fixture
def refusal(book: Book) -> Act:
    return book.article(FIRST.id).acts[2]


def test_every_field_is_told_with_its_words_and_their_address(book: Book, offer: Act) -> None:
    page = reading(book).get(f"/act/{offer.id}").text
    for field in fields_of(book.why(offer.id)):
        assert f'<th scope="row">{field.name}</th>' in page
        for one in field.evidence:
            assert f'href="/doc/{offer.doc}#c{one.span.start}-{one.span.end}"' in page
    for told in ("nobody named", "unknown", "20 May 2016", "no day named", "Act 1 of 3"):
        assert told in page
    assert f'href="/doc/{FIRST.id}#c{offer.span.start}-{offer.span.end}"' in page


def test_the_twins_hold_the_same(book: Book, offer: Act) -> None:
    client = reading(book)
    record = client.get(f"/act/{offer.id}.json").json()
    assert list(record) == ["why", "beside", "threads", "citation"]
    assert record["why"]["act"]["id"] == offer.id
    assert offer.id in record["citation"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/act/{offer.id}.csv").text)))
    assert rows[0]["field"] == "clause"
    assert {row["field"] for row in rows} >= {"kind", "actor", "target", "when", "speaker", "channel", "due"}
    for row in rows:
        if row["words"]:
            assert FIRST.text[int(row["start"]) : int(row["end"])] == row["words"]
    (kind,) = (row for row in rows if row["field"] == "kind")
    assert (kind["value"], kind["words"]) == ("OFFER", "offered")


def test_the_beginning_of_an_id_is_enough_and_an_unknown_one_is_told(book: Book, offer: Act) -> None:
    client = reading(book)
    assert f'<link rel="canonical" href="/act/{offer.id}">' in client.get(f"/act/{offer.id[:10]}").text
    for path in ("/act/nowhere", "/act/nowhere.json"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "nowhere" in answer.text


def test_what_it_is_joined_to_is_shown_from_both_ends(book: Book, offer: Act, refusal: Act) -> None:
    client = reading(book)
    assert f'href="/act/{offer.id}"' in section(client.get(f"/act/{refusal.id}").text, "answers")
    assert f'href="/act/{refusal.id}"' in section(client.get(f"/act/{offer.id}").text, "answered")
    (report,) = book.article(AGAIN.id).acts
    assert f'href="/act/{report.id}"' in section(client.get(f"/act/{offer.id}").text, "reports")
    assert "/thread/" in section(client.get(f"/act/{offer.id}").text, "threads")


def test_what_was_refused_is_shown_as_judged_wrong_and_counts_no_more(book: Book, offer: Act) -> None:
    (merge,) = book.merges()
    book.judge(merge.id, False, by="ann", note="another letter")
    page = reading(book).get(f"/act/{offer.id}").text
    refused = section(page, "refused")
    assert "judged wrong by ann" in refused
    assert "another letter" in refused
    assert 'id="reports"' not in page
    for thread in book.threads():  # now there are two, and both have a page
        assert reading(book).get(f"/thread/{thread.id}").status_code == 200
    assert book.thread_leaf().total == len(book.threads()) == 2


def test_problems_of_its_words_and_its_text_are_told(book: Book, refusal: Act) -> None:
    told = section(reading(book).get(f"/act/{refusal.id}").text, "problems")
    assert "Who puzzles whom?" in told
    assert "“puzzling”" in told


def test_who_judged_what_is_told_and_undone_from_here(book: Book, offer: Act) -> None:
    where = f"/act/{offer.id}"
    assert "Nobody has judged this yet." in section(reading(book).get(where).text, "history")
    book.judge(offer.id, True, by="ann", note="plain enough")
    book.correct(offer.id, {"kind": "REQUEST"}, by="bob")
    told = section(reading(book, "bob").get(where).text, "history")
    for words in ("ann", "plain enough", "bob", "<del>OFFER</del> → <ins>REQUEST</ins>"):
        assert words in told
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', told))
    answer = reading(book, "bob").post("/review", data={**sent, "do": "undo_here"})
    assert answer.url.path == where
    assert book.act(offer.id).kind == "OFFER"
    assert "undone since" in section(answer.text, "history")
    assert "undo_here" not in section(reading(book, "cleo").get(where).text, "history")


def test_it_leads_to_the_desk_unless_the_book_is_for_reading(book: Book, offer: Act) -> None:
    assert f'href="/review?act={offer.id}"' in reading(book).get(f"/act/{offer.id}").text
    page = reading(book, "ann", Settings(readonly=True)).get(f"/act/{offer.id}").text
    assert "/review?act=" not in page
    assert "undo_here" not in page


def test_a_rejected_act_is_told_to_be_gone(book: Book, offer: Act) -> None:
    book.judge(offer.id, False, by="ann")
    answer = reading(book).get(f"/act/{offer.id}")
    assert answer.status_code == 404
    assert "rejected" in answer.text


def test_a_blind_coder_sees_the_act_as_he_left_it(book: Book, offer: Act, refusal: Act) -> None:
    book.assign(["first"], ["ann", "bob"], double=1, blind=True, by="lead")
    book.correct(offer.id, {"kind": "THREATEN"}, by="bob", note="bob's secret")
    book.correct(offer.id, {"date": "2016-05-01"}, by="ann")
    book.judge(refusal.id, False, by="bob")
    ann = reading(book, "ann")
    for form in ("", ".json", ".csv"):
        told = ann.get(f"/act/{offer.id}{form}").text
        assert "bob" not in told
        assert "THREATEN" not in told
    page = ann.get(f"/act/{offer.id}").text
    assert "You code this document blind" in page
    assert "1 May 2016" in page
    assert "<ins>2016-05-01</ins>" in page
    assert ann.get(f"/act/{refusal.id}").status_code == 200
    assert "bob" in reading(book, "cleo").get(f"/act/{offer.id}").text


def test_a_blind_coder_does_not_see_what_others_added(book: Book) -> None:
    book.assign(["first"], ["ann", "bob"], double=1, blind=True, by="lead")
    at = FIRST.text.index("puzzling")
    added = book.add_act("first", (at, at + 8), "ACCUSE", {"actor": "KOR GOV", "target": "JPN"}, by="bob")
    assert reading(book, "bob").get(f"/act/{added.id}").status_code == 200
    answer = reading(book, "ann").get(f"/act/{added.id}")
    assert answer.status_code == 404
    assert "blind" in answer.text
    (outside,) = book.article(AGAIN.id).acts
    assert "blind" not in reading(book, "ann").get(f"/act/{outside.id}").text


def section(page: str, heading: str) -> str:
    """The section under the heading with this id."""
    found = re.search(rf'<h2 id="{heading}">.*?</section>', page, re.DOTALL)
    assert found is not None, f"no section {heading}"
    return found[0]
