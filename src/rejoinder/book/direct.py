"""Coding one text without a book: nothing is kept, nothing written."""

import datetime as dt
from functools import cache

from rejoinder.book.asked import published_day, score_of
from rejoinder.draft import Coded
from rejoinder.pipeline import Pipeline, load_pipeline
from rejoinder.records import Document

__all__ = ["code", "loaded"]


def code(
    text: str,
    *,
    published: dt.date | str | None = None,
    name: str = "",
    title: str | None = None,
    pipeline: str | None = None,
    min_score: float | None = None,
) -> Coded:
    """The acts, links and problems of ``text``.

    ``published`` is its publication day ("2016-05-20"), on which relative dates rest; without it they stay open and a
    Problem says so. ``pipeline`` names another installed spaCy pipeline; acts less probable than ``min_score`` are left
    out. Nothing is passed over by the gate. The first call loads the parser, which takes some seconds.

    Raises BadDate, UnknownPipeline or UsageError for arguments that are impossible, never for a fault of the text.
    """
    document = Document(text, name=name, title=title, published=published_day(published))
    return loaded(pipeline, score_of(min_score)).code(document)


@cache
def loaded(parser: str | None, floor: float | None, *, gate: bool = False) -> Pipeline:
    """The pipeline of these settings; a process loads it once. Raises UnknownPipeline."""
    return load_pipeline(parser, floor, gate=gate)
