"""Who works on the chunks: this process alone, or several others. What comes out is the same, in the same order."""

import math
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from rejoinder.book.tasks import Chunk, Item, Made, Result, failed, make
from rejoinder.book.tools import Tools
from rejoinder.book.worker import Answer, Fault, Loading, Order, Ready
from rejoinder.errors import RejoinderError
from rejoinder.read import InputFailure, Unread
from rejoinder.records import Document
from rejoinder.store import Store

__all__ = ["Alone", "Crew", "Workers"]

WAITING = 2
"""Chunks in the hands of one worker: the one it works on, and the next."""
AHEAD = 4
"""Chunks for each worker that may be done before an earlier one is: what bounds the memory."""
_WORK = "from rejoinder.book.worker import main; raise SystemExit(main())"
GRACE = 30.0
"""Seconds past its time after which a worker that does not stop by itself is stopped."""
START = 120.0
"""Seconds a worker may take to start, and again to load its models."""
CALM = 0.5
"""Seconds between looks at who is late."""

Results = list[Result]
Message = Ready | Loading | Answer | Fault | None
"""What is heard of a worker; None: that it has ended."""


class Crew(Protocol):
    """Works on chunks."""

    def __call__(self, chunks: Iterable[Chunk], /) -> Generator[Results, None, None]:
        """What was made of each chunk, in the order they were given; chunks are taken as they are needed.

        Closing it ends all work.
        """
        ...


@dataclass(frozen=True, slots=True)
class Alone:
    """The present process. ``limit`` are the seconds that one document may take."""

    tools: Tools
    store: Store
    limit: float | None = None

    def __call__(self, chunks: Iterable[Chunk]) -> Generator[Results, None, None]:
        """What was made of each chunk."""
        for chunk in chunks:
            yield list(make(self.tools, self.store, chunk.items, self.limit, apart=chunk.apart))


@dataclass(slots=True, eq=False)
class _Hand:
    """One worker process, and the chunks it was given.

    ``since``: when it last gave a sign of life; ``ready``: it is neither
    starting nor loading its models.
    """

    process: "subprocess.Popen[bytes]"
    orders: "queue.SimpleQueue[Chunk | None]"
    chunks: deque[Chunk] = field(default_factory=deque)
    since: float = field(default_factory=time.monotonic)
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Workers:
    """So many processes, each with a model of its own. One that dies or hangs is replaced, and its document fails.

    Where the input ends with an exception, or a worker meets one, what came before is given out first.
    """

    jobs: int
    order: Order
    command: tuple[str, ...] = (sys.executable, "-P", "-c", _WORK)
    """-P: what lies in the folder one works in is none of its modules."""

    def __call__(self, chunks: Iterable[Chunk]) -> Generator[Results, None, None]:
        """What was made of each chunk, in their order. Raises RejoinderError where no worker can be started."""
        shop = _Shop(self)
        try:
            yield from shop.run(iter(chunks))
        finally:
            shop.close()


