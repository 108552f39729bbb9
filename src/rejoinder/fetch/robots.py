"""robots.txt (RFC 9309): what the keepers of a server ask of programs that visit it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rejoinder.errors import FetchError
from rejoinder.fetch.message import Answer
from rejoinder.fetch.rules import ROBOT
from rejoinder.fetch.target import Target

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["MOST_BYTES", "Robots"]

MOST_BYTES = 512 * 1024
"""Of a longer file the rest is not read; RFC 9309 asks for 500 KiB at least."""

_SOON = 600.0
"""Seconds after which a file that could not be had is asked for again."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a server asks; ``file`` is None where it says nothing, ``trouble`` is why that could not be found out."""

    until: float
    file: "Protego | None" = None
    trouble: FetchError | None = None


class Robots:
    """The robots.txt of each server, asked for once and remembered for ``seconds``."""

    def __init__(self, fetch: Callable[[Target], Answer], monotonic: Callable[[], float], seconds: float) -> None:
        """``fetch`` gives the answer for the file at a target; it raises FetchError where there is none."""
        self._fetch = fetch
        self._monotonic = monotonic
        self._seconds = seconds
        self._known: dict[str, _Known] = {}

    def delay(self, target: Target) -> float:
        """The seconds between requests that the server asks for, 0 where it names none.

        Raises FetchError where it does not want ``target`` fetched, or what it wants cannot be found out for now.
        """
        known = self._of(target)
        if known.trouble is not None:
            trouble = known.trouble
            reason = f"{trouble.reason} (This is about its robots.txt, without which nothing is fetched.)"
            raise FetchError(target.url, reason, passing=trouble.passing, again_in=trouble.again_in)
        if known.file is None:
            return 0.0
        if not known.file.can_fetch(target.url, ROBOT):
            raise FetchError(target.url, "robots.txt of its server asks not to fetch it. Save it by hand if you may.")
        return max(0.0, known.file.crawl_delay(ROBOT) or 0.0)

    def _of(self, target: Target) -> _Known:
        known = self._known.get(target.origin)
        if known is None or known.until <= self._monotonic():
            known = self._known[target.origin] = self._ask(target)
        return known

    def _ask(self, target: Target) -> _Known:
        place = Target(target.scheme, target.host, target.port, "/robots.txt")
        try:
            answer = self._fetch(place)
        except FetchError as error:
            return _Known(self._monotonic() + min(_SOON, self._seconds), trouble=error)
        until = self._monotonic() + self._seconds
        if 200 <= answer.status < 300:
            return _Known(until, _parsed(answer.body))
        if 400 <= answer.status < 500:
            return _Known(until)
        trouble = FetchError(place.url, f"the server answers with status {answer.status}. Try later.", passing=True)
        return _Known(self._monotonic() + min(_SOON, self._seconds), trouble=trouble)


def _parsed(body: bytes) -> "Protego":
    from protego import Protego  # noqa: PLC0415  (fetching needs it, reading files does not)

    return Protego.parse(body.decode("utf-8-sig", errors="replace"))
