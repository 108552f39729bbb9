"""Whether a text is English, by its letters and its small words."""

import re

from rejoinder.text.data import Vocabulary

__all__ = ["is_english"]

SAMPLE = 10_000
"""Characters looked at: enough for a share, whatever the length."""
MIN_LATIN = 0.6
"""Least share of Latin letters among all letters. A report that quotes a slogan in Hangul stays above it."""
MIN_WORDS = 8
"""Fewer words say nothing: "Kim Jong Un visits Beijing" has no function word."""
MIN_FOREIGN = 0.06
"""Share of foreign function words, at least two different ones, that makes a text foreign where they outnumber the
English ones. Names of people and places keep below it."""
MIN_ANY = 16, 0.04
"""From this many different words on, the least share of English function words, those of other languages too included.
A flash told over and over ("Russia expelled three Polish diplomats.") is as English as told once."""
MIN_ENGLISH = 60, 0.06
"""From this many words on, the least share of words that are English alone. Reports have 0.2 to 0.4 of them."""

_WORD = re.compile(r"[^\W\d_]+")
_LAST_LATIN = "\u024f"
_LATIN_ADDITIONAL = ("\u1e00", "\u1eff")


def is_english(text: str, words: Vocabulary) -> bool:
    """Whether ``text`` may be coded as English. A text of fewer than eight words is, if its letters are Latin."""
    sample = text[:SAMPLE].lower()
    found = _WORD.findall(sample)
    if not sample.isascii() and _share_of_latin(found) < MIN_LATIN:
        return False
    total = len(found)
    if total < MIN_WORDS:
        return True
    english = _count(found, words.english)
    foreign = list(filter(words.foreign.__contains__, found))
    if len(foreign) > english and len(foreign) >= MIN_FOREIGN * total and len(set(foreign)) > 1:
        return False
    any_english = english + _count(found, words.shared)
    telling = len(set(found)) >= MIN_ANY[0]
    return not (telling and _below(any_english, total, MIN_ANY)) and not _below(english, total, MIN_ENGLISH)


def _count(found: list[str], words: frozenset[str]) -> int:
    return sum(map(words.__contains__, found))


def _below(count: int, total: int, floor: tuple[int, float]) -> bool:
    from_words, share = floor
    return total >= from_words and count < share * total


def _share_of_latin(found: list[str]) -> float:
    """Of all letters, not words: Chinese writes no spaces, so that whole clauses come as one "word"."""
    letters = sum(map(len, found))
    latin = sum(len(word) for word in found if word.isascii() or _is_latin(word))
    return latin / letters if letters else 1.0


def _is_latin(word: str) -> bool:
    first, last = _LATIN_ADDITIONAL
    return all(letter <= _LAST_LATIN or first <= letter <= last for letter in word)
