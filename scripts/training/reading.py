"""Documents as the act stages see them."""

from collections.abc import Iterable, Iterator

from rejoinder.draft import Draft
from rejoinder.pipeline import reading_stages
from rejoinder.records import Document

__all__ = ["read_drafts"]


def read_drafts(documents: Iterable[Document]) -> Iterator[Draft]:
    """Take each document through the package's own reading stages, one after the other."""
    stages = reading_stages()
    for document in documents:
        draft = Draft(document)
        for stage in stages:
            draft = stage.run(draft)
        yield draft
