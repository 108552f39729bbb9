"""``/map``: where the states lie that act on each other, in a period."""

from rejoinder.web.asked import Asked
from rejoinder.web.figures.arrows import arrows
from rejoinder.web.figures.world import outlines, world_map
from rejoinder.web.page import Page, Route
from rejoinder.web.pages.network import arrow_row
from rejoinder.web.period import Period

__all__ = ["ROUTE"]


def _view(asked: Asked) -> Page:
    period, whole = Period.of(asked.query), asked.query.get("show") == "world"
    told = arrows(
        asked.book.pairs(since=period.since or None, until=period.until or None, background=period.background)
    )
    data = {
        "period": period,
        "years": period.years(asked.book.newest()),
        "drawn": world_map(told, outlines(), whole=whole),
        "whole": whole,
        "arrows": told,
    }
    return Page("map.html", "Map", data, told, [arrow_row(one) for one in told])


ROUTE = Route("/map", _view)
