"""The pages, one module each, and their addresses."""

from rejoinder.web.page import Route
from rejoinder.web.pages import (
    act,
    atlas,
    document,
    dyad,
    examples,
    home,
    live,
    network,
    problems,
    review,
    search,
    thread,
    threads,
)

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    home.ROUTE,
    threads.ROUTE,
    thread.ROUTE,
    dyad.ROUTE,
    search.ROUTE,
    document.ROUTE,
    act.ROUTE,
    network.ROUTE,
    atlas.ROUTE,
    review.ROUTE,
    review.LINK,
    review.MERGE,
    review.NAME,
    live.ROUTE,
    problems.ROUTE,
    examples.ROUTE,
)
