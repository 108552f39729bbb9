"""An end to answers that trickle.

A timeout of a socket starts anew with each byte; a server that sends one every few seconds would hold us for ever.
At the deadline the connection is cut from another thread, whatever is being waited for.
"""

import contextlib
import socket
import threading
from types import TracebackType

__all__ = ["Deadline"]


class Deadline:
    """Cuts a connection when ``seconds`` have passed since ``with`` began; ``passed`` says whether it did."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._connection: socket.socket | None = None
        self.passed = False

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._connection = None

    def watch(self, connection: socket.socket) -> None:
        """From now on ``connection`` is the one to cut. Raises TimeoutError where the time is over already."""
        with self._lock:
            self._connection = connection
            if self.passed:
                raise TimeoutError

    def _cut(self) -> None:
        with self._lock:
            self.passed = True
            if self._connection is not None:
                with contextlib.suppress(OSError):  # the plain socket's shutdown: TLS would wait for a farewell
                    socket.socket.shutdown(self._connection, socket.SHUT_RDWR)
