"""What is shown around an act: whole paragraphs, each character once, marks where they belong."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.book.surroundings import marks, passages
from rejoinder.records import Document, Side, Span
from tests.makers import act, document

TEXT = "One starts.\n\nPyongyang offered Seoul talks.\n\nThree goes on.\n\nFour ends."


def test_the_paragraph_of_the_act_and_its_neighbours_are_shown() -> None:
    doc = document(TEXT)
    centre = Span.of(doc, 13, 30)
    assert [one.text for one in passages(TEXT, [("act", centre)])] == [
        "One starts.",
        "Pyongyang offered Seoul talks.",
        "Three goes on.",
    ]
    assert [one.text for one in passages(TEXT, [("act", centre)], around=0)] == ["Pyongyang offered Seoul talks."]
    assert len(passages(TEXT, [("act", centre)], around=None)) == 4


def test_lines_are_paragraphs_where_no_line_is_blank() -> None:
    doc = document("One.\nTwo offered.\nThree.")
    found = passages(doc.text, [("act", Span.of(doc, 5, 16))], around=0)
    assert [one.text for one in found] == ["Two offered."]


def test_pieces_say_which_fields_rest_on_them() -> None:
    doc = document(TEXT)
    actor = Side("Pyongyang", "PRK", "GOV", span=Span.of(doc, 13, 22))
    one = act(doc, 13, 42, (23, 30), kind="OFFER", actor=actor)
    (passage,) = passages(TEXT, marks(one), around=0)
    assert [(piece.text, piece.fields) for piece in passage.pieces] == [
        ("Pyongyang", ("act", "actor")),
        (" ", ("act",)),
        ("offered", ("act", "trigger")),
        (" Seoul talks", ("act",)),
        (".", ()),
    ]


def test_of_a_very_long_paragraph_the_sentences_around_are_shown() -> None:
    before, after = "Nothing was said here. " * 200, " Nothing was said then." * 200
    doc = document(f"{before}Pyongyang offered talks.{after}")
    (passage,) = passages(doc.text, [("act", Span.of(doc, len(before), len(before) + 23))])
    assert len(passage.text) < 4000
    assert passage.text.startswith("Nothing was")
    assert passage.text.endswith("said then.")
    assert doc.text[passage.start : passage.end] == passage.text


@given(st.text("ab .\n", min_size=1), st.data())
def test_every_piece_stands_where_it_says(text: str, data: st.DataObject) -> None:
    doc = Document(text)
    starts = st.integers(0, len(text) - 1)
    spans = []
    for name in ("act", "trigger", "actor"):
        start = data.draw(starts)
        spans.append((name, Span.of(doc, start, data.draw(st.integers(start + 1, len(text))))))
    for passage in passages(text, spans, around=None):
        assert passage.text == text[passage.start : passage.end]
        at = passage.start
        for piece in passage.pieces:
            assert piece.start == at
            at += len(piece.text)
            assert set(piece.fields) == {name for name, span in spans if span.start < at and piece.start < span.end}
