"""What a page hands over to be shown: as HTML, or as its JSON or CSV twin."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rejoinder.book.table import Cell
from rejoinder.web.asked import Asked

__all__ = ["Action", "Page", "Route", "SeeOther", "View"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that can be shown.

    ``template`` is filled with ``data``. ``record`` is the JSON twin: records of :mod:`rejoinder.records`, dates, and
    plain values. ``rows`` are the CSV twin, a dict a line with the same keys in each. ``svg`` is the template that
    draws ``data`` as a picture of its own, "" where there is none. ``status`` is HTTP's.
    """

    template: str
    title: str
    data: Mapping[str, object] = field(default_factory=dict)
    record: object = None
    rows: Sequence[Mapping[str, Cell]] = ()
    svg: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class SeeOther:
    """What was sent is done: the browser goes on to ``path``; ``coder`` is remembered as who judges here."""

    path: str
    coder: str | None = None


View = Callable[[Asked], Page]
"""Answers a reader. Raises UsageError where what is asked for cannot be."""

Action = Callable[[Asked], Page | SeeOther]
"""Does what a form asks for. Raises UsageError where it cannot be done; then nothing was done."""


@dataclass(frozen=True, slots=True)
class Route:
    """A page and its address ("/dyad/{dyad}"), and what is done with forms sent there (None: nothing may be).

    Each page has twins under the same address with ".json" and ".csv" after it ("/index.json" for "/"), and with ".svg"
    where it carries a picture.
    """

    path: str
    view: View
    action: Action | None = None
