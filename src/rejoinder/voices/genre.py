"""Documents that are one message from end to end: a readout of a call, a ministry's statement, a commentary."""

from dataclasses import dataclass

from rejoinder.draft import Candidate
from rejoinder.voices.lexicon import Genre
from rejoinder.voices.view import View, actor_states

__all__ = ["Whole", "conveys_all", "whole_channel"]

TITLE_LENGTH = 160
OPENING_LENGTH = 260
BOTH = ("phone", "meeting")
"""Channels in which several parties speak."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The channel of the whole document, and the characters that say so (None where only its title does).

    ``author``: the states of those who say "we" in it; empty where unknown.
    """

    channel: str
    words: tuple[int, int] | None
    author: frozenset[str] = frozenset()


def whole_channel(view: View) -> Whole | None:
    """The channel of the document as a whole, by the first rule of the lexicon that fits; None for a news report."""
    draft = view.draft
    title = draft.document.title
    if title is None:
        first = next((paragraph for paragraph in draft.paragraphs if paragraph.kind == "headline"), None)
        title = draft.text[first.start : first.end] if first is not None else draft.text[:TITLE_LENGTH].split("\n")[0]
    lower = f" {title.lower()} "
    own = speaks_for_itself(view)
    opening = draft.text[:OPENING_LENGTH].lower()
    for genre in view.lexicon.genres:
        if (own or not genre.own) and _fits(genre, lower) and _opens(genre, opening):
            return Whole(genre.channel, _words_of(view, genre), _author(view))
    return None


def _fits(genre: Genre, title: str) -> bool:
    if any(f" {word}" not in title for word in genre.every):
        return False
    if not genre.some:
        return True
    if genre.start:
        return title.strip().startswith(genre.some)
    return any(f" {word}" in title for word in genre.some)


def _opens(genre: Genre, opening: str) -> bool:
    return not genre.opening or any(word in opening for word in genre.opening)


def _words_of(view: View, genre: Genre) -> tuple[int, int] | None:
    """Where the text's opening has the rule's words, as characters."""
    opening = view.draft.text[:OPENING_LENGTH].lower()
    for word in (*genre.opening, *genre.some, *genre.every):
        at = opening.find(word)
        if at >= 0:
            return at, at + len(word)
    return None


def speaks_for_itself(view: View) -> bool:
    """Whether the text says "we" or "I" outside quotations often enough to be somebody's own words."""
    words = view.lexicon.own_words
    mine = {
        token.sentence
        for token in view.tokens
        if token.lower in words and token.text != "US" and token.i not in view.quotes
    }
    total = len(view.draft.sentences)
    return len(mine) >= view.lexicon.own_sentences and len(mine) >= view.lexicon.own_share * total


def _author(view: View) -> frozenset[str]:
    own = [
        candidate
        for candidate in view.draft.candidates
        if candidate.actor is not None and candidate.actor.text.lower() in view.lexicon.own_words
    ]
    return frozenset(state for candidate in own for state in actor_states(view, candidate))


def conveys_all(view: View, candidate: Candidate, whole: Whole) -> bool:
    """Whether the document's channel is the candidate's: its own present words, not deeds and not the past."""
    if candidate.background:
        return False
    states = actor_states(view, candidate)
    if whole.channel not in BOTH and whole.author and states and not states & whole.author:
        return False  # what another party does or says, told in passing
    if candidate.kind == "CONSULT":
        return whole.channel == "phone" and candidate.realis == "actual"
    if candidate.kind in view.lexicon.announced and candidate.realis == "planned":
        return whole.channel == "statement"  # a step that the statement announces
    return candidate.kind in view.lexicon.verbal
