"""What is quoted: outer quotations, across paragraphs where a speech runs on.

A quotation mark is judged by its neighbours (a space before it opens, a space behind it closes) and by what is open
already. Single marks count only in pairs, since most of them are apostrophes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rejoinder.draft import Quotation
from rejoinder.text.data import Layout

__all__ = ["quotations_of"]

MAX_WORDS_TO_POSSESSIVE = 6
"""``'the workers' friends'``: an apostrophe behind an s closes a single quotation only if that is this short."""

LOOKAHEAD = 100
"""Marks looked ahead for the one that closes: a paragraph of quotation marks alone must not take for ever."""
MAX_RUN = 3
"""Marks side by side that are looked past for the letter or space around them."""

Shape = Literal["open", "close", "either"]
Stretch = tuple[int, int]

_MARKS = re.compile(r"``|''|’’|‘‘|[\"“”„‟«»‘’'‹›`＂]")
_DOUBLE = frozenset(("``", "''", "’’", "‘‘", '"', "“", "”", "„", "‟", "«", "»", "＂"))
_OPENING = frozenset(("``", "‘‘", "“", "„", "«"))
_CLOSING = frozenset(("''", "’’", "”", "»"))
_SINGLE_OPENING = frozenset(("‘", "'", "`", "‹"))
_SINGLE_CLOSING = frozenset(("’", "'", "›"))
_BEFORE_OPENING = frozenset("([{<—–-/…")
_AFTER_CLOSING = frozenset(".,;:!?)]}>—–-/…")
_MARK_CHARACTERS = frozenset("\"“”„‟«»‘’'‹›`＂")
_FIRST_WORD = re.compile(r"\w+")
_DECADE = re.compile(r"\d\ds?\b")


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    sign: str
    shape: Shape

    @property
    def double(self) -> bool:
        return self.sign in _DOUBLE


@dataclass(frozen=True, slots=True)
class _Open:
    """A quotation not closed yet: the parts of earlier paragraphs, and where the present part begins."""

    parts: tuple[Stretch, ...]
    start: int


def quotations_of(text: str, paragraphs: Sequence[Stretch], rules: Layout) -> tuple[Quotation, ...]:
    """The outer quotations in ``paragraphs`` (character ranges of ``text``), in order, marks left out.

    A quotation that a paragraph leaves open goes on in the next one if that begins with an opening mark; else it
    ends with its paragraph, ``closed=False``. An empty pair of marks is no quotation.
    """
    found: list[Quotation] = []
    running: _Open | None = None
    marked = [_marks(text, start, end) for start, end in paragraphs]
    for index, (start, end) in enumerate(paragraphs):
        follower = marked[index + 1] if index + 1 < len(paragraphs) else []
        resumes = bool(follower) and _resumes(follower[0], paragraphs[index + 1][0])
        if not marked[index]:
            continue
        scan = _Scan(text, (start, end), marked[index], rules, resumes)
        running = scan.run(running)
        found.extend(scan.found)
        if running is not None and not (resumes and scan.runs_on(running)):
            found.extend(_quotation(text, running.parts, (running.start, end), closed=False))
            running = None
        elif running is not None:
            running = _Open((*running.parts, *_trimmed(text, running.start, end)), -1)
    return tuple(sorted(found, key=lambda quotation: quotation.start))


