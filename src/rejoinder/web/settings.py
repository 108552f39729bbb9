"""What a server is told once, when it starts."""

import secrets
from dataclasses import dataclass, field

from rejoinder.web.events import Event

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """``hosts`` are the names under which pages may be asked for (without the port); any other is refused.

    ``readonly``: nobody may judge. ``token`` goes into every page that writes and must come back with what is written.
    ``events`` annotate charts.
    """

    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    readonly: bool = False
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    events: tuple[Event, ...] = ()
