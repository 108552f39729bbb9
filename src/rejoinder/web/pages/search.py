"""``/search``: acts by any filter, all of which live in the address."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import get_args

from rejoinder.book import Book
from rejoinder.book.browsing import ActOrder
from rejoinder.codebook import codebook
from rejoinder.errors import UsageError
from rejoinder.parties.statenames import state_names
from rejoinder.records import Status
from rejoinder.web.asked import Asked
from rejoinder.web.citing import list_citation
from rejoinder.web.filters import PAGE_SIZE, Filters
from rejoinder.web.page import Page, Route
from rejoinder.web.words import state

__all__ = ["ROUTE"]

_MOST = 10_000
"""Acts in the CSV and JSON twins."""
_CALLED = {
    "text": "words",
    "min_score": "at least",
    "status": "thread",
    "since": "from",
    "until": "to",
    "dyad": "between",
    "actor": "by",
    "target": "toward",
    "realis": "happened",
}
_ORDERS: dict[ActOrder, str] = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "surest": "Most certain first",
    "doubtful": "Least certain first",
}
_SCORES = ("0.5", "0.75", "0.9", "0.95", "0.99")


@dataclass(frozen=True, slots=True)
class _Chip:
    """An active filter in words, the address without it, and how many acts would fit then (None: not counted)."""

    name: str
    value: str
    without: str
    total: int | None = None


def _view(asked: Asked) -> Page:
    filters = Filters.of(asked.query)
    if asked.twin:
        return _twin(asked, filters)
    chips = list(_chips(filters))
    data: dict[str, object] = {**_choices(filters), "filters": filters, "chips": chips, "told": "", "drop": []}
    try:
        leaf = filters.leaf(asked.book)
    except UsageError as slip:
        return Page("search.html", "Acts", data | {"leaf": None, "pages": 0, "told": str(slip)}, status=400)
    if leaf.total == 0:
        data["drop"] = list(_to_drop(asked.book, filters))
    data |= {"leaf": leaf, "pages": -(-leaf.total // PAGE_SIZE), "cited": _citation(chips, leaf.total)}
    return Page("search.html", "Acts", data)


def _citation(chips: Iterable[_Chip], total: int) -> str:
    what = "; ".join(f"{chip.name} {chip.value}" for chip in chips)
    return list_citation(f"Acts: {what}" if what else "All acts", total)


def _twin(asked: Asked, filters: Filters) -> Page:
    """All that fits, up to a limit, whatever page was shown."""
    try:
        leaf = replace(filters, page=1).leaf(asked.book, limit=_MOST)
    except UsageError as slip:
        return Page("problem.html", "Acts", {"told": str(slip)}, status=400)
    rows = leaf.acts.to_dicts()
    return Page("search.html", "Acts", {}, {"total": leaf.total, "limit": _MOST, "acts": rows}, rows)


def _choices(filters: Filters) -> dict[str, object]:
    book = codebook()
    scores = [*_SCORES, *([filters.min_score] if filters.min_score and filters.min_score not in _SCORES else [])]
    return {
        "ends": (*filters.dyad.split("-"), "", "")[:2],
        "quads": [[kind for kind in book.kinds.values() if kind.quad == quad] for quad in (1, 2, 3, 4)],
        "statuses": get_args(Status),
        "orders": _ORDERS,
        "scores": scores,
        "most": _MOST,
        "narrowed": [name for name, _ in filters.active() if name not in {"text", "dyad", "since", "until"}],
    }


def _chips(filters: Filters) -> Iterable[_Chip]:
    for name, value in filters.active():
        yield _Chip(_CALLED.get(name, name), _in_words(name, value), filters.without(name, value).query() or "/search")


def _to_drop(book: Book, filters: Filters) -> Iterable[_Chip]:
    """For each filter, how much would fit without it: those that help, the one that helps most first."""
    found = []
    for name, value in filters.active():
        other = filters.without(name, value)
        total = other.leaf(book, limit=1).total
        if total:
            chip = _Chip(_CALLED.get(name, name), _in_words(name, value), other.query() or "/search", total)
            found.append(chip)
    return sorted(found, key=lambda chip: -(chip.total or 0))


def _in_words(name: str, value: str) -> str:
    names = state_names()
    if name == "dyad":
        return " and ".join(state(code.upper(), names) for code in value.split("-"))
    if name in {"actor", "target"}:
        return state(value.upper(), names)
    if name == "min_score":
        return f"score {value}"
    if name in {"kind", "channel"}:
        return value.replace("_", " ").lower()
    return value


ROUTE = Route("/search", _view)
