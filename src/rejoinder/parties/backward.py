"""One walk over a document's mentions, from first to last: each open one is settled by what stands before it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from rejoinder.draft import Mention
from rejoinder.parties.discourse import Discourse
from rejoinder.parties.focus import WEIGHTS, Weights, focus, sides
from rejoinder.parties.lookups import (
    author_of,
    is_pair,
    is_stateless,
    other_state,
    owner_of,
    reporting_state,
    states_before,
    words_of,
)
from rejoinder.parties.names import NameBook
from rejoinder.parties.nominals import settle
from rejoinder.parties.quoted import issuer, quotation_at, speaker
from rejoinder.parties.words import name_words
from rejoinder.records import Party

__all__ = ["Backward"]

REACH = 3
FAR = 400
LIMIT = 3.0
"""How much a name's origin may count at most: two foreign names in a row are no proof."""
PERSONAL = ("he", "she")


class Backward:
    """The resolver of one document. Call :meth:`run` once; ``discourse.mentions`` then holds the result."""

    def __init__(self, discourse: Discourse, weights: Weights = WEIGHTS) -> None:
        self.d = discourse
        self.names = NameBook(discourse)
        self.issuer = issuer(discourse)
        self.weights = weights
        self.ambiguous: list[int] = []
        self.lemmas: dict[str, int] = {}
        self.titles: dict[tuple[str, str | None], int] = {}

    def run(self) -> None:
        """Settle names first, then everything in text order, then what only later words explain."""
        for index, mention in enumerate(self.d.mentions):
            if mention.kind == "name":
                self.names.add(index)
        self._appositions()
        for index in range(len(self.d.mentions)):
            self._settle(index)
        self._appositions()

    def _settle(self, index: int) -> None:
        mention = self.d.mentions[index]
        if mention.kind == "pronoun":
            self._pronoun(index)
        elif mention.state is None and mention.party is None:
            if mention.kind == "name":
                self._name(index)
            elif mention.kind == "nominal":
                self._nominal(index)
        mention = self.d.mentions[index]
        if mention.kind == "nominal" and mention.state is not None:
            self._remember(self.d.traits[index].lemma, index)
        elif mention.kind == "name" and mention.state is not None:
            self._remember_titles(index)

    def _remember(self, lemma: str, index: int) -> None:
        self.lemmas[lemma] = index
        tail = lemma.rsplit(" ", 1)[-1]
        if tail in self.d.gazetteer.phrases.title_tails:
            self.lemmas[tail] = index
        self.titles[lemma, self.d.mentions[index].state] = index

    def _remember_titles(self, index: int) -> None:
        """As in "President Park" makes her "the president" later on."""
        mention, tokens = self.d.mentions[index], self.d.draft.tokens
        for i in range(mention.first, mention.head):
            for begin in range(max(mention.first, i - 2), i + 1):
                noun = self.d.gazetteer.nouns.get(" ".join(tokens[j].lower for j in range(begin, i + 1)))
                if noun is not None and (begin == i or noun.lemma not in tokens[i].lower):
                    self._remember(noun.lemma, index)
                    if begin < i:  # "vice president" is no "president"
                        break

    def _take(self, index: int, source: int, *, keep_role: bool = False) -> None:
        """Let the mention ``index`` stand for what ``source`` stands for."""
        mention, other = self.d.mentions[index], self.d.mentions[source]
        role = mention.role if keep_role and mention.role != "UNK" else other.role
        same = role == other.role
        self.d.mentions[index] = replace(
            mention, state=other.state, role=settle(other.state, role), party=other.party if same else None,
            also=other.also, antecedent=source,
        )  # fmt: skip

    def _be(
        self, index: int, state: str | None, role: str, also: tuple[str, ...] = (), party: Party | None = None
    ) -> None:
        mention = self.d.mentions[index]
        self.d.mentions[index] = replace(mention, state=state, role=settle(state, role), also=also, party=party)

    # names

    def _name(self, index: int) -> None:
        mention = self.d.mentions[index]
        earlier, party = self.names.find(index)
        if earlier is not None and earlier != index:
            self._take(index, earlier)
        elif party is not None:
            self._be(index, party.state, party.role, party=party)
            self.names.add(index)
        elif mention.role != "UNK":  # a title without a state: "Vice Foreign Minister Kim"
            state = self._body_of_office(index) or focus(self.d, index, self.weights, self._origins(index))
            if state is not None:
                self._be(index, state, mention.role)
                self.names.add(index)
        elif self.names.is_persons(index):
            state = self._only_origin(index)
            if state is not None:
                self._be(index, state, "UNK")
                self.names.add(index)

    def _body_of_office(self, index: int) -> str | None:
        """As in "the secretary-general", "inspectors": the international body named nearest."""
        mention, tokens = self.d.mentions[index], self.d.draft.tokens
        words = " ".join(tokens[i].lower for i in range(mention.first, mention.head + 1)).replace(" - ", "-")
        lemma = self.d.traits[index].lemma
        offices = self.d.gazetteer.phrases.body_offices
        if lemma not in offices and not any(f" {office} " in f" {words} " for office in offices):
            return None
        bodies = [o for o in self.d.before(index, FAR) if (self.d.mentions[o].state or "").startswith("IGO:")]
        return self.d.mentions[bodies[0]].state if bodies else None

    def _only_origin(self, index: int) -> str | None:
        """The one state of the text to which a name clearly belongs; None where two could be."""
        fits = self._origins(index)
        ranked = sorted(fits, key=lambda state: (-fits[state], state))
        if not ranked or fits[ranked[0]] < self.weights.sure:
            return None
        clear = len(ranked) == 1 or fits[ranked[0]] - fits[ranked[1]] >= self.weights.clear
        return ranked[0] if clear else None

    def _origins(self, index: int) -> Mapping[str, float]:
        """How well a person's name fits each state that the text names, and whether its office is taken there."""
        words = [part for word in self.names.words(self.d.mentions[index]) for part in name_words(word)[0]]
        fits: dict[str, float] = {}
        for state in self.d.counts:
            fit = self.d.gazetteer.origins.score(words, state) * self.weights.origin
            taken = any((title, state) in self.titles for title in self._single_titles(index))
            fits[state] = max(-LIMIT, min(LIMIT, fit)) - (self.weights.taken if taken else 0.0)
        return fits

    def _single_titles(self, index: int) -> list[str]:
        """The titles before a name that one person of a state has at a time."""
        mention, tokens = self.d.mentions[index], self.d.draft.tokens
        words = " ".join(tokens[i].lower for i in range(mention.first, mention.head))
        return [title for title in self.d.gazetteer.phrases.single_offices if f" {title} " in f" {words} "]

    def _appositions(self) -> None:
        """As in "Richard Roe, the envoy of Ruritania": each side of an apposition tells what the other lacks."""
        tokens = self.d.draft.tokens
        for index, mention in enumerate(self.d.mentions):
            token = tokens[mention.head]
            other = None
            if token.dep == "appos":
                other = self.d.by_head.get(token.head)
            elif token.dep == "attr" and tokens[token.head].lemma == "be":
                subject = next((c for c in tokens[token.head].children if tokens[c].dep == "nsubj"), None)
                other = self.d.by_head.get(subject) if subject is not None else None
            if other is None or other == index:
                continue
            first = self.d.mentions[other]
            if first.state is None and mention.state is not None and first.kind in ("name", "nominal"):
                self._take(other, index, keep_role=True)
                self.names.add(other)
            elif mention.state is None and first.state is not None and mention.kind in ("name", "nominal"):
                self._take(index, other, keep_role=True)
                self.names.add(index)

    # nominals

    def _nominal(self, index: int) -> None:
        mention, traits = self.d.mentions[index], self.d.traits[index]
        phrases, determiner = self.d.gazetteer.phrases, self.d.determiner(mention)
        if is_pair(self.d, index):
            self._pair(index)
            return
        if determiner in phrases.open_determiners or is_stateless(self.d, mention):
            return
        owner = owner_of(self.d, index)
        body = self._body_of_office(index)
        if body is not None and (owner is None or self.d.mentions[owner].kind == "pronoun"):
            self._be(index, body, "GOV" if mention.role == "MIL" else mention.role)
        elif traits.lemma in phrases.words_of and mention.role == "UNK":
            author = owner if owner is not None else author_of(self.d, index)
            if author is not None:
                self._take(index, author)
        elif owner is not None:
            self._owned(index, self.d.mentions[owner])
        elif determiner == "the" and traits.lemma in phrases.other_nouns and "other" in words_of(self.d, mention):
            self._be(index, other_state(self.d, index, None), mention.role)
        else:
            self._unowned(index, definite=determiner in phrases.definite)

    def _owned(self, index: int, owner: Mention) -> None:
        """As in "its army", "their leader", "its neighbour"."""
        mention, traits = self.d.mentions[index], self.d.traits[index]
        phrases = self.d.gazetteer.phrases
        if traits.lemma in phrases.companions and traits.plural:
            return
        if traits.lemma in phrases.other_nouns:
            self._be(index, other_state(self.d, index, owner), mention.role)
        elif owner.state is not None:
            takes = mention.role == "GOV" and owner.role not in ("CVL", "UNK", "MED")
            self._be(index, owner.state, owner.role if takes else mention.role, owner.also)

    def _unowned(self, index: int, *, definite: bool) -> None:
        """As in "the ministry", "police": what it repeats, else the state in focus."""
        mention, traits = self.d.mentions[index], self.d.traits[index]
        phrases = self.d.gazetteer.phrases
        same = self._same(index) if definite else None
        if same is not None:
            self._take(index, same, keep_role=traits.lemma not in phrases.groups)
            return
        state = reporting_state(self.d, index)
        if state is None and traits.plural and mention.role == "GOV":
            vague = (phrases.state_nouns, phrases.other_nouns, phrases.companions)
            if any(traits.lemma in nouns for nouns in vague):
                return
        if state is None:
            usual = phrases.usual_states.get(traits.lemma, ())
            named = bool(usual) and all(self.d.counts[code] for code in usual)
            state = usual[0] if named else focus(self.d, index, self.weights)
        if state is not None:
            self._be(index, state, mention.role, party=_body(mention, state))

    def _same(self, index: int) -> int | None:
        """What a definite noun repeats: an office its holder, a body its name, rebels the rebels, a noun itself."""
        mention, traits = self.d.mentions[index], self.d.traits[index]
        phrases = self.d.gazetteer.phrases
        if traits.lemma in phrases.own_offices and self.issuer is not None:
            holder = self.titles.get((traits.lemma, self.issuer.state))
            if holder is not None:
                return holder
        named = self._named_body(index)
        if named is not None:
            return named
        if mention.role == "REB" or traits.lemma in phrases.groups:
            found = next((o for o in self.d.before(index, FAR) if self.d.mentions[o].role == "REB"), None)
            if found is not None:
                return found
        return self.lemmas.get(traits.lemma)

    def _named_body(self, index: int) -> int | None:
        """The last body before this whose name holds the noun: "the commission", "the agency"."""
        traits = self.d.traits[index]
        others = self.d.gazetteer.phrases.other_names.get(traits.lemma, ())
        for other in range(index - 1, -1, -1):
            party = self.d.mentions[other].party
            if party is None or self.d.traits[other].person:
                continue
            states_own = party.id == party.state
            if party.id in others or (
                not traits.person and not states_own and traits.lemma in party.name.lower().split()
            ):
                return other
        return None

    def _pair(self, index: int) -> None:
        """The two sides that the text before this speaks of most and last."""
        people = self.d.traits[index].lemma in self.d.gazetteer.phrases.person_pairs
        states = sides(self.d, index, self.weights, only_people=people)
        if len(states) < 2 and people:
            states = sides(self.d, index, self.weights, only_people=False)
        if states:
            self._be(index, states[0], self.d.mentions[index].role, tuple(s for s in states[1:] if s != states[0]))

    # pronouns

    def _pronoun(self, index: int) -> None:
        mention = self.d.mentions[index]
        tokens = self.d.draft.tokens
        kind = self.d.gazetteer.phrases.pronouns[tokens[mention.head].lower]
        if kind in ("we", "i"):
            self._first_person(index)
        elif kind == "they":
            self._they(index)
        else:
            self._third(index, kind)

    def _first_person(self, index: int) -> None:
        mention = self.d.mentions[index]
        quotation = quotation_at(self.d, mention.start)
        if quotation is not None:
            found = speaker(self.d, quotation)
            if found is not None and found > index and not self._speaks_itself(found):
                self._settle(found)  # the speaker is named behind the words
            if found is not None and self.d.mentions[found].state is not None:
                self._take(index, found)
                return
        if self.issuer is not None:
            self._be(index, self.issuer.state, self.issuer.role, self.issuer.also)

    def _speaks_itself(self, index: int) -> bool:
        """Whether a mention is "we" or "I", whose speaker is looked for in turn."""
        head = self.d.draft.tokens[self.d.mentions[index].head].lower
        return self.d.gazetteer.phrases.pronouns.get(head) in ("we", "i")

    def _third(self, index: int, kind: str) -> None:
        wanted: Callable[[int], bool] = self._is_person if kind in PERSONAL else self._is_body
        self._best(index, [(score, other) for score, other in self._scored(index) if wanted(other)])

    def _is_person(self, other: int) -> bool:
        traits = self.d.traits[other]
        return traits.person and not traits.plural

    def _is_body(self, other: int) -> bool:
        traits, mention = self.d.traits[other], self.d.mentions[other]
        return not traits.person and not traits.plural and mention.role != "CVL"

    def _they(self, index: int) -> None:
        if self._both_principals(index):
            return
        plural = [(score, other) for score, other in self._scored(index) if self._is_many(other)]
        if plural:
            self._best(index, plural)
        if self.d.mentions[index].state is None:
            states = states_before(self.d, index, 1)
            if len(states) > 1:
                self._be(index, states[0], "GOV", (states[1],))
            elif states:
                self._best(index, list(self._scored(index)))

    def _both_principals(self, index: int) -> bool:
        """As in a readout's "They discussed ...": the issuer and the one it met, who is named first after it."""
        tokens, head, issuer = self.d.draft.tokens, self.d.draft.tokens[self.d.mentions[index].head], self.issuer
        verb = tokens[head.head]
        if issuer is None or not issuer.meeting or head.dep != "nsubj":
            return False
        if verb.dep != "ROOT" or verb.lemma not in self.d.gazetteer.phrases.joint_verbs:
            return False
        self._be(index, issuer.state, issuer.role, issuer.meeting)
        return True

    def _is_many(self, other: int) -> bool:
        traits, mention = self.d.traits[other], self.d.mentions[other]
        if traits.plural or mention.also:
            return True
        return mention.role == "REB" and not traits.person

    def _scored(self, index: int) -> Iterator[tuple[float, int]]:
        """Earlier mentions with how well each may be what a pronoun stands for."""
        tokens = self.d.draft.tokens
        mention, traits = self.d.mentions[index], self.d.traits[index]
        owned = tokens[mention.head].tag == "PRP$"
        for other in self.d.before(index, REACH):
            candidate, one = self.d.mentions[other], self.d.traits[other]
            distance = traits.sentence - one.sentence
            same_clause = distance == 0 and one.clause == traits.clause
            if same_clause and not owned:
                continue
            w = self.weights
            score = -w.distance * distance - w.step * (index - other)
            score += w.subject if one.subject else 0.0
            score += w.parallel if one.subject and traits.subject else 0.0
            score += w.owned if owned and same_clause and one.subject else 0.0
            score -= w.adjective if candidate.kind == "adjective" else 0.0
            score -= w.place if one.place else 0.0
            score += w.joint if candidate.also else 0.0
            score += w.chain if candidate.kind == "pronoun" else 0.0
            yield score, other

    def _best(self, index: int, scored: list[tuple[float, int]]) -> None:
        if not scored:
            return
        top = max(score for score, _ in scored)
        tied = [other for score, other in scored if score == top]
        if len({self.d.mentions[other].state for other in tied}) > 1:
            self.ambiguous.append(index)
            return
        self._take(index, tied[0])


def _body(mention: Mention, state: str) -> Party | None:
    """The state's own body of a generic one: ``*.MOD`` becomes ``KOR.MOD``."""
    if mention.party is None:
        return None
    return replace(mention.party, id=mention.party.id.replace("*", state), state=state)
