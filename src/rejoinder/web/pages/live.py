"""``/live``: how far a run is that codes into this book, and how the last ones ended."""

from rejoinder.book.progress import RunNote
from rejoinder.book.table import Cell
from rejoinder.web.asked import Asked
from rejoinder.web.page import Page, Route

__all__ = ["ROUTE"]

_OUTCOMES = {
    "coded": "coded",
    "partly": "partly coded",
    "unchanged": "unchanged",
    "passed": "passed over",
    "failed": "failed",
}


def _view(asked: Asked) -> Page:
    found = asked.book.runs()
    data = {
        "running": [one for one in found if one.state == "running"],
        "ended": [one for one in found if one.state != "running"],
        "outcomes": _OUTCOMES,
        "duration": _duration,
    }
    return Page("live.html", "Live", data, found, [_row(one) for one in found])


def _row(run: RunNote) -> dict[str, Cell]:
    return {
        "run": run.id,
        "what": run.what,
        "about": run.about,
        "state": run.state,
        "started": run.started.isoformat(timespec="seconds"),
        "seen": run.seen.isoformat(timespec="seconds"),
        "documents": run.documents,
        **{name: run.outcomes.get(name, 0) for name in _OUTCOMES},
        "words": run.words,
        "words_per_second": run.speed,
        "last": run.last,
    }


def _duration(seconds: float) -> str:
    """Seconds as people say them: "4 s", "3 min 20 s", "2 h 5 min"."""
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


ROUTE = Route("/live", _view)
