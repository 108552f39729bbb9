"""The pages, one module each, and their addresses."""

from rejoinder.web.page import Route
from rejoinder.web.pages import atlas, home, live, network, review, search

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    home.ROUTE,
    atlas.ROUTE,
    live.ROUTE,
    network.ROUTE,
    review.LINK,
    review.MERGE,
    review.NAME,
    review.ROUTE,
    search.ROUTE,
)
