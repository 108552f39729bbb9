"""One document as the voices room sees it: who stands at which token, which quotation, which verb reports."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rejoinder import syntax
from rejoinder.draft import Candidate, Draft, Mention, Token
from rejoinder.voices.lexicon import Lexicon

__all__ = ["Reported", "View", "make_view"]

COMPLEMENTS = ("ccomp", "parataxis", "xcomp", "dep", "advcl", "pcomp")
PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "who", "which", "that", "us", "our", "my"})


@dataclass(frozen=True, slots=True)
class Reported:
    """A verb that reports the words of a candidate (token), and who says them (token), None where unknown."""

    verb: int
    speaker: int | None


@dataclass(frozen=True, slots=True)
class View:
    """A draft with look-ups: ``at`` maps tokens to the shortest mention that covers them, ``quotes`` to quotations."""

    draft: Draft
    tokens: Sequence[Token]
    lexicon: Lexicon
    at: Mapping[int, Mention]
    quotes: Mapping[int, int]

    def state(self, i: int | None) -> str | None:
        """The state of the party that token ``i`` stands for, or None."""
        found = self.at.get(i) if i is not None else None
        return found.state if found is not None else None

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
        """The nearest reporting verb whose complement or quotation holds token ``i``; None where the text asserts it."""
        found = self._governor(i)
        if found is None:
            found = self._attribution(i)
        return None if found is None else Reported(found, self.speaker(found))

    def speaker(self, verb: int) -> int | None:
        """Who does the reporting verb ``verb``: its subject, or the agent of a passive."""
        found, passive = syntax.chain_subject(self.tokens, verb)
        if passive:
            agents = syntax.preposition_objects(self.tokens, verb, ("by",))
            return agents[0] if agents else None
        return found

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
    inside = list(tokens_between(view, actor.start, actor.end, candidate.anchor))
    for i in inside:
        if view.tokens[i].head not in inside or view.tokens[i].head == i:
            return i
    return None


def tokens_between(view: View, start: int, end: int, near: int) -> Iterator[int]:
    """Tokens of characters ``start:end``, found by walking from token ``near``."""
    tokens = view.tokens
    i = near
    while i > 0 and tokens[i].start >= start:
        i -= 1
    while i < len(tokens) and tokens[i].end <= start:
        i += 1
    while i < len(tokens) and tokens[i].start < end:
        yield i
        i += 1


def make_view(draft: Draft, lexicon: Lexicon) -> View:
    """Index the mentions and quotations of ``draft``."""
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
    return View(draft, draft.tokens, lexicon, at, _quotes(draft))


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
