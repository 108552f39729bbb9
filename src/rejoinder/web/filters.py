"""What a list of acts is narrowed to. Every filter lives in the address, so that a view can be sent and cited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from rejoinder.book import Book
from rejoinder.book.browsing import Leaf
from rejoinder.errors import UsageError
from rejoinder.web.asked import Form

__all__ = ["PAGE_SIZE", "Filters"]

PAGE_SIZE = 50
"""Acts on a page."""
_WORDS = ("dyad", "actor", "target", "since", "until", "issue", "channel", "realis", "text", "outlet")
_TRUTHS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Filters:
    """The query of a page that lists acts; "" and () mean any. ``page`` counts from 1; ``newest`` ones come first."""

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
    background: str = ""
    answered: str = ""
    min_score: str = ""
    page: int = 1
    newest: bool = True

    @classmethod
    def of(cls, query: Form) -> "Filters":
        """The filters in an address. Raises UsageError where a number or a yes or no is none."""
        words = {name: query.get(name) or "" for name in (*_WORDS, "min_score")}
        truths = {name: query.get(name) or "" for name in ("background", "answered")}
        for name, value in truths.items():
            if value and value not in _TRUTHS:
                raise UsageError(f"{name} is {value!r}. Say yes or no, or leave it out.")
        page = query.get("page") or "1"
        if not page.isascii() or not page.isdigit() or not int(page[:9]) >= 1 or len(page) > 9:
            raise UsageError(f"page is {page!r}. Give the number of a page, from 1.")
        return cls(kind=query.all("kind"), **words, **truths, page=int(page), newest=query.get("order") != "oldest")

    def leaf(self, book: Book, *, limit: int = PAGE_SIZE) -> Leaf:
        """The acts of this page. Raises UsageError where a filter is none of what is allowed."""
        return book.leaf(
            kind=self.kind or None,
            **{name: getattr(self, name) or None for name in _WORDS},
            background=_TRUTHS.get(self.background),
            answered=_TRUTHS.get(self.answered),
            min_score=_score(self.min_score),
            limit=limit,
            offset=(self.page - 1) * limit,
            newest=self.newest,
        )

    def query(self, **changed: str | Sequence[str] | int) -> str:
        """The filters as an address has them ("?kind=OFFER&dyad=PRK-KOR"), some ``changed``; "" where there is none.

        Another page than the one shown has to be asked for: a change of filters leads back to the first.
        """
        named: dict[str, str | Sequence[str] | int] = {"kind": self.kind, "order": "" if self.newest else "oldest"}
        named |= {name: getattr(self, name) for name in (*_WORDS, "background", "answered", "min_score")}
        pairs = list(_pairs(named | changed))
        return "?" + urlencode(pairs) if pairs else ""


def _pairs(named: Mapping[str, str | Sequence[str] | int]) -> list[tuple[str, str]]:
    found = []
    for name, value in named.items():
        values = [str(value)] if isinstance(value, str | int) else list(value)
        found += [(name, one) for one in values if one]
    return found


def _score(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise UsageError(f"min_score is {text!r}. Give a probability from 0 to 1.") from error
