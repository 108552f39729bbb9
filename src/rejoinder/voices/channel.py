"""The channel of each act of a document: its own clause's, the message's that goes on, or the document's as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rejoinder.draft import Candidate
from rejoinder.voices.carry import Message, going_on, messages_of, named_before
from rejoinder.voices.genre import Whole, conveys_all, whole_channel
from rejoinder.voices.reach import conveyed
from rejoinder.voices.sources import Source
from rejoinder.voices.view import View, actor_states

__all__ = ["Heard", "find_channels"]

LEAD = 2
"""Sentences that make up the headline and the lead."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The channel of a candidate, the characters that say so (None where only the title does), and the channel word.

    ``root`` is the channel word (token) that first named the message.
    """

    channel: str
    words: tuple[int, int] | None
    source: Source | None = None
    root: int | None = None


def find_channels(view: View, sources: Sequence[Source]) -> list[Heard | None]:
    """The channel of each candidate of the draft, None where the text names none."""
    walk = Walk(view, whole_channel(view), [None] * len(view.draft.candidates), [])
    by_sentence: dict[int, list[Source]] = {}
    for source in sources:
        by_sentence.setdefault(view.tokens[source.node].sentence, []).append(source)
    numbers: dict[int, list[int]] = {}
    for number, candidate in enumerate(view.draft.candidates):
        numbers.setdefault(view.tokens[candidate.anchor].sentence, []).append(number)
    for sentence in sorted({*by_sentence, *numbers}):
        walk.read(sentence, by_sentence.get(sentence, []), numbers.get(sentence, []))
    _tell_lead(view, walk.found)
    return walk.found


@dataclass(frozen=True, slots=True)
class Walk:
    """The way through a document: ``found`` so far by candidate, and the messages ``under_way``, the latest last."""

    view: View
    whole: Whole | None
    found: list[Heard | None]
    under_way: list[Message]

    def read(self, sentence: int, sources: Sequence[Source], numbers: Sequence[int]) -> None:
        """Read one sentence: its channel ``sources`` and its candidates, by ``numbers``."""
        reached: list[tuple[Candidate, Source]] = []
        rest: list[int] = []
        for number in numbers:
            candidate = self.view.draft.candidates[number]
            one_message = self.whole is not None and conveys_all(self.view, candidate, self.whole)
            source = conveyed(self.view, candidate, [one for one in sources if not one_message or _apart(one)])
            if source is None:
                rest.append(number)
                continue
            reached.append((candidate, source))
            earlier = named_before(self.view, source, self.under_way)
            channel, root = (source.channel, source.node) if earlier is None else (earlier.channel, earlier.root)
            self.found[number] = Heard(channel, (source.start, source.end), source, root)
        self.under_way.extend(messages_of(self.view, sources, reached, self.under_way))
        for number in rest:
            self.found[number] = self._carried(sentence, self.view.draft.candidates[number])

    def _carried(self, sentence: int, candidate: Candidate) -> Heard | None:
        if self.whole is not None and conveys_all(self.view, candidate, self.whole):
            return Heard(self.whole.channel, self.whole.words)
        message = going_on(self.view, candidate, self.under_way)
        if message is None:
            return None
        self.under_way.remove(message)
        self.under_way.append(replace(message, sentence=sentence))
        return Heard(message.channel, (message.source.start, message.source.end), message.source, message.root)


def _apart(source: Source) -> bool:
    """Whether a channel word tells of a message apart from the one that the document is."""
    return not source.entry.both and not source.direct and len(source.holds) > 1


def _tell_lead(view: View, found: list[Heard | None]) -> None:
    """Give the acts of headline and lead the channel that the story names later for the same act.

    The lead says "the North said it was quitting the talks", the next paragraph "said in a statement".
    """
    candidates = view.draft.candidates
    for number, candidate in enumerate(candidates):
        if found[number] is not None or candidate.background or not _in_lead(view, candidate):
            continue
        later = [
            found[other]
            for other in range(number + 1, len(candidates))
            if _same_act(view, candidate, candidates[other]) and not _in_lead(view, candidates[other])
        ]
        first = later[0] if later else None
        if first is not None and first.channel != "meeting":
            found[number] = first


def _in_lead(view: View, candidate: Candidate) -> bool:
    return view.tokens[candidate.anchor].sentence < LEAD


def _same_act(view: View, one: Candidate, other: Candidate) -> bool:
    if one.kind != other.kind or other.background:
        return False
    return bool(actor_states(view, one) & actor_states(view, other))
