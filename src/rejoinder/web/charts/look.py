"""How a reader looks at a dyad: all of it lives in the address."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from rejoinder.book.asked import since_day, until_day
from rejoinder.book.overview import Count
from rejoinder.codebook import check, codebook
from rejoinder.errors import UsageError
from rejoinder.web.asked import Form
from rejoinder.web.charts.periods import BY, By, Period

__all__ = ["Look"]

_SHOWN = ("acts", "reports")
_TRUTHS = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Look:
    """What is shown of a dyad; "" and () mean any.

    ``since`` and ``until`` are as they were asked for ("2016" too), ``by`` None where the range decides. ``compared``
    is the second dyad. ``reports``: mentions are counted, not acts. ``background``: acts of the background are shown
    too. ``page`` is that of the list, from 1.
    """

    since: str = ""
    until: str = ""
    by: By | None = None
    reports: bool = False
    background: bool = False
    kind: tuple[str, ...] = ()
    actor: str = ""
    compared: str = ""
    newest: bool = True
    page: int = 1

    @classmethod
    def of(cls, query: Form) -> "Look":
        """What an address asks for. Raises UsageError that says what is allowed."""
        said = {name: query.get(name) or "" for name in ("since", "until", "actor", "with")}
        first, last = since_day(said["since"] or None), until_day(said["until"] or None)
        if first and last and first > last:
            raise UsageError(f"since {said['since']} lies after until {said['until']}. Swap them.")
        asked = query.get("by")
        if asked not in (None, *BY):
            raise UsageError(f"by is {asked!r}. Give one of: {', '.join(BY)}.")
        page = query.get("page") or "1"
        if not (page.isascii() and page.isdigit() and len(page) < 10 and int(page) >= 1):
            raise UsageError(f"page is {page!r}. Give the number of a page, from 1.")
        return cls(
            since=said["since"],
            until=said["until"],
            by=next((by for by in BY if by == asked), None),
            reports=_one(query, "show", _SHOWN) == "reports",
            background=_one(query, "background", _TRUTHS) == "yes",
            kind=tuple(dict.fromkeys(check("kind", name, codebook().kinds) for name in query.all("kind"))),
            actor=said["actor"].upper(),
            compared=said["with"].upper(),
            newest=_one(query, "order", ("newest", "oldest")) != "oldest",
            page=int(page),
        )

    @property
    def first(self) -> dt.date | None:
        """The first day asked for."""
        return since_day(self.since or None)

    @property
    def last(self) -> dt.date | None:
        """The last day asked for."""
        return until_day(self.until or None)

    @property
    def narrowed(self) -> bool:
        """Whether less than all time is asked for."""
        return bool(self.since or self.until)

    def keeps(self, counts: Iterable[Count]) -> list[Count]:
        """Those of ``counts`` that are of the kinds, the actor and the sort asked for, on whatever day."""
        return [
            one
            for one in counts
            if (self.background or not one.background)
            and (not self.kind or one.kind in self.kind)
            and (not self.actor or one.actor == self.actor)
        ]

    def query(self, **changed: str | Sequence[str] | int) -> str:
        """The look as an address has it ("?since=2016&by=month"), some ``changed``; "" where nothing is asked for.

        Another page of the list than the first has to be asked for anew.
        """
        named: dict[str, str | Sequence[str] | int] = dict(self.fields)
        named["compared"] = self.compared
        named |= changed
        named["with"] = named.pop("compared")
        pairs = [(name, one) for name, value in named.items() for one in _values(value) if one]
        return "?" + urlencode(pairs) if pairs else ""

    def address(self, **changed: str | Sequence[str] | int) -> str:
        """A link to this look, some of it ``changed``: an empty one would lead to where the reader is already."""
        return self.query(**changed) or "?"

    def during(self, period: Period | None) -> str:
        """The address of the same look at ``period``; None: at all time."""
        if period is None:
            return self.address(since="", until="")
        first, _, last = period.code.partition("/")
        return self.address(since=first, until=last or first)

    def ways(self) -> Callable[[Period], str]:
        """As :meth:`during` for very many periods of this look."""
        rest = self.query(since="", until="").removeprefix("?")

        def way(period: Period) -> str:
            first, _, last = period.code.partition("/")
            return f"?since={first}&until={last or first}" + (f"&{rest}" if rest else "")

        return way

    @property
    def fields(self) -> Mapping[str, str | Sequence[str]]:
        """What the address holds besides the page and the second dyad."""
        return {
            "since": self.since,
            "until": self.until,
            "by": self.by or "",
            "show": "reports" if self.reports else "",
            "background": "yes" if self.background else "",
            "kind": self.kind,
            "actor": self.actor,
            "order": "" if self.newest else "oldest",
        }


def _values(value: str | Sequence[str] | int) -> list[str]:
    return [str(value)] if isinstance(value, str | int) else list(value)


def _one(query: Form, name: str, allowed: Sequence[str]) -> str:
    value = query.get(name) or ""
    if value and value not in allowed:
        raise UsageError(f"{name} is {value!r}. Give one of: {', '.join(allowed)}.")
    return value
