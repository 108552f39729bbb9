"""One thread of a book, with what was done meanwhile."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from rejoinder import link
from rejoinder.book import Book
from rejoinder.book.tools import Tools
from rejoinder.errors import UsageError
from rejoinder.store import Store
from tests.makers import RUN, FakePipeline, document, eager_linker

TEXTS = (
    ("early", "2016-05-18", "Pyongyang tested Seoul at dawn."),
    ("offer", "2016-05-20", "Pyongyang offered Seoul talks by 2016-05-28."),
    ("deed", "2016-05-22", "Seoul tested Pyongyang with drills. Seoul tested Pyongyang again."),
    ("report", "2016-05-22", "Seoul tested Pyongyang with its drills."),
    ("elsewhere", "2016-05-22", "Washington tested Pyongyang with sanctions."),
    ("words", "2016-05-23", "Washington offered Pyongyang food."),
    ("answer", "2016-05-24", "Seoul rejected Pyongyang."),
    ("late", "2016-07-25", "Seoul tested Pyongyang once more."),
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    tools = Tools(coder=FakePipeline, linker=eager_linker, threads=link.threads, run=lambda: RUN)
    with Book(Store.open(tmp_path / "book.db"), tools) as made:
        made.code_documents(document(text, name, day) for name, day, text in TEXTS)
        yield made


def test_a_single_thread_says_what_was_done_meanwhile(book: Book) -> None:
    (listed,) = book.threads(dyad="PRK-KOR")
    assert listed.meanwhile == ()
    thread = book.thread(listed.id)
    assert thread.status == "rejected"
    assert [(act.actor.state, act.when.latest) for act in map(book.act, thread.meanwhile)] == [
        ("KOR", dt.date(2016, 5, 22))
    ]
    assert book.act(thread.meanwhile[0]).same_as is None


def test_the_mention_that_stands_for_all_reports_is_named(book: Book) -> None:
    (offer,) = book.acts(kind="OFFER", dyad="PRK-KOR")
    deeds = {act.id for act in book.acts(kind="MOBILIZE", dyad="PRK-KOR")}
    assert set(book.thread(offer.id).meanwhile) <= deeds


def test_an_undecided_one_runs_to_the_newest_day(book: Book) -> None:
    (listed,) = book.threads(dyad="USA-PRK")
    assert book.thread(listed.id[:10]) == listed
    assert listed.status == "open"
    book.code_documents([document("Washington tested Pyongyang by sea.", "sea", "2016-07-30")])
    assert [book.act(act).when.latest for act in book.thread(listed.id).meanwhile] == [dt.date(2016, 7, 30)]


def test_a_deadline_in_a_report_of_the_offer_counts(book: Book) -> None:
    assert [thread.status for thread in book.threads(dyad="USA-PRK")] == ["open"]
    told = "On Monday Washington offered Pyongyang food by 2016-05-29."
    book.code_documents([document(told, "term", "2016-05-23")])
    (thread,) = book.threads(dyad="USA-PRK")
    assert len(thread.reports) == 2
    assert thread.status == book.thread(thread.id).status == "lapsed"


def test_no_thread_and_several(book: Book) -> None:
    with pytest.raises(UsageError, match="There is no thread 'zzz' in the book"):
        book.thread("zzz")
    with pytest.raises(UsageError, match="no thread ''"):
        book.thread("")
