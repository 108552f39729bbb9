"""Going on with the same message: "in an open letter ... the commission added"."""

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.draft import Candidate
from rejoinder.voices.reach import may_convey
from rejoinder.voices.sources import Source
from rejoinder.voices.view import View, actor_token

__all__ = ["Message", "determined", "going_on", "messages_of"]

REACH = 3
"""Sentences a message is carried over from the one that last went on with it."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message under way: its channel words, whose it is (head token, states), and the last sentence it was heard in."""

    source: Source
    owner: int | None
    states: frozenset[str]
    sentence: int


def messages_of(view: View, sources: Sequence[Source], conveyed: Sequence[tuple[Candidate, Source]]) -> list[Message]:
    """The messages a sentence begins or names: of channel words that convey an act or hang on a reporting verb."""
    reached = {source.node for _, source in conveyed}
    found = []
    for source in sources:
        if source.node not in reached and not any(view.reports(i) for i in source.holds):
            continue
        states = view.states(source.owner)
        if not states:
            states = frozenset(
                candidate.actor.state
                for candidate, by in conveyed
                if by.node == source.node and candidate.actor is not None and candidate.actor.state is not None
            )
        found.append(Message(source, source.owner, states, view.tokens[source.node].sentence))
    return found


def going_on(view: View, candidate: Candidate, messages: Sequence[Message]) -> Message | None:
    """The message that ``candidate`` goes on with, the latest first; None where the text does not make it plain."""
    if candidate.background:
        return None
    sentence = view.tokens[candidate.anchor].sentence
    paragraph = view.paragraph(candidate.anchor)
    for message in reversed(messages):
        if sentence - message.sentence > REACH or sentence < message.sentence:
            continue
        if paragraph - view.draft.sentences[message.sentence].paragraph > 1:
            continue
        if not may_convey(view, candidate, message.source):
            continue
        if _same_voice(view, candidate, message):
            return message
    return None


def _same_voice(view: View, candidate: Candidate, message: Message) -> bool:
    """Whether the candidate's words are said by the one whose message it is."""
    reported = view.reported(candidate.anchor)
    quoted = candidate.anchor in view.quotes
    if candidate.kind not in view.lexicon.verbal and reported is None:
        return False
    actor = candidate.actor
    state = actor.state if actor is not None else None
    if state is not None and message.states and state not in message.states:
        return False
    speaker = reported.speaker if reported is not None else actor_token(view, candidate)
    if reported is None and quoted and (speaker is None or view.tokens[speaker].lower in view.lexicon.own_words):
        return True
    if speaker is None:
        return False
    word = view.tokens[speaker].lower
    if word in view.lexicon.pronouns:
        return True
    if message.owner is not None and word == view.tokens[message.owner].lower:
        return reported is not None
    if word in view.lexicon.messages:
        return determined(view, speaker)
    return word in view.lexicon.same and reported is not None and determined(view, speaker)


def determined(view: View, i: int) -> bool:
    """Whether noun ``i`` is a known one: "**the** spokesman", "his statement"."""
    return any(view.tokens[c].lower in ("the", "its", "his", "their", "her") for c in view.tokens[i].children)
