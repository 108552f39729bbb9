"""Lines, and which of them a hard wrap has torn apart."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Line", "joined", "lines_of"]

MIN_WIDTH, MAX_WIDTH = 40, 120
"""Columns between which a text may be hard-wrapped; mail and agency wires use 60 to 80."""

_SENTENCE_ENDS = re.compile(r"""[.!?:;…]["”’')\]»]*$""")
_LOST_BREAK = re.compile(r"""(?<=[.!?:…"”’)\]*])\s{5,}(?=\S)""")
_OPENS_LOWER = re.compile(r"""["“‘'(\[]?[a-z]""")
_BULLET = re.compile(r"(?:[*•·‣▪■]|[-–—](?!-)|\d{1,2}[.)]|\([a-z0-9]{1,3}\))\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, or several that belong together: characters ``start:end`` without outer space.

    ``gap`` tells whether a blank line (or nothing) stands before it, ``indent`` how far it is set in.
    """

    start: int
    end: int
    gap: bool
    indent: int = 0


def lines_of(text: str) -> list[Line]:
    """The lines of ``text`` that hold more than white space.

    A finished sentence followed by five spaces or more ends a line too: a paragraph break that a converter lost.
    """
    lines: list[Line] = []
    offset, gap = 0, True
    for raw in text.splitlines(keepends=True):
        core = raw.strip()
        if core:
            indent = len(raw) - len(raw.lstrip())
            start, end = offset + indent, offset + indent + len(core)
            if "  " in core:
                for lost in _LOST_BREAK.finditer(text, start, end):
                    lines.append(Line(start, lost.start(), gap, indent))
                    start, gap = lost.end(), True
            lines.append(Line(start, end, gap, indent))
            gap = False
        else:
            gap = True
        offset += len(raw)
    return lines


def joined(text: str, lines: Sequence[Line], apart: Callable[[Line], bool]) -> list[Line]:
    """``lines`` with hard-wrapped ones made one again. A line for which ``apart`` holds is never joined upward."""
    breaks = [index for index in range(1, len(lines)) if not lines[index].gap]
    if not breaks:
        return list(lines)
    width = _wrap_width(text, lines, breaks)
    out = [lines[0]]
    for previous, line in pairwise(lines):
        torn = not line.gap and _is_torn(text, previous, line, width) and not apart(line)
        if torn:
            out[-1] = Line(out[-1].start, line.end, out[-1].gap, out[-1].indent)
        else:
            out.append(line)
    return out


def _wrap_width(text: str, lines: Sequence[Line], breaks: Sequence[int]) -> int | None:
    """The column at which the text is wrapped, or None where its line breaks are meant.

    A text is wrapped if most of its breaks fall where the next word would not have fitted, and at least half of them
    in mid-sentence: short paragraphs, verse and lists fail one or the other.
    """
    width = max(max(_columns(lines[index - 1]), _columns(lines[index])) for index in breaks)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return None
    full = sum(_is_full(text, lines[index - 1], lines[index], width) for index in breaks)
    amid = sum(not _ends_sentence(text, lines[index - 1]) for index in breaks)
    return width if full * 10 >= len(breaks) * 6 and amid * 2 >= len(breaks) else None


def _is_torn(text: str, upper: Line, lower: Line, width: int | None) -> bool:
    if lower.indent > upper.indent + 1 or _BULLET.match(text, lower.start, lower.end):
        return False
    ended = _ends_sentence(text, upper)
    if not ended and _OPENS_LOWER.match(text, lower.start, lower.end) and upper.end - upper.start >= MIN_WIDTH // 2:
        return True
    if width is None:
        return False
    if _is_full(text, upper, lower, width):
        return True
    return not ended and _columns(upper) * 10 >= width * 7


def _is_full(text: str, upper: Line, lower: Line, width: int) -> bool:
    first_word = text[lower.start : lower.end].split(None, 1)[0]
    return _columns(upper) + 1 + len(first_word) > width


def _columns(line: Line) -> int:
    return line.indent + line.end - line.start


def _ends_sentence(text: str, line: Line) -> bool:
    return _SENTENCE_ENDS.search(text, max(line.start, line.end - 6), line.end) is not None
