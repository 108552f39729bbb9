"""What the linker reads off one act before it compares acts: its sides, its words, its place in the text."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from rejoinder.codebook.dyads import states_of
from rejoinder.link.lexicon import Words, words
from rejoinder.records import Act, Side, Span

__all__ = ["Profile", "holds", "profile", "says", "sentence_ends", "stem", "word_stems"]

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d[\d.,:]*")
_BREAK = re.compile(r"[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W\d_a-z]|[\"'“‘(\[]*\d)|\n+")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.$")
_OWNED = re.compile(r"(?:[\w.-]+ ){0,5}[\w.-]+(?:['’]s|s['’]) ")
"""Whose it is, at the beginning of a noun phrase: "the ministry's repeated ..."."""
_STEM = 5
"""Letters of a word that count in a comparison: "offered" and "offering" share five, "proposal" and "proposed" too."""

_BEFORE = 30
"""Characters before a clause that are read for "despite", "in response to", "but"."""

_AFTER = 80
"""Characters after a trigger within which its object is looked for."""

_WORDS_KEPT, _TEXTS_KEPT = 1 << 16, 1 << 10
"""Of how many words, and of how many texts, the stems are remembered: acts of one document share its opening."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One act and what comparisons need of it. ``sentence`` counts from 0; stems are lower-case word beginnings.

    ``actors``/``targets`` hold the states of a side; ``named`` the kinds that words of the act name; ``several``:
    whether these words speak of more than one act; ``many``: whether the act itself is a noun in the plural;
    ``points``: the kinds to which its noun may point back; ``after`` is the text that
    follows the trigger, as it stands.
    """

    act: Act
    sentence: int
    actors: frozenset[str]
    targets: frozenset[str]
    trigger: frozenset[str]
    content: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    actor_words: frozenset[str]
    target_words: frozenset[str]
    named: frozenset[str]
    noun_stems: frozenset[str]
    modified: frozenset[str]
    nominal: bool
    naming: frozenset[str]
    restates: frozenset[str] | None
    definite: bool
    text: str
    before: str
    after: str
    several: bool
    many: bool
    points: frozenset[str]

    @property
    def key(self) -> tuple[int, int, str]:
        """The place of the act among the acts of its document: by clause, then trigger, then id."""
        return self.act.span.start, self.act.trigger.start, self.act.id

    def of(self, act: Act) -> "Profile":
        """The same profile for ``act``, which differs from the profiled one in ``same_as`` alone."""
        return replace(self, act=act)


@lru_cache(_WORDS_KEPT)
def stem(word: str) -> str:
    """The beginning of a word that inflected forms share: at most five letters, without a possessive."""
    plain = word.removesuffix("'s").removesuffix("’s")
    return plain[:_STEM] if len(plain) > _STEM else plain.removesuffix("s") or plain


def sentence_ends(text: str) -> tuple[int, ...]:
    """Offsets at which sentences (or paragraphs) of ``text`` end, in order; abbreviations and initials end none."""
    short = words().abbreviations
    ends = []
    for found in _BREAK.finditer(text):
        if found[0].startswith("."):
            last = _LAST_WORD.search(text, max(0, found.start() - 20), found.start() + 1)
            if last and "\n" not in found[0] and (last[1].lower() in short or len(last[1]) == 1):
                continue
        ends.append(found.end())
    return tuple(ends)


def profile(act: Act, ends: Sequence[int] = (), document: str = "") -> Profile:
    """The profile of ``act``; ``ends`` are the sentence ends of its document (none: everything is one sentence).

    ``document`` is the text the act stands in: the few words before its clause are read too (none where it is absent).
    """
    lexicon = words()
    quote, at = act.span.quote, act.span.start
    spoken = [(found[0], at + found.start()) for found in _WORD.finditer(quote)]
    lower = [(word.lower(), start) for word, start in spoken]
    answered, carried = act.words("answered"), _words(act.trigger.quote)
    named = _words(answered.quote) if answered else tuple(word for word, _ in lower)
    trigger, actor, target = (
        _stems(act.trigger.quote),
        _stems(act.actor.text),
        _stems(act.target.text if act.target else ""),
    )
    sides = actor | target
    naming = _naming(act, lower, named if answered else None)
    own_nouns = [found for word in carried if (found := _singular(word, "nouns"))]
    return Profile(
        act=act,
        sentence=bisect_right(ends, act.trigger.start),
        actors=_states(act.actor),
        targets=_states(act.target),
        trigger=trigger,
        content=_told(lower, lexicon.stop) - sides - trigger,
        numbers=frozenset([word.strip(".,:") for word, _ in lower if word[0].isdigit()]),
        names=frozenset([stem(word.lower()) for word, start in spoken if start > at and word[0].isupper()]) - sides,
        actor_words=actor,
        target_words=target,
        named=frozenset([kind for word in naming for kind in lexicon.nouns[word]]),
        noun_stems=frozenset([stem(word) for word in naming]),
        modified=_modified(named, lexicon),
        nominal=bool(own_nouns),
        naming=frozenset([kind for word in own_nouns for kind in lexicon.nouns[word]]),
        restates=_restates(carried, lexicon),
        definite=bool(lower) and (lower[0][0] in lexicon.definite or bool(_OWNED.match(quote))),
        # small letters do not change where words of plain letters begin and end; of others they may
        text=f" {' '.join([word for word, _ in lower])} " if quote.isascii() else _spaced(quote),
        before=_spaced(document[max(0, at - _BEFORE) : at]),
        several=_several(answered or act.span, lexicon),
        many=any(_plural(word, lexicon) for word in carried),
        points=frozenset(
            [kind for word in carried if (noun := _singular(word, "pointing")) for kind in lexicon.pointing[noun]]
        ),
        after=document[act.trigger.end : act.trigger.end + _AFTER],
    )


def says(profile: Profile, cues: frozenset[str]) -> bool:
    """Whether the clause of ``profile`` holds any of the lower-case ``cues``, whole words."""
    return holds(profile.text, cues)


def holds(text: str, cues: frozenset[str]) -> bool:
    """Whether ``text``, lower-case words with one space round each, holds any of ``cues``."""
    return any(cue in text for cue in _whole(cues))


@lru_cache
def _whole(cues: frozenset[str]) -> tuple[str, ...]:
    return tuple(f" {cue} " for cue in sorted(cues))


@lru_cache(_TEXTS_KEPT)
def word_stems(text: str, stop: frozenset[str]) -> frozenset[str]:
    """Stems of the words of ``text`` that say what it is about: three letters or more, not in ``stop``."""
    return _told([(word.lower(), 0) for word in _WORD.findall(text)], stop)


def _told(lower: Iterable[tuple[str, int]], stop: frozenset[str]) -> frozenset[str]:
    return frozenset([stem(word) for word, _ in lower if word not in stop and len(word) > 2 and not word[0].isdigit()])


def _states(side: Side | None) -> frozenset[str]:
    return _set_of(states_of(side))


@lru_cache(_TEXTS_KEPT)
def _set_of(states: tuple[str, ...]) -> frozenset[str]:
    return frozenset(states)


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "


@lru_cache(_TEXTS_KEPT)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


@lru_cache(_TEXTS_KEPT)
def _stems(text: str) -> frozenset[str]:
    return frozenset([stem(word) for word in _words(text) if word not in words().stop])


@lru_cache(_WORDS_KEPT)
def _singular(word: str, of: Literal["nouns", "restating", "pointing"]) -> str | None:
    """The entry of this list of the lexicon that ``word`` is, or whose plural or possessive it is."""
    known: Mapping[str, object] = getattr(words(), of)
    for form in (
        word,
        word.removesuffix("'s").removesuffix("’s"),
        word.removesuffix("s"),
        word.removesuffix("ies") + "y",
    ):
        if form in known:
            return form
    return None


def _naming(act: Act, lower: Sequence[tuple[str, int]], answered: Sequence[str] | None) -> tuple[str, ...]:
    """The nouns by which the act says what it answers: in its "answered" words, else in its clause off the trigger."""
    start, end = act.trigger.start, act.trigger.end
    candidates = [word for word, at in lower if not start <= at < end] if answered is None else answered
    return tuple(dict.fromkeys([noun for word in candidates if (noun := _singular(word, "nouns"))]))


def _modified(named: Collection[str], lexicon: Words) -> frozenset[str]:
    """Whether what is answered is called "earlier" or "newer", in the words that name it."""
    cues = ("earlier", lexicon.earlier), ("newer", lexicon.newer)
    return frozenset([name for name, said in cues if not said.isdisjoint(named)])


def _several(named: Span, lexicon: Words) -> bool:
    """Whether what is answered is named in the plural, with a word that counts: "both offers", "repeated requests"."""
    said = _words(named.quote)
    return any(
        word in lexicon.several and any(_plural(noun, lexicon) for noun in said[at + 1 : at + 4])
        for at, word in enumerate(said)
    )


def _plural(word: str, lexicon: Words) -> bool:
    return word.endswith("s") and word not in lexicon.nouns and _singular(word, "nouns") is not None


def _restates(carried: Iterable[str], lexicon: Words) -> frozenset[str] | None:
    """The kinds that the trigger's noun may stand for where the act is a bare noun phrase; None where it is not."""
    for word in carried:
        entry = _singular(word, "restating")
        if entry:
            return lexicon.restating[entry]
    return None
