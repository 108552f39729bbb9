"""The day a web page was published, with what says so; never a guess.

Days in the body of the text, copyright years and days of neighbouring stories are not asked. A page that says only
when it was last changed is dated by that, and says so.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rejoinder.read.datewords import day_in, days_in, url_day
from rejoinder.read.pages.blocks import elements, text_of
from rejoinder.read.pages.jsonld import Linked
from rejoinder.read.pages.words import PageWords
from rejoinder.read.tidy import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Dated", "Signs", "changed_day", "published_day"]

Meta = Mapping[str, Sequence[str]]
Side = Literal["published", "changed"]

MAX_FIELD = 60
"""Characters of a field that holds a day and no more."""
MAX_LINE, MAX_OTHER_WORDS, MAX_SHOWN = 160, 4, 60
"""A line at the headline that dates the page: its length, words in it besides the day, what is shown of it."""
LEAD = 80
"""Characters from which a paragraph under the headline is text: what dates a page stands before its second one."""
MAX_NEAR = 60
"""Elements around the headline that are looked at."""
CHANGED = "when it was last changed; it does not say when it was published"

_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?|\b(?:[ap]\.?m\.?|gmt|utc|kst|jst|bst|e[sd]t|p[sd]t|cet)\b|오[전후]", re.I
)
_WEEKDAY = re.compile(r"\b(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?", re.IGNORECASE)
_DATE_CLASS = re.compile(r"date|time|publish|posted|byline|meta|info|stamp|regist", re.IGNORECASE)
_CHANGED_CLASS = re.compile(r"updat|modif|edited|revis", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_PARTS = re.compile(r"\s*[|·•/]\s+|\s+[-–—]\s+")
_SENTENCE_END = re.compile(r"[^\W\d_]{3}[.!?][\"”’')]*$|\d{4}[.!?]$")
SMALL_WORDS = frozenset(
    ("by", "at", "on", "and", "of", "the", "in", "for", "a", "de", "van", "von", "st", "nd", "rd", "th")
)
"""Words in small letters that a line of names and days may hold without being a sentence."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day, and ``by`` what: "the page's article:published_time"."""

    day: dt.date
    by: str


@dataclass(frozen=True, slots=True)
class Signs:
    """Where a page says its days: its <meta> by name, its JSON-LD, its address, the element of its headline."""

    tree: "_Element"
    meta: Meta
    linked: Linked | None
    url: str | None
    head: "_Element | None"


def published_day(page: Signs, words: PageWords) -> Dated | None:
    """The day of publication by what is trusted most; None where the page and its address do not say."""
    tree, meta, linked, url, head = page.tree, page.meta, page.linked, page.url, page.head
    if linked and linked.published and (day := _field(linked.published)):
        return Dated(day, "the page's JSON-LD datePublished")
    return (
        _in_meta(meta, words.published)
        or _in_microdata(tree, "datePublished")
        or next(_times(head, "published", words), None)
        or (Dated(day, "the address (URL) of the page") if url and (day := url_day(url)) else None)
        or next(_lines(head, "published", words), None)
    )


def changed_day(page: Signs, words: PageWords) -> Dated | None:
    """The day of the page's last change, for one that does not say when it was published; None if it says neither."""
    tree, meta, linked, head = page.tree, page.meta, page.linked, page.head
    found: Dated | None = None
    if linked and linked.changed and (day := _field(linked.changed)):
        found = Dated(day, "the page's JSON-LD dateModified")
    found = found or _in_meta(meta, words.changed) or _in_microdata(tree, "dateModified")
    found = found or next(_times(head, "changed", words), None) or next(_lines(head, "changed", words), None)
    return Dated(found.day, f"{found.by} ({CHANGED})") if found else None


def _field(value: str) -> dt.date | None:
    return day_in(value) if len(value) <= MAX_FIELD else None


def _in_meta(meta: Meta, names: Sequence[str]) -> Dated | None:
    for name in names:
        for value in meta.get(name, ()):
            if day := _field(value):
                return Dated(day, f"the page's {name}")
    return None


def _in_microdata(tree: "_Element", name: str) -> Dated | None:
    for element in elements(tree, f".//*[@itemprop='{name}']"):
        for value in (element.get("content"), element.get("datetime"), text_of(element)):
            if value and (day := _field(value)):
                return Dated(day, f"the page's itemprop {name}")
    return None


