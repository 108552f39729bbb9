"""One document as the act stages see it: tokens, who stands at which token, who is speaking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rejoinder import syntax
from rejoinder.draft import Draft, Mention, Quotation, Sentence, Token

__all__ = ["Scene", "coarse", "make_scene"]

TAG_GAP = 3
"""Characters from the end of a quotation to the words that say whose it is: the mark, a space."""
COARSE = {"VB": "V", "NN": "N", "JJ": "J", "RB": "R", "MD": "M"}


def coarse(token: Token) -> str:
    """The part of speech as cue files name it: V, N, J, R, M (modal), else X."""
    return COARSE.get(token.tag[:2], "X")


@dataclass(frozen=True, slots=True)
class Scene:
    """A draft with look-ups.

    ``at`` maps a mention's head token to its index, ``speakers`` the first offset of a quotation to the token of who
    speaks it.
    """

    draft: Draft
    tokens: Sequence[Token]
    at: Mapping[int, int]
    speech_verbs: frozenset[str]
    light_verbs: frozenset[str]
    speakers: Mapping[int, int | None]

    def headed(self, i: int) -> Mention | None:
        """The mention whose head is token ``i``, or None."""
        found = self.at.get(i)
        return None if found is None else self.draft.mentions[found]

    def quoted(self, i: int) -> Quotation | None:
        """The quotation that token ``i`` stands in, or None."""
        offset = self.tokens[i].start
        return next((quotation for quotation in self.draft.quotations if quotation.holds(offset)), None)

    def speaker(self, i: int) -> int | None:
        """The token of who says the clause of ``i``: subject of a governing speech verb, or of the quotation."""
        above = governing_speech(self.tokens, i, self.speech_verbs)
        if above is not None:
            found, passive = syntax.chain_subject(self.tokens, above)
            if found is not None and not passive:
                return found
            agents = syntax.preposition_objects(self.tokens, above, ("by",))
            return agents[0] if agents else None
        quotation = self.quoted(i)
        if quotation is not None:
            return self.speakers.get(quotation.start)
        return None


def governing_speech(tokens: Sequence[Token], i: int, verbs: frozenset[str]) -> int | None:
    """The nearest speech verb whose complement holds token ``i``; None where the clause is the reporter's own."""
    below = i
    for above in syntax.ancestors(tokens, i):
        if tokens[above].lemma in verbs and tokens[below].dep in ("ccomp", "parataxis", "xcomp", "dep", "advcl"):
            return above
        below = above
    root = below
    for c in tokens[root].children:  # "..., it said": the quoted verb is the root and the speech verb hangs on it
        if tokens[c].dep in ("parataxis", "ccomp", "advcl") and tokens[c].lemma in verbs and c > i:
            return c
    return None


def make_scene(draft: Draft, speech_verbs: frozenset[str], light_verbs: frozenset[str]) -> Scene:
    """Index the mentions of ``draft`` and find who speaks each quotation."""
    at: dict[int, int] = {}
    for number, mention in enumerate(draft.mentions):
        if mention.head not in at or draft.mentions[at[mention.head]].state is None:
            at[mention.head] = number
    scene = Scene(draft, draft.tokens, at, speech_verbs, light_verbs, {})
    return replace(scene, speakers=_quotation_speakers(scene))


def _quotation_speakers(scene: Scene) -> dict[int, int | None]:
    """For each quotation (by its first offset) the token of its speaker.

    A quotation is spoken by the subject of the speech verb that governs its words, else by the subject of a speech
    verb in the same sentence, else by the speaker of the quotation before it in the same or the previous paragraph.
    """
    speakers: dict[int, int | None] = {}
    previous: int | None = None
    for quotation in scene.draft.quotations:
        inside = [s for s in scene.draft.sentences if s.end > quotation.start and s.start < quotation.end]
        # '... accept it?" the official said.': the parser may take the tag for a sentence of its own.
        tags = [s for s in scene.draft.sentences if 0 <= s.start - quotation.end <= TAG_GAP]
        found = next((one for s in (*inside, *tags) if (one := _told_by(scene, s, quotation)) is not None), None)
        if found is None and inside and inside[0].start >= quotation.start - 2:
            found = previous
        speakers[quotation.start] = found
        previous = found if found is not None else previous
    return speakers


def _told_by(scene: Scene, sentence: Sentence, quotation: Quotation) -> int | None:
    """The subject of the first speech verb of ``sentence`` outside of ``quotation``."""
    tokens = scene.tokens
    for i in range(sentence.first, sentence.last):
        token = tokens[i]
        if token.lemma in scene.speech_verbs and syntax.is_verb(token) and not quotation.holds(token.start):
            subject, passive = syntax.chain_subject(tokens, i)
            if subject is not None and not passive and not quotation.holds(tokens[subject].start):
                return subject
    return None
