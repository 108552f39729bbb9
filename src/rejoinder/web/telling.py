"""Threads and filters in words, as pages tell of them."""

import re
from collections.abc import Mapping, Sequence

from rejoinder.book.exchange import Exchange, sides_of
from rejoinder.records import Thread
from rejoinder.web import words

__all__ = ["ANSWERS", "after_days", "marked", "named", "noun", "silence", "wait"]

_NOUNS = {"OFFER": "offer", "REQUEST": "request", "DEMAND": "demand", "THREATEN": "threat", "AGREE": "agreement"}
ANSWERS = {
    "accepts": "accepts",
    "rejects": "rejects",
    "counters": "counters",
    "evades": "does not answer",
    "reaffirms": "renews it",
    "withdraws": "withdraws it",
    "fulfils": "fulfils it",
    "breaches": "breaks it",
}
"""What an answer does, by the code of how it answers."""

_WORD = re.compile(r"\w+")
_ENDINGS = ("ings", "ing", "ed", "es", "s", "e")
_SHORTEST = 3


def noun(kind: str) -> str:
    """What an act that opens a thread is called: "demand"."""
    return _NOUNS.get(kind, kind.replace("_", " ").lower())


def named(states: Sequence[str], names: Mapping[str, str]) -> str:
    """States by their names: "South Korea and United States"; a dyad of one state: "within South Korea"."""
    if len(states) > 1 and len(set(states)) == 1:
        return f"within {words.state(states[0], names)}"
    return " and ".join(words.state(code, names) for code in states)


def silence(thread: Thread) -> str:
    """How long the offer waited, or waits."""
    count = thread.silence_days
    if count is None:
        return "no day to count from"
    if thread.replied:
        return "answered the same day" if count == 0 else f"answered after {_days(count)}"
    return f"{_days(count)} of silence" if count else "made on the newest day known"


def after_days(count: int, *, replied: bool) -> str:
    """What stands between two days of a thread, ``count`` days apart; ``replied``: the addressee had answered."""
    if count == 1:
        return "the next day"
    return f"{_days(count)} without a further word" if replied else f"{_days(count)} of silence"


def wait(found: Exchange, names: Mapping[str, str]) -> str | None:
    """From whom an answer is awaited, where nothing is settled and no condition says what comes next."""
    thread = found.thread
    if thread.status != "open" or thread.awaits or thread.offer.kind == "THREATEN":
        return None
    _, theirs = sides_of(thread.offer)
    return f"An answer by {named(theirs, names)}" if theirs else "An answer"


def marked(text: str, sought: str) -> list[tuple[str, bool]]:
    """``text`` in pieces, with whether each is one of the words ``sought``, in whatever form."""
    stems = {_stem(word) for word in _WORD.findall(sought)}
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _WORD.finditer(text):
        if _stem(found[0]) in stems:
            pieces += [(text[at : found.start()], False), (found[0], True)]
            at = found.end()
    pieces.append((text[at:], False))
    return [piece for piece in pieces if piece[0]]


def _days(count: int) -> str:
    return f"{count:,} day{'' if count == 1 else 's'}"


def _stem(word: str) -> str:
    """The word without its ending, near enough to how full text is searched."""
    folded = word.casefold()
    ending = next((one for one in _ENDINGS if folded.endswith(one) and len(folded) - len(one) >= _SHORTEST), "")
    return folded.removesuffix(ending)
