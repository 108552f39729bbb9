"""What a web page says of itself besides its text: title, outlet, author, address, day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rejoinder.read.addresses import host_of, is_web
from rejoinder.read.pages.blocks import elements, text_of
from rejoinder.read.pages.dates import Signs, changed_day, published_day
from rejoinder.read.pages.headlines import headline, headline_element, site_in_title
from rejoinder.read.pages.jsonld import Linked, linked_article
from rejoinder.read.pages.words import PageWords
from rejoinder.read.source import Facts
from rejoinder.read.tidy import one_line, words_alone

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["PageFacts", "page_facts"]

MAX_AUTHOR = 200
"""Characters of the longest list of authors; more is a biography."""

_BY = re.compile(r"^(?:by|written by|reported by|posted by)[\s:]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """``facts`` of a page, with what tells a page that holds an article from others.

    ``free`` is False where the page says that it is for subscribers; ``is_article`` where it says what it is.
    """

    facts: Facts
    free: bool | None = None
    is_article: bool | None = None


def page_facts(tree: "_Element", around: Facts, words: PageWords) -> PageFacts:
    """The facts of the page ``tree``; what it leaves open is filled from ``around``, what is known of it otherwise."""
    meta = _meta(tree)
    said = [*_all(meta, words.title), *_title(tree)]
    linked = linked_article(tree, _first(said), words)
    if linked and linked.headline and not linked.is_page:
        said.insert(min(1, len(said)), linked.headline)
    url = _address(tree, meta, linked, words) or around.url
    named = _first(_all(meta, words.outlet[:1])) or (linked.outlet if linked else None)
    named = named or _first([each for each in _all(meta, words.outlet) if "://" not in each])
    title = headline(tree, said, named or host_of(url)) or around.title
    outlet = named or around.outlet or site_in_title(tree, title) or host_of(url)
    signs = Signs(tree, meta, linked, url, headline_element(tree, said))
    dated = published_day(signs, words)
    if dated is None and around.published is None:
        dated = changed_day(signs, words)
    facts = Facts(
        name=around.name,
        title=title,
        outlet=outlet,
        author=_author(tree, meta, linked, words, outlet) or around.author,
        url=url,
        published=dated.day if dated else around.published,
        dated_by=dated.by if dated else around.dated_by,
    )
    return PageFacts(facts, linked.free if linked else None, _is_article(meta, linked))


def _meta(tree: "_Element") -> Mapping[str, Sequence[str]]:
    """Name of each <meta>, written small, with its contents."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = one_line(element.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name and content:
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _all(meta: Mapping[str, Sequence[str]], names: Sequence[str]) -> list[str]:
    return [value for name in names for value in meta.get(name, ())]


def _first(values: Sequence[str]) -> str | None:
    return values[0] if values else None


def _title(tree: "_Element") -> list[str]:
    element = tree.find(".//title")
    text = one_line(element.text or "") if element is not None else ""
    return [text] if text else []


def _address(
    tree: "_Element", meta: Mapping[str, Sequence[str]], linked: Linked | None, words: PageWords
) -> str | None:
    canonical = [
        href.strip()
        for link in tree.iter("link")
        if (link.get("rel") or "").lower() == "canonical" and (href := link.get("href"))
    ]
    said = [*canonical, *_all(meta, words.url), *([linked.url] if linked and linked.url else [])]
    return next((url for url in said if is_web(url)), None)


def _author(
    tree: "_Element", meta: Mapping[str, Sequence[str]], linked: Linked | None, words: PageWords, outlet: str | None
) -> str | None:
    marked = [text_of(element) for element in elements(tree, ".//a[@rel='author'] | .//*[@itemprop='author']")]
    for value in (linked.author if linked else None, *_several(_all(meta, words.author)), *marked):
        name = _BY.sub("", one_line(value or ""))
        if name and "://" not in name and len(name) <= MAX_AUTHOR and words_alone(name) != words_alone(outlet or ""):
            return name
    return None


def _several(names: Sequence[str]) -> list[str]:
    """One line of the names that are no addresses: a page with two authors has two <meta>."""
    return [", ".join(dict.fromkeys(name for name in names if "://" not in name))]


def _is_article(meta: Mapping[str, Sequence[str]], linked: Linked | None) -> bool | None:
    if linked is not None and not linked.is_page:
        return True
    kinds = [kind.lower() for kind in meta.get("og:type", ())]
    return None if not kinds else any("article" in kind for kind in kinds)
