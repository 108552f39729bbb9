"""The text of the article in a page, or why there is none."""

import logging
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from rejoinder.errors import InputError
from rejoinder.read.pages.blocks import HTML_UNREAD, blocks, elements, text_of
from rejoinder.read.pages.facts import PageFacts
from rejoinder.read.pages.linklists import is_list, listed_texts
from rejoinder.read.pages.mainarea import is_marked, main_area, mark
from rejoinder.read.pages.words import PageWords
from rejoinder.read.tidy import one_line, tidied, with_headline

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["article_text"]

MIN_LETTERS = 120
"""Letters below which a text is no article: two short sentences. A letter of a script without spaces counts twice."""
SHORT = 700
"""Letters below which a text may be the beginning of an article, or a page of excuses: some 120 words."""
MIN_FOUND = 0.6
"""Share of the long text in one place below which something has been left out."""
PAYWALL = "paywall"
"""The refusal that a page may ask for in its JSON-LD too."""
MAX_MARKED = 200
"""Characters of an element that gives author or day, and so is none of the text."""

_NO_LETTER = re.compile(r"[\W\d_]+")
_WIDE = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")

NO_ARTICLE = "the page holds no article: {}. Save the page of one article, with its text, or give the text itself."
MARKED = frozenset(("datePublished", "dateModified", "dateCreated", "author", "keywords", "wordCount"))


def article_text(tree: "_Element", page: PageFacts, words: PageWords) -> str:
    """The article in ``tree``: headline, then paragraphs, with blank lines between. ``tree`` is altered.

    Raises ``InputError`` where the page holds none: empty, a list of articles, a paywall, an error.
    """
    listed = None if page.is_article else listed_texts(tree)
    found = _blocks_of_article(tree, words)
    title = page.facts.title
    if _letters(found) < SHORT:
        _refuse_excuses(tree, found, page, words)
    if _letters(found) < MIN_LETTERS:
        raise InputError(
            NO_ARTICLE.format("there is no text of any length in it" if found else "there is no text in it")
        )
    if listed is not None and is_list(found, listed):
        raise InputError(NO_ARTICLE.format("it is a list of links to articles"))
    return with_headline(title, found)


def _blocks_of_article(tree: "_Element", words: PageWords) -> list[str]:
    """The paragraphs of the article in ``tree``, as much as trafilatura finds where the page marks its text.

    Where it does not, or what is found is little of the long text in one place, that place is marked first: else bare
    text and lists would be lost without a word.
    """
    for element in elements(tree, ".//*[@itemprop]"):
        parent = element.getparent()
        marked = element.get("itemprop") in MARKED
        if marked and parent is not None and element.tag != "body" and len(text_of(element)) <= MAX_MARKED:
            _drop(element, parent)
    area = main_area(tree, words)
    found = _extracted(tree, fast=True) if is_marked(tree) else []
    if area is not None and sum(map(len, found)) < MIN_FOUND * area.letters:
        mark(area.element)
        found = max(found, _extracted(tree, fast=True), key=_letters)
    if _letters(found) < MIN_LETTERS:
        found = max(found, _extracted(tree, fast=False), key=_letters)
    return found


def _drop(element: "_Element", parent: "_Element") -> None:
    """Take ``element`` out of ``parent``; the text behind it stays."""
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = tidied((before.tail or "") + " " + tail)  # a tree takes back no control characters
    else:
        parent.text = tidied((parent.text or "") + " " + tail)
    element.tail = None
    parent.remove(element)


def _extracted(tree: "_Element", *, fast: bool) -> list[str]:
    """The blocks of what trafilatura takes for the article; none where it finds none, or fails on a broken tree.

    ``fast`` asks for the article alone; else its slower comparisons are asked, and tables count as text.
    """
    try:
        body = _extraction(tree, fast=fast)
    except Exception:  # noqa: BLE001 - whatever a strange page does to it, the page is read as one without an article
        return []
    return blocks(body) if body is not None else []


def _extraction(tree: "_Element", *, fast: bool) -> "_Element | None":
    from lxml.html import HtmlElement  # noqa: PLC0415 - heavy
    from trafilatura import bare_extraction  # noqa: PLC0415 - heavy
    from trafilatura.settings import Document as Extracted  # noqa: PLC0415 - heavy

    _quieten()
    if not isinstance(tree, HtmlElement):
        return None
    found = bare_extraction(tree, fast=fast, favor_precision=fast, include_tables=not fast, include_comments=False)
    return found.body if isinstance(found, Extracted) else None


@cache
def _quieten() -> None:
    """Keep trafilatura from writing to the screen what our failures say."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)


def _letters(found: Sequence[str]) -> int:
    """Letters in the blocks ``found``, up to a few more than any question here asks for."""
    total = 0
    for block in found:
        start = block[: 2 * SHORT]
        total += len(_NO_LETTER.sub("", start)) + len(_WIDE.findall(start))
        if total > SHORT:
            break
    return total


def _refuse_excuses(tree: "_Element", found: Sequence[str], page: PageFacts, words: PageWords) -> None:
    """Raise ``InputError`` if the little text ``found`` is a page's excuse for having none, or stands above one."""
    body = tree.find("body")
    shown = "\n".join([page.facts.title or "", *map(one_line, found)])
    everything = "\n".join([shown, *map(one_line, blocks(tree if body is None else body, HTML_UNREAD - {"noscript"}))])
    empty = _letters(found) < MIN_LETTERS
    everything = f"{everything}\n{_title(tree)}"
    for refusal in words.refusals:
        behind_wall = refusal.name == PAYWALL and page.free is False
        if behind_wall or refusal.pattern.search(everything if empty or refusal.anywhere else shown):
            raise InputError(refusal.message)


def _title(tree: "_Element") -> str:
    return one_line(tree.findtext(".//title") or "")
