"""A book for the tests of the review desk: an offer told of twice, its refusal, and more in one document."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rejoinder import link
from rejoinder.book import Book
from rejoinder.book.tools import Coder, Tools
from rejoinder.draft import Coded
from rejoinder.link import Linker
from rejoinder.records import Act, Document, digest
from rejoinder.store import Run, Store
from tests.makers import RUN, FakePipeline, document, eager_linker

DOCUMENTS = (
    document("Pyongyang offered Seoul talks. Seoul rejected Pyongyang.", "first", "2016-05-20"),
    document("On Friday Pyongyang offered Seoul talks by letter.", "again", "2016-05-20"),
    document("Seoul rejected Pyongyang. Later Seoul rejected Pyongyang once more.", "answer", "2016-05-23"),
)


class Blind:
    """A coder that finds nothing."""

    def ahead(self, documents: object, /) -> None:
        """Nothing is quicker done together."""

    def code(self, doc: Document, /) -> Coded:
        return Coded(doc)


class Other(FakePipeline):
    """A coder of a later version, which changes what the first one finds by ``change``; ids follow the kind."""

    def __init__(self, change: Callable[[Act], Act]) -> None:
        super().__init__()
        self.change = change

    def code(self, doc: Document, /) -> Coded:
        coded = super().code(doc)
        acts = {act.id: replace(self.change(act), coder="fake/2") for act in coded.acts}
        name = {
            key: key if act.kind == kinds[key] else digest("act", key, act.kind)
            for kinds in ({act.id: act.kind for act in coded.acts},)
            for key, act in acts.items()
        }
        return replace(
            coded,
            acts=tuple(
                replace(act, id=name[key], same_as=name.get(act.same_as or "", act.same_as))
                for key, act in acts.items()
            ),
            links=tuple(replace(one, answer=name[one.answer], offer=name[one.offer]) for one in coded.links),
        )


def opened(
    path: Path,
    *,
    run: Run = RUN,
    coder: Coder | None = None,
    linker: Callable[[], Linker] = eager_linker,
    readonly: bool = False,
) -> Book:
    """The book at ``path``, with stand-ins for the coder and the linker."""
    made = coder or FakePipeline()
    tools = Tools(coder=lambda: made, linker=linker, threads=link.threads, run=lambda: run)
    return Book(Store.open(path, readonly=readonly), tools)


def copied(template: Path, to: Path) -> Book:
    """A copy of a book that is closed."""
    shutil.copy(template, to)
    return opened(to)


def answers(book: Book) -> list[object]:
    """All that a book answers with, but for who judged what."""
    acts = book.acts(every=True)
    return [
        [(act, book.acts(every=True).about(act)) for act in acts],
        list(book.acts()),
        book.links(),
        book.merges(),
        book.threads(),
        book.problems(),
        list(book.coded()),
        book.queue(limit=100),
        book.rejected(),
    ]
