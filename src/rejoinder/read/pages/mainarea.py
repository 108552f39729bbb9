"""The part of a page that holds its text, for pages that do not mark it: found by where the long lines stand."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rejoinder.read.pages.blocks import HTML_UNREAD, elements
from rejoinder.read.pages.words import PageWords
from rejoinder.read.tidy import tidied

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Area", "is_marked", "main_area", "mark"]

LONG = 60
"""Characters from which a piece of text is of an article rather than of what surrounds it."""
MOST = 0.75
"""Share of a page's long text that one element must hold for the search to go on inside it."""
LEAVES = frozenset(("p", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "figure", "dl", "a", "span", "font"))
"""Elements that are of a text, not around one."""
ASIDE = frozenset(("aside", "nav", "footer", "figcaption", "button", "select", "a"))
AREAS = frozenset(("article", "div", "main", "section"))
"""Elements that trafilatura takes for the area of an article; others are renamed."""


@dataclass(frozen=True, slots=True)
class Area:
    """An element, and how many characters of long text it holds."""

    element: "_Element"
    letters: int


def is_marked(tree: "_Element") -> bool:
    """Whether ``tree`` marks the area of its article in a way that trafilatura knows."""
    from trafilatura.xpaths import BODY_XPATH  # noqa: PLC0415 - heavy

    return any(path(tree) for path in BODY_XPATH)


def main_area(tree: "_Element", words: PageWords) -> Area | None:
    """The smallest element of ``tree`` that holds most of its long text; None where there is none."""
    body = tree.find("body")
    held = _held(tree, words)
    if body is None or not held.get(body):
        return None
    area = body
    while True:
        inner = max((child for child in area if isinstance(child.tag, str)), key=lambda e: held.get(e, 0), default=None)
        if inner is None or inner.tag in LEAVES or held.get(inner, 0) < MOST * held[area]:
            return Area(area, held[area])
        area = inner


def _held(tree: "_Element", words: PageWords) -> dict["_Element", int]:
    """How much long text each element holds."""
    held: dict[_Element, int] = {}
    beside: dict[_Element, bool] = {}
    for element in elements(tree, f".//*[text()[string-length() >= {LONG}]]"):
        pieces = [element.text, *(child.tail for child in element)]
        lengths = [len(" ".join(piece.split())) for piece in pieces if piece]
        length = sum(each for each in lengths if each >= LONG)
        if length and not _is_beside(element, beside, words):
            for each in (element, *element.iterancestors()):
                held[each] = held.get(each, 0) + length
    return held


def _is_beside(element: "_Element", known: dict["_Element", bool], words: PageWords) -> bool:
    """Whether ``element`` lies in what stands beside an article. ``known`` are the answers so far."""
    path = [element]
    while path[-1] not in known and (parent := path[-1].getparent()) is not None:
        path.append(parent)
    answer = known.get(path[-1], False)
    for each in reversed(path):
        answer = answer or _is_aside(each, words)
        known[each] = answer
    return answer


def _is_aside(element: "_Element", words: PageWords) -> bool:
    if element.tag in HTML_UNREAD or element.tag in ASIDE:
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return named != " " and element.tag not in ("body", "html") and any(word in named for word in words.beside)


def mark(area: "_Element") -> None:
    """Mark ``area`` as the article's, so that trafilatura takes all of it; tables around it become boxes."""
    if area.tag == "body":
        children = list(area)
        box = area.makeelement("div", {"itemprop": "articleBody"})
        box.text, area.text = tidied(area.text or ""), None  # a tree takes back no control characters
        box.extend(children)
        area.append(box)
        return
    area.set("itemprop", "articleBody")
    for element in [area, *area.iterancestors()]:
        if element.tag not in AREAS and element.tag not in ("body", "html"):
            element.tag = "div"
