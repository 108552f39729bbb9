"""What to look for among acts: a value, checked by the caller, that the store turns into SQL."""

import datetime as dt
import re
from dataclasses import dataclass

from rejoinder.errors import UsageError

__all__ = ["ActQuery", "words_query"]

_PARTS = re.compile(r'"([^"]*)"|(\S+)')
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ActQuery:
    """Conditions that all hold; None or empty means any.

    ``actor``/``target`` are state codes, ``dyad`` as :func:`rejoinder.codebook.dyads.parse_dyad` writes it. An act lies
    in ``since`` .. ``until`` (days, both included) where its interval touches it; an act without any date does not.
    ``documents`` are document ids, ``text`` words of the document's title or text, ``outlet`` one of those that it is
    known from. ``first`` leaves out later mentions inside a document; ``reviewed``: whether somebody judged the act.
    ``statuses`` are those of threads that an act opens; pages of acts alone ask for them.
    """

    kinds: tuple[str, ...] = ()
    dyad: str | None = None
    actor: str | None = None
    target: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    issue: str | None = None
    channel: str | None = None
    realis: str | None = None
    background: bool | None = None
    min_score: float | None = None
    documents: tuple[str, ...] | None = None
    text: str | None = None
    outlet: str | None = None
    first: bool = False
    reviewed: bool | None = None
    statuses: tuple[str, ...] = ()


def words_query(text: str) -> str:
    """``text`` as an FTS5 query: all words, in any order; words in double quotes as a phrase.

    Raises UsageError where ``text`` holds no word.
    """
    phrases = []
    for quoted, plain in _PARTS.findall(text):
        words = _WORDS.findall(quoted or plain)
        if words:
            phrases.append('"' + " ".join(words) + '"')
    if not phrases:
        raise UsageError(f"{text!r} holds no word to look for. Give words, or a phrase in double quotes.")
    return " ".join(phrases)
