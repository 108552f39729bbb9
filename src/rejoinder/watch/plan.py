"""What is to be watched, asked and sent: the content of a feeds.toml, checked."""

from dataclasses import dataclass
from typing import Literal

from rejoinder.fetch import FetchRules
from rejoinder.records import digest

__all__ = ["AtomFile", "Feed", "Mail", "Plan", "Print", "Query", "Security", "Send", "Webhook"]

Security = Literal["tls", "starttls", "none"]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at ``url``, asked every ``every`` seconds (None: as often as all others).

    ``outlet`` is who publishes it, whatever it calls itself. ``follow``: fetch the pages of entries whose whole text it
    does not carry; otherwise the words that the feed has of them are read.
    """

    url: str
    outlet: str | None = None
    every: float | None = None
    follow: bool = True


@dataclass(frozen=True, slots=True)
class Print:
    """Show it on standard output."""

    @property
    def name(self) -> str:
        """What lines about it call it."""
        return "print"


@dataclass(frozen=True, slots=True)
class Webhook:
    """POST it to ``url``, signed with ``secret`` where there is one; ``allow_private``: also on one's own network."""

    url: str
    secret: str | None = None
    allow_private: bool = False

    @property
    def name(self) -> str:
        """What lines about it call it; the path may be a secret."""
        return f"webhook {self.url.partition('://')[2].partition('/')[0]}"


@dataclass(frozen=True, slots=True)
class Mail:
    """Send it by mail. ``host`` and ``port`` are those of an SMTP server."""

    to: tuple[str, ...]
    sender: str
    host: str
    port: int
    security: Security = "starttls"
    user: str | None = None
    password: str | None = None

    @property
    def name(self) -> str:
        """What lines about it call it."""
        return f"mail to {', '.join(self.to)}"


@dataclass(frozen=True, slots=True)
class AtomFile:
    """Put it into the Atom feed in the file ``path``."""

    path: str

    @property
    def name(self) -> str:
        """What lines about it call it."""
        return f"atom {self.path}"


Send = Print | Webhook | Mail | AtomFile


@dataclass(frozen=True, slots=True)
class Query:
    """A question that is asked of what is new; its words mean what they mean to ``Book.acts``."""

    name: str
    sends: tuple[Send, ...]
    dyad: str | None = None
    kind: tuple[str, ...] = ()
    issue: str | None = None
    channel: str | None = None
    min_score: float | None = None
    text: str | None = None
    background: bool = False
    """Whether what reports tell of as past counts too; old is not new."""

    def key(self, send: Send) -> str:
        """Under which the outbox keeps what goes from this query to ``send``; it gives no secret away."""
        place = {Print: "", Webhook: "url", Mail: "to", AtomFile: "path"}[type(send)]
        return digest("send", self.name, type(send).__name__, getattr(send, place) if place else "")


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one run of watching does."""

    feeds: tuple[Feed, ...]
    queries: tuple[Query, ...] = ()
    rules: FetchRules = FetchRules()
