"""Going on with the same message: "in an open letter ... the commission added"."""

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.draft import Candidate
from rejoinder.voices.reach import may_convey
from rejoinder.voices.sources import Source
from rejoinder.voices.view import View, actor_states, actor_token

__all__ = ["Message", "going_on", "messages_of", "named_before"]

REACH = 3
"""Sentences a message is carried over from the one that last went on with it."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message under way: its channel words and channel, whose it is (head token, states).

    ``root`` is the channel word that first named it, ``sentence`` the last sentence that it was heard in.
    """

    source: Source
    channel: str
    root: int
    owner: int | None
    states: frozenset[str]
    sentence: int


def messages_of(
    view: View, sources: Sequence[Source], conveyed: Sequence[tuple[Candidate, Source]], before: Sequence[Message]
) -> list[Message]:
    """The messages a sentence begins or names: of channel words that convey an act or hang on a reporting verb.

    ``before`` are the messages of earlier sentences, which a plainer name may take up.
    """
    reached = {source.node for _, source in conveyed}
    found = []
    for source in sources:
        if source.node not in reached and not _begins(view, source):
            continue
        states = view.states(source.owner)
        if not states:
            groups = [actor_states(view, candidate) for candidate, by in conveyed if by.node == source.node]
            states = frozenset(state for group in groups for state in group)
        earlier = named_before(view, source, before)
        channel, root = (source.channel, source.node) if earlier is None else (earlier.channel, earlier.root)
        found.append(Message(source, channel, root, source.owner, states, view.tokens[source.node].sentence))
    return found


def _begins(view: View, source: Source) -> bool:
    """Whether channel words that convey no act themselves begin a message: they hang on one that reports."""
    if source.entry.placed:
        return False
    return any(view.reports(i) or view.tokens[i].lemma in source.entry.issued for i in source.holds)


def going_on(view: View, candidate: Candidate, messages: Sequence[Message]) -> Message | None:
    """The message that ``candidate`` goes on with, the latest first; None where the text does not make it plain."""
    if candidate.background:
        return None
    sentence = view.tokens[candidate.anchor].sentence
    paragraph = view.paragraph(candidate.anchor)
    for message in reversed(messages):
        paragraphs = paragraph - view.draft.sentences[message.sentence].paragraph
        near = sentence - message.sentence <= REACH and paragraphs <= 1
        if not near and not _body(view, candidate, message):
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
    states = actor_states(view, candidate)
    if states and message.states and not states & message.states:
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


def _body(view: View, candidate: Candidate, message: Message) -> bool:
    """Whether the words are quoted from the body whose message it is, named shortly: "the commission said"."""
    reported = view.reported(candidate.anchor)
    if reported is None or reported.speaker is None or message.owner is None or candidate.anchor not in view.quotes:
        return False
    word = view.tokens[reported.speaker].lower
    return word in view.lexicon.bodies and word == view.tokens[message.owner].lower


def named_before(view: View, source: Source, messages: Sequence[Message]) -> Message | None:
    """The message that ``source`` takes up by the same or a plainer name: "an open letter ... the letter"."""
    if not determined(view, source.node):
        return None
    channels = (source.channel, *view.lexicon.refers.get(source.channel, ()))
    return next((message for message in reversed(messages) if message.channel in channels), None)


def determined(view: View, i: int) -> bool:
    """Whether noun ``i`` is a known one: "**the** spokesman", "his statement"."""
    return any(view.tokens[c].lower in ("the", "its", "his", "their", "her") for c in view.tokens[i].children)