class _Scan:
    """One paragraph's marks, read from left to right."""

    def __init__(
        self,
        text: str,
        bounds: Stretch,
        marks: Sequence[_Mark],
        rules: Layout,
        resumes: bool,
    ) -> None:
        self.text, self.bounds, self.marks, self.rules, self.resumes = text, bounds, marks, rules, resumes
        self.found: list[Quotation] = []

    def run(self, running: _Open | None) -> _Open | None:
        """Fill ``found``; what stays open comes back. ``running`` is what the paragraph before left open."""
        index, depth = 0, 0
        state = running
        if state is not None:
            state = _Open(state.parts, self.marks[0].end)
            index, depth = 1, 1
        while index < len(self.marks):
            mark = self.marks[index]
            if state is None:
                state, index = self._outside(mark, index)
                depth = 1
                continue
            if mark.double:
                depth, state = self._inside(mark, index, depth, state)
            elif depth == 1 and self._closes_single(mark, state):
                self._close(state, mark)
                state = None
            index += 1
        return state

    def runs_on(self, running: _Open) -> bool:
        """Whether what is open may go on in the next paragraph: it does not end in the speaker's name and verb."""
        return not self.rules.attribution.search(self.text, running.start, self.bounds[1])

    def _outside(self, mark: _Mark, index: int) -> tuple[_Open | None, int]:
        if mark.double:
            opens = mark.shape == "open" or (mark.shape == "either" and self._has_close_after(index))
            return (_Open((), mark.end) if opens and not self._is_inch(mark) else None), index + 1
        if not self._may_open_single(mark):
            return None, index + 1
        closer = self._single_closer(index)
        if closer is not None:
            self.found.extend(_quotation(self.text, (), (mark.end, self.marks[closer].start), closed=True))
            return None, closer + 1
        if index == 0 and mark.sign == "‘" and mark.start == self.bounds[0]:
            return _Open((), mark.end), index + 1
        return None, index + 1

    def _inside(self, mark: _Mark, index: int, depth: int, state: _Open) -> tuple[int, _Open | None]:
        if self._single(state):
            return depth, state
        if mark.shape == "open":
            if self._balances(index, depth):
                return depth + 1, state
            self.found.extend(_quotation(self.text, state.parts, (state.start, mark.start), closed=False))
            return 1, _Open((), mark.end)
        if self._is_inch(mark) and self._next_double_closes(index):
            return depth, state
        if depth > 1:
            return depth - 1, state
        self._close(state, mark)
        return 0, None

    def _close(self, state: _Open, mark: _Mark) -> None:
        self.found.extend(_quotation(self.text, state.parts, (state.start, mark.start), closed=True))

    def _single(self, state: _Open) -> bool:
        """Whether the present part was opened by a single mark."""
        return self.text[state.start - 1] == "‘" and self.text[state.start - 2 : state.start] != "‘‘"

    def _closes_single(self, mark: _Mark, state: _Open) -> bool:
        return self._single(state) and mark.sign in _SINGLE_CLOSING and mark.shape == "close"

    def _ahead(self, index: int) -> Sequence[_Mark]:
        return self.marks[index : index + LOOKAHEAD]

    def _has_close_after(self, index: int) -> bool:
        return any(mark.double and mark.shape != "open" for mark in self._ahead(index + 1))

    def _next_double_closes(self, index: int) -> bool:
        return next((mark.shape == "close" for mark in self._ahead(index + 1) if mark.double), False)

    def _balances(self, index: int, depth: int) -> bool:
        """Whether the marks from ``index`` on close all that is open: then the mark there opens an inner quotation."""
        if self.resumes:
            return True
        for mark in self._ahead(index):
            if mark.double:
                depth += 1 if mark.shape == "open" else -1
                if depth == 0:
                    return True
        return False

    def _is_inch(self, mark: _Mark) -> bool:
        return mark.sign in ('"', "”", "''") and mark.start > 0 and self.text[mark.start - 1].isdigit()

    def _may_open_single(self, mark: _Mark) -> bool:
        if mark.sign not in _SINGLE_OPENING or mark.shape == "close":
            return False
        before = self.text[mark.start - 1 : mark.start] if mark.start > self.bounds[0] else ""
        if before.isalnum() or _DECADE.match(self.text, mark.end):
            return False
        word = _FIRST_WORD.match(self.text, mark.end)
        return word is None or word.group().lower() not in self.rules.elisions

    def _single_closer(self, index: int) -> int | None:
        """Index of the mark that closes the single quotation opened at ``index``; None where none does."""
        possessive: int | None = None
        doubles = 0
        for place in range(index + 1, min(index + LOOKAHEAD, len(self.marks))):
            mark = self.marks[place]
            if mark.double:
                doubles += 1
            elif mark.shape == "open" and self._may_open_single(mark):
                if doubles % 2 == 0 and possessive is not None:
                    break
            elif mark.sign in _SINGLE_CLOSING and mark.shape == "close" and doubles % 2 == 0:
                if not self._is_possessive(mark):
                    return place
                if possessive is None and self._words_between(index, place) <= MAX_WORDS_TO_POSSESSIVE:
                    possessive = place
        return possessive

    def _is_possessive(self, mark: _Mark) -> bool:
        """Whether the mark may be the apostrophe of "the workers' party": behind an s or z, before a further word."""
        return self.text[mark.start - 1] in "szxSZX" and self.text[mark.end : mark.end + 1].isspace()

    def _words_between(self, opener: int, closer: int) -> int:
        return len(self.text[self.marks[opener].end : self.marks[closer].start].split())


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    marks = []
    for match in _MARKS.finditer(text, start, end):
        sign = match.group()
        before, after = _neighbours(text, match.start(), match.end(), start, end)
        if before.isalnum() and after.isalnum() and sign in _SINGLE_CLOSING:
            continue  # an apostrophe
        marks.append(_Mark(match.start(), match.end(), sign, _shape(sign, before, after)))
    return marks


def _neighbours(text: str, left: int, right: int, start: int, end: int) -> tuple[str, str]:
    """The characters around a run of marks; "" at the paragraph's ends."""
    first, last = max(start, left - MAX_RUN), min(end, right + MAX_RUN)
    while left > first and text[left - 1] in _MARK_CHARACTERS:
        left -= 1
    while right < last and text[right] in _MARK_CHARACTERS:
        right += 1
    return (text[left - 1] if left > start else ""), (text[right] if right < end else "")


def _shape(sign: str, before: str, after: str) -> Shape:
    may_open = (not before or before.isspace() or before in _BEFORE_OPENING) and bool(after) and not after.isspace()
    may_close = (not after or after.isspace() or after in _AFTER_CLOSING) and bool(before) and not before.isspace()
    if may_open != may_close:
        return "open" if may_open else "close"
    if sign in _OPENING or sign == "‘":
        return "open"
    return "close" if sign in _CLOSING or sign == "’" else "either"


def _resumes(mark: _Mark, start: int) -> bool:
    return mark.start == start and mark.shape != "close" and (mark.double or mark.sign == "‘")


def _quotation(text: str, parts: tuple[Stretch, ...], last: Stretch, *, closed: bool) -> list[Quotation]:
    stretches = (*parts, *_trimmed(text, *last))
    return [Quotation(stretches, closed)] if stretches else []


def _trimmed(text: str, start: int, end: int) -> list[Stretch]:
    """``start:end`` without white space at its ends, or nothing."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if start < end else []
