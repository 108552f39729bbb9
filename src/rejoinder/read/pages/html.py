"""Web pages: the article's text, its headline, and what the page says of who published it, and when.

The text is made here: a document's offsets refer to the text as extracted, not to the page's bytes.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from rejoinder.errors import InputError
from rejoinder.read.pages.article import article_text
from rejoinder.read.pages.facts import page_facts
from rejoinder.read.pages.markup import MAX_PAGE, page_tree
from rejoinder.read.pages.words import page_words
from rejoinder.read.source import Facts, Format, Item, Settings, Source
from rejoinder.read.whole import guarded, whole
from rejoinder.read.xmlhead import FEEDS, SITEMAPS, root_name, without_comments
from rejoinder.records import Document

__all__ = ["FORMATS", "fits_html", "page", "read_html"]

SUFFIXES = frozenset((".html", ".htm", ".xhtml", ".shtml"))
MEDIA_TYPES = ("text/html", "application/xhtml+xml")

# What a page begins with, behind byte order mark, blank lines, comments and an XML prolog.
_OPENS = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?xml[^>]*>)*+"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|article|main|section|div|table|center|p|h[1-6])"
    rb"(?:[\s>/])",
    re.IGNORECASE,
)


def fits_html(head: bytes, source: Source) -> bool:
    """Whether ``head`` begins a web page, by its first element; else by name or media type, if it is text with tags."""
    narrow = head[2:].replace(b"\0", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    narrow = without_comments(narrow)
    if _OPENS.match(narrow):
        return True
    if b"\0" in narrow or root_name(narrow) in FEEDS | SITEMAPS:
        return False
    said = (source.content_type or "").lower().startswith(MEDIA_TYPES)
    named = said or PurePath(source.name).suffix.lower() in SUFFIXES
    return named and (b"<" in narrow or not narrow.strip())


def read_html(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 - a Reader
    """The one article in ``source``, or the one reason why there is none. Never raises for what it holds."""
    return guarded(source, lambda: _document(source))


def _document(source: Source) -> Iterator[Item]:
    data = whole(source, MAX_PAGE)
    yield page(data, source.facts, source.content_type, source.origin, source.facts.name or PurePath(source.name).stem)


def page(data: bytes, around: Facts, content_type: str | None, origin: str, name: str) -> Document:
    """The article in the web page ``data``.

    ``around`` fills what the page leaves open, ``content_type`` is the server's. Raises ``InputError`` where the page
    holds no article.
    """
    if not data.strip():
        raise InputError("the page is empty. Save it anew, complete.")
    words = page_words()
    tree = page_tree(data, content_type)
    known = page_facts(tree, around, words)
    text = article_text(tree, known, words)
    return known.facts.document(text, name, origin)


FORMATS: tuple[Format, ...] = (Format("html", "web page", fits_html, read_html, slow=True),)
