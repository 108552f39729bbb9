"""``/review``: what the program found, case by case, to be accepted, rejected, corrected and joined."""

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from rejoinder.book import Book
from rejoinder.book.candidates import offers_for, twins_of
from rejoinder.book.reader import Reader
from rejoinder.book.table import About, Acts, Cell
from rejoinder.errors import UsageError
from rejoinder.records import Act, Link, Merge
from rejoinder.web.asked import Asked
from rejoinder.web.desk import ActCase, Lane, PairCase, act_case, done, link_case, merge_case
from rejoinder.web.desk.lane import ORDERS
from rejoinder.web.page import Page, Route, SeeOther

__all__ = ["LINK", "MERGE", "NAME", "ROUTE"]

_LONGEST_NAME = 80
_HINT = "Load the page again, or go on with the next case."


def _view(asked: Asked) -> Page:
    lane, book = Lane.of(asked.query), asked.book
    reader = Reader.of(book, asked.coder)
    ahead = lane.ahead(book, reader)
    shown = _shown(asked, lane, ahead, reader)
    ids = [one.id for one in ahead]
    judged, total = lane.progress(book, reader)
    at = ids.index(shown.id) if shown is not None and shown.id in ids else None
    data = {
        "lane": lane,
        "orders": ORDERS,
        "reader": reader,
        "alone": lane.alone(reader),
        "case": shown,
        "ids": ids,
        "before": None if not at else ids[at - 1],
        "after": next(iter(ids if at is None else ids[at + 1 :]), None),
        "acts": _listed(book, ahead) if lane.view == "list" else Acts(()),
        "judged": judged,
        "total": total,
        "said": asked.query.get("said") or "",
        "here": lane.address(),
    }
    record = {"judged": judged, "total": total, "next": ids, "case": shown}
    template = "review_list.html" if lane.view == "list" and lane.what == "acts" else "review.html"
    return Page(template, "Review", data, record, [_row(one) for one in ahead])


def _shown(asked: Asked, lane: Lane, ahead: Sequence[Act | Link | Merge], reader: Reader) -> ActCase | PairCase | None:
    """The case that the address names, else the next one; None where there is none left."""
    book, first = asked.book, next(iter(ahead), None)
    if lane.what == "acts":
        named = asked.query.get("act") or (first.id if first is not None else None)
        whole = asked.query.get("whole") == "yes"
        return None if named is None else act_case(book, named, whole=whole, blind_to=reader)
    pair = asked.query.get("pair")
    joined = first if pair is None else book.joined([pair]).get(pair)
    if pair is not None and joined is None:
        raise UsageError(f"There is no link or merge {pair!r} in the book. {_HINT}")
    if isinstance(joined, Link):
        return link_case(book, joined)
    return merge_case(book, joined) if isinstance(joined, Merge) else None


def _listed(book: Book, ahead: Sequence[Act | Link | Merge]) -> Acts:
    """The acts ``ahead`` with what a list says of their documents."""
    acts = [one for one in ahead if isinstance(one, Act)]
    documents = {doc: book.document(doc) for doc in dict.fromkeys(one.doc for one in acts)}
    about = {doc: About(one.name, one.title, one.outlet, one.url, one.published) for doc, one in documents.items()}
    return Acts(acts, {act.id: about[act.doc] for act in acts})


def _row(one: Act | Link | Merge) -> dict[str, Cell]:
    if isinstance(one, Act):
        return {"id": one.id, "score": one.score, "kind": one.kind, "first": one.doc, "second": None}
    what = one.how if isinstance(one, Link) else "merge"
    return {"id": one.id, "score": one.score, "kind": what, "first": one.ends[0], "second": one.ends[1]}


def _action(asked: Asked) -> Page | SeeOther:
    back = _own(asked.sent.get("back"))
    if asked.coder is None:
        return SeeOther("/review/name?" + urlencode({"back": back or "/review"}))
    lane = Lane.of(asked.query)
    deed = done(asked.book, asked.sent, asked.coder, final=lane.order == "differ")
    if back is not None:
        return SeeOther(back)
    if deed.show is None:
        return SeeOther(lane.address(said=deed.said))
    named = "act" if deed.what == "acts" else "pair"
    return SeeOther(lane.but(what=deed.what).address(said=deed.said, **{named: deed.show}))


def _own(path: str | None) -> str | None:
    """``path`` where it leads to a page of this server."""
    return path if path is not None and path.startswith("/") and not path.startswith(("//", "/\\")) else None


def _ask_name(asked: Asked) -> Page:
    data = {"back": _own(asked.query.get("back")) or "/review", "coders": asked.book.coders()}
    return Page("review_name.html", "Who judges?", data, data["coders"], [{"coder": one} for one in data["coders"]])


def _take_name(asked: Asked) -> SeeOther:
    name = " ".join((asked.sent.get("name") or "").split())
    if not name or len(name) > _LONGEST_NAME:
        raise UsageError(f"Every judgement carries a name, of {_LONGEST_NAME} characters at most. Say who judges.")
    return SeeOther(_own(asked.sent.get("back")) or "/review", coder=name)


def _picker(template: str, title: str, find: Callable[[Book, Act, str | None], list[Act]]) -> Callable[[Asked], Page]:
    def view(asked: Asked) -> Page:
        act, text = asked.book.act(asked.place["act"]), asked.query.get("text")
        found = find(asked.book, act, text)
        headings = {one.doc: asked.book.document(one.doc) for one in found}
        data = {"act": act, "found": found, "headings": headings, "text": text or "", "here": f"/review?act={act.id}"}
        return Page(template, title, data, found, [_row(one) for one in found])

    return view


ROUTE = Route("/review", _view, _action)
NAME = Route("/review/name", _ask_name, _take_name)
LINK = Route("/review/link/{act}", _picker("review_link.html", "What does it answer?", offers_for))
MERGE = Route("/review/merge/{act}", _picker("review_merge.html", "Where else is it told?", twins_of))
