"""``/network``: who acts on whom, in a period."""

from rejoinder.book.table import Cell
from rejoinder.web.asked import Asked
from rejoinder.web.figures.arrows import Arrow, arrows
from rejoinder.web.figures.circle import SIZE, circle
from rejoinder.web.page import Page, Route
from rejoinder.web.period import Period

__all__ = ["ROUTE", "arrow_row"]

_LISTED = 200


def _view(asked: Asked) -> Page:
    period = Period.of(asked.query)
    told = arrows(
        asked.book.pairs(since=period.since or None, until=period.until or None, background=period.background)
    )
    data = {
        "period": period,
        "years": period.years(asked.book.newest()),
        "drawn": circle(told),
        "size": SIZE,
        "arrows": told[:_LISTED],
        "all": len(told),
    }
    return Page("network.html", "Who acts on whom", data, told, [arrow_row(one) for one in told])


def arrow_row(arrow: Arrow) -> dict[str, Cell]:
    """The arrow as a line of CSV."""
    return {
        "actor": arrow.actor,
        "target": arrow.target,
        "acts": arrow.acts,
        "cooperation": arrow.cooperation,
        "conflict": arrow.conflict,
        "reports": arrow.reports,
    }


ROUTE = Route("/network", _view)
