"""Drafts for the tests of the parties room, and how a mention is found for words of a text."""

import datetime as dt
from collections.abc import Callable

from rejoinder.draft import Draft, Mention
from rejoinder.parties import Gazetteer, find_mentions, resolve_mentions
from rejoinder.records import Document
from rejoinder.text import lay_out

Parse = Callable[[Draft], Draft]


def parsed(parse: Parse, text: str, published: dt.date | None = None, title: str | None = None) -> Draft:
    """``text`` laid out and parsed."""
    return parse(lay_out(Draft(Document(text, title=title, published=published))))


def resolved(parse: Parse, gazetteer: Gazetteer, text: str, **facts: object) -> Draft:
    """``text`` with its mentions found and resolved."""
    published, title = facts.get("published"), facts.get("title")
    draft = parsed(
        parse,
        text,
        published if isinstance(published, dt.date) else None,
        title if isinstance(title, str) else None,
    )
    return resolve_mentions(find_mentions(draft, gazetteer), gazetteer)


def best(draft: Draft, start: int, end: int) -> Mention | None:
    """The mention that overlaps the characters ``start:end`` best; None where none does."""
    near = [m for m in draft.mentions if m.start < end and start < m.end]
    return max(near, key=lambda m: overlap(m, start, end), default=None)


def overlap(mention: Mention, start: int, end: int) -> float:
    """Shared characters over all characters of a mention and ``start:end``."""
    shared = min(mention.end, end) - max(mention.start, start)
    return max(0, shared) / (max(mention.end, end) - min(mention.start, start))
