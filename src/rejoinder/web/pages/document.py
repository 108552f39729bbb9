"""``/doc/ID``: the article as it was read, its acts marked in place, and beside each paragraph what was found in it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rejoinder.book.article import Article
from rejoinder.book.reader import Reader
from rejoinder.book.results import spans_of
from rejoinder.draft import Paragraph
from rejoinder.records import Act, Problem
from rejoinder.web import citing
from rejoinder.web.asked import Asked
from rejoinder.web.marked import Mark, Piece, clip, marked
from rejoinder.web.page import Page, Route

__all__ = ["ROUTE", "Block", "Part", "blocks_of"]

_LINE = re.compile(r"[^\n]*\S[^\n]*")
T = TypeVar("T")

_LONG = 200
"""Acts from which on a browser draws only those paragraphs that are in sight."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph as it is laid out; ``start`` is the offset of the first character of its ``pieces``."""

    kind: str
    start: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Parts that stand on the same lines (a dateline and the story after it), with what begins in them.

    ``problems`` come with their number among those of the document.
    """

    parts: tuple[Part, ...]
    acts: tuple[Act, ...]
    problems: tuple[tuple[int, Problem], ...]


def _view(asked: Asked) -> Page:
    reader = Reader.of(asked.book, asked.coder)
    article = reader.article(asked.book, asked.place["document"])
    document = article.document
    data = {
        "article": article,
        "document": document,
        "blocks": blocks_of(article),
        "acts": {act.id: act for act in article.acts},
        "anchors": _anchors(article.acts),
        "words": {act.id: _words(act) for act in article.acts},
        "here": f"/doc/{document.id}",
        "blind": document.id in reader.blind,
        "long": len(article.acts) > _LONG,
        "unplaced": [problem for problem in article.problems if problem.span is None],
        "cited": citing.document_citation(document),
        "bibtex": citing.bibtex_of_document(document),
    }
    record = {
        "document": document,
        "sources": article.sources,
        "status": article.status,
        "paragraphs": article.paragraphs,
        "acts": list(article.acts),
        "links": article.links,
        "problems": article.problems,
    }
    title = document.title or document.name or f"Document {document.id}"
    return Page("doc.html", title, data, record, article.acts.to_dicts())


def blocks_of(article: Article) -> list[Block]:
    """The text from its first to its last word, block by block, with the acts and problems that begin in each."""
    text = article.document.text
    lines = list(_together(text, article.paragraphs or _plain(text)))
    bounds = [(line[0].start, line[-1].end) for line in lines]
    numbered = [(number, one) for number, one in enumerate(article.problems) if one.span is not None]
    marks = clip([*_act_marks(article.acts), *_problem_marks(numbered)], bounds)
    acts = _by_block([(act.span.start, act) for act in article.acts], bounds)
    problems = _by_block([(one.span.start, (number, one)) for number, one in numbered if one.span], bounds)
    return [
        Block(tuple(_parts(text, line, inside)), tuple(begun), tuple(puzzling))
        for line, inside, begun, puzzling in zip(lines, marks, acts, problems, strict=True)
    ]


def _plain(text: str) -> list[Paragraph]:
    """The lines of a text that could not be laid out."""
    return [Paragraph(found.start(), found.end()) for found in _LINE.finditer(text)]


def _together(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """``paragraphs``, those together that no line break parts."""
    line: list[Paragraph] = []
    for paragraph in paragraphs:
        if line and "\n" not in text[line[-1].end : paragraph.start]:
            line.append(paragraph)
        else:
            if line:
                yield line
            line = [paragraph]
    if line:
        yield line


def _parts(text: str, line: Sequence[Paragraph], marks: Sequence[Mark]) -> Iterator[Part]:
    ends = [*(one.start for one in line[1:]), line[-1].end]  # a blank between two parts goes with the first
    bounds = [(one.start, end) for one, end in zip(line, ends, strict=True)]
    for one, (start, end), inside in zip(line, bounds, clip(marks, bounds), strict=True):
        yield Part(one.kind, start, tuple(marked(text, inside, start, end)))


def _act_marks(acts: Iterable[Act]) -> Iterator[Mark]:
    for act in acts:
        yield Mark(act.span.start, act.span.end, "clause", act.id)
        yield Mark(act.trigger.start, act.trigger.end, "trigger", act.id)


def _problem_marks(problems: Iterable[tuple[int, Problem]]) -> Iterator[Mark]:
    for number, problem in problems:
        if problem.span is not None:
            yield Mark(problem.span.start, problem.span.end, "problem", str(number))


def _by_block(items: Iterable[tuple[int, T]], bounds: Sequence[tuple[int, int]]) -> list[list[T]]:
    """The items by the block in which they begin."""
    found: list[list[T]] = [[] for _ in bounds]
    starts = [start for start, _ in bounds]
    for start, item in items:
        if bounds:
            found[max(bisect_right(starts, start) - 1, 0)].append(item)
    return found


def _anchors(acts: Iterable[Act]) -> dict[str, str]:
    """The anchor at the clause of each act that is the first with this clause: "c903-934", by act id."""
    found: dict[str, str] = {}
    for act in acts:
        found.setdefault(f"c{act.span.start}-{act.span.end}", act.id)
    return {act: anchor for anchor, act in found.items()}


def _words(act: Act) -> str:
    """The words each field rests on, for the script that shows them: "actor 12-20 date 44-53"."""
    return " ".join(f"{name} {span.start}-{span.end}" for name, span in spans_of(act) if name not in ("act", "trigger"))


ROUTE = Route("/doc/{document}", _view)
