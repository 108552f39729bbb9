"""A worker with the stand-ins of ``makers`` for the models; words in the texts make it go wrong.

As a program it takes one word: how it fares as a whole ("" well, see ``main``), and perhaps a path that this needs.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rejoinder.book import worker
from rejoinder.book.tools import Coder, Coding, Tools
from rejoinder.draft import Coded
from rejoinder.records import Document
from tests.makers import RUN, FakePipeline, eager_linker, fake_threads


class OddError(Exception):
    """An exception that cannot be told to another process."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def _hang() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(3600)


def _sleep() -> None:
    if told := os.environ.get("FAKE_WORKER_ASLEEP"):
        Path(told).touch()
    time.sleep(3600)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _print() -> None:
    print("rubbish")  # noqa: T201 - on purpose
    os.write(1, b"\x80\x04rubbish\n")


def _raise() -> None:
    raise ZeroDivisionError("as if")


def _raise_oddly() -> None:
    raise OddError("as", "if")


TROUBLES: dict[str, Callable[[], None]] = {
    "hangs": _hang,
    "sleeps": _sleep,
    "exits": lambda: os._exit(3),
    "dies": _die,
    "prints": _print,
    "slow": lambda: time.sleep(0.02),
    "raises": _raise,
    "odd": _raise_oddly,
}


@dataclass
class Troubled(FakePipeline):
    """Codes as its base does, after what the words of the text ask for; ``together`` also before, with others."""

    together: bool = True
    mended: bool = False

    def ahead(self, documents: Sequence[Document], /) -> None:
        for each in documents if self.together else ():
            self._suffer(each)

    def code(self, doc: Document, /) -> Coded:
        self._suffer(doc)
        return super().code(doc)

    def _suffer(self, doc: Document) -> None:
        for word in () if self.mended else doc.text.replace(".", " ").split():
            TROUBLES.get(word, int)()


def tools(coder: Callable[[], Coder]) -> Tools:
    """The stand-ins, with ``coder``."""
    return Tools(coder=coder, linker=eager_linker, threads=fake_threads, run=lambda: RUN, coding=Coding())


def command(mood: str = "", *more: str) -> tuple[str, ...]:
    """How to start a fake worker."""
    return (sys.executable, "-m", "tests.book.fake_worker", mood, *more)


def main(mood: str, path: str = "") -> int:
    def coder() -> Coder:
        if mood == "cannot load":
            os._exit(1)
        if mood == "hangs loading":
            time.sleep(3600)
        if mood == "room for one":
            try:
                Path(path).touch(exist_ok=False)
            except FileExistsError:
                os._exit(1)
        return Troubled(together=mood != "apart", mended=mood == "mended")

    if mood == "cannot start":
        return 1
    if mood == "hangs at first":
        time.sleep(3600)
    if mood == "babbles":
        os.write(1, b"rubbish")
    worker.tools_of = lambda _coding: tools(coder)  # type: ignore[assignment, attr-defined]
    return worker.main()


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
