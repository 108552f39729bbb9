"""Fields as text: what is given back unaltered changes nothing. And which kinds are likely."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import rejoinder
from rejoinder.book import Book
from rejoinder.book.judging import FIELDS
from rejoinder.book.likely import likely_kinds
from rejoinder.book.written import WRITTEN, written
from rejoinder.codebook import codebook
from tests.makers import act, document

TEXT = (
    'North Korea on Friday offered South Korea "unconditional" talks in an open letter, carried by KCNA, if Seoul and '
    "Washington stopped their exercises by June 1.\n\nSouth Korea rejected the offer on Monday. Its defense ministry "
    "said the North must first give up its nuclear weapons. The North renewed its offer."
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder: Path = tmp_path_factory.mktemp("written")
    with rejoinder.open(folder / "book.db") as opened:
        opened.code_documents([document(TEXT, day="2016-05-23")])
        yield opened


def test_every_field_that_can_be_judged_can_be_written() -> None:
    assert sorted(WRITTEN) == sorted(FIELDS)


@pytest.mark.parametrize("field", WRITTEN)
def test_what_is_given_back_unaltered_changes_nothing(book: Book, field: str) -> None:
    acts = list(book.acts(every=True))
    assert len(acts) > 2
    for one in acts:
        book.correct(one.id, {field: written(one, field)}, by="ann")
        now = book.act(one.id)  # a date that was judged is evidence of its own
        assert replace(now, coder=one.coder, evidence=one.evidence) == one
        book.undo(by="ann")


def test_the_kind_found_comes_first_then_its_rivals_and_none_is_left_out() -> None:
    doc = document("Pyongyang offered Seoul talks.")
    steps = ("an act with probability 0.6; the net gives ACCEPT 0.4", "nearest rival AGREE, 3 times less likely")
    one = act(doc, 0, 29, (10, 17), kind="OFFER", alt_kind="REQUEST", actor=None, steps=steps)
    kinds = likely_kinds(one)
    assert kinds[:4] == ("OFFER", "REQUEST", "ACCEPT", "AGREE")
    assert sorted(kinds) == sorted(codebook().kinds)
