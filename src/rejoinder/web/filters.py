"""What a list of acts is narrowed to. Every filter lives in the address, so that a view can be sent and cited."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args
from urllib.parse import urlencode

from rejoinder.book import Book
from rejoinder.book.browsing import ActOrder, Leaf
from rejoinder.codebook import check
from rejoinder.errors import UsageError
from rejoinder.web.asked import Form

__all__ = ["PAGE_SIZE", "Filters", "page_number"]

PAGE_SIZE = 50
"""Acts on a page."""
_WORDS = ("dyad", "actor", "target", "since", "until", "issue", "channel", "realis", "text", "outlet", "status")
_YES_OR_NO = ("background", "answered", "reviewed")
_SINGLE = (*_WORDS, *_YES_OR_NO, "min_score")
_TRUTHS = {"yes": True, "no": False}
_USUAL: ActOrder = "newest"


@dataclass(frozen=True, slots=True)
class Filters:
    """The query of a page that lists acts; "" and () mean any. ``page`` counts from 1.

    Values stay as they came; what is none of what is allowed is told by :meth:`leaf`.
    """

    kind: tuple[str, ...] = ()
    dyad: str = ""
    actor: str = ""
    target: str = ""
    since: str = ""
    until: str = ""
    issue: str = ""
    channel: str = ""
    realis: str = ""
    text: str = ""
    outlet: str = ""
    status: str = ""
    background: str = ""
    answered: str = ""
    reviewed: str = ""
    min_score: str = ""
    page: int = 1
    order: str = _USUAL

    @classmethod
    def of(cls, query: Form) -> "Filters":
        """The filters in an address; a dyad may come as two states. Raises UsageError where the page is no number."""
        single = {name: query.get(name) or "" for name in _SINGLE}
        single["dyad"] = "-".join(query.all("dyad"))
        return cls(kind=query.all("kind"), **single, page=page_number(query), order=query.get("order") or _USUAL)

    def leaf(self, book: Book, *, limit: int = PAGE_SIZE) -> Leaf:
        """The acts of this page. Raises UsageError where a filter is none of what is allowed."""
        order = next(one for one in get_args(ActOrder) if one == check("order", self.order, get_args(ActOrder)))
        return book.leaf(
            kind=self.kind or None,
            dyad=self.dyad or None,
            actor=self.actor or None,
            target=self.target or None,
            since=self.since or None,
            until=self.until or None,
            issue=self.issue or None,
            channel=self.channel or None,
            realis=self.realis or None,
            text=self.text or None,
            outlet=self.outlet or None,
            status=self.status or None,
            background=_truth("background", self.background),
            answered=_truth("answered", self.answered),
            reviewed=_truth("reviewed", self.reviewed),
            min_score=_score(self.min_score),
            limit=limit,
            offset=(self.page - 1) * limit,
            order=order,
        )

    def active(self) -> Iterator[tuple[str, str]]:
        """(name, value) of each filter that narrows the list, a kind at a time."""
        yield from (("kind", kind) for kind in self.kind)
        yield from ((name, value) for name in _SINGLE if (value := getattr(self, name)))

    def without(self, name: str, value: str) -> "Filters":
        """All filters but this one, on the first page."""
        if name == "kind":
            return replace(self, kind=tuple(kind for kind in self.kind if kind != value), page=1)
        left = {key: getattr(self, key) for key in _SINGLE} | {name: ""}
        return Filters(kind=self.kind, order=self.order, **left)

    def query(self, **changed: str | Sequence[str] | int) -> str:
        """The filters as an address has them ("?kind=OFFER&dyad=PRK-KOR"), some ``changed``; "" where there is none.

        Another page than the first has to be asked for: a change of filters leads back to it.
        """
        named: dict[str, str | Sequence[str] | int] = {"kind": self.kind}
        named |= {name: getattr(self, name) for name in _SINGLE}
        named["order"] = "" if self.order == _USUAL else self.order
        pairs = list(_pairs(named | changed))
        return "?" + urlencode(pairs) if pairs else ""


def page_number(query: Form) -> int:
    """The page asked for, from 1. Raises UsageError where it is no number."""
    page = query.get("page") or "1"
    if not page.isascii() or not page.isdigit() or len(page) > 9 or int(page) < 1:
        raise UsageError(f"page is {page!r}. Give the number of a page, from 1.")
    return int(page)


def _pairs(named: Mapping[str, str | Sequence[str] | int]) -> list[tuple[str, str]]:
    found = []
    for name, value in named.items():
        values = [str(value)] if isinstance(value, str | int) else list(value)
        found += [(name, one) for one in values if one]
    return found


def _truth(name: str, value: str) -> bool | None:
    if value and value not in _TRUTHS:
        raise UsageError(f"{name} is {value!r}. Say yes or no, or leave it out.")
    return _TRUTHS.get(value)


def _score(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise UsageError(f"min_score is {text!r}. Give a probability from 0 to 1.") from error
