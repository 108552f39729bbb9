"""The part of coding that needs no right to write: one process may do it, or many, in any order.

Documents are handed out in chunks, whose borders depend on the documents alone.
"""

import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from rejoinder.book.comparing import filings
from rejoinder.book.tools import Tools
from rejoinder.draft import Coded
from rejoinder.read import InputFailure
from rejoinder.records import Document, Problem
from rejoinder.store import Filed, Run, Store, coded_as
from rejoinder.text.sketch import sketch

__all__ = ["Chunk", "Item", "Made", "chunks", "failed", "made", "make"]

CHARACTERS, MOST = 15_000, 32
"""A chunk is full with so many characters, or so many documents: some tenths of a second of work."""

TOGETHER = 10.0
"""Seconds that documents are worked on together, where there is a limit; longer, and each is worked on alone."""
AGAIN = 1.0
"""Seconds after which one that was told that its time is up, and did not hear, is told again."""

Item = Document | InputFailure


@dataclass(frozen=True, slots=True)
class Chunk:
    """Documents that are worked on together, unless ``apart``; ``number`` counts from 0."""

    number: int
    items: tuple[Item, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one document. ``coded`` is None where the book holds it as it would be coded."""

    source: Document
    coded: Coded | None = None
    sketch: bytes | None = None
    filed: tuple[Filed, ...] = ()


def chunks(items: Iterable[Item]) -> Iterator[Chunk]:
    """``items`` in order, some at a time; where these end with an exception, it comes after those before it."""
    rest = iter(items)
    some: list[Item] = []
    number = size = 0
    while True:
        try:
            item = next(rest, None)
        except BaseException:  # whoever reads was interrupted: what was read before is not lost
            if some:
                yield Chunk(number, tuple(some))
            raise
        if item is not None:
            some.append(item)
            size += len(item.text) if isinstance(item, Document) else 0
        if some and (item is None or size >= CHARACTERS or len(some) == MOST):
            yield Chunk(number, tuple(some))
            some, size, number = [], 0, number + 1
        if item is None:
            return


def make(
    tools: Tools, store: Store, items: Sequence[Item], limit: float | None = None, *, apart: bool = False
) -> Iterator[Made | InputFailure]:
    """What becomes of ``items``, one by one. Only reads in ``store``, to pass over what it holds already.

    What they share is done together, unless they are to be kept ``apart``.

    ``limit`` are the seconds that one document may take: longer, and it fails (in a thread that is not the main one,
    and on Windows, there is no such limit).
    """
    run = tools.run()
    wanted = [_wanted(store, run, item) for item in items]
    first = {coded_as(one, run): place for place, one in reversed([*enumerate(wanted)]) if one is not None}
    wanted = [one if one and first[coded_as(one, run)] == place else None for place, one in enumerate(wanted)]
    new = [one for one in wanted if isinstance(one, Document)]
    if len(new) > 1 and not apart:
        _ahead(tools, new, limit)
    for item, one in zip(items, wanted, strict=True):
        if isinstance(item, InputFailure):
            yield item
        elif isinstance(one, Document):
            yield made(tools, item, one, limit)
        else:
            yield Made(item)


def _wanted(store: Store, run: Run, item: Item) -> Document | None:
    """The document to be coded for ``item``, with the earliest date known; None where there is nothing to do."""
    if isinstance(item, InputFailure):
        return None
    with store.reading() as reading:
        plan = reading.plan(item, run)
    return None if plan.current else plan.document


def _ahead(tools: Tools, documents: Sequence[Document], limit: float | None) -> None:
    coder = tools.coder()
    # one that fails, or takes too long, does so again alone, and is told of then
    with suppress(Exception, _LateError), _limited(None if limit is None else min(limit, TOGETHER)):
        coder.ahead(documents)


def made(tools: Tools, source: Document, document: Document, limit: float | None = None) -> Made:
    """``source`` with what ``document``, the same text with the date to go by, is coded to."""
    coder = tools.coder()  # loading takes its time, and none of the document's
    try:
        with _limited(limit):
            coded = coder.code(document)
    except _LateError:
        return failed(source, document, "TIMED_OUT", f"Coding took longer than {limit:g} seconds and was given up.")
    except Exception as error:
        error.add_note(f"while working on {document.origin or document.name}")
        raise
    filed = filings(tools.linker(), coded.acts, {document.id: document.published})
    # what could not be coded tells of nothing, and may be too long to be laid out
    sketched = None if coded.status == "failed" else sketch(document.text)
    return Made(source, coded, sketched, tuple(filed))


def failed(source: Document, document: Document, code: str, message: str) -> Made:
    """``source`` as one that could not be coded this time."""
    problem = Problem(document.id, "coding", code, f"{message} The next run tries it again.")
    return Made(source, Coded(document, problems=(problem,), status="failed"))


class _LateError(BaseException):
    """The time is up. Not an Exception: what guards a stage against faults of the text must let it pass."""


@contextmanager
def _limited(seconds: float | None) -> Iterator[None]:
    if seconds is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _late)
    try:
        # told again: an exception in a callback from elsewhere is swallowed
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _late(_number: int, _frame: FrameType | None) -> None:
    raise _LateError
