"""One document as the voices room sees it: who stands at which token, which quotation, which verb reports."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rejoinder import syntax
from rejoinder.draft import Candidate, Draft, Mention, Token
from rejoinder.voices.lexicon import Lexicon

__all__ = ["Reported", "View", "actor_states", "actor_token", "make_view"]

COMPLEMENTS = ("ccomp", "parataxis", "xcomp", "dep", "advcl", "pcomp")


@dataclass(frozen=True, slots=True)
class Reported:
    """A verb that reports the words of a candidate (token), and who says them (token), None where unknown."""

    verb: int
    speaker: int | None


@dataclass(frozen=True, slots=True)
class View:
    """A draft with look-ups.

    ``at`` maps tokens to the mention they head or that covers them most closely, ``quotes`` to the quotation they stand
    in (its index). ``media`` are the tokens of media's names.
    """

    draft: Draft
    tokens: Sequence[Token]
    lexicon: Lexicon
    at: Mapping[int, Mention]
    quotes: Mapping[int, int]
    media: frozenset[int] = frozenset()

    def states(self, i: int | None) -> frozenset[str]:
        """All states of the party at token ``i`` and of what is coordinated with it."""
        if i is None:
            return frozenset()
        found = [self.at[c] for c in syntax.conjuncts(self.tokens, i) if c in self.at]
        return frozenset(state for one in found for state in (one.state, *one.also) if state is not None)

    def paragraph(self, i: int) -> int:
        """The paragraph of token ``i``."""
        return self.draft.sentences[self.tokens[i].sentence].paragraph

    def reported(self, i: int) -> Reported | None:
        """The nearest reporting verb whose complement or quotation holds ``i``; None where the text asserts it."""
        found = self._governor(i)
        if found is None:
            found = self._attribution(i)
        return None if found is None else Reported(found, self.speaker(found))

    def told(self, i: int, verb: int) -> bool:
        """Whether ``i`` is what ``verb`` reports: the head of its complement, its object, or coordinated with that."""
        tokens = self.tokens
        if any(tokens[j].text == ";" for j in range(min(i, verb), max(i, verb))):
            return False
        below = i
        if not syntax.is_verb(tokens[i]) and tokens[i].dep in ("dobj", "nsubj", "nsubjpass"):
            below = tokens[i].head
        while below != verb:
            if verb in tokens[below].children:
                return True
            if below in tokens[verb].children:
                return tokens[below].dep in ("ccomp", "parataxis")
            if tokens[below].dep not in ("conj", "xcomp") or tokens[below].head == below:
                return False
            below = tokens[below].head
        return False

    def speaker(self, verb: int) -> int | None:
        """Who does the reporting verb ``verb``: its subject, or the agent of a passive."""
        found, passive = syntax.chain_subject(self.tokens, verb)
        if passive:
            agents = syntax.preposition_objects(self.tokens, verb, ("by",))
            return agents[0] if agents else None
        if found is None:  # a noun taken for a compound of the verb: "The **military** reports"
            nouns = [c for c in self.tokens[verb].children if c < verb and syntax.is_noun(self.tokens[c])]
            return nouns[-1] if nouns and self.tokens[nouns[-1]].dep in ("compound", "nmod", "npadvmod") else None
        own = [c for c in syntax.children(self.tokens, verb, "nsubj") if c < verb]
        return own[-1] if len(own) > 1 else found  # the first of two subjects is a dateline: "SEOUL - The North said"

    def reports(self, i: int) -> bool:
        """Whether token ``i`` is a reporting verb."""
        return syntax.is_verb(self.tokens[i]) and self.tokens[i].lemma in self.lexicon.report

    def _governor(self, i: int) -> int | None:
        tokens, below = self.tokens, i
        for above in syntax.ancestors(tokens, i):
            if self.reports(above) and tokens[below].dep in COMPLEMENTS and not _participial(tokens, below, above):
                return above
            below = above
        for c in tokens[below].children:  # "..., it said": the reporting verb hangs on the reported one
            if tokens[c].dep in ("parataxis", "ccomp") and c > i and self.reports(c):
                return c
        return None

    def _attribution(self, i: int) -> int | None:
        """The reporting verb outside the quotation of ``i`` in a sentence it shares, the nearest before others."""
        number = self.quotes.get(i)
        if number is None:
            return None
        sentence = self.draft.sentences[self.tokens[i].sentence]
        outside = [j for j in range(sentence.first, sentence.last) if self.quotes.get(j) != number and self.reports(j)]
        return min(outside, key=lambda j: abs(j - i), default=None)


def _participial(tokens: Sequence[Token], below: int, above: int) -> bool:
    """Whether ``below`` is a clause beside the report, not its content: "said on Friday, **warning** that"."""
    if tokens[below].dep != "advcl":
        return False
    return tokens[below].tag in ("VBG", "VBN") or below > above


def actor_token(view: View, candidate: Candidate) -> int | None:
    """The head token of the actor's words, or None where they are implied."""
    actor = candidate.actor
    if actor is None or actor.start is None or actor.end is None:
        return None
    inside = _tokens_between(view, actor.start, actor.end)
    for i in inside:
        if view.tokens[i].head not in inside or view.tokens[i].head == i:
            return i
    return None


def actor_states(view: View, candidate: Candidate) -> frozenset[str]:
    """The states of the actor, by the mention of its words where there is one; empty where unknown."""
    actor = candidate.actor
    if actor is None:
        return frozenset()
    token = actor_token(view, candidate)
    known = view.at.get(token) if token is not None else None
    if known is not None and known.state is not None:
        return frozenset({known.state, *known.also, *actor.also})
    return frozenset(state for state in (actor.state, *actor.also) if state is not None)


def _tokens_between(view: View, start: int, end: int) -> range:
    """The tokens of characters ``start:end``."""
    first = bisect_right(view.tokens, start, key=lambda token: token.end)
    last = bisect_left(view.tokens, end, key=lambda token: token.start)
    return range(first, last)


def make_view(draft: Draft, lexicon: Lexicon, media: frozenset[int] = frozenset()) -> View:
    """Index the mentions and quotations of ``draft``; ``media`` are the tokens of the media it names."""
    at: dict[int, Mention] = {}
    for mention in draft.mentions:
        for i in range(mention.first, mention.last):
            if i not in at or (mention.last - mention.first, mention.state is None) < (
                at[i].last - at[i].first,
                at[i].state is None,
            ):
                at[i] = mention
    for mention in draft.mentions:  # a head stands for its whole phrase: "the South's **spokesman**"
        at[mention.head] = mention
    return View(draft, draft.tokens, lexicon, at, _quotes(draft), media)


def _quotes(draft: Draft) -> dict[int, int]:
    """The quotation (its index) that each quoted token stands in."""
    found: dict[int, int] = {}
    parts = [(start, end, n) for n, quotation in enumerate(draft.quotations) for start, end in quotation.parts]
    parts.sort()
    i = 0
    for start, end, number in parts:
        while i < len(draft.tokens) and draft.tokens[i].start < start:
            i += 1
        while i < len(draft.tokens) and draft.tokens[i].start < end:
            found[i] = number
            i += 1
    return found
