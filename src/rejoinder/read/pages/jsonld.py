"""What a page says of its article in JSON-LD, the schema.org notes that news sites write for search engines."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rejoinder.read.pages.words import PageWords
from rejoinder.read.tidy import one_line, same_words

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Linked", "linked_article"]

MAX_DEPTH = 4
"""Lists and @graph within each other; articles lie at the top or one below."""
MAX_ARTICLES = 3
"""More of them at the top of a page are a list of articles, not the page's own."""

# What sites write around JSON, and what they leave in it that is none.
_WRAPPED = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


@dataclass(frozen=True, slots=True)
class Linked:
    """An article as JSON-LD describes it; days are as written. ``free`` is False where it is behind a paywall.

    ``is_page``: it is not the article but the page that is described.
    """

    headline: str | None = None
    published: str | None = None
    changed: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    free: bool | None = None
    is_page: bool = False


def linked_article(tree: "_Element", title: str | None, words: PageWords) -> Linked | None:
    """The article that the page ``tree`` is about, or None where it says none, or several that cannot be told apart.

    ``title`` is the page's, to find its article among others.
    """
    nodes = [node for script in _scripts(tree) for node in _nodes(script)]
    by_id = {name: node for node in nodes if isinstance(name := node.get("@id"), str) and len(node) > 1}
    for types, is_page in ((words.articles, False), (words.web_pages, True)):
        found = [node for node in nodes if _types(node) & frozenset(types)]
        own = next((node for node in found if title and same_words(_string(node.get("headline")), title)), None)
        if (
            own is None
            and found
            and (len(found) < MAX_ARTICLES and len({_string(n.get("datePublished")) for n in found}) == 1)
        ):
            own = found[0]
        if own is not None:
            return _linked(own, by_id, is_page=is_page)
    return None


def _scripts(tree: "_Element") -> Iterator[object]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        text = _WRAPPED.sub("", script.text)
        for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
            try:
                yield json.loads(attempt, strict=False)
            except (ValueError, RecursionError):
                continue
            break


def _nodes(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    """The objects at the top of ``value``: of lists, of @graph, and what a page says it is mainly about."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(key), depth + 1)


def _types(node: Mapping[str, object]) -> frozenset[str]:
    said = node.get("@type")
    several = said if isinstance(said, list) else [said]
    return frozenset(each.rpartition("/")[2] for each in several if isinstance(each, str))


def _linked(node: Mapping[str, object], by_id: Mapping[str, Mapping[str, object]], *, is_page: bool) -> Linked:
    page = node.get("mainEntityOfPage")
    free = _string(node.get("isAccessibleForFree"))
    return Linked(
        headline=_string(node.get("headline")) or (_string(node.get("name")) if is_page else None),
        published=_string(node.get("datePublished")),
        changed=_string(node.get("dateModified")),
        author=", ".join(dict.fromkeys(_names(node.get("author"), by_id))) or None,
        outlet=next(iter(_names(node.get("publisher"), by_id)), None),
        url=_string(node.get("url")) or _string(page.get("@id") if isinstance(page, dict) else page),
        free=None if free is None else free.lower() != "false",
        is_page=is_page,
    )


def _names(value: object, by_id: Mapping[str, Mapping[str, object]]) -> Iterable[str]:
    for each in value if isinstance(value, list) else [value]:
        node = each
        if isinstance(node, dict) and "name" not in node:
            name = node.get("@id")
            node = by_id.get(name, node) if isinstance(name, str) else node
        said = node.get("name") if isinstance(node, dict) else node
        for name in said if isinstance(said, list) else [said]:
            if (text := _string(name)) and "://" not in text:
                yield text


def _string(value: object) -> str | None:
    if isinstance(value, bool):
        return str(value)
    return one_line(value) or None if isinstance(value, str) else None
