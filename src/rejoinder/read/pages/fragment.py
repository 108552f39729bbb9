"""Markup that is a text as it stands: the body of a mail, an entry of a feed. No search for an article in it."""

from rejoinder.errors import InputError
from rejoinder.read.pages.blocks import HTML_UNREAD, blocks
from rejoinder.read.pages.markup import tree_of
from rejoinder.read.tidy import one_line, tidied

__all__ = ["plain_blocks"]


def plain_blocks(markup: str) -> list[str]:
    """The paragraphs of ``markup`` (HTML, or text without tags), in order; none where it shows nothing."""
    if "<" not in markup and "&" not in markup:
        return [markup] if markup.strip() else []
    try:
        return [block for block in map(tidied, blocks(tree_of(markup), HTML_UNREAD)) if one_line(block)]
    except InputError:
        return []
