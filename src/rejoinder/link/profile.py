"""What the linker reads off one act before it compares acts: its sides, its words, its place in the text."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rejoinder.codebook.dyads import states_of
from rejoinder.link.lexicon import Words, words
from rejoinder.records import Act

__all__ = ["Profile", "profile", "says", "sentence_ends", "stem", "word_stems"]

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
    trigger = _stems(act.trigger.quote)
    sides = _stems(act.actor.text) | (_stems(act.target.text) if act.target else frozenset())
    content = word_stems(quote, lexicon.stop)
    naming = _naming(act, lower, lexicon)
    own_nouns = [
        found for word in _WORD.findall(act.trigger.quote.lower()) if (found := _singular(word, lexicon.nouns))
    ]
    return Profile(
        act=act,
        sentence=bisect_right(ends, act.trigger.start),
        actors=frozenset(states_of(act.actor)),
        targets=frozenset(states_of(act.target)),
        trigger=trigger,
        content=content - sides - trigger,
        numbers=frozenset(word.strip(".,:") for word, _ in lower if word[0].isdigit()),
        names=frozenset(stem(word.lower()) for word, start in spoken if word[0].isupper() and start > at) - sides,
        actor_words=_stems(act.actor.text),
        target_words=_stems(act.target.text) if act.target else frozenset(),
        named=frozenset(kind for word in naming for kind in lexicon.nouns[word]),
        noun_stems=frozenset(stem(word) for word in naming),
        modified=_modified(act, lower, lexicon),
        nominal=bool(own_nouns),
        naming=frozenset(kind for word in own_nouns for kind in lexicon.nouns[word]),
        restates=_restates(act, lexicon),
        definite=bool(lower) and (lower[0][0] in lexicon.definite or bool(_OWNED.match(quote))),
        text=_spaced(quote),
        before=_spaced(document[max(0, at - _BEFORE) : at]),
        several=_several(act, lexicon),
        many=any(_plural(word, lexicon) for word in _WORD.findall(act.trigger.quote.lower())),
        points=frozenset(
            kind
            for word in _WORD.findall(act.trigger.quote.lower())
            if (noun := _singular(word, lexicon.pointing))
            for kind in lexicon.pointing[noun]
        ),
        after=document[act.trigger.end : act.trigger.end + _AFTER],
    )


def says(profile: Profile, cues: Iterable[str]) -> bool:
    """Whether the clause of ``profile`` holds any of the lower-case ``cues``, whole words."""
    return any(f" {cue} " in profile.text for cue in cues)


def word_stems(text: str, stop: frozenset[str]) -> frozenset[str]:
    """Stems of the words of ``text`` that say what it is about: three letters or more, not in ``stop``."""
    said = (found[0].lower() for found in _WORD.finditer(text))
    return frozenset(stem(word) for word in said if word not in stop and len(word) > 2 and not word[0].isdigit())


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in words().stop)


def _singular(word: str, known: Mapping[str, object]) -> str | None:
    """The entry of ``known`` that ``word`` is, or whose plural or possessive it is."""
    for form in (
        word,
        word.removesuffix("'s").removesuffix("’s"),
        word.removesuffix("s"),
        word.removesuffix("ies") + "y",
    ):
        if form in known:
            return form
    return None


def _naming(act: Act, lower: Sequence[tuple[str, int]], lexicon: Words) -> tuple[str, ...]:
    """The nouns by which the act says what it answers: in its "answered" words, else in its clause off the trigger."""
    answered = act.words("answered")
    if answered:
        candidates = _WORD.findall(answered.quote.lower())
    else:
        candidates = [word for word, start in lower if not act.trigger.start <= start < act.trigger.end]
    found = (_singular(word, lexicon.nouns) for word in candidates)
    return tuple(dict.fromkeys(word for word in found if word))


def _modified(act: Act, lower: Sequence[tuple[str, int]], lexicon: Words) -> frozenset[str]:
    """Whether what is answered is called "earlier" or "newer": in the words that name it, else in the clause."""
    answered = act.words("answered")
    said = set(_WORD.findall(answered.quote.lower())) if answered else {word for word, _ in lower}
    return frozenset(name for name, cues in (("earlier", lexicon.earlier), ("newer", lexicon.newer)) if said & cues)


def _several(act: Act, lexicon: Words) -> bool:
    """Whether what is answered is named in the plural, with a word that counts: "both offers", "repeated requests"."""
    answered = act.words("answered")
    text = (answered or act.span).quote.lower()
    said = _WORD.findall(text)
    return any(
        word in lexicon.several and any(_plural(noun, lexicon) for noun in said[at + 1 : at + 4])
        for at, word in enumerate(said)
    )


def _plural(word: str, lexicon: Words) -> bool:
    return word.endswith("s") and word not in lexicon.nouns and _singular(word, lexicon.nouns) is not None


def _restates(act: Act, lexicon: Words) -> frozenset[str] | None:
    """The kinds that the trigger's noun may stand for where the act is a bare noun phrase; None where it is not."""
    for word in _WORD.findall(act.trigger.quote.lower()):
        entry = _singular(word, lexicon.restating)
        if entry:
            return lexicon.restating[entry]
    return None
