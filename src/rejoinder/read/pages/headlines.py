"""A page's own headline, and what its <title> adds to it: the name of the site."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rejoinder.read.pages.blocks import text_of
from rejoinder.read.tidy import one_line, words_alone

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["headline", "headline_element", "site_in_title"]

MAX_HEADLINE = 300
"""Characters of the longest headline; a longer heading is a text in the wrong element."""
MIN_HEADLINE = 8
"""Letters without which a heading within the title is chance ("News")."""
MAX_SITE_WORDS = 5
HEADINGS = ("h1", "h2", "h3")

_SEPARATOR = re.compile(r"\s*(?:\s[-–—|·•:/]{1,2}\s|[|»«]|::|:\s)\s*")
_EDGES = " \t-–—|·•:/»«<>"


def headline(tree: "_Element", said: Sequence[str], outlet: str | None) -> str | None:
    """The headline of the page ``tree``: its heading that its titles repeat, else a title without the site.

    ``said`` are the titles that the page's head gives, the most trusted first.
    """
    element = headline_element(tree, said)
    if element is not None:
        return _text(element)
    shown = [_text(heading) for heading in tree.iter("h1")]
    shown = [text for text in shown if text]
    for title in said:
        return _without_site(title, outlet)
    return shown[0] if len(shown) == 1 else None


def headline_element(tree: "_Element", said: Sequence[str]) -> "_Element | None":
    """The heading of ``tree`` whose words the titles in ``said`` hold, h1 before h2 before h3; None where none does."""
    titles = [words_alone(title) for title in said]
    for tag in HEADINGS:
        for heading in tree.iter(tag):
            words = words_alone(_text(heading))
            if len(words) >= MIN_HEADLINE and any(words in title for title in titles):
                return heading
        # A title may be cut short ("Seoul turns down ..."); an h1 is trusted to be what it was cut from.
        for heading in tree.iter("h1") if tag == "h1" else ():
            words = words_alone(_text(heading))
            if any(len(title) >= MIN_HEADLINE and words.startswith(title) for title in titles):
                return heading
    return None


def site_in_title(tree: "_Element", title: str | None) -> str | None:
    """The name of the site that <title> adds behind or before ``title``, the headline; None where it adds none."""
    element = tree.find(".//title")
    whole = "" if element is None else one_line(text_of(element))
    if not title or title not in whole or whole == title:
        return None
    before, _, after = whole.partition(title)
    rest = [part.strip(_EDGES) for part in (_SEPARATOR.split(after)[-1], before) if part.strip(_EDGES)]
    return rest[0] if len(rest) == 1 and len(rest[0].split()) <= MAX_SITE_WORDS else None


def _without_site(title: str, outlet: str | None) -> str:
    parts = list(_SEPARATOR.finditer(title))
    if not parts:
        return title
    last, first = title[parts[-1].end() :], title[: parts[0].start()]
    if _is_site(last, outlet) or ("|" in parts[-1].group() and len(last.split()) <= MAX_SITE_WORDS):
        return title[: parts[-1].start()].strip(_EDGES) or title
    if _is_site(first, outlet):
        return title[parts[0].end() :].strip(_EDGES) or title
    return title


def _is_site(part: str, outlet: str | None) -> bool:
    words, name = words_alone(part), words_alone(outlet or "")
    return bool(words and name) and (words in name or name in words)


def _text(element: "_Element") -> str:
    text = one_line(text_of(element))
    return text if len(text) <= MAX_HEADLINE else ""
