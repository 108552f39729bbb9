"""Characters of texts that are made here, from pages, PDF and Word: what no reader sees is left out.

Texts that come in as text are never altered; these have no original text, so this is where it is made.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["one_line", "paragraphs", "same_words", "tidied", "with_headline", "words_alone"]

HEAD_BLOCKS = 3
"""Blocks at the top among which the headline is looked for."""

# Soft hyphens, zero-width spaces and joiners of words, byte order marks, marks of direction, control characters;
# not the joiners U+200C and U+200D, which some scripts need.
_UNSEEN = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACE = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n\s*\n")
_NO_WORD = re.compile(r"[\W_]+")


def tidied(text: str) -> str:
    """``text`` in NFC without unseen characters, runs of space as one space; line breaks stay."""
    text = _LINE_END.sub("\n", text)
    text = _CONTROL.sub("", _UNSEEN.sub("", text))
    text = _AROUND_BREAK.sub("\n", _SPACE.sub(" ", text))
    return unicodedata.normalize("NFC", text.strip())


def one_line(text: str) -> str:
    """``text`` tidied, on one line."""
    return tidied(text).replace("\n", " ")


def paragraphs(blocks: Iterable[str]) -> str:
    """``blocks`` as paragraphs with a blank line between, tidied, empty ones left out; "" where none is left."""
    pieces = (piece.strip() for block in blocks for piece in _BLANK_LINES.split(tidied(block)))
    return "\n\n".join(piece for piece in pieces if piece)


def with_headline(title: str | None, blocks_: Sequence[str]) -> str:
    """``blocks_`` as a text under ``title``, which stands there once even where the blocks repeat it at the top."""
    rest = [block for place, block in enumerate(blocks_) if place >= HEAD_BLOCKS or not same_words(block, title)]
    return paragraphs([title, *rest] if title else rest)


def words_alone(text: str) -> str:
    """``text`` without case, space and punctuation: the same for the same words."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()


def same_words(one: str | None, other: str | None) -> bool:
    """Whether both say the same words, whatever their case and punctuation; empty ones never do."""
    left, right = words_alone(one or ""), words_alone(other or "")
    return bool(left) and left == right
