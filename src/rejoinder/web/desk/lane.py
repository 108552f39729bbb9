"""What is to be judged, and in which order: all of it in the address, so that a lane can be sent and gone back to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from rejoinder.book import Book
from rejoinder.book.reader import Reader
from rejoinder.errors import UsageError
from rejoinder.records import Act, Link, Merge
from rejoinder.web.asked import Form

__all__ = ["ORDERS", "Lane"]

ORDERS = {
    "uncertain": "most uncertain first",
    "differ": "where coders differ first",
    "newest": "newest first",
    "text": "by document",
}
_WHATS = ("acts", "links", "merges")
_VIEWS = ("one", "list")
AHEAD = 50
"""Cases that are looked ahead."""
_SKIPPED = 200
"""The last skipped ones that an address holds."""


@dataclass(frozen=True, slots=True)
class Lane:
    """``what`` is judged ("acts", "links", "merges"), one by one or as a list (``view``), in which ``order``.

    The filters ``kind``, ``dyad`` and ``document`` narrow down acts; "" means any. ``mine``: only documents assigned to
    the reader ("" is yes where there are any). ``skip`` are ids left out.
    """

    what: str = "acts"
    view: str = "one"
    order: str = "uncertain"
    kind: tuple[str, ...] = ()
    dyad: str = ""
    document: str = ""
    mine: str = ""
    skip: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: Form) -> "Lane":
        """The lane in an address. Raises UsageError where there is none such."""
        return cls(
            what=_one_of("what", query.get("what") or "acts", _WHATS),
            view=_one_of("view", query.get("view") or "one", _VIEWS),
            order=_one_of("order", query.get("order") or "uncertain", tuple(ORDERS)),
            kind=query.all("kind"),
            dyad=query.get("dyad") or "",
            document=query.get("document") or "",
            mine=_one_of("mine", query.get("mine") or "", ("", "yes", "no")),
            skip=query.all("skip")[-_SKIPPED:],
        )

    @property
    def narrowed(self) -> bool:
        """Whether a filter leaves acts out."""
        return bool(self.kind or self.dyad or self.document)

    def alone(self, desk: Reader) -> bool:
        """Whether the reader goes through what was assigned to him, and nothing else."""
        return self.what == "acts" and not self.narrowed and bool(desk.assigned) and self.mine != "no"

    def ahead(self, book: Book, reader: Reader) -> Sequence[Act | Link | Merge]:
        """What comes next, the first at once. Raises UsageError where a filter is none of what is allowed."""
        if reader.name is not None and self.alone(reader):
            return book.queue_alone(reader.name, reader.assigned, without=self.skip, limit=AHEAD)
        if self.what == "links":
            return book.queue_links(without=self.skip, limit=AHEAD)
        if self.what == "merges":
            return book.queue_merges(without=self.skip, limit=AHEAD)
        if self.order == "differ":
            return book.queue_differing(
                kind=self.kind or None,
                dyad=self.dyad or None,
                document=self.document or None,
                without=self.skip,
                limit=AHEAD,
            )
        return book.queue(
            order=self.order,
            kind=self.kind or None,
            dyad=self.dyad or None,
            document=self.document or None,
            without=self.skip,
            limit=AHEAD,
        )

    def progress(self, book: Book, reader: Reader) -> tuple[int, int]:
        """How many cases of the lane are judged, and how many there are. Raises UsageError as :meth:`ahead`."""
        if reader.name is not None and self.alone(reader):
            return book.judged_alone(reader.name, reader.assigned)
        return book.judged_of(self.what, kind=self.kind or None, dyad=self.dyad or None, document=self.document or None)

    def but(self, **changed: str | tuple[str, ...]) -> "Lane":
        """The lane with other filters, or shown otherwise."""
        return replace(self, **changed)  # type: ignore[arg-type]

    def skipping(self, one: str) -> "Lane":
        """The lane without ``one``."""
        return replace(self, skip=tuple(dict.fromkeys((*self.skip, one)))[-_SKIPPED:])

    def address(self, **more: str) -> str:
        """Where the lane is shown ("/review?dyad=KOR-PRK"); ``more`` goes into the query."""
        plain = {
            "what": "" if self.what == "acts" else self.what,
            "view": "" if self.view == "one" else self.view,
            "order": "" if self.order == "uncertain" else self.order,
            "dyad": self.dyad,
            "document": self.document,
            "mine": self.mine,
            **more,
        }
        pairs = [(name, value) for name, value in plain.items() if value]
        pairs += [("kind", one) for one in self.kind] + [("skip", one) for one in self.skip]
        return "/review" + ("?" + urlencode(pairs) if pairs else "")


def _one_of(name: str, value: str, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise UsageError(f"{name} is {value!r}. It is one of: {', '.join(allowed)}.")
    return value
