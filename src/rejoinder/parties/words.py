"""How words are compared with names: case, dots, hyphens and accents.

A text's token may hold several words ("U.S.-led"), and a name's word several tokens: both are cut into the same small
words, so that "Jong-un", "Jong Un" and "Jong-Un" are one name, and "U.S." and "US" another.
"""

import re
import unicodedata
from collections.abc import Sequence

from rejoinder.draft import Token

__all__ = ["Word", "name_words", "plain", "text_words"]

Word = tuple[str, int, bool, bool]
"""The lower-case form without dots and accents, the token it lies in, whether it begins with a capital, and whether all
its letters are capitals."""

BREAK: Word = ("", -1, False, False)
"""Stands between sentences: no name has it. After a dot there is none, for the parser breaks at "N. Korea" too."""
MARKS = "-‐‑‒–—+/"
CUT = re.compile(f"[{re.escape(MARKS)}]")
SPACED = str.maketrans(dict.fromkeys(MARKS, " "))
SHORT = 3


def plain(word: str) -> str:
    """``word`` in lower case, without dots and accents, with straight apostrophes."""
    lower = word.lower()
    if not lower.isascii():
        lower = unicodedata.normalize("NFKD", lower.replace("’", "'").replace("ı", "i").replace("ø", "o"))
        lower = "".join(c for c in lower if not unicodedata.combining(c))
    return lower.replace(".", "") or lower


def _parts(text: str) -> tuple[tuple[str, bool, bool], ...]:
    if len(text) == 1:
        if text in MARKS:
            return ()
        return ((text.lower(), text.isupper(), text.isupper()),)
    pieces = CUT.split(text) if CUT.search(text) else (text,)
    return tuple((plain(p), p[0].isupper(), p.isupper()) for p in pieces if p)


def text_words(tokens: Sequence[Token]) -> list[Word]:
    """The words of a parsed text in order; hyphens are none."""
    known: dict[str, tuple[tuple[str, bool, bool], ...]] = {}
    words: list[Word] = []
    joined = False
    for before, token in zip((None, *tokens), tokens, strict=False):
        if before is not None and before.sentence != token.sentence and not before.text.endswith("."):
            words.append(BREAK)  # a headline's last word and the lead's first make no name: "... South | North Korea"
        parts = known.get(token.text)
        if parts is None:
            parts = known[token.text] = _parts(token.text)
        for form, capital, capitals in parts:
            words.append((form, token.i, capital or joined, capitals))
        joined = not parts  # what follows a hyphen may be small: "Jong-un"
    return words


def name_words(name: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The words of a name as a gazetteer writes it, and what case each asks of the text.

    0: any (the name has it in lower case, or it follows a hyphen); 1: a capital first; 2: capitals only (an
    abbreviation of up to three letters, which a common word could be).
    """
    forms: list[str] = []
    cases: list[int] = []
    for chunk in name.replace("’", "'").split():
        stem, tail = _stem(chunk) if "'" in chunk else (chunk, "")
        pieces = (stem,) if stem.isalnum() else stem.translate(SPACED).split()  # most names need no cutting
        first = True
        for piece in pieces:
            capital = piece[0].isupper()
            forms.append(plain(piece))
            cases.append(2 if capital and _is_short(piece, alone=name == chunk) else int(capital and first))
            first = False
        if tail:
            forms.append(tail)
            cases.append(0)
    return tuple(forms), tuple(cases)


def _stem(chunk: str) -> tuple[str, str]:
    """A word and its possessive ending: "Korea's" -> ("Korea", "'s"), "States'" -> ("States", "'")."""
    for tail in ("'s", "'"):
        before = chunk[-len(tail) - 1 : -len(tail)]
        if chunk.endswith(tail) and (before.isalnum() or before == "_"):
            return chunk[: -len(tail)], tail
    return chunk, ""


def _is_short(piece: str, *, alone: bool) -> bool:
    """Whether a piece is an abbreviation that a common word could be; a single letter is one only if ``alone``."""
    if not piece.isupper():
        return False
    letters = sum(map(str.isalpha, piece))
    return letters <= SHORT and (letters > 1 or alone)
