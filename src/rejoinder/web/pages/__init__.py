"""The pages, one module each, and their addresses."""

from rejoinder.web.page import Route
from rejoinder.web.pages import act, document, examples, home, problems, search, thread, threads

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    home.ROUTE,
    threads.ROUTE,
    thread.ROUTE,
    search.ROUTE,
    document.ROUTE,
    act.ROUTE,
    problems.ROUTE,
    examples.ROUTE,
)
