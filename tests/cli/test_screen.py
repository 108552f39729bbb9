"""What is printed fits the terminal, stays whole in a pipe, and cannot do harm."""

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rejoinder.cli.screen import Screen, harmless, plural

LONG = "The ministry said on Monday that it would answer the proposal for talks as soon as it had studied all of it."


def _terminal(width: int) -> tuple[Screen, io.StringIO]:
    out = io.StringIO()
    screen = Screen(out)
    screen.console = Console(file=out, width=width, force_terminal=True, color_system=None, highlight=False)
    screen.on_terminal = True
    return screen, out


@given(st.text())
def test_harmless_text_is_one_line_that_any_terminal_can_show(text: str) -> None:
    safe = harmless(text)
    assert not {unicodedata.category(char) for char in safe} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert safe == safe.strip()
    safe.encode("utf-8")


def test_escape_sequences_of_a_document_do_not_reach_the_terminal() -> None:
    assert harmless("a\x1b[31mred\x1b[0m\nb\u202ec") == "a [31mred [0m bc"


@pytest.mark.parametrize("width", [24, 40, 80, 100])
@pytest.mark.parametrize(("indent", "hang"), [(0, None), (4, None), (0, 10), (12, 2)])
def test_lines_fit_the_terminal_and_lose_no_word(width: int, indent: int, hang: int | None) -> None:
    screen, out = _terminal(width)
    screen.line(LONG, indent=indent, hang=hang)
    lines = out.getvalue().splitlines()
    assert " ".join(out.getvalue().split()) == LONG
    assert len(lines) > 1
    assert not any(line.endswith(" ") for line in lines)
    assert max(map(len, lines)) <= max(width, 20 + max(indent, hang or 0))
    assert lines[0].startswith(" " * indent + "The")
    shift = indent if hang is None else hang
    assert all(len(line) - len(line.lstrip()) == shift for line in lines[1:])


def test_a_pipe_gets_whole_lines_without_colour() -> None:
    out = io.StringIO()
    Screen(out).line((LONG * 3, "bold red"), indent=2)
    assert out.getvalue() == "  " + LONG * 3 + "\n"


def test_a_wide_terminal_is_not_filled() -> None:
    screen, out = _terminal(300)
    screen.line(LONG * 3)
    assert max(map(len, out.getvalue().splitlines())) <= 100


def test_signs_have_a_stand_in_where_the_encoding_lacks_them() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    Screen(out).line("PRK → KOR · “no”")
    out.flush()
    assert raw.getvalue() == b'PRK -> KOR - "no"\n'


def test_columns_are_aligned() -> None:
    out = io.StringIO()
    Screen(out).columns([("OFFER", "7", "x"), ("ACCUSE", "12", "y z")], right=(1,))
    assert out.getvalue() == "  OFFER    7  x\n  ACCUSE  12  y z\n"


@pytest.mark.parametrize(("count", "words"), [(0, "0 acts"), (1, "1 act"), (1204, "1,204 acts")])
def test_plural(count: int, words: str) -> None:
    assert plural(count, "act") == words
