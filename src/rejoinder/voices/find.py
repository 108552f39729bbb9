"""Filling ``voice`` of every candidate."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rejoinder.draft import Candidate, Draft
from rejoinder.records import Voice
from rejoinder.voices.carry import Message, determined, going_on, messages_of
from rejoinder.voices.genre import conveys_all, whole_channel
from rejoinder.voices.lexicon import Lexicon, load_lexicon
from rejoinder.voices.media import find_media
from rejoinder.voices.reach import conveyed
from rejoinder.voices.sources import Source, find_sources
from rejoinder.voices.via import Carrier, find_carriers, passed_on
from rejoinder.voices.view import View, make_view

__all__ = ["find_voices"]

LEAD = 2
"""Sentences that make up the headline and the lead."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The channel of a candidate and the characters that say so; ``words`` is None where only the title does."""

    channel: str
    words: tuple[int, int] | None
    node: int | None = None


def find_voices(draft: Draft, lexicon: Lexicon | None = None) -> Draft:
    if not draft.candidates:
        return draft
    view = make_view(draft, lexicon or load_lexicon())
    media = find_media(draft.tokens, view.lexicon)
    sources = find_sources(view, media)
    heard = _channels(view, sources)
    carried: dict[int, list[Carrier]] = {}
    for carrier in find_carriers(view, media, sources):
        carried.setdefault(view.tokens[carrier.token].sentence, []).append(carrier)
    message_via: dict[int, list[Carrier]] = {}
    found = []
    for candidate, one in zip(draft.candidates, heard, strict=True):
        message = one.node if one is not None else None
        via = passed_on(view, candidate, carried.get(view.tokens[candidate.anchor].sentence, ()), message)
        if message is not None:
            via = message_via.setdefault(message, via) if not via else via
            message_via[message] = via
        found.append(_with_voice(candidate, one, via))
    return replace(draft, candidates=tuple(found))


def _with_voice(candidate: Candidate, heard: Heard | None, via: Sequence[Carrier]) -> Candidate:
    evidence = list(candidate.evidence)
    if heard is not None and heard.words is not None:
        evidence.append(("channel", *heard.words))
    evidence.extend(("via", one.start, one.end) for one in via)
    voice = Voice(channel=heard.channel if heard is not None else None, via=tuple(one.name for one in via))
    return replace(candidate, voice=voice, evidence=tuple(evidence))


def _channels(view: View, sources: Sequence[Source]) -> list[Heard | None]:
    """The channel of each candidate of the draft, sentence by sentence."""
    whole = whole_channel(view)
    found: list[Heard | None] = [None] * len(view.draft.candidates)
    by_sentence: dict[int, list[Source]] = {}
    for source in sources:
        by_sentence.setdefault(view.tokens[source.node].sentence, []).append(source)
    numbers: dict[int, list[int]] = {}
    for number, candidate in enumerate(view.draft.candidates):
        numbers.setdefault(view.tokens[candidate.anchor].sentence, []).append(number)
    under_way: list[Message] = []
    for sentence in sorted({*by_sentence, *numbers}):
        here = by_sentence.get(sentence, [])
        reached: list[tuple[Candidate, Source]] = []
        rest: list[int] = []
        for number in numbers.get(sentence, ()):
            candidate = view.draft.candidates[number]
            one_message = whole is not None and conveys_all(view, candidate, whole)
            hit = conveyed(view, candidate, [source for source in here if not one_message or _apart(source)])
            if hit is not None:
                reached.append((candidate, hit[0]))
                channel = _named_before(view, hit[0], under_way)
                found[number] = Heard(channel, (hit[0].start, hit[0].end), hit[0].node)
            else:
                rest.append(number)
        under_way.extend(messages_of(view, here, reached))
        for number in rest:
            candidate = view.draft.candidates[number]
            message = going_on(view, candidate, under_way)
            if message is not None:
                found[number] = Heard(message.source.channel, (message.source.start, message.source.end), message.source.node)
                under_way.remove(message)
                under_way.append(replace(message, sentence=sentence))
            elif whole is not None and conveys_all(view, candidate, whole):
                found[number] = Heard(whole.channel, whole.words)
    _tell_lead(view, found)
    return found


def _apart(source: Source) -> bool:
    """Whether a channel word tells of a message apart from the one that the document is."""
    return not source.entry.both and not source.direct and len(source.holds) > 1


def _named_before(view: View, source: Source, messages: Sequence[Message]) -> str:
    """The channel of ``source``, or of the message it takes up by a plainer name: "an open letter ... the letter"."""
    if determined(view, source.node):
        for message in reversed(messages):
            if message.source.channel in view.lexicon.refers.get(source.channel, ()):
                return message.source.channel
    return source.channel


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
            if _same_act(candidate, candidates[other]) and not _in_lead(view, candidates[other])
        ]
        first = later[0] if later else None
        if first is not None and first.channel not in ("meeting", "state media"):
            found[number] = first


def _in_lead(view: View, candidate: Candidate) -> bool:
    return view.tokens[candidate.anchor].sentence < LEAD


def _same_act(one: Candidate, other: Candidate) -> bool:
    if one.kind != other.kind or one.actor is None or other.actor is None or other.background:
        return False
    return one.actor.state is not None and one.actor.state == other.actor.state
