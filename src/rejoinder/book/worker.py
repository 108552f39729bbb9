"""A process that codes documents for another, spoken to over its pipes.

It is told once how to code and which book to pass over what in, then given chunks; it answers item by item. It ends
with its standard input. Messages are pickled; both ends are this program.
"""

import datetime as dt
import gc
import os
import pickle
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from rejoinder.book.tasks import Chunk, Result, make
from rejoinder.book.tools import Coding, tools_of
from rejoinder.read import Settings, dispatcher
from rejoinder.store import Store

__all__ = ["Answer", "Order", "Ready", "main"]


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
    """The first answer: the models are loaded."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of the next item of the chunk ``number``."""

    number: int
    made: Result


def main() -> int:
    """Work until there is no more to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the first one ends the others
    orders, answers = sys.stdin.buffer, _own_output()
    try:
        order: Order = pickle.load(orders)  # noqa: S301 - from the process that started this one
        tools = tools_of(order.coding)
        tools.coder()
        gc.collect()
        gc.freeze()  # models and word lists stay to the end: not to be looked through again and again
        store, reader = Store.open(order.book, readonly=True), dispatcher(order.published, order.settings)
        _say(answers, Ready())
        while (chunk := _next(orders)) is not None:
            for made in make(tools, store, chunk.items, order.limit, reader):
                _say(answers, Answer(chunk.number, made))
    except (EOFError, BrokenPipeError):  # whoever gave the orders is gone
        return 1
    return 0


def _say(answers: BinaryIO, message: Ready | Answer) -> None:
    pickle.dump(message, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _next(orders: BinaryIO) -> Chunk | None:
    chunk: Chunk | None = pickle.load(orders)  # noqa: S301 - as above
    return chunk


def _own_output() -> BinaryIO:
    """The pipe for answers; whatever else is printed goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers
