"""Marks in a text: nothing of the text is lost, nothing of a mark, and what is made of them is well nested."""

from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.web.marked import Closing, Mark, Opening, Piece, clip, exact, marked

LONGEST = 24


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[str, list[Mark], int, int]:
    text = draw(st.text(max_size=LONGEST))
    places = st.integers(0, len(text))
    ends = draw(st.lists(st.tuples(places, places), max_size=8))
    marks = [Mark(min(pair), max(pair), "clause", str(number)) for number, pair in enumerate(ends)]
    start, end = sorted((draw(places), draw(places)))
    return text, marks, start, end


def borne(pieces: Iterable[Piece], start: int) -> Counter[tuple[Mark, int]]:
    """How often each mark is open around each character; fails where what closes is not what opened last."""
    found: Counter[tuple[Mark, int]] = Counter()
    held: list[Mark] = []
    at = start
    for one in pieces:
        if isinstance(one, str):
            assert one
            found.update((mark, offset) for offset in range(at, at + len(one)) for mark in held)
            at += len(one)
        elif isinstance(one, Opening):
            held.append(one.mark)
        else:
            assert held.pop() == one.mark
    assert held == []
    return found


@given(texts_with_marks())
def test_the_words_joined_are_the_text(case: tuple[str, list[Mark], int, int]) -> None:
    text, marks, start, end = case
    pieces = marked(text, marks, start, end)
    assert "".join(one for one in pieces if isinstance(one, str)) == text[start:end]


@given(texts_with_marks())
def test_each_character_bears_its_marks_once_and_no_other(case: tuple[str, list[Mark], int, int]) -> None:
    text, marks, start, end = case
    wanted = {(mark, offset): 1 for mark in marks for offset in range(max(mark.start, start), min(mark.end, end))}
    assert borne(marked(text, marks, start, end), start) == wanted


@given(texts_with_marks())
def test_a_mark_is_first_once_and_only_where_it_begins(case: tuple[str, list[Mark], int, int]) -> None:
    text, marks, start, end = case
    pieces = list(marked(text, marks, start, end))
    first = [one.mark for one in pieces if isinstance(one, Opening) and one.first]
    assert sorted(first, key=lambda one: one.of) == [
        one for one in marks if one.start < one.end and start <= one.start < end
    ]
    assert sum(isinstance(one, Opening) for one in pieces) == sum(isinstance(one, Closing) for one in pieces)


def test_the_longer_lies_outside_and_what_crosses_is_cut() -> None:
    clause, trigger, other = Mark(0, 9, "clause", "1"), Mark(0, 3, "trigger", "1"), Mark(4, 12, "clause", "2")
    pieces = list(marked("abc def ghi jkl", [trigger, clause, other]))
    assert pieces == [
        Opening(clause),
        Opening(trigger),
        "abc",
        Closing(trigger),
        " ",
        Opening(other),
        "def g",
        Closing(other),
        Closing(clause),
        Opening(other, first=False),
        "hi ",
        Closing(other),
        "jkl",
    ]


@given(texts_with_marks(), st.lists(st.integers(0, LONGEST), max_size=6, unique=True))
def test_a_mark_is_clipped_to_the_bounds_it_touches(case: tuple[str, list[Mark], int, int], places: list[int]) -> None:
    marks = [one for one in case[1] if one.start < one.end]
    ends = sorted(places)
    bounds = list(zip(ends[::2], ends[1::2], strict=False))
    assert clip(marks, bounds) == [
        [one for one in marks if one.start < end and start < one.end] for start, end in bounds
    ]


class _Read(HTMLParser):
    """What a browser shows of HTML that is text alone."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.shown = ""
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.shown += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        raise AssertionError(f"a tag: {tag}")


@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("<>&\"'\r\n\0"))))
def test_a_browser_shows_the_text_character_by_character(text: str) -> None:
    html = str(exact(text))
    assert "\r" not in html
    assert _Read(html).shown == text.replace("\0", "\N{SYMBOL FOR NULL}")
