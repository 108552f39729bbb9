"""Filling ``voice`` of every candidate."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rejoinder.draft import Candidate, Draft
from rejoinder.records import Voice
from rejoinder.voices.carry import Message, going_on, messages_of
from rejoinder.voices.genre import conveys_all, whole_channel
from rejoinder.voices.lexicon import Lexicon, load_lexicon
from rejoinder.voices.media import find_media
from rejoinder.voices.reach import conveyed
from rejoinder.voices.sources import Source, find_sources
from rejoinder.voices.view import View, make_view

__all__ = ["find_voices"]


@dataclass(frozen=True, slots=True)
class Heard:
    """The channel of a candidate and the characters that say so; ``words`` is None where only the title does."""

    channel: str
    words: tuple[int, int] | None


def find_voices(draft: Draft, lexicon: Lexicon | None = None) -> Draft:
    if not draft.candidates:
        return draft
    view = make_view(draft, lexicon or load_lexicon())
    media = find_media(draft.tokens, view.lexicon)
    heard = _channels(view, find_sources(view, media))
    found = []
    for candidate, one in zip(draft.candidates, heard, strict=True):
        if one is None:
            found.append(candidate)
            continue
        evidence = candidate.evidence if one.words is None else (*candidate.evidence, ("channel", *one.words))
        found.append(replace(candidate, voice=Voice(channel=one.channel), evidence=evidence))
    return replace(draft, candidates=tuple(found))


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
            hit = conveyed(view, candidate, here)
            if hit is not None:
                reached.append((candidate, hit[0]))
                found[number] = Heard(hit[0].channel, (hit[0].start, hit[0].end))
            else:
                rest.append(number)
        under_way.extend(messages_of(view, here, reached))
        for number in rest:
            candidate = view.draft.candidates[number]
            message = going_on(view, candidate, under_way)
            if message is not None:
                found[number] = Heard(message.source.channel, (message.source.start, message.source.end))
                under_way.remove(message)
                under_way.append(replace(message, sentence=sentence))
            elif whole is not None and conveys_all(view, candidate, whole):
                found[number] = Heard(whole.channel, whole.words)
    return found
