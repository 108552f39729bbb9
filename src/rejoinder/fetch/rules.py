"""What is asked of the web, under which rules, and what comes back."""

from dataclasses import dataclass

from rejoinder.errors import UsageError

__all__ = ["PORTS", "ROBOT", "FetchRules", "Fetched", "user_agent"]

ROBOT = "rejoinder"
"""The name under which robots.txt may address us."""

PORTS = frozenset({80, 443, 8080, 8443})
"""Where web servers listen. Other ports of public hosts are refused: whoever lists a link could have us talk to a mail
server or a database in its own tongue."""


@dataclass(frozen=True, slots=True)
class FetchRules:
    """How pages are fetched. Times are in seconds.

    ``contact``: an address or page that server keepers may turn to, told in the user agent. ``allow_private``: also
    hosts of one's own network and this machine, on any port; link-local addresses (where clouds keep their keys) stay
    refused. ``per_host_seconds`` lie at least between two requests to one host; more where its robots.txt asks for it.

    Each page is asked for at most ``attempts`` times. ``connect_seconds`` bound the making of a connection,
    ``read_seconds`` a silence of the server, ``answer_seconds`` one answer from connecting to its last byte, and
    ``patience_seconds`` the page as a whole, with all waits. Nothing waits longer than ``longest_wait`` at a time.
    ``max_bytes`` bounds a body, as sent and as unpacked. ``robots_seconds`` is how long a robots.txt is remembered.
    """

    contact: str | None = None
    allow_private: bool = False
    per_host_seconds: float = 1.0
    attempts: int = 3
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    answer_seconds: float = 60.0
    patience_seconds: float = 300.0
    longest_wait: float = 120.0
    max_bytes: int = 20_000_000
    max_redirects: int = 5
    robots_seconds: float = 24 * 3600.0

    def __post_init__(self) -> None:
        """Raise UsageError where no request could be made by these rules."""
        if self.contact is not None and not (self.contact.isascii() and self.contact.isprintable()):
            raise UsageError(
                f"The contact {self.contact!r} cannot be sent. Give an address or URL in plain characters."
            )
        if self.per_host_seconds < 0 or self.attempts < 1 or self.max_bytes < 1:
            raise UsageError("Rules of fetching need at least one attempt, room for a byte, and no negative time.")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave for ``url``. ``final_url`` is where redirections led; ``body`` is unpacked.

    ``etag`` and ``last_modified`` are what to send next time; ``not_modified``: the server said that nothing changed
    since then, and ``body`` is empty. ``content_type`` is the header as it came ("text/html; charset=utf-8").
    """

    url: str
    final_url: str
    status: int
    content_type: str | None
    body: bytes
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False


def user_agent(rules: FetchRules) -> str:
    """The header by which we make ourselves known: "rejoinder/0.1.0 (+mailto:ann@example.org)"."""
    import rejoinder  # noqa: PLC0415  (the package's own names load on first use)

    contact = f" (+{rules.contact})" if rules.contact else ""
    return f"{ROBOT}/{rejoinder.__version__}{contact}"
