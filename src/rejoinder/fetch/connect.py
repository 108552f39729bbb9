"""Connections to addresses that were checked before, under the names that were asked for."""

import socket
import ssl
from collections.abc import Callable, Sequence

from urllib3.connection import HTTPConnection

from rejoinder.fetch.deadline import Deadline
from rejoinder.fetch.outside import Dial
from rejoinder.fetch.target import Target

__all__ = ["PinnedConnection"]


class PinnedConnection(HTTPConnection):
    """An HTTP connection to ``target`` by one of ``addresses``, whatever its name means by now.

    The certificate has to be that of the name. ``deadline`` may cut it.
    """

    def __init__(
        self,
        target: Target,
        addresses: Sequence[str],
        *,
        dial: Dial,
        tls: Callable[[], ssl.SSLContext],
        deadline: Deadline,
        connect_seconds: float,
        read_seconds: float,
    ) -> None:
        super().__init__(target.host, target.port, timeout=read_seconds)
        self._target = target
        self._addresses = tuple(addresses)
        self._dial = dial
        self._tls = tls
        self._deadline = deadline
        self._connect_seconds = connect_seconds
        self._read_seconds = read_seconds

    def connect(self) -> None:
        """Connect to the first address that answers. Raises OSError (``ssl.SSLError`` among them)."""
        plain = self._first_that_answers()
        self.sock = plain
        self._deadline.watch(plain)
        plain.settimeout(self._read_seconds)
        if self._target.scheme == "https":
            wrapped = self._tls().wrap_socket(
                plain, server_hostname=self._target.host, do_handshake_on_connect=False
            )  # without its handshake, so that the deadline holds for that too
            self.sock = wrapped
            self._deadline.watch(wrapped)
            wrapped.do_handshake()

    def _first_that_answers(self) -> socket.socket:
        for address in self._addresses[:-1]:
            try:
                return self._dial(address, self._target.port, self._connect_seconds)
            except OSError:
                continue
        return self._dial(self._addresses[-1], self._target.port, self._connect_seconds)
