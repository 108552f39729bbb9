"""What a text has named so far, as later words may refer back to it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rejoinder.draft import Draft, Mention, Token
from rejoinder.parties.entries import Noun
from rejoinder.parties.gazetteer import Gazetteer

__all__ = ["SUBJECTS", "Discourse", "Traits", "clause_of"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj"})
FINITE = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "xcomp", "acl", "pcomp", "parataxis"})


@dataclass(frozen=True, slots=True)
class Traits:
    """What decides whether a pronoun can stand for a mention."""

    person: bool
    plural: bool
    subject: bool
    place: bool
    clause: int
    sentence: int
    lemma: str


@dataclass(slots=True)
class Discourse:
    """A draft's mentions while they are resolved: a working table that never leaves this room."""

    draft: Draft
    gazetteer: Gazetteer
    mentions: list[Mention]
    traits: list[Traits]
    by_head: dict[int, int]
    by_sentence: dict[int, list[int]]
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, draft: Draft, gazetteer: Gazetteer) -> "Discourse":
        """The table for ``draft``, whose mentions are found but not resolved."""
        tokens = draft.tokens
        mentions = list(draft.mentions)
        traits = [_traits(tokens, mention, gazetteer) for mention in mentions]
        by_sentence: dict[int, list[int]] = {}
        for index, one in enumerate(traits):
            by_sentence.setdefault(one.sentence, []).append(index)
        counts = Counter(m.state for m in mentions if m.state and not m.state.startswith("IGO:"))
        return cls(draft, gazetteer, mentions, traits, {m.head: n for n, m in enumerate(mentions)}, by_sentence, counts)

    def before(self, index: int, reach: int) -> Iterator[int]:
        """Earlier mentions with a known state or body, the nearest first, at most ``reach`` sentences back."""
        last = self.traits[index].sentence
        for other in range(index - 1, -1, -1):
            if last - self.traits[other].sentence > reach:
                return
            mention = self.mentions[other]
            if mention.state is not None or mention.party is not None:
                yield other

    def in_sentence(self, sentence: int) -> Sequence[int]:
        """The mentions of a sentence, in order."""
        return self.by_sentence.get(sentence, ())

    def determiner(self, mention: Mention) -> str:
        """The first word of a phrase, in lower case."""
        return self.draft.tokens[mention.first].lower


def clause_of(tokens: Sequence[Token], i: int) -> int:
    """The verb whose clause word ``i`` stands in (its own index where there is none)."""
    for _ in range(40):
        token = tokens[i]
        if token.tag[:2] == "VB" and token.dep in FINITE:
            return i
        if token.head == i:
            return i
        i = token.head
    return i


def _traits(tokens: Sequence[Token], mention: Mention, gazetteer: Gazetteer) -> Traits:
    head = tokens[mention.head]
    noun = _noun(tokens, mention, gazetteer)
    is_person = mention.party is not None and mention.party.id in gazetteer.person_ids
    if mention.kind == "pronoun":
        kind = gazetteer.phrases.pronouns.get(head.lower, "it")
        person, plural = kind in ("he", "she", "i"), kind in ("they", "we")
    elif noun is not None:
        person = noun.animacy == "person"
        plural = head.tag in ("NNS", "NNPS") or (noun.plural and head.tag != "NN")
    else:
        unknown = mention.kind == "name" and mention.party is None and not mention.also
        person = is_person or (unknown and (mention.state is None or _titled(tokens, mention, gazetteer)))
        plural = bool(mention.also) or head.tag in ("NNS", "NNPS")
    dep = _dep(tokens, head)
    above = tokens[head.head]
    place = dep == "pobj" and above.lower in gazetteer.phrases.places
    return Traits(
        person, plural, dep in SUBJECTS, place, clause_of(tokens, mention.head), head.sentence,
        noun.lemma if noun is not None else head.lower,
    )  # fmt: skip


def _dep(tokens: Sequence[Token], head: Token) -> str:
    """The label of a word, through coordination; the object of "by" is an agent."""
    dep = head.dep
    seen = 0
    while dep == "conj" and seen < 5:
        head = tokens[head.head]
        dep, seen = head.dep, seen + 1
    return "agent" if dep == "pobj" and tokens[head.head].dep == "agent" else dep


def _noun(tokens: Sequence[Token], mention: Mention, gazetteer: Gazetteer) -> Noun | None:
    """The role noun that heads a nominal, the longest that fits."""
    if mention.kind != "nominal":
        return None
    head = mention.head
    for begin in range(max(mention.first, head - 2), head + 1):
        noun = gazetteer.nouns.get(" ".join(tokens[i].lower for i in range(begin, head + 1)))
        if noun is not None:
            return noun
    return None


def _titled(tokens: Sequence[Token], mention: Mention, gazetteer: Gazetteer) -> bool:
    return any(
        tokens[i].lower in gazetteer.nouns or tokens[i].lower.rstrip(".") in gazetteer.phrases.courtesies
        for i in range(mention.first, mention.head)
    )
