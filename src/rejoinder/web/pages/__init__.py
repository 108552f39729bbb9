"""The pages, one module each, and their addresses."""

from rejoinder.web.page import Route
from rejoinder.web.pages import atlas, home, network, search

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (home.ROUTE, atlas.ROUTE, network.ROUTE, search.ROUTE)
