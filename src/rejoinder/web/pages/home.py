"""``/``: what the book holds, dyad by dyad; the latest acts, the offers that wait, and what failed."""

from rejoinder.book.overview import DyadLine, Overview
from rejoinder.book.table import Row
from rejoinder.web.asked import Asked
from rejoinder.web.page import Page, Route
from rejoinder.web.sparkline import spark, strip, years

__all__ = ["ROUTE"]

_DRAWN = 10
"""Dyads with a drawing; the others are named below them."""
_LATEST = 6
_OPEN = 6
_WAITING = ("OFFER", "REQUEST", "DEMAND")
"""Kinds that wait for an answer; a threat does not."""


def _view(asked: Asked) -> Page:
    seen = asked.book.overview()
    rows = [_row(line) for line in seen.dyads]
    if not seen.documents:
        return Page("empty.html", "Rejoinder", {"path": str(asked.book.path)}, seen, rows)
    longest = asked.query.get("open") == "silence"
    waiting = asked.book.thread_leaf(
        status="open", kind=_WAITING, order="silence" if longest else "newest", limit=_OPEN
    )
    data = {
        **_dyads(seen),
        "seen": seen,
        "latest": asked.book.leaf(limit=_LATEST, background=False),
        "waiting": waiting,
        "strips": {thread.id: strip(thread, waiting.answers) for thread in waiting.threads},
        "context": asked.book.sentences(thread.offer for thread in waiting.threads),
        "longest": longest,
        "failed": seen.documents.get("failed", 0) + seen.documents.get("partly", 0),
        "troubles": asked.book.troubles(limit=5),
    }
    return Page("home.html", "Rejoinder", data, seen, rows)


def _dyads(seen: Overview) -> dict[str, object]:
    drawn = seen.dyads[:_DRAWN]
    over = years([line.months for line in drawn])
    sparks = {line.dyad: spark(line.months, over) for line in drawn} if over else {}
    return {"drawn": drawn, "others": seen.dyads[_DRAWN:], "sparks": sparks, "over": over}


def _row(line: DyadLine) -> Row:
    return {
        "dyad": line.dyad,
        "acts": line.acts,
        "open_threads": line.open_threads,
        "since": line.since,
        "until": line.until,
    }


ROUTE = Route("/", _view)
