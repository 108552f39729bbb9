"""Where the words go: a console that knows terminals from pipes, and the small pieces all commands print with.

On a terminal lines are wrapped to its width and coloured (unless NO_COLOR is set); in a pipe there is neither colour
nor wrapping, so that ``grep`` finds whole lines. Words of documents are made harmless before they are printed: a news
text cannot move the cursor or colour the screen.
"""

import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import IO

from rich.console import Console
from rich.text import Text

__all__ = ["MAX_WIDTH", "Screen", "harmless", "plural"]

MAX_WIDTH = 100
"""Longer lines are hard to read, however wide the terminal is."""

_NARROWEST = 20
_ASCII = str.maketrans({"→": "->", "↔": "<->", "·": "-", "“": '"', "”": '"', "…": "...", "├": "|", "└": "`", "─": "-"})


def harmless(text: str) -> str:
    """``text`` on one line, without control, direction-changing or unpaired surrogate characters."""
    out: list[str] = []
    for char in text:
        category = unicodedata.category(char)
        if char.isspace() or category == "Cc":
            out.append(" ")
        elif category == "Cs":
            out.append("\N{REPLACEMENT CHARACTER}")
        elif category != "Cf":
            out.append(char)
    return " ".join("".join(out).split())


def plural(count: int, one: str, many: str | None = None) -> str:
    """``count`` with its noun: "1 act", "2 acts", "1,204 acts"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


class _Console(Console):
    def on_broken_pipe(self) -> None:
        # rich would end the program with status 1; that a reader has seen enough is no failure
        raise BrokenPipeError


class Screen:
    """Prints to standard output (or to standard error, or to ``file``) in the way that suits it."""

    def __init__(self, file: IO[str] | None = None, *, err: bool = False) -> None:
        file = file or (sys.stderr if err else sys.stdout)
        self.console: Console = _Console(file=file, highlight=False, markup=False, emoji=False)
        self.on_terminal = self.console.is_terminal
        self._ascii = not (self.console.encoding or "utf-8").lower().startswith("utf")

    @property
    def width(self) -> int | None:
        """Characters a line may have; None where lines are not wrapped."""
        return min(self.console.width, MAX_WIDTH) if self.on_terminal else None

    def line(self, *parts: str | tuple[str, str] | Text, indent: int = 0, hang: int | None = None) -> None:
        """Print one logical line of words, (words, style) pairs and Texts; what wraps is indented by ``hang``."""
        text = Text.assemble(*parts)
        if self._ascii:
            text = Text(text.plain.translate(_ASCII))
        if self.width is None:
            self._print(Text(" " * indent) + text)
            return
        first = text.wrap(self.console, max(_NARROWEST, self.width - indent))[0]
        rest = text[len(first) :]
        rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
        self._row(first, indent)
        hang = indent if hang is None else hang
        if rest.plain:
            for row in rest.wrap(self.console, max(_NARROWEST, self.width - hang)):
                self._row(row, hang)

    def _row(self, row: Text, indent: int) -> None:
        row.rstrip()
        self._print(Text(" " * indent) + row)

    def blank(self) -> None:
        """Print an empty line."""
        self._print(Text())

    def columns(self, rows: Iterable[Sequence[str]], *, right: Sequence[int] = (), indent: int = 2) -> None:
        """Print ``rows`` as aligned columns; those numbered in ``right`` are right-aligned. The last column wraps."""
        table = [tuple(row) for row in rows]
        if not table:
            return
        widths = [max(len(row[at]) for row in table) for at in range(len(table[0]) - 1)]
        for row in table:
            cells = [
                cell.rjust(widths[at]) if at in right else cell.ljust(widths[at]) for at, cell in enumerate(row[:-1])
            ]
            start = "  ".join([*cells, ""])
            self.line(start + row[-1], indent=indent, hang=indent)

    def _print(self, text: Text) -> None:
        self.console.print(text, soft_wrap=True)
