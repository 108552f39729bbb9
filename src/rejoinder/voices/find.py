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
    """Who passes each candidate on: those of its own sentence, after those who carry its message."""
    by_sentence: dict[int, list[Carrier]] = {}
    by_message: dict[int, list[Carrier]] = {}
    for carrier in carriers:
        by_sentence.setdefault(view.tokens[carrier.token].sentence, []).append(carrier)
    roots: dict[int, int] = {}
    for one in heard:
        if one is not None and one.source is not None and one.root is not None:
            roots[one.source.node] = one.root
    for carrier in carriers:
        if carrier.message is not None:
            by_message.setdefault(roots.get(carrier.message, carrier.message), []).append(carrier)
    found = []
    for candidate, one in zip(view.draft.candidates, heard, strict=True):
        here = by_sentence.get(view.tokens[candidate.anchor].sentence, ())
        root = one.root if one is not None else None
        with_message = by_message.get(root, []) if root is not None else []
        via = passed_on(view, candidate, [carrier for carrier in here if carrier.message is None])
        names = {carrier.name: carrier for carrier in reversed([*with_message, *via])}
        found.append([names[name] for name in dict.fromkeys(carrier.name for carrier in (*with_message, *via))])
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
