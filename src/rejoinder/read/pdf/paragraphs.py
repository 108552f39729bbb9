"""Lines of a PDF joined to paragraphs again, by where they stand."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from rejoinder.read.pdf.lines import PdfLine

__all__ = ["paragraphs_of_lines"]

WIDE_LEADING = 1.35
"""A step down the page that many times the usual one begins a paragraph."""
OTHER_SIZE = 0.2
"""Difference of height, as a share, from which a line is of another kind (a heading)."""
INDENT = (0.8, 8.0)
"""How far the first line of a paragraph may be set in, in heights of the line; more is another column or centred."""
SHORT_LINE = 0.12
"""Share of the column's width by which a paragraph's last line falls short."""

MAX_WORD = 60
"""Characters of the longest word: as much of a text is looked at for how it ends."""

_SENTENCE_ENDS = re.compile(r"[.!?:;。…][\"”’')\]»]*$")
_BULLET = re.compile(r"(?:[*•·‣▪■○□◆●]|[-–—](?=\s)|\(?\d{1,2}[.)]\s|\([a-z]\)\s)")
_HYPHEN = re.compile("(?<=[^\\W\\d_])[-\u00ad\u2010\ufffe\x02]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def paragraphs_of_lines(lines: Sequence[PdfLine]) -> list[str]:
    """The paragraphs that ``lines``, in reading order, were set from; words parted at line ends are whole again."""
    if not lines:
        return []
    words = frozenset(word.casefold() for line in lines for word in _WORD.findall(line.text))
    step = _usual_step(lines)
    columns = _columns(lines)
    out = [[lines[0].text]]
    for above, line in pairwise(lines):
        if _begins(above, line, step, columns):
            out.append([line.text])
        else:
            out[-1].append(line.text)
    return [_joined(pieces, words) for pieces in out]


def _usual_step(lines: Sequence[PdfLine]) -> float:
    """Points from a line to the next one below it, most often; 0 where no two stand so."""
    steps = [above.bottom - line.bottom for above, line in pairwise(lines) if _is_below(above, line)]
    return median(steps) if steps else 0.0


def _is_below(above: PdfLine, line: PdfLine) -> bool:
    """Whether ``line`` goes on under ``above``, in the same column."""
    overlap = min(above.right, line.right) - max(above.left, line.left)
    return above.page == line.page and line.height > 0 and line.bottom < above.bottom and overlap > 0


def _columns(lines: Sequence[PdfLine]) -> dict[tuple[int, int], float]:
    """How far right lines of a page reach that begin at about the same place."""
    reach: dict[tuple[int, int], float] = {}
    for line in lines:
        key = _column(line)
        reach[key] = max(reach.get(key, 0.0), line.right)
    return reach


def _column(line: PdfLine) -> tuple[int, int]:
    return line.page, round(line.left / 36)


def _begins(above: PdfLine, line: PdfLine, step: float, columns: dict[tuple[int, int], float]) -> bool:
    """Whether a paragraph begins with ``line``, the next one after ``above``."""
    ended = _SENTENCE_ENDS.search(above.text[-MAX_WORD:]) is not None
    if _BULLET.match(line.text):
        return True
    if above.height > 0 and line.height > 0 and abs(above.height - line.height) > OTHER_SIZE * above.height:
        return True
    if not _is_below(above, line):  # the next column or page, or nobody knows where
        return ended
    if step and above.bottom - line.bottom > WIDE_LEADING * step:
        return True
    low, high = INDENT
    if low * line.height < line.left - above.left < high * line.height:
        return True
    width = columns[_column(above)] - above.left
    return ended and above.right < columns[_column(above)] - SHORT_LINE * width


def _joined(pieces: Sequence[str], words: frozenset[str]) -> str:
    text = pieces[0]
    for piece in pieces[1:]:
        if _HYPHEN.search(text[-2:]) and piece[:1].isalpha():
            text = _mended(text, piece, words)
        elif _WIDE.match(piece) and _WIDE.search(text[-1]):
            text += piece
        else:
            text += " " + piece
    return text


def _mended(text: str, piece: str, words: frozenset[str]) -> str:
    """``text``, which ends with a hyphen, and ``piece`` behind it: a word parted, or a compound with its hyphen.

    The text's other words decide; where they do not know it, a small letter behind the hyphen means a parted word.
    """
    bare = text[:-1]
    before, after = _WORD.findall(bare[-MAX_WORD:])[-1].casefold(), _WORD.findall(piece)[0].casefold()
    compound = f"{before}-{after}" in words or (not piece[0].islower() and before + after not in words)
    return f"{bare}-{piece}" if compound and before + after not in words else bare + piece
