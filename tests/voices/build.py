"""Drafts for the voices room: parsed text with mentions and candidates put in by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rejoinder.draft import Argument, Candidate, Draft, Mention, Token
from rejoinder.parse import Parser
from rejoinder.records import Document
from rejoinder.text import lay_out


@dataclass(frozen=True)
class Asked:
    """An act to be given a voice: its trigger's words, kind and actor (words and state)."""

    trigger: str
    kind: str
    actor: str
    state: str | None
    background: bool = False
    realis: str = "actual"


def parsed(text: str, title: str | None, parser: Parser) -> Draft:
    """The text laid out and parsed."""
    return parser(lay_out(Draft(Document(text, title=title))))


def head_of(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int, int] | None:
    """First and last token (exclusive) of the characters ``start:end``, and their syntactic head."""
    inside = [token.i for token in tokens if token.start < end and token.end > start]
    if not inside:
        return None
    head = next((i for i in inside if tokens[i].head not in inside or tokens[i].head == i), inside[0])
    return inside[0], inside[-1] + 1, head


def mentions(draft: Draft, states: Mapping[str, str]) -> tuple[Mention, ...]:
    """Every occurrence of the words in ``states`` as a mention of that state, in text order."""
    found = []
    for words, state in states.items():
        start = draft.text.find(words)
        while start >= 0:
            place = head_of(draft.tokens, start, start + len(words))
            if place is not None:
                found.append(Mention(*place, start, start + len(words), "name", state, "GOV"))
            start = draft.text.find(words, start + 1)
    return tuple(sorted(found, key=lambda one: (one.first, one.last)))


def nearest(text: str, words: str, near: int) -> int | None:
    """Where ``words`` stand in ``text`` nearest to the offset ``near``; None where they do not."""
    places = []
    at = text.find(words) if words else -1
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return min(places, key=lambda place: abs(place - near), default=None)


def candidate(draft: Draft, asked: Asked, at: int | None = None) -> Candidate:
    """The candidate that ``asked`` describes; its trigger begins at ``at``, else where its words first stand."""
    start = draft.text.index(asked.trigger) if at is None else at
    place = head_of(draft.tokens, start, start + len(asked.trigger))
    assert place is not None, f"no token at {asked.trigger!r}"
    first, last, anchor = place
    where = nearest(draft.text, asked.actor, start)
    actor = Argument(asked.actor, where, None if where is None else where + len(asked.actor), asked.state, "GOV")
    sentence = draft.sentences[draft.tokens[anchor].sentence]
    return Candidate(
        trigger=(first, last),
        anchor=anchor,
        kind=asked.kind,
        cue="test",
        start=sentence.start,
        end=sentence.end,
        actor=actor,
        background=asked.background,
        realis=asked.realis,  # type: ignore[arg-type]
    )
