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
from rejoinder.read import Dispatcher, InputFailure, Unread
from rejoinder.records import Document, Problem
from rejoinder.store import Filed, Run, Store, coded_as
from rejoinder.text.sketch import sketch

__all__ = ["MOST", "Chunk", "Item", "Made", "Result", "Several", "chunks", "failed", "made", "make", "storable"]

CHARACTERS, MOST = 15_000, 32
"""A chunk is full with so many characters, or so many documents: some tenths of a second of work."""

TOGETHER = 10.0
"""Seconds that documents are worked on together, where there is a limit; longer, and each is worked on alone."""
AGAIN = 1.0
"""Seconds after which one that was told that its time is up, and did not hear, is told again."""

Item = Document | InputFailure | Unread


MARKUP = 8
"""Bytes of a page or file for a character of text, about."""


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


@dataclass(frozen=True, slots=True)
class Several:
    """What was made of a source that was read late, which may hold any number of documents."""

    each: tuple[Made | InputFailure, ...]


Result = Made | InputFailure | Several


def chunks(items: Iterable[Item], most: int = MOST) -> Iterator[Chunk]:
    """``items`` in order, at most ``most`` at a time; an exception of theirs comes after those before it."""
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
            size += _size(item)
        if some and (item is None or size >= CHARACTERS or len(some) == most):
            yield Chunk(number, tuple(some))
            some, size, number = [], 0, number + 1
        if item is None:
            return


def _size(item: Item) -> int:
    """About how many characters there are to work on."""
    if isinstance(item, Document):
        return len(item.text)
    return len(item.data) // MARKUP if isinstance(item, Unread) else 0


def make(
    tools: Tools,
    store: Store,
    items: Sequence[Item],
    limit: float | None = None,
    reader: Dispatcher | None = None,
    *,
    apart: bool = False,
) -> Iterator[Result]:
    """What becomes of ``items``, one by one. Only reads in ``store``, to pass over what it holds already.

    What they share is done together, unless they are to be kept ``apart``.

    ``limit`` are the seconds that one document may take: longer, and it fails (in a thread that is not the main one,
    and on Windows, there is no such limit). ``reader`` reads what was put off.
    """
    if apart:
        for item in items:
            yield from make(tools, store, (item,), limit, reader)
        return
    run = tools.run()
    read = [_read(item, reader) for item in items]
    wanted = _wanted(store, run, [one for each in read for one in each])
    new = [one for one in wanted if one is not None]
    if len(new) > 1:
        _ahead(tools, new, limit)
    plans = iter(wanted)
    for item, each in zip(items, read, strict=True):
        results = tuple(_result(tools, one, next(plans), limit) for one in each)
        yield Several(results) if isinstance(item, Unread) else results[0]


def _read(item: Item, reader: Dispatcher | None) -> list[Document | InputFailure]:
    if not isinstance(item, Unread):
        return [item]
    assert reader is not None, "whoever puts reading off names a reader"
    return list(map(storable, reader.read_now(item)))


def storable(item: Document | InputFailure) -> Document | InputFailure:
    """The item, or a failure in its place where SQLite cannot hold its text."""
    if isinstance(item, InputFailure):
        return item
    try:
        item.text.encode()
    except UnicodeEncodeError as error:
        message = f"half a character (a lone surrogate) stands at offset {error.start}. Repair the text's encoding."
        return InputFailure(item.origin or item.name, message)
    return item


def _wanted(store: Store, run: Run, items: Sequence[Document | InputFailure]) -> list[Document | None]:
    """The document to be coded for each item, with the earliest date known; None where there is nothing to do."""
    found: list[Document | None] = []
    seen: set[str] = set()
    with store.reading() as reading:
        for item in items:
            plan = None if isinstance(item, InputFailure) else reading.plan(item, run)
            wanted = None if plan is None or plan.current else plan.document
            if wanted is not None and coded_as(wanted, run) in seen:
                wanted = None  # the same text once more: what is made of the first will be kept by then
            elif wanted is not None:
                seen.add(coded_as(wanted, run))
            found.append(wanted)
    return found


def _result(
    tools: Tools, item: Document | InputFailure, wanted: Document | None, limit: float | None
) -> Made | InputFailure:
    if isinstance(item, InputFailure):
        return item
    return Made(item) if wanted is None else made(tools, item, wanted, limit)


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
        try:
            _disarm(before)
        except _LateError:  # in the last moment
            _disarm(before)


def _disarm(before: "signal._HANDLER") -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def _late(_number: int, _frame: FrameType | None) -> None:
    raise _LateError