def _times(head: "_Element | None", side: Side, words: PageWords) -> Iterator[Dated]:
    """The days of <time> elements at the headline that say when the page was published or changed, as ``side`` asks."""
    for element in _near(head, words):
        if element.tag == "time" and (day := _field(element.get("datetime") or "")) and _side(element, words) == side:
            yield Dated(day, "a <time> element at the headline")


def _side(element: "_Element", words: PageWords) -> Side:
    """What the words and class around a <time> say of it."""
    parent = element.getparent()
    before = element.getprevious()
    said = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    if before is not None and not said.strip():
        said = text_of(before)
    named = f"{element.get('class')} {element.get('itemprop')}"
    if parent is not None and len(text_of(parent)) <= MAX_FIELD:
        named += f" {parent.get('class')}"
    about = f"{said[-MAX_FIELD:]} {text_of(element)}"
    return "changed" if _says(about, words.changed_words) or _CHANGED_CLASS.search(named) else "published"


def _lines(head: "_Element | None", side: Side, words: PageWords) -> Iterator[Dated]:
    """The days in lines at the headline that hold little else ("Published: 24 May 2016 | Updated: 26 May 2016")."""
    for element in _near(head, words):
        line = one_line(text_of(element))
        if not line or len(line) > MAX_LINE:
            continue
        marked = _DATE_CLASS.search(f"{element.get('class')} {element.get('id')}") is not None
        for part in _PARTS.split(line):
            end = 0
            for day, start, stop in days_in(part):
                which: Side = "changed" if _says(part[end:start], words.changed_words) else "published"
                if which == side and _dates_the_page(part, words, marked=marked):
                    shown = line if len(line) <= MAX_SHOWN else line[:MAX_SHOWN].rstrip() + "..."
                    yield Dated(day, f"the line at the headline, “{shown}”")
                end = stop


def _dates_the_page(part: str, words: PageWords, *, marked: bool) -> bool:
    """Whether ``part`` of a line says when the page was published or changed, and is no sentence with a day in it.

    It begins with a word for that, or holds but names besides the day; ``marked``: the page calls it a date.
    """
    if _SENTENCE_END.search(part):
        return False
    if _says(part, [*words.published_words, *words.changed_words], at_start=True):
        return True
    rest = part
    for _, start, stop in reversed(list(days_in(part))):
        rest = rest[:start] + " " + rest[stop:]
    others = _WORD.findall(_WEEKDAY.sub(" ", _CLOCK.sub(" ", rest)))
    sentence = any(word.islower() and word not in SMALL_WORDS for word in others)
    return not sentence and len(others) <= (2 * MAX_OTHER_WORDS if marked else MAX_OTHER_WORDS)


def _says(text: str, words: Sequence[str], *, at_start: bool = False) -> bool:
    where = r"\A\W*" if at_start else r"(?<!\w)"
    return re.search(rf"{where}(?:{'|'.join(map(re.escape, words))})", text, re.IGNORECASE) is not None


def _near(head: "_Element | None", words: PageWords) -> list["_Element"]:
    """Elements from the headline to the second paragraph of text, then those before it under the same parent."""
    if head is None:
        return []
    after: list[_Element] = []
    paragraphs = 0
    for element in elements(head, f"following::*[position() <= {MAX_NEAR}]"):
        text = (element.text or "") + "".join(child.tail or "" for child in element)
        if len(text.strip()) >= LEAD and element.tag not in ("script", "style"):
            paragraphs += 1
            if paragraphs == 2:
                break
        if not _is_beside(element, head, words):
            after.append(element)
    before = elements(head, "preceding-sibling::*/descendant-or-self::*")[-MAX_NEAR:]
    return [*after, *(element for element in before if not _is_beside(element, head, words))]


def _is_beside(element: "_Element", head: "_Element", words: PageWords) -> bool:
    """Whether ``element`` belongs to other stories, or to the page as a whole."""
    around = [element, *element.iterancestors()]
    above_head = set(head.iterancestors())
    for each in around:
        if each in above_head:
            return False
        if each.tag in ("aside", "nav", "footer", "script", "style"):
            return True
        named = f"{each.get('class')} {each.get('id')}".lower()
        if any(word in named for word in words.beside):
            return True
    return False
