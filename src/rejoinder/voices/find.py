"""Filling ``voice`` of every candidate."""

from collections.abc import Sequence
from dataclasses import replace

from rejoinder.draft import Candidate, Draft
from rejoinder.records import Side, Voice
from rejoinder.voices.channel import Heard, find_channels
from rejoinder.voices.lexicon import Lexicon, load_lexicon
from rejoinder.voices.media import find_media
from rejoinder.voices.sources import find_sources
from rejoinder.voices.speaker import find_speaker
from rejoinder.voices.via import Carrier, find_carriers, passed_on
from rejoinder.voices.view import View, make_view

__all__ = ["find_voices"]


def find_voices(draft: Draft, lexicon: Lexicon | None = None) -> Draft:
    """Give ``draft`` back with the voice of each candidate: who says it, through which channel, passed on by whom.

    Needs tokens, sentences, quotations, mentions and candidates. The words that the channel and the carriers rest on
    are appended to ``evidence`` as ("channel", start, end) and ("via", start, end), characters of the text; a
    channel that only the title tells has none. ``lexicon`` defaults to the package's data files; raises
    :class:`DataError` where those are malformed.
    """
    if not draft.candidates:
        return draft
    words = lexicon or load_lexicon()
    media = find_media(draft.tokens, words)
    view = make_view(draft, words, frozenset(i for medium in media for i in range(medium.first, medium.last)))
    sources = find_sources(view, media)
    heard = find_channels(view, sources)
    via = _carried(view, heard, find_carriers(view, media, sources))
    found = [
        _voiced(view, candidate, one, carriers)
        for candidate, one, carriers in zip(draft.candidates, heard, via, strict=True)
    ]
    return replace(draft, candidates=tuple(found))


def _carried(view: View, heard: Sequence[Heard | None], carriers: Sequence[Carrier]) -> list[list[Carrier]]:
    """Who passes each candidate on. Acts of one message share those who stand with its first act."""
    by_sentence: dict[int, list[Carrier]] = {}
    for carrier in carriers:
        by_sentence.setdefault(view.tokens[carrier.token].sentence, []).append(carrier)
    first: dict[int, list[Carrier]] = {}
    found = []
    for candidate, one in zip(view.draft.candidates, heard, strict=True):
        message = one.source.node if one is not None and one.source is not None else None
        here = by_sentence.get(view.tokens[candidate.anchor].sentence, ())
        via = passed_on(view, candidate, here, message)
        if message is not None:
            shared = first.setdefault(message, via)
            names = {carrier.name for carrier in shared}
            via = [*shared, *(carrier for carrier in via if carrier.name not in names)]
        found.append(via)
    return found


def _voiced(view: View, candidate: Candidate, heard: Heard | None, via: Sequence[Carrier]) -> Candidate:
    evidence = list(candidate.evidence)
    if heard is not None and heard.words is not None:
        evidence.append(("channel", *heard.words))
    evidence.extend(("via", carrier.start, carrier.end) for carrier in via)
    voice = Voice(
        speaker=_speaker(view, candidate, heard),
        channel=heard.channel if heard is not None else None,
        via=tuple(carrier.name for carrier in via),
    )
    return replace(candidate, voice=voice, evidence=tuple(evidence))


def _speaker(view: View, candidate: Candidate, heard: Heard | None) -> Side | None:
    if candidate.kind not in view.lexicon.verbal and (heard is None or heard.channel in ("phone", "meeting")):
        return None
    return find_speaker(view, candidate, heard.source if heard is not None else None)
