"""Pages that list articles rather than hold one: told by their text being that of links, and of cards around links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rejoinder.read.pages.blocks import text_of
from rejoinder.read.tidy import words_alone

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Listed", "is_list", "listed_texts"]

MIN_CARDS = 4
"""Linked headlines from which a page may be a list of articles."""
MAX_CARD = 400
"""Characters of the longest card: a linked headline with its teaser."""
MAX_LISTED = 0.5
"""Share of a text that may be that of links and cards."""
MIN_LINK, MAX_LINKS, MAX_TEXT = 16, 500, 20_000
"""Letters of a link that may be a headline; how many of them, and how much of a text, are compared."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Texts of a page, as words alone: ``cards`` of linked headlines with what stands by them, and long ``links``."""

    cards: frozenset[str]
    links: tuple[str, ...]


def listed_texts(tree: "_Element") -> Listed:
    """What in the page ``tree`` points at other articles. Links within the page do not."""
    cards: set[str] = set()
    number = 0
    for heading in tree.iter("h2", "h3", "h4", "h5"):
        parent = heading.getparent()
        link = heading.find(".//a")
        if link is None and parent is not None and parent.tag == "a":
            link = parent
        if link is None or parent is None or (link.get("href") or "#").startswith("#"):
            continue
        number += 1
        cards.add(words_alone(text_of(heading)))
        if len(text_of(parent)) <= MAX_CARD:
            cards.update(words_alone(text_of(each)) for each in parent.iter("p", "div", "span"))
    links = dict.fromkeys(words_alone(text_of(link)) for link in tree.iter("a"))
    return Listed(
        frozenset(cards if number >= MIN_CARDS else ()) - {""},
        tuple(link for link in links if len(link) >= MIN_LINK)[:MAX_LINKS],
    )


def is_list(found: Sequence[str], listed: Listed) -> bool:
    """Whether most of the blocks ``found`` is text of links and cards."""
    blocks = [words_alone(block) for block in found]
    in_cards = sum(len(block) for block in blocks if block in listed.cards)
    text = "".join(blocks)[:MAX_TEXT]
    in_links = sum(len(link) for link in listed.links if link in text)
    return in_cards > MAX_LISTED * sum(map(len, blocks)) or in_links > MAX_LISTED * len(text)
