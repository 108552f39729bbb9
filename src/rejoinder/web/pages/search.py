"""``/search``: acts by any filter, all of which live in the address."""

from rejoinder.web.asked import Asked
from rejoinder.web.filters import PAGE_SIZE, Filters
from rejoinder.web.page import Page, Route

__all__ = ["ROUTE"]


def _view(asked: Asked) -> Page:
    filters = Filters.of(asked.query)
    leaf = filters.leaf(asked.book)
    rows = leaf.acts.to_dicts()
    record = {"total": leaf.total, "offset": leaf.offset, "acts": rows}
    data = {"filters": filters, "leaf": leaf, "pages": -(-leaf.total // PAGE_SIZE)}
    return Page("search.html", "Acts", data, record, rows)


ROUTE = Route("/search", _view)
