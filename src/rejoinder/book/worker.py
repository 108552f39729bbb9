"""A process that codes documents for another, spoken to over its pipes.

It is told once how to code and which book to pass over what in, then given chunks; it answers item by item. It ends
with its standard input. Messages are pickled; both ends are this program.
"""

import datetime as dt
import gc
import os
import pickle
import queue
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import BinaryIO

from rejoinder.book.tasks import Chunk, Result, make
from rejoinder.book.tools import Coder, Coding, Tools, tools_of
from rejoinder.read import Settings, dispatcher
from rejoinder.store import Store

__all__ = ["Answer", "Fault", "Loading", "Order", "Ready", "main"]


@dataclass(frozen=True, slots=True)
class Order:
    """How to code, into which book (which the worker only reads), and the seconds one document may take.

    ``settings`` and ``published`` say how to read what was not read yet.
    """

    coding: Coding
    book: Path
    limit: float | None = None
    settings: Settings = field(default_factory=Settings)
    published: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker can work: said at first, and again when the models are ``loaded``."""

    loaded: bool = False


@dataclass(frozen=True, slots=True)
class Loading:
    """The models are loaded now, for the first document that is to be coded; never where there is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of the next item of the chunk ``number``."""

    number: int
    made: Result


@dataclass(frozen=True, slots=True)
class Fault:
    """The last answer: an exception, as it would be raised where one process does all."""

    error: Exception


def main() -> int:
    """Work until there is no more to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends the others
    orders, answers = sys.stdin.buffer, _own_output()
    try:
        order: Order = pickle.load(orders)  # noqa: S301 - from the process that started this one
    except EOFError:
        return 1
    chunks: queue.SimpleQueue[Chunk | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders, chunks), daemon=True).start()
    try:
        _work(order, chunks, answers)
    except BrokenPipeError:  # whoever gave the orders is gone
        os._exit(1)
    except Exception as error:  # noqa: BLE001 - passed on
        with suppress(OSError):
            _say(answers, Fault(_portable(error)))
        return 1
    return 0


def _work(order: Order, chunks: "queue.SimpleQueue[Chunk | None]", answers: BinaryIO) -> None:
    tools = _loading_late(tools_of(order.coding), answers)
    store, reader = Store.open(order.book, readonly=True), dispatcher(order.published, order.settings)
    _say(answers, Ready())
    while (chunk := chunks.get()) is not None:
        for made in make(tools, store, chunk.items, order.limit, reader, apart=chunk.apart):
            _say(answers, Answer(chunk.number, made))


def _loading_late(tools: Tools, answers: BinaryIO) -> Tools:
    """``tools`` that say when they have loaded all that coding takes, the first time that it is needed."""

    @cache
    def coder() -> Coder:
        _say(answers, Loading())
        loaded = tools.coder()
        tools.linker()
        gc.collect()
        gc.freeze()  # models and word lists stay to the end: not to be looked through again and again
        _say(answers, Ready(loaded=True))
        return loaded

    return replace(tools, coder=coder)


def _listen(orders: BinaryIO, chunks: "queue.SimpleQueue[Chunk | None]") -> None:
    """Pass on what there is to do. When whoever gives the orders is gone, nobody waits for what is being done."""
    try:
        while True:
            chunk: Chunk | None = pickle.load(orders)  # noqa: S301 - as above
            chunks.put(chunk)
            if chunk is None:
                return
    except Exception:  # noqa: BLE001 - the pipe is closed, perhaps in the middle of a word
        os._exit(1)


def _say(answers: BinaryIO, message: Ready | Loading | Answer | Fault) -> None:
    pickle.dump(message, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _portable(error: Exception) -> Exception:
    """``error``, or what it says where it cannot be told to another process."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    except Exception:  # noqa: BLE001 - an exception may hold anything
        told = RuntimeError(f"{type(error).__name__}: {error}")
        for note in getattr(error, "__notes__", ()):
            told.add_note(note)
        return told
    return error


def _own_output() -> BinaryIO:
    """The pipe for answers; whatever else is printed goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    elsewhere = sys.stderr.fileno() if sys.stderr else os.open(os.devnull, os.O_WRONLY)
    os.dup2(elsewhere, sys.stdout.fileno())
    return answers
