"""A document with all that was found in it, and where an act stands among the others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rejoinder.book import Book
from rejoinder.errors import UsageError
from tests.book.desks import opened
from tests.makers import document

OFFER = "Pyongyang offers talks\n\nBy JANE DOE\n\nPyongyang offered Seoul talks on Friday. Washington tested Seoul."
TEXTS = (
    ("offer", "2016-05-20", OFFER),
    ("again", "2016-05-20", "On Friday Pyongyang offered Seoul talks by letter."),
    ("answer", "2016-05-23", "Seoul rejected Pyongyang."),
    ("other", "2016-05-25", "Washington offered Beijing food."),
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with opened(tmp_path / "book.db") as made:
        made.code_documents(document(text, name, day) for name, day, text in TEXTS)
        yield made


def test_an_article_holds_all_that_was_found(book: Book) -> None:
    article = book.article("offer")
    assert article.document.text == OFFER
    assert [one.name for one in article.sources] == ["offer"]
    assert article.status == "coded"
    assert [one.kind for one in article.acts] == ["OFFER", "MOBILIZE"]
    assert article.acts.about(article.acts[0]).reports == 2
    (link,) = article.acts.about(article.acts[0]).answered_by
    assert article.others[link.answer].kind == "REJECT"  # told in another document
    with pytest.raises(UsageError, match="no document"):
        book.article("nowhere")


def test_the_layout_tells_story_from_furniture(book: Book) -> None:
    told = [(one.kind, OFFER[one.start : one.end]) for one in book.layout("offer")]
    assert ("byline", "By JANE DOE") in told
    assert told == [(one.kind, OFFER[one.start : one.end]) for one in book.article("offer").paragraphs]


def test_an_act_knows_its_neighbours(book: Book) -> None:
    first, last = book.article("offer").acts
    at_first, at_last = book.beside(first.id), book.beside(last.id)
    assert (at_first.previous, at_first.following, at_first.number, at_first.total) == (None, last, 1, 2)
    assert (at_last.previous, at_last.following, at_last.number, at_last.total) == (first, None, 2, 2)


def test_an_act_knows_the_threads_it_opens_and_answers_in(book: Book) -> None:
    (answer,) = book.acts(document="answer")
    (offer,) = book.acts(kind="OFFER", dyad="PRK-KOR")
    told = [act for act in book.acts(kind="OFFER", dyad="PRK-KOR", every=True) if act.id != offer.id]
    (thread,) = book.threads(dyad="PRK-KOR")
    assert [one.id for one in book.threads_with(offer.id)] == [thread.id]
    assert [one.id for one in book.threads_with(answer.id)] == [thread.id]
    assert told
    for report in told:
        assert [one.id for one in book.threads_with(report.id)] == [thread.id]
    (deed,) = book.acts(kind="MOBILIZE")
    assert book.threads_with(deed.id) == []
