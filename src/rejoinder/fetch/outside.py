"""All that fetching needs of the world: names, connections, clocks. Passed in, so that a test need not wait."""

import datetime as dt
import random
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass

from rejoinder.fetch.address import Resolve, system_resolve

__all__ = ["Dial", "Outside", "dial"]

Dial = Callable[[str, int, float], socket.socket]
"""A connection to an address (never a name) and port, made within so many seconds. Raises OSError."""


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """A TCP connection. Proxies that the environment names are not used: they would connect to what is not checked."""
    return socket.create_connection((address, port), timeout=seconds)


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Outside:
    """The world as it is, unless a part of it is replaced.

    ``tls`` makes the context that checks certificates (those the system trusts; SSL_CERT_FILE names others).
    ``monotonic`` counts seconds, ``now`` tells the time in UTC, ``chance`` gives a number from 0 to below 1.
    """

    resolve: Resolve = system_resolve
    dial: Dial = dial
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], dt.datetime] = _utc_now
    chance: Callable[[], float] = random.random
