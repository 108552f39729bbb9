"""``/``: what the book holds, dyad by dyad."""

from rejoinder.web.asked import Asked
from rejoinder.web.page import Page, Route

__all__ = ["ROUTE"]


def _view(asked: Asked) -> Page:
    seen = asked.book.overview()
    rows = [
        {
            "dyad": line.dyad,
            "acts": line.acts,
            "open_threads": line.open_threads,
            "since": line.since,
            "until": line.until,
        }
        for line in seen.dyads
    ]
    latest = asked.book.leaf(limit=8, background=False)
    return Page("home.html", "Rejoinder", {"seen": seen, "latest": latest}, seen, rows)


ROUTE = Route("/", _view)
