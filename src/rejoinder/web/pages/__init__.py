"""The pages, one module each, and their addresses."""

from rejoinder.web.page import Route
from rejoinder.web.pages import dyad, home, search

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (home.ROUTE, dyad.ROUTE, search.ROUTE)
