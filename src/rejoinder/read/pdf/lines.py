"""Lines of a PDF's pages, with where they stand; and without those that only head or foot a page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["PdfLine", "TextPage", "lines_of_page", "without_margins"]

EDGE_LINES = 3
"""Lines at the top and at the foot of a page among which running heads and page numbers are looked for."""
MIN_REPEATS = 3
"""Pages on which a line must come again to be a running head; of two pages, both."""

# PDFium joins a word parted at the end of a line by U+FFFE in place of hyphen and line end.
_LINE_END = re.compile("\r\n|\r|\n|(?<=\ufffe)")
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(  # "- 3 -", "Page 3 of 10", "iv"
    r"[-–—\s.|(\[]*(?:(?:page|p\.?|seite|쪽)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|von)\s*\d{1,4})?[-–—\s.|)\]]*",
    re.I,
)


class TextPage(Protocol):
    """What is asked of a page of pypdfium2."""

    def count_chars(self) -> int:
        """Characters on the page."""

    def get_text_range(self) -> str:
        """All of them, lines ended with CR LF."""

    def get_charbox(self, index: int, *, loose: bool = False) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of one, in points from the page's lower left corner."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of page ``page``, in points from the page's lower left corner; all 0 where it is not known where."""

    text: str
    page: int
    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0

    @property
    def height(self) -> float:
        """Points from bottom to top."""
        return self.top - self.bottom


def lines_of_page(page: TextPage, number: int) -> list[PdfLine]:
    """The lines of ``page``, the ``number``-th, in the order in which PDFium reads them, column after column."""
    text = page.get_text_range()
    placed = len(text) == page.count_chars()  # else characters beyond the BMP shift what stands where
    lines: list[PdfLine] = []
    start = 0
    for end, after in [*((match.start(), match.end()) for match in _LINE_END.finditer(text)), (len(text), len(text))]:
        core = text[start:end].strip()
        if core:
            first = start + text[start:end].index(core[0])
            lines.append(_placed(page, core, first, number) if placed else PdfLine(core, number))
        start = after
    return lines


def _placed(page: TextPage, core: str, first: int, number: int) -> PdfLine:
    try:
        left, bottom, _, top = page.get_charbox(first, loose=True)
        last = first + len(core) - 1
        _, other_bottom, right, other_top = page.get_charbox(last, loose=True)
    except (RuntimeError, IndexError, ValueError):  # a character that PDFium made up stands nowhere
        return PdfLine(core, number)
    return PdfLine(core, number, left, min(bottom, other_bottom), right, max(top, other_top))


def without_margins(pages: Sequence[Sequence[PdfLine]]) -> list[list[PdfLine]]:
    """``pages`` without page numbers, and without lines that come again at the top or foot of several pages."""
    edges = [[*page[:EDGE_LINES], *page[EDGE_LINES:][-EDGE_LINES:]] for page in pages]
    counts = Counter(key for edge in edges for key in {_key(line) for line in edge})
    wanted = min(MIN_REPEATS, max(2, len(pages)))
    repeated = {key for key, count in counts.items() if count >= wanted}
    return [
        [line for line in page if line not in edge or not (_key(line) in repeated or _PAGE_NUMBER.fullmatch(line.text))]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _key(line: PdfLine) -> str:
    return _NUMBER.sub("#", " ".join(line.text.split())).casefold()
