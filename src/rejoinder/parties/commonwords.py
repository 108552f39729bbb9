"""Surnames that are also ordinary words or months: "May", "Rice", "Power". When is such a word a person?

Only where the words before it make it a name ("Condoleezza Rice", "Prime Minister May"), or after the text has done so
once: a capital alone says nothing at the head of a sentence, in a headline, or of a month.
"""

from collections.abc import Sequence

from rejoinder.draft import Token
from rejoinder.parties.entries import Phrases
from rejoinder.parties.naming import Named

__all__ = ["introductions", "is_person"]

ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "poss"})
"""Where a month's name may be a person's: a date is none of these, or only by a slip of the parser."""


def introductions(tokens: Sequence[Token], at: dict[int, Named], phrases: Phrases) -> dict[str, int]:
    """The common words that somebody of the text is called, each with the token that first says so."""
    found: dict[str, int] = {}
    for token in tokens:
        if token.lower in phrases.common_words and token.lower not in found and _names(tokens, token.i, at, phrases):
            found[token.lower] = token.i
    return found


def is_person(
    tokens: Sequence[Token], i: int, at: dict[int, Named], introduced: dict[str, int], phrases: Phrases
) -> bool:
    """Whether the common word ``i`` is a person's name here."""
    token = tokens[i]
    if _names(tokens, i, at, phrases):
        return True
    if introduced.get(token.lower, i) >= i:
        return False
    return token.lower not in phrases.months or (token.dep in ACTING and not _is_dated(tokens, i))


def _names(tokens: Sequence[Token], i: int, at: dict[int, Named], phrases: Phrases) -> bool:
    """Whether the words around make the common word ``i`` a name: a known person's, or one after a name or title."""
    named = at.get(i)
    if named is not None:
        return named.entry is not None and named.entry.kind == "person"
    token = tokens[i]
    if i == 0 or not token.text[0].isupper() or token.tag not in ("NNP", "NNPS") or _is_dated(tokens, i):
        return False
    before = tokens[i - 1]
    if before.lower.rstrip(".") in phrases.courtesies:
        return True
    title = at.get(i - 1)
    if title is not None:
        return title.entry is None and title.hit.noun is not None and title.hit.noun.animacy == "person"
    if token.lower in phrases.months:  # "Aurat March", "Cannes May"
        return False
    ends = i + 1 == len(tokens) or not (tokens[i + 1].tag == "NNP" and tokens[i + 1].text[0].isupper())
    name = before.tag == "NNP" and before.text[0].isupper() and before.text[-1].isalpha()
    return name and ends and before.lower not in phrases.months


def _is_dated(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number stands beside the word: "May 5", "5 May", "March 2003"."""
    return any(0 <= j < len(tokens) and tokens[j].text[0].isdigit() for j in (i - 1, i + 1))
