"""Waiting for a book that cannot be written just now: somebody else writes to it, or the disk is full."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from rejoinder.errors import StoreBusy

__all__ = ["Patience"]

T = TypeVar("T")


def _tell_nobody(_message: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Tries again after 1, 2, 4 ... seconds, at most ``longest`` at a time and ``seconds`` in all, attempts included.

    ``tell`` is given what is wrong before each wait.
    """

    seconds: float = 600.0
    longest: float = 60.0
    tell: Callable[[str], None] = _tell_nobody
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def __call__(self, attempt: Callable[[], T]) -> T:
        """What ``attempt`` gives. Raises StoreBusy where the book cannot be written all the time."""
        wait, end = 1.0, self.clock() + self.seconds
        while True:
            try:
                return attempt()
            except StoreBusy as error:
                if self.clock() + wait > end:
                    raise
                self.tell(f"{error} Trying again in {wait:g} s.")
            self.sleep(wait)
            wait = min(2 * wait, self.longest)
