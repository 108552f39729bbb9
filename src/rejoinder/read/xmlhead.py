"""What an XML file begins with: the name of its root, and declarations that a reader must not follow."""

import re

from rejoinder.errors import InputError

__all__ = ["FEEDS", "SITEMAPS", "refuse_entities", "root_name", "without_comments"]

FEEDS = frozenset((b"rss", b"feed", b"rdf:rdf"))
"""Roots of RSS and Atom, as :func:`root_name` gives them."""
SITEMAPS = frozenset((b"urlset", b"sitemapindex"))
"""Roots of sitemaps, and of indexes of them."""

MAX_PROLOG = 65_536
"""Bytes before the first element that are looked through; more is no prolog of an honest file."""

_PROLOG = re.compile(rb"(?:\s|<\?[^>]*>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*+", re.IGNORECASE)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_NAMESPACE = re.compile(rb"^(?!rdf:)[\w.-]+:")


def root_name(head: bytes) -> bytes | None:
    """The name of the first element in ``head``, written small, without its prefix (but "rdf:rdf"); None: no XML."""
    plain = without_comments(_narrow(head[:MAX_PROLOG]))
    prolog = _PROLOG.match(plain)
    root = _ROOT.match(plain, prolog.end() if prolog else 0)
    return _NAMESPACE.sub(b"", root[1].lower()) if root else None


def refuse_entities(data: bytes) -> None:
    """Raise ``InputError`` if ``data`` declares entities: nobody needs them, and attacks are made of them."""
    start = without_comments(_narrow(data[: 2 * MAX_PROLOG]))
    root = _ROOT.search(start)
    if root is None and len(data) > MAX_PROLOG:
        raise InputError("it is no feed or sitemap: nothing begins in its first 64 kB. Fetch it anew.")
    prolog = start[: root.start()] if root else start
    if b"<!entity" in prolog.lower():
        raise InputError("it declares XML entities, which are not followed. Take the DOCTYPE out of it.")


def without_comments(data: bytes) -> bytes:
    """``data`` without its comments; one that does not end takes the rest with it."""
    # No regular expression: with thousands of beginnings and no end it would look for the end from each of them.
    kept: list[bytes] = []
    start = 0
    while (begin := data.find(b"<!--", start)) >= 0:
        kept.append(data[start:begin])
        end = data.find(b"-->", begin + 4)
        if end < 0:
            return b"".join(kept)
        start = end + 3
    return b"".join([*kept, data[start:]])


def _narrow(data: bytes) -> bytes:
    """``data`` without byte order mark and, of UTF-16, without its zero bytes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        return data.lstrip(b"\xff\xfe").replace(b"\0", b"")
    return data.removeprefix(b"\xef\xbb\xbf")
