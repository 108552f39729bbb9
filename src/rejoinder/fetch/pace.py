"""Requests to one host, spread over time."""

import threading
from collections.abc import Callable

from rejoinder.errors import FetchError
from rejoinder.fetch.target import Target

__all__ = ["Pace"]


class Pace:
    """Remembers when each host was last asked. Threads may share it."""

    def __init__(self, monotonic: Callable[[], float], sleep: Callable[[float], None]) -> None:
        """``monotonic`` counts seconds, ``sleep`` waits so many."""
        self._monotonic = monotonic
        self._sleep = sleep
        self._last: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, target: Target, seconds: float, longest: float) -> None:
        """Wait until ``seconds`` have passed since the host of ``target`` was last asked.

        Raises FetchError, to be tried later, where that would take longer than ``longest``.
        """
        with self._lock:  # the place in the queue is taken at once, the waiting disturbs nobody
            now = self._monotonic()
            at = max(now, self._last.get(target.host, now - seconds) + seconds)
            if at - now > longest:
                reason = f"its host asks for {seconds:g} seconds between requests. Try again then."
                raise FetchError(target.url, reason, passing=True, again_in=at - now)
            self._last[target.host] = at
        if at > now:
            self._sleep(at - now)
