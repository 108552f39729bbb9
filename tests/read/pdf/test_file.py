"""PDF: paragraphs from lines, heads and feet left out, and what cannot be read."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.read.pdf.file import FORMATS
from rejoinder.read.source import Facts, Settings
from tests.read.sources import Placed, document, failure, pdf, sound, source

TOP = [
    (60.0, 780.0, 16.0, "Statement on the dam"),
    (72.0, 750.0, 11.0, "The committee has taken note of the letter of the northern side about"),
    (60.0, 736.0, 11.0, "the opening of the sluices and regrets that no warning was given be-"),
    (60.0, 722.0, 11.0, "forehand, although both sides had agreed on one at their working-"),
    (60.0, 708.0, 11.0, "level talks in 2009."),
    (72.0, 694.0, 11.0, "It asks for notice of any further opening, and for working-level talks"),
    (60.0, 680.0, 11.0, "of engineers at the bridge, which the northern side"),
]
NEXT = [
    (60.0, 780.0, 11.0, "has named before as a place of meeting."),
    (60.0, 752.0, 11.0, "It will publish any answer that it is given."),
]


def with_margins(lines: list[Placed], number: int) -> list[Placed]:
    return [
        (60.0, 815.0, 8.0, f"River Committee, Papers, page {number} of 3"),
        *lines,
        (290.0, 30.0, 8.0, f"- {number} -"),
    ]


PAGES = [with_margins(TOP, 1), with_margins(NEXT, 2), with_margins([(60.0, 780.0, 11.0, "Annex")], 3)]
INFO = {"Title": "Statement on the dam", "Author": "River Committee", "CreationDate": "D:20160520233000-10'00'"}


def test_lines_become_paragraphs_again_over_pages() -> None:
    found = document(FORMATS, source(pdf(PAGES, INFO), "dam.pdf"))
    assert found.text.split("\n\n") == [
        "Statement on the dam",
        "The committee has taken note of the letter of the northern side about the opening of the sluices and regrets "
        "that no warning was given beforehand, although both sides had agreed on one at their working-level talks in "
        "2009.",
        "It asks for notice of any further opening, and for working-level talks of engineers at the bridge, which the "
        "northern side has named before as a place of meeting.",
        "It will publish any answer that it is given.",
        "Annex",
    ]
    assert (found.title, found.author, found.name) == ("Statement on the dam", "River Committee", "dam")
    assert (found.published, found.dated_by) == (dt.date(2016, 5, 20), "the PDF's creation date")


def test_the_creation_date_gives_way_and_empty_titles_are_none() -> None:
    facts = Facts(published=dt.date(2016, 5, 1), dated_by="the column date", title="T")
    junk = {**INFO, "Title": "Microsoft Word - dam_final.docx", "Author": "user"}
    found = document(FORMATS, source(pdf(PAGES, junk), facts=facts))
    assert (found.published, found.dated_by) == (dt.date(2016, 5, 1), "the column date")
    assert (found.title, found.author) == ("T", None)
    assert document(FORMATS, source(pdf(PAGES))).dated_by is None


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [(60.0, 700.0 - 14 * n, 11.0, f"left column goes on in line {n},") for n in range(6)]
    right = [(320.0, 700.0 - 14 * n, 11.0, f"right column goes on in line {n},") for n in range(6)]
    text = document(FORMATS, source(pdf([[*left, *right]]))).text
    assert text.index("left column goes on in line 5") < text.index("right column goes on in line 0")


def test_what_cannot_be_read_says_why() -> None:
    assert "run OCR" in failure(FORMATS, source(pdf([[], []])))
    assert "run OCR" in failure(FORMATS, source(pdf([[(500.0, 20.0, 8.0, "scan 1")], [(500.0, 20.0, 8.0, "scan 2")]])))
    key = "(" + "x" * 32 + ")"
    locked = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> /ID [(aaaaaaaaaaaaaaaa)(aaaaaaaaaaaaaaaa)]"
    )
    assert "password" in failure(FORMATS, source(pdf(PAGES, trailer=locked)))
    assert "broken" in failure(FORMATS, source(b"%PDF-1.7\nnothing else"))


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1), st.binary(max_size=40), st.floats(0, 1))
def test_broken_files_do_not_raise(cut: float, junk: bytes, at: float) -> None:
    data = pdf(PAGES, INFO)
    data = data[: int(cut * len(data))]
    place = int(at * len(data))
    sound(list(FORMATS[0].read(source(data[:place] + junk + data[place + len(junk) :]), Settings())))


@pytest.mark.parametrize("count", [1, 2])
def test_few_pages_lose_no_text_to_the_search_for_heads(count: int) -> None:
    pages = [
        [(60.0, 700.0, 11.0, f"Only line of page {'one' if n else 'two'}, which says a little.")] for n in range(count)
    ]
    assert document(FORMATS, source(pdf(pages))).text.count("Only line of page") == count
