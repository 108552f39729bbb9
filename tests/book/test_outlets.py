"""Copies of one report are one outlet; reports of their own add outlets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.book import Book
from rejoinder.book.outlets import copied, independent_outlets
from rejoinder.book.tools import Tools
from rejoinder.store import Heading, Store
from rejoinder.text.sketch import sketch
from tests.makers import RUN, FakePipeline, document, eager_linker, fake_threads

WIRE = " ".join(f"wire{number}" for number in range(80))
OWN = " ".join(f"own{number}" for number in range(80))


def heading(name: str, text: str | None, *outlets: str) -> Heading:
    return Heading(name, name, None, None, None, None, outlets, None if text is None else sketch(text))


# ---- counting --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("reports", "count"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([heading("a", WIRE, "Daily"), heading("b", OWN, "Times")], 2, id="two reports of their own"),
        pytest.param([heading("a", WIRE, "Daily"), heading("b", WIRE + " and more", "Times")], 1, id="a copy"),
        pytest.param([heading("a", WIRE, "Daily"), heading("b", OWN, "Daily")], 1, id="two reports of one outlet"),
        pytest.param([heading("a", WIRE, "Daily", "Times")], 1, id="one text in two outlets"),
        pytest.param([heading("a", WIRE), heading("b", OWN)], 0, id="outlets unknown"),
        pytest.param([heading("a", WIRE), heading("b", WIRE, "Daily")], 1, id="a copy of what has no outlet"),
        pytest.param([heading("a", None, "Daily"), heading("b", None, "Times")], 2, id="kept without sketches"),
        pytest.param(
            [heading("a", WIRE, "Daily"), heading("b", OWN, "Times"), heading("c", WIRE, "Times")],
            1,
            id="joined by a third one",
        ),
    ],
)
def test_independent_outlets(reports: list[Heading], count: int) -> None:
    assert independent_outlets(reports) == count


REPORTS = st.lists(
    st.builds(
        heading,
        st.text("abc", min_size=1, max_size=2),
        st.sampled_from([None, WIRE, OWN, f"{WIRE} {OWN}", "short"]),
        st.sampled_from(["Daily", "Times", "Wire", "Post"]),
    )
    | st.builds(heading, st.just("unknown"), st.sampled_from([None, WIRE, OWN])),
    max_size=7,
)


@given(REPORTS, st.data())
def test_the_order_of_reports_does_not_matter(reports: list[Heading], data: st.DataObject) -> None:
    assert independent_outlets(data.draw(st.permutations(reports))) == independent_outlets(reports)


@given(REPORTS)
def test_there_are_never_more_than_outlets_and_one_where_any_is_known(reports: list[Heading]) -> None:
    known = {outlet for report in reports for outlet in report.outlets}
    assert bool(known) <= independent_outlets(reports) <= len(known)


def test_what_has_no_sketch_is_a_copy_of_nothing() -> None:
    assert copied(heading("a", WIRE), heading("b", WIRE))
    assert not copied(heading("a", WIRE), heading("b", None))
    assert not copied(heading("a", None), heading("b", None))


# ---- in a book -------------------------------------------------------------------------------------------------------
FIRST = document(f"Pyongyang offered Seoul talks. {WIRE}", "first", outlet="Wire")
COPY = document(f"(LEAD) {FIRST.text} In other news, it rained.", "copy", outlet="Daily")
OTHER = document(f"Pyongyang offered Seoul talks, it said. {OWN}", "other", outlet="Times")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    pipeline = FakePipeline()
    made = Book(Store.open(tmp_path / "book.db"), Tools(lambda: pipeline, eager_linker, fake_threads, lambda: RUN))
    yield made
    made.close()


def _counted(book: Book) -> tuple[int, int]:
    (act,) = found = book.acts(kind="OFFER")
    return found.about(act).reports, found.about(act).outlets


def test_a_copy_is_a_report_but_adds_no_outlet(book: Book) -> None:
    book.code_documents([FIRST, COPY])
    assert _counted(book) == (2, 1)
    book.code_documents([OTHER])
    assert _counted(book) == (3, 2)


def test_why_says_which_report_is_a_copy(book: Book) -> None:
    book.code_documents([FIRST, COPY, OTHER])
    (act,) = book.acts(document="first", kind="OFFER")
    told = {one.other.document: one.other.copy for one in book.why(act.id).reports}
    assert told.items() <= {"copy": True, "other": False}.items()
    assert told


def test_what_was_kept_before_there_were_sketches_counts_by_outlet(book: Book, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "book.db")
    with store.writing() as writing:
        for source in (FIRST, COPY):
            writing.keep(source, FakePipeline().code(source), RUN)
    store.close()
    assert book.code_documents([FIRST, COPY]).unchanged == 2
    assert _counted(book) == (2, 2)


def test_a_document_that_could_not_be_coded_has_no_sketch(book: Book, tmp_path: Path) -> None:
    garbled = document(f"garbled {WIRE}", "garbled")
    book.code_documents([garbled])
    store = Store.open(tmp_path / "book.db", readonly=True)
    with store.reading() as reading:
        assert reading.headings([garbled.id])[garbled.id].sketch is None
    store.close()
