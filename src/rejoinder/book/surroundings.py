"""An act in the text that tells of it: the paragraphs around it, cut into pieces that each rest under some fields."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rejoinder.records import Act, Span

__all__ = ["Passage", "Piece", "marks", "passages"]

_BLANK = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")
"""What parts paragraphs, where a text has blank lines."""
_LINE = re.compile(r"\s*\n\s*")
_LONG = 1600
"""Characters of a paragraph without line breaks that are shown at most on either side of the act."""
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the document from the offset ``start`` on, and the names of the fields that rest on them."""

    text: str
    start: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or what is shown of it: ``document.text[start:end]``, in pieces."""

    start: int
    end: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


def marks(act: Act) -> tuple[tuple[str, Span], ...]:
    """The words that each field of ``act`` rests on, by the field's name: the clause is "act"."""
    sides = (("actor", act.actor), ("target", act.target), ("speaker", act.voice.speaker))
    named = [("act", act.span), ("trigger", act.trigger)]
    named += [(name, side.span) for name, side in sides if side is not None and side.span is not None]
    if act.when.said is not None:
        named.append(("date", act.when.said))
    named += [("conditions", span) for span in act.conditions]
    known = {name for name, _ in named}
    named += [(name, span) for name, span in act.evidence if name not in known]
    return tuple(named)


def passages(
    text: str, marked: Sequence[tuple[str, Span]], *, around: int | None = 1, centre: Span | None = None
) -> tuple[Passage, ...]:
    """The paragraphs of ``text`` that hold ``centre`` (default: the first mark), and ``around`` more on either side.

    With ``around`` None all of them. Every character of a paragraph is in exactly one of its pieces.
    """
    middle = centre or (marked[0][1] if marked else None)
    bounds = _paragraphs(text)
    if around is not None and middle is not None:
        inside = [at for at, (start, end) in enumerate(bounds) if start < middle.end and middle.start < end]
        if inside:
            bounds = bounds[max(0, inside[0] - around) : inside[-1] + around + 1]
        bounds = [_near(text, bound, middle) for bound in bounds]
    return tuple(Passage(start, end, _pieces(text, start, end, marked)) for start, end in bounds)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    breaks = _BLANK if _BLANK.search(text.strip()) else _LINE
    bounds, start = [], 0
    for found in breaks.finditer(text):
        bounds.append((start, found.start()))
        start = found.end()
    bounds.append((start, len(text)))
    return [(first, last) for first, last in bounds if text[first:last].strip()]


def _near(text: str, bound: tuple[int, int], middle: Span) -> tuple[int, int]:
    """``bound``, less what lies far from ``middle``, at the end of a sentence where there is one."""
    start, end = bound
    first, last = max(start, min(middle.start, end) - _LONG), min(end, max(middle.end, start) + _LONG)
    if first > start:
        after = _SENTENCE.search(text, first, max(first, min(middle.start, end)))
        first = after.end() if after else first
    if last < end:
        ends = list(_SENTENCE.finditer(text, max(middle.end, start), last))
        last = ends[-1].start() if ends else last
    return first, last


def _pieces(text: str, start: int, end: int, marked: Iterable[tuple[str, Span]]) -> tuple[Piece, ...]:
    here = [(name, max(start, span.start), min(end, span.end)) for name, span in marked]
    here = [(name, first, last) for name, first, last in here if first < last]
    cuts = sorted({start, end, *(first for _, first, _ in here), *(last for _, _, last in here)})
    return tuple(
        Piece(text[first:last], first, tuple(dict.fromkeys(name for name, a, b in here if a <= first and last <= b)))
        for first, last in pairwise(cuts)
    )
