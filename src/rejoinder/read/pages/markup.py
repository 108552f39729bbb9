"""From the bytes of a web page to its tree: which encoding, and what a parser stumbles over."""

import codecs
import re
from typing import TYPE_CHECKING

from rejoinder.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["MAX_PAGE", "page_text", "page_tree", "tree_of"]

MAX_PAGE = 10_000_000
"""Bytes of the largest page read; a long live blog has some 3 million."""
HEAD = 4096
"""Bytes in which a page says its encoding."""
MAX_ELEMENTS = 100_000
"""Elements of the largest page read; on more of them the search for the article takes minutes."""
MAX_BROKEN = 0.001
"""Share of characters that may be no UTF-8 in a page that says it is."""

# What browsers take instead of what pages say (the WHATWG's table, as far as it matters here).
MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "euc-kr": "cp949",
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "ms949": "cp949",
    "uhc": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "utf-16": "utf-8",  # the page could not have been read so far, were it true
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "utf8": "utf-8",
}
# Encodings of old pages that say none, by the language they say they are in.
BY_LANGUAGE = {"ko": "cp949", "ja": "cp932", "zh": "gb18030", "ru": "cp1251", "uk": "cp1251"}
OF_PAGES = (
    "utf-8",
    "cp",
    "iso8859",
    "iso2022",
    "koi8",
    "euc",
    "big5",
    "gb",
    "hz",
    "shift",
    "mac",
    "tis",
    "johab",
    "ascii",
)
"""Beginnings of Python's names of the encodings that pages and mails are written in."""
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_PROLOG = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([\w:.-]+)""", re.IGNORECASE)
_LANGUAGE = re.compile(rb"""<html[^>]{0,400}?\blang\s*=\s*["']?([a-z]{2})""", re.IGNORECASE)
_XML_PROLOG = re.compile(r"\s*<\?xml[^>]*>")
# An <html/> closed at once makes the parser drop all that follows.
_CLOSED_ROOT = re.compile(r"(<html\b[^>]*?)\s*/>", re.IGNORECASE)


def page_text(data: bytes, content_type: str | None = None) -> str:
    """The characters of the page ``data``; bytes that are none become U+FFFD.

    Byte order mark, then the server's charset, then the page's own, else UTF-8 if it is, else what pages of its
    language were written in. A wrong declaration is not believed where the page is UTF-8 or cannot be what it says.
    """
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    for codec in _candidates(data, content_type):
        text = data.decode(codec, "replace")
        if text.count("\ufffd") <= MAX_BROKEN * len(text):
            return text
    return data.decode(_by_language(data), "replace")


def _candidates(data: bytes, content_type: str | None) -> list[str]:
    said = _CHARSET.search(content_type or "")
    inside = _META.search(data, 0, HEAD) or _PROLOG.match(data)
    names = [said[1]] if said else []
    if inside:
        names.append(inside[1].decode("ascii", "replace"))
    codecs_said = [codec for name in names if (codec := _codec(name))]
    return [*codecs_said, "utf-8"]


def _codec(name: str) -> str | None:
    """Python's codec for ``name``; None where it is no encoding of pages ("base64", "unicode_escape", "utf-7")."""
    try:
        known = codecs.lookup(MEANT.get(name.lower(), name.lower())).name
    except (LookupError, ValueError):
        return None
    return known if known.startswith(OF_PAGES) else None


def _by_language(data: bytes) -> str:
    language = _LANGUAGE.search(data, 0, HEAD)
    return BY_LANGUAGE.get(language[1].decode("ascii").lower() if language else "", "cp1252")


def page_tree(data: bytes, content_type: str | None = None) -> "_Element":
    """The tree of the page ``data``. Raises ``InputError`` where it is empty or far too large."""
    tree = tree_of(page_text(data, content_type))
    if tree.xpath(f"count(.//*) > {MAX_ELEMENTS}"):
        raise InputError(f"the page has more than {MAX_ELEMENTS:,} elements. Save the page of one article.")
    return tree


def tree_of(markup: str) -> "_Element":
    """The tree of ``markup``, HTML however broken, comments left out. Raises ``InputError`` if it is empty."""
    from lxml import etree, html  # noqa: PLC0415 - not for those who read no pages

    markup = markup.replace("\0", "")
    head = _XML_PROLOG.sub("", markup[:HEAD].replace("\ufeff", ""), count=1)
    markup = _CLOSED_ROOT.sub(r"\1>", head, count=1) + markup[HEAD:]
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError("the page is empty or no HTML. Save it anew, complete.") from error
