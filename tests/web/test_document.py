"""The page of a document: its text as it was read, each act at its address, and nothing else."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.book import Book
from rejoinder.book.article import Article
from rejoinder.book.table import Acts
from rejoinder.draft import Paragraph
from rejoinder.records import Act, Document, Problem, Span
from rejoinder.web import Settings
from rejoinder.web.pages.document import Block, blocks_of
from tests.makers import act, document, side
from tests.web.records import AGAIN, BROKEN, FIRST, reading, recorded


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with recorded(tmp_path) as opened:
        yield opened


def shown(page: str) -> list[tuple[int, str]]:
    """The parts of the text on a page: where each begins, and its characters."""
    parts = re.findall(r'<span class="part[^"]*" data-start="(\d+)"[^>]*>(.*?)</span>', page, re.DOTALL)
    return [(int(start), unescape(re.sub(r"<[^>]*>", "", words))) for start, words in parts]


@pytest.mark.parametrize("doc", [FIRST, AGAIN, BROKEN], ids=lambda doc: doc.name)
def test_the_text_stands_there_character_by_character(book: Book, doc: Document) -> None:
    text = book.document(doc.id).text
    parts = shown(reading(book).get(f"/doc/{doc.id}").text)
    assert parts
    for start, words in parts:
        assert text[start : start + len(words)] == words
    assert "".join("".join(words for _, words in parts).split()) == "".join(text.split())


def test_each_act_is_marked_at_its_address_and_has_a_card_that_leads_on(book: Book) -> None:
    page = reading(book).get(f"/doc/{FIRST.id}").text
    acts = book.article(FIRST.id).acts
    assert len(acts) == 3
    for one in acts:
        opening = f'<mark class="clause" data-act="{one.id}" id="c{one.span.start}-{one.span.end}">'
        assert page.count(opening) == 1
        assert unescape(re.sub(r"<[^>]*>", "", page.partition(opening)[2])).startswith(one.span.quote)
        assert f'id="act-{one.id}"' in page
        assert f'href="/act/{one.id}"' in page
        assert f'href="/review?act={one.id}"' in page
    assert 'class="trigger conf-words"' in page
    assert "told before" in page


def test_what_is_known_of_the_document_is_told(book: Book) -> None:
    page = reading(book).get(f"/doc/{FIRST.id}").text
    for words in ('<h1 id="title">Talks at last</h1>', "The Wire", "Kim Min", "20 May 2016", "3 acts, coded in full"):
        assert words in page
    assert '<a href="https://wire.example/1" rel="noreferrer noopener">' in page
    assert f"Rejoinder document {FIRST.id}" in page
    assert "publication day unknown" in reading(book).get(f"/doc/{BROKEN.id}").text


def test_problems_stand_at_their_words_or_above_the_text(book: Book) -> None:
    page = reading(book).get(f"/doc/{FIRST.id}").text
    assert "Who puzzles whom?" in page
    (number,) = re.findall(r'<mark class="problem" id="at-problem-(\d+)">puzzling</mark>', page)
    assert f'href="#at-problem-{number}"' in page
    broken = reading(book).get("/doc/broken").text
    assert "The text could not be parsed." in broken
    assert "could not be coded" in broken


def test_the_twins_hold_the_same(book: Book) -> None:
    client, article = reading(book), book.article(FIRST.id)
    record = client.get(f"/doc/{FIRST.id}.json").json()
    assert list(record) == ["document", "sources", "status", "paragraphs", "acts", "links", "problems"]
    assert record["document"]["text"] == FIRST.text
    assert [one["id"] for one in record["acts"]] == [one.id for one in article.acts]
    assert [one["code"] for one in record["problems"]] == ["AMBIGUOUS_PARTY"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/doc/{FIRST.id}.csv").text)))
    assert [row["act_id"] for row in rows] == [one.id for one in article.acts]


def test_a_document_goes_by_its_name_or_the_beginning_of_its_id(book: Book) -> None:
    client = reading(book)
    for named in ("first", FIRST.id[:8]):
        page = client.get(f"/doc/{named}").text
        assert f'<link rel="canonical" href="/doc/{FIRST.id}">' in page
    answer = client.get("/doc/nowhere")
    assert answer.status_code == 404
    assert "nowhere" in answer.text
    assert client.get("/doc/nowhere.json").status_code == 404


def test_all_places_a_text_came_from_are_told(book: Book) -> None:
    book.code_documents([replace(FIRST, name="copy", outlet="The Copier", url="javascript:alert(1)")])
    page = reading(book).get(f"/doc/{FIRST.id}").text
    assert "Came in 2 times" in page
    assert "The Copier" in page
    assert 'href="javascript:' not in page


def test_a_book_for_reading_offers_no_judging(book: Book) -> None:
    page = reading(book, settings=Settings(readonly=True)).get(f"/doc/{FIRST.id}").text
    assert "/review?act=" not in page


def test_a_blind_coder_sees_the_document_as_he_left_it(book: Book) -> None:
    one, other, *_ = book.article(FIRST.id).acts
    book.assign(["first"], ["ann", "bob"], double=1, blind=True, by="lead")
    book.judge(one.id, False, by="bob")
    book.correct(other.id, {"kind": "THREATEN"}, by="bob")
    page = reading(book, "ann").get(f"/doc/{FIRST.id}").text
    assert "You code this document blind" in page
    assert f'id="act-{one.id}"' in page
    assert "threaten" not in page
    record = reading(book, "ann").get(f"/doc/{FIRST.id}.json").json()
    assert [act["kind"] for act in record["acts"]] == ["OFFER", "OFFER", "REJECT"]
    assert "THREATEN" not in reading(book, "ann").get(f"/doc/{FIRST.id}.csv").text
    for reader in (None, "cleo"):
        seen = reading(book, reader).get(f"/doc/{FIRST.id}").text
        assert "blind" not in seen
        assert f'id="act-{one.id}"' not in seen
        assert "threaten" in seen


def test_a_blind_coder_sees_what_he_himself_said(book: Book) -> None:
    one, *_ = book.article(FIRST.id).acts
    book.assign(["first"], ["ann", "bob"], double=1, blind=True, by="lead")
    book.judge(one.id, False, by="ann")
    book.judge(one.id, True, by="bob")
    assert f'id="act-{one.id}"' not in reading(book, "ann").get(f"/doc/{FIRST.id}").text
    assert f'id="act-{one.id}"' in reading(book, "bob").get(f"/doc/{FIRST.id}").text


# laying out, whatever the spans


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(st.text(alphabet="ab🙂 \n\t", min_size=1, max_size=40))
    doc = document(text)
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    stretches = [(start, end) for start, end in zip(places[::2], places[1::2], strict=False)]
    laid = tuple(Paragraph(start, end) for start, end in stretches if text[start:end].strip())
    spans = (
        st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).filter(lambda two: two[0] < two[1])
    )
    acts: dict[str, Act] = {}
    for start, end in draw(st.lists(spans, max_size=5)):
        made = act(doc, start, end, (start, start + 1), kind="OFFER", actor=side(doc, text[start], start))
        acts[made.id] = made
    problems = tuple(Problem(doc.id, "s", "C", "m", Span.of(doc, *span)) for span in draw(st.lists(spans, max_size=3)))
    return Article(doc, (doc,), "coded", laid, Acts(acts.values()), (), {}, problems)


@given(articles())
def test_parts_are_the_text_from_their_start_and_no_act_is_lost(article: Article) -> None:
    blocks: list[Block] = blocks_of(article)
    text = article.document.text
    for part in (part for block in blocks for part in block.parts):
        words = "".join(one for one in part.pieces if isinstance(one, str))
        assert text[part.start : part.start + len(words)] == words
    if blocks:
        assert sorted(one.id for block in blocks for one in block.acts) == sorted(one.id for one in article.acts)
        assert sorted(number for block in blocks for number, _ in block.problems) == list(range(len(article.problems)))
    elif not article.paragraphs:
        assert not text.strip()
