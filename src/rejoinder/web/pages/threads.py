"""``/threads``: every offer with what became of it, narrowed by filters that live in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from rejoinder.book.browsing import ThreadLeaf, ThreadOrder
from rejoinder.book.table import Row
from rejoinder.codebook import check, codebook
from rejoinder.codebook.dyads import states_of
from rejoinder.errors import UsageError
from rejoinder.parties.statenames import state_names
from rejoinder.records import Act, Status, Thread
from rejoinder.web.asked import Asked, Form
from rejoinder.web.citing import list_citation
from rejoinder.web.filters import page_number
from rejoinder.web.page import Page, Route
from rejoinder.web.sparkline import strip
from rejoinder.web.words import state

__all__ = ["ROUTE"]

_PAGE = 30
_MOST = 5000
"""Threads in the CSV and JSON twins."""
_SINGLE = ("dyad", "issue", "status", "kind", "since", "until")
_USUAL: ThreadOrder = "newest"


@dataclass(frozen=True, slots=True)
class _Filters:
    """The query of the page; "" means any."""

    values: Mapping[str, str]
    page: int
    order: str

    @classmethod
    def of(cls, query: Form) -> "_Filters":
        values = {name: query.get(name) or "" for name in _SINGLE} | {"dyad": "-".join(query.all("dyad"))}
        return cls(values, page_number(query), query.get("order") or _USUAL)

    def query(self, **changed: str | int) -> str:
        """The filters as an address has them, some ``changed``."""
        named: dict[str, str | int] = {**self.values, "order": "" if self.order == _USUAL else self.order}
        pairs = [(name, str(value)) for name, value in (named | changed).items() if value]
        return "?" + urlencode(pairs) if pairs else ""


def _view(asked: Asked) -> Page:
    filters = _Filters.of(asked.query)
    twin = bool(asked.twin)
    try:
        leaf = _leaf(asked, filters, limit=_MOST if twin else _PAGE)
    except UsageError as slip:
        return Page("threads.html", "Threads", _data(filters, None, str(slip)), status=400)
    rows = [_row(thread, leaf.answers) for thread in leaf.threads]
    record = {"total": leaf.total, "offset": leaf.offset, "threads": leaf.threads}
    data = _data(filters, leaf, "") | {
        "context": {} if twin else asked.book.sentences(one.offer for one in leaf.threads)
    }
    return Page("threads.html", "Threads", data, record, rows)


def _leaf(asked: Asked, filters: _Filters, *, limit: int) -> ThreadLeaf:
    named = {name: value or None for name, value in filters.values.items()}
    orders = get_args(ThreadOrder)
    order = next(one for one in orders if one == check("order", filters.order, orders))
    offset = (filters.page - 1) * limit if limit == _PAGE else 0
    return asked.book.thread_leaf(**named, order=order, limit=limit, offset=offset)


def _data(filters: _Filters, leaf: ThreadLeaf | None, told: str) -> dict[str, object]:
    threads = leaf.threads if leaf else ()
    return {
        "filters": filters,
        "leaf": leaf,
        "told": told,
        "pages": -(-leaf.total // _PAGE) if leaf else 0,
        "strips": {thread.id: strip(thread, leaf.answers) for thread in threads} if leaf else {},
        "statuses": get_args(Status),
        "kinds": codebook().opening,
        "ends": (*filters.values["dyad"].split("-"), "", "")[:2],
        "most": _MOST,
        "cited": _citation(filters, leaf.total) if leaf else "",
        "context": {},
    }


def _citation(filters: _Filters, total: int) -> str:
    named = {name: value for name, value in filters.values.items() if value}
    if "dyad" in named:
        named["dyad"] = " and ".join(state(code.upper(), state_names()) for code in named["dyad"].split("-"))
    what = "; ".join(f"{name} {value}" for name, value in named.items())
    return list_citation(f"Threads: {what}" if what else "All threads", total)


def _row(thread: Thread, answers: Mapping[str, Act]) -> Row:
    offer = thread.offer
    given = [(link, answers[link.answer]) for link in thread.links if link.answer in answers]
    return {
        "thread_id": thread.id,
        "offer_id": offer.id,
        "date_earliest": offer.when.earliest,
        "date_latest": offer.when.latest,
        "kind": offer.kind,
        "actor_states": _joined(states_of(offer.actor)),
        "target_states": _joined(states_of(offer.target)),
        "issue": offer.issue,
        "status": thread.status,
        "silence_days": thread.silence_days,
        "replied": thread.replied,
        "until": thread.until,
        "reports": len(thread.reports),
        "answers": len({link.answer for link, _ in given}),
        "answered": _joined([f"{link.how} {link.answer}" for link, _ in given]),
        "quote": offer.span.quote,
    }


def _joined(parts: Sequence[str]) -> str | None:
    return "; ".join(parts) or None


ROUTE = Route("/threads", _view)