class _Shop:
    """The workers of one run."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._heard: queue.SimpleQueue[tuple[_Hand, Message]] = queue.SimpleQueue()
        self._hands: list[_Hand] = []
        self._results: dict[int, Results] = {}
        """What is done of each chunk that was begun and not yet given out."""
        self._to_do: deque[Chunk] = deque()
        """What a worker left undone when it ended, else the next new chunk."""
        self._looked = time.monotonic()
        self._early = 0
        """Workers in succession that ended before they were ready."""
        self._cut_short: BaseException | None = None
        """What the input ended with."""
        self._faults: dict[int, Exception] = {}
        """What work on a chunk ended with."""

    def run(self, chunks: Iterator[Chunk]) -> Iterator[Results]:
        under_way: deque[Chunk] = deque()
        while True:
            self._hand_out(chunks, under_way)
            if not under_way:
                break
            first = under_way[0]
            while len(self._results[first.number]) < len(first.items):
                if first.number in self._faults:
                    raise self._faults[first.number]
                self._listen()
                self._hand_out(chunks, under_way)
            yield self._results.pop(under_way.popleft().number)
        if self._cut_short is not None:
            raise self._cut_short

    def close(self) -> None:
        for hand in self._hands:
            hand.orders.put(None)
            hand.process.kill()
        for hand in self._hands:
            hand.process.wait()

    def _hand_out(self, chunks: Iterator[Chunk], under_way: deque[Chunk]) -> None:
        """Give all who can take it something to do."""
        while self._waiting(chunks, under_way) and (hand := self._free()) is not None:
            chunk = self._to_do.popleft()
            if not hand.chunks:
                hand.since = time.monotonic()
            hand.chunks.append(chunk)
            hand.orders.put(chunk)

    def _waiting(self, chunks: Iterator[Chunk], under_way: deque[Chunk]) -> bool:
        """Whether there is a chunk to be done; a new one is taken unless too many are under way."""
        over = self._cut_short is not None or bool(self._faults)
        if not over and not self._to_do and len(under_way) < AHEAD * self._workers.jobs:
            new = self._next(chunks)
            if new is not None:
                under_way.append(new)
                self._results[new.number] = []
                self._to_do.append(new)
        return bool(self._to_do)

    def _next(self, chunks: Iterator[Chunk]) -> Chunk | None:
        try:
            return next(chunks, None)
        except BaseException as error:  # noqa: BLE001 - raised when all before it is done
            self._cut_short = error
            return None

    def _free(self) -> _Hand | None:
        """The worker with least to do, if it can take one chunk more; a new one while there are not yet enough.

        Where some ended before they were ready, there may be no room for as many as were wanted.
        """
        hand = min(self._hands, key=lambda one: len(one.chunks), default=None)
        if len(self._hands) < max(1, self._workers.jobs - self._early) and (hand is None or hand.chunks):
            hand = self._engage()
        return hand if hand is not None and len(hand.chunks) < WAITING else None

    def _engage(self) -> _Hand:
        workers = self._workers
        environment = {**os.environ, **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")}
        environment["PYTHONPATH"] = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        try:
            process = subprocess.Popen(  # noqa: S603 - this very program
                workers.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
                start_new_session=True,  # Ctrl-C is for the one that gives the orders
            )
        except OSError as error:
            raise RejoinderError(f"No process could be started to code with ({error}). Run with fewer jobs.") from error
        hand = _Hand(process, queue.SimpleQueue())
        threading.Thread(target=_tell, args=(hand, workers.order), daemon=True).start()
        threading.Thread(target=_hear, args=(hand, self._heard), daemon=True).start()
        self._hands.append(hand)
        return hand

    def _listen(self) -> None:
        """Wait for one message, or until it is time to look who is late."""
        if time.monotonic() - self._looked > CALM:
            self._look_after()
        try:
            hand, message = self._heard.get(timeout=CALM)
        except queue.Empty:
            return
        if hand not in self._hands:  # the last words of one that was stopped
            return
        hand.since = time.monotonic()
        if message is None:
            self._lose(hand, "CODER_DIED", "The process that worked on it ended without a word (out of memory?).")
        elif isinstance(message, Answer):
            self._note(hand, message.made)
        elif isinstance(message, Fault):
            self._faults[hand.chunks.popleft().number] = message.error
            self._dismiss(hand)
        elif isinstance(message, Loading):
            hand.ready = False
        else:
            hand.ready = True
            self._early = 0 if message.loaded else self._early

    def _note(self, hand: _Hand, made: Result) -> None:
        """Put what was made of the next item of the chunk that ``hand`` is at with the rest of the chunk."""
        chunk = hand.chunks.popleft()
        self._results[chunk.number].append(made)
        if chunk.items[1:]:
            hand.chunks.appendleft(Chunk(chunk.number, chunk.items[1:], apart=True))

    def _look_after(self) -> None:
        """Part with those who are late. What time this process itself was away, writing or reading, counts for none."""
        now, limit = time.monotonic(), self._workers.order.limit
        away = max(0.0, now - self._looked - 2 * CALM)
        self._looked = now
        for hand in list(self._hands):
            hand.since = min(now, hand.since + away)
            allowed = START if not hand.ready else math.inf if limit is None else limit + GRACE
            if hand.chunks and now - hand.since > allowed:
                self._lose(hand, "TIMED_OUT", f"Coding took longer than {limit or 0:g} seconds and was given up.")

    def _lose(self, hand: _Hand, code: str, message: str) -> None:
        """Part with ``hand``: the item it was at has failed, and others do what it had before it.

        Where it may have been at several items, each is tried apart from the others. Raises RejoinderError where one
        worker after the other ends before it is ready, and none is.
        """
        if not hand.ready:
            self._early += 1
        elif hand.chunks and (hand.chunks[0].apart or len(hand.chunks[0].items) == 1):
            self._note(hand, _failed(hand.chunks[0].items[0], code, message))
        elif hand.chunks:
            hand.chunks[0] = replace(hand.chunks[0], apart=True)
        self._dismiss(hand)
        if self._early > self._workers.jobs and not any(one.ready for one in self._hands):
            raise RejoinderError(
                "No process could be started to code with. Run with one job (--jobs 1) to see what is wrong."
            )

    def _dismiss(self, hand: _Hand) -> None:
        """Stop ``hand``; what it had still to do is to be done by others."""
        hand.orders.put(None)
        hand.process.kill()
        hand.process.wait()
        self._hands.remove(hand)
        self._to_do.extendleft(reversed(hand.chunks))


def _failed(item: Item, code: str, message: str) -> Made | InputFailure:
    if isinstance(item, Document):
        return failed(item, item, code, message)
    return (
        InputFailure(item.origin, f"{message} Look whether it opens elsewhere.") if isinstance(item, Unread) else item
    )


def _tell(hand: _Hand, order: Order) -> None:
    """Give ``hand`` what it has to do; in a thread, for a worker that is busy does not listen."""
    assert hand.process.stdin is not None
    with suppress(OSError), hand.process.stdin as pipe:
        message: Order | Chunk | None = order
        while True:
            pickle.dump(message, pipe, protocol=pickle.HIGHEST_PROTOCOL)
            pipe.flush()
            if message is None:
                return
            message = hand.orders.get()


def _hear(hand: _Hand, heard: "queue.SimpleQueue[tuple[_Hand, Message]]") -> None:
    """Pass on what ``hand`` says; None when it says no more."""
    assert hand.process.stdout is not None
    try:
        with hand.process.stdout as pipe:
            while True:
                heard.put((hand, pickle.load(pipe)))  # noqa: S301 - from a process this one started
    except Exception:  # noqa: BLE001 - it ended in the middle of a word, or spoke nonsense: nothing more is to be heard
        heard.put((hand, None))
