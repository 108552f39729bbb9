"""Word pieces: greedy, longest first, blind to case, accents and the shape of quotation marks."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.acts.pieces import LONGEST, MOST, SAME, WordPieces

PIECES = (
    "[UNK]",
    *string.ascii_lowercase,
    *(f"##{letter}" for letter in string.ascii_lowercase),
    *("re", "reject", "##jection", "##ed", "##s", "talk", "2", "##0", "'", '"', "-", "."),
)
ROWS = {piece: row for row, piece in enumerate(PIECES)}
UNKNOWN = 0
MARKS = "\u0300\u0301\u0302\u0303\u0308\u030c\u0323\u0327"


@pytest.fixture
def pieces() -> WordPieces:
    return WordPieces(ROWS, UNKNOWN)


def split(word: str, names: tuple[str, ...] = PIECES) -> list[str]:
    """The pieces of ``word`` by name, from a splitter that has seen nothing yet."""
    found = WordPieces({piece: row for row, piece in enumerate(names)}, UNKNOWN)(word)
    return [names[row] for row in found]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("talks", ["talk", "##s"]),
        ("rejected", ["reject", "##ed"]),
        ("rejection", ["reject", "##i", "##o", "##n"]),
        ("rest", ["re", "##s", "##t"]),
        ("Rejected", ["reject", "##ed"]),
        ("REJECTED", ["reject", "##ed"]),
        ("200", ["2", "##0", "##0"]),
        ("re-talk", ["re", "-", "talk"]),
        ("re talk", ["re", "talk"]),
        ("'s", ["'", "s"]),
        ("..", [".", "."]),
        ("", ["[UNK]"]),
        ("   ", ["[UNK]"]),
        ("\u0301", ["[UNK]"]),
        ("회담", ["[UNK]"]),
        ("talk회", ["[UNK]"]),
        ("talk-회", ["talk", "-", "[UNK]"]),
    ],
)
def test_pieces_by_hand(word: str, expected: list[str]) -> None:
    assert split(word) == expected


def test_a_part_that_goes_on_is_no_beginning() -> None:
    assert split("s", ("[UNK]", "##s")) == ["[UNK]"]
    assert split("ss", ("[UNK]", "s")) == ["[UNK]"]


def test_the_first_choice_is_not_taken_back() -> None:
    assert split("abc", ("[UNK]", "ab", "a", "##bc")) == ["[UNK]"]


@pytest.mark.parametrize(("length", "found"), [(LONGEST, True), (LONGEST + 1, False)])
def test_no_piece_is_longer_than_the_longest(length: int, found: bool) -> None:
    assert (split("a" * length, ("[UNK]", "a" * length)) == ["a" * length]) is found


def test_only_the_first_pieces_of_a_long_word_count() -> None:
    assert split("abcdfghijklmnop") == ["a", *(f"##{letter}" for letter in "bcdfghi")]
    assert len(split("x" * 100)) == MOST


@given(st.text())
def test_never_empty_and_always_rows_that_exist(word: str) -> None:
    found = WordPieces(ROWS, UNKNOWN)(word)
    assert 1 <= len(found) <= MOST
    assert set(found) <= set(ROWS.values())


@given(st.lists(st.text(string.ascii_letters + "-'\u2019\u00e9", max_size=12), max_size=8))
def test_the_same_answer_whatever_was_asked_before(words: list[str]) -> None:
    used = WordPieces(ROWS, UNKNOWN)
    first = [used(word) for word in words]
    assert first == [used(word) for word in words]
    assert first == [WordPieces(ROWS, UNKNOWN)(word) for word in words]


@given(st.lists(st.tuples(st.sampled_from(string.ascii_letters), st.text(MARKS, max_size=2)), min_size=1, max_size=12))
def test_accents_do_not_matter(letters: list[tuple[str, str]]) -> None:
    plain = "".join(letter for letter, _ in letters)
    accented = "".join(letter + marks for letter, marks in letters)
    expected = split(plain)
    assert split(accented) == expected
    assert split(unicodedata.normalize("NFC", accented)) == expected


@given(st.text(string.ascii_lowercase + "".join(map(chr, SAME)), max_size=12))
def test_typographic_marks_do_not_matter(word: str) -> None:
    assert split(word) == split(word.translate(SAME))


@pytest.mark.parametrize(
    ("mark", "plain"),
    [("\u2019", "'"), ("\u2018", "'"), ("\u201c", '"'), ("\u201d", '"'), ("\u2013", "-"), ("\u2014", "-")],
)
def test_typographic_marks_by_name(mark: str, plain: str) -> None:
    assert split(f"re{mark}s") == ["re", plain, "s"]


@given(st.text(string.ascii_lowercase + string.digits + ".-' ", max_size=12))
def test_case_does_not_matter(word: str) -> None:
    assert split(word.upper()) == split(word)


@given(st.text(string.ascii_lowercase, min_size=1, max_size=MOST))
def test_a_known_word_can_be_put_together_again(word: str) -> None:
    assert "".join(piece.removeprefix("##") for piece in split(word)) == word


def test_a_splitter_that_remembers_enough_still_answers(pieces: WordPieces, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.acts.pieces.KEPT", 1)
    assert [pieces(word) for word in ("talks", "reject", "talks", "reject")] == [
        (ROWS["talk"], ROWS["##s"]),
        (ROWS["reject"],),
    ] * 2
