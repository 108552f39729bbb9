"""Paragraphs and what each of them is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.draft import Paragraph
from rejoinder.text.data import Kind, Layout
from rejoinder.text.headline import glued_at, is_headline
from rejoinder.text.lines import Line, joined, lines_of

__all__ = ["paragraphs_of"]

TAIL = 320
"""Characters at the end of a paragraph in which glued furniture is looked for."""
MAX_DECK_LINES = 2
"""Further lines of a headline, directly under it."""
_SENTENCE_END = re.compile(r"""(?:(?<=\w\w)\.|[!?…"”)\]]\.?)\s*(?=\S)""")  # not the one of "U.S."
DATELINE = re.compile(
    r"(?=[A-Z]{3}|[^\n]{3,60}\()"  # a place in capitals, or an agency in brackets
    r"[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){0,3}(?:, [A-Z][\w.'’ -]{1,25}?)?"  # place, country
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?"  # day
    r"(?: ?\([A-Z][A-Za-z ./-]{1,30}\))?"  # agency
    r" ?(?:--|[—–]|(?<=[\s)])-) (?=\S)"
)
_BYLINE_IN_HEAD = re.compile(r"\s(?=(?:By|BY)\s[A-Z])")


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    gap: bool
    kind: Kind | None = None


def paragraphs_of(text: str, title: str | None, rules: Layout) -> tuple[Paragraph, ...]:
    """The paragraphs of ``text``, in order, disjoint, none of its visible characters left out."""
    lines = lines_of(text)
    under_title = lines[1] if len(lines) > 1 and title and _words(text, lines[0]) == title.strip() else None

    def apart(line: Line) -> bool:
        return line is under_title or rules.kind_of(_words(text, line)) is not None

    pieces: list[_Piece] = []
    for line in joined(text, lines, apart):
        pieces.extend(_pieces(text, line, rules, title if not pieces else None, head=not _has_story(pieces)))
    return tuple(_with_kinds(text, pieces, rules))


def _words(text: str, line: Line) -> str:
    return text[line.start : line.end]


def _has_story(pieces: list[_Piece]) -> bool:
    return any(piece.kind is None for piece in pieces)


def _pieces(text: str, line: Line, rules: Layout, title: str | None, *, head: bool) -> Iterator[_Piece]:
    """``line`` cut into headline and lead where they are glued, and into story and trailing furniture."""
    kind = rules.kind_of(_words(text, line))
    if kind is not None:
        yield _Piece(line.start, line.end, line.gap, kind)
        return
    start, gap = line.start, line.gap
    offset = glued_at(_words(text, line), title, rules) if head else None
    if offset is not None:
        yield from _heads(text, Line(line.start, _rstrip(text, line.start, line.start + offset), gap), rules)
        start, gap = line.start + offset, False
    yield from _without_tails(text, Line(start, line.end, gap), rules)


def _heads(text: str, line: Line, rules: Layout) -> Iterator[_Piece]:
    """A glued headline, with the writer's name behind it cut off ("... talks By JANE DOE")."""
    for match in _BYLINE_IN_HEAD.finditer(text, line.start, line.end):
        if rules.kind_of(text[match.end() : line.end]) == "byline":
            yield _Piece(line.start, _rstrip(text, line.start, match.start()), line.gap)
            yield _Piece(match.end(), line.end, False, "byline")
            return
    yield _Piece(line.start, line.end, line.gap, rules.kind_of(_words(text, line)))


def _without_tails(text: str, line: Line, rules: Layout) -> list[_Piece]:
    """``line``, which is no furniture as a whole, without what is glued behind its last sentences."""
    tails: list[_Piece] = []
    end, kind = line.end, None
    while kind is None and (tail := _tail(text, line.start, end, rules)):
        tails.append(tail)
        end = _rstrip(text, line.start, tail.start)
        kind = rules.kind_of(text[line.start : end])
    return [_Piece(line.start, end, line.gap, kind), *reversed(tails)]


def _tail(text: str, start: int, end: int, rules: Layout) -> _Piece | None:
    for match in _SENTENCE_END.finditer(text, max(start, end - TAIL), end):
        kind = rules.kind_of_tail(text, match.end(), end)
        if kind is not None:
            return _Piece(match.end(), end, False, kind)
    return None


def _with_kinds(text: str, pieces: list[_Piece], rules: Layout) -> Iterator[Paragraph]:
    story = [index for index, piece in enumerate(pieces) if piece.kind is None]
    headlines = _headlines(text, pieces, story)
    captions = _captions(text, pieces, [index for index in story if index not in headlines], rules) if headlines else []
    for index, piece in enumerate(pieces):
        if index in headlines:
            yield Paragraph(piece.start, piece.end, "headline")
        elif index in captions:
            yield Paragraph(piece.start, piece.end, "caption")
        else:
            yield from _story(text, piece)


def _story(text: str, piece: _Piece) -> Iterator[Paragraph]:
    """A piece of story or furniture; a dateline before the story is a paragraph of its own, so that none codes it."""
    start = piece.start
    dateline = DATELINE.match(text, start, piece.end) if piece.kind is None else None
    if dateline is not None:
        yield Paragraph(start, start + len(dateline.group().rstrip()), "dateline")
        start = dateline.end()
    yield Paragraph(start, piece.end, piece.kind or "body")


def _headlines(text: str, pieces: list[_Piece], story: list[int]) -> list[int]:
    """Indices of the first story pieces that are headline: the first, and lines of the same block under it."""
    found: list[int] = []
    for place, index in enumerate(story[:-1][: 1 + MAX_DECK_LINES]):
        piece, below = pieces[index], story[place + 1 : place + 2 + MAX_DECK_LINES]
        if found and (piece.gap or not pieces[below[0]].gap):
            break
        body = next((pieces[one] for one in below if pieces[one].gap), pieces[below[0]])
        if not is_headline(text[piece.start : piece.end], text[body.start : body.end]):
            break
        found.append(index)
    return found


def _captions(text: str, pieces: list[_Piece], below: list[int], rules: Layout) -> list[int]:
    """Indices of the pieces between headline and lead that describe a picture. The lead itself stays."""
    found: list[int] = []
    for index in below[:-1]:
        piece = pieces[index]
        if not rules.below_headline.fullmatch(text, piece.start, piece.end):
            break
        found.append(index)
    return found


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
