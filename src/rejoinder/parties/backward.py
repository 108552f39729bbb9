"""One walk over a document's mentions, from first to last: each open one is settled by what stands before it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from rejoinder.draft import Mention
from rejoinder.parties.chunks import possessor
from rejoinder.parties.discourse import Discourse, clause_of
from rejoinder.parties.focus import WEIGHTS, Weights, focus, sides
from rejoinder.parties.names import NameBook
from rejoinder.parties.nominals import settle
from rejoinder.parties.quoted import issuer, quotation_at, speaker
from rejoinder.records import Party

__all__ = ["Backward"]

REACH = 3
FAR = 400
OPEN_DETERMINERS = frozenset({"all", "any", "each", "every", "no", "certain"})
PERSONAL = ("he", "she")
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
TAILS = (" envoy", " ambassador", " representative", " minister", " official", " negotiator", " delegation", " secretary")
OFFICES = frozenset({"president", "vice president", "prime minister", "secretary", "premier", "chancellor", "king"})
PEOPLE_PAIRS = frozenset({"leader", "president", "prime minister", "minister", "premier", "foreign minister", "official", "counterpart", "principal", "chancellor"})


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
        if lemma.endswith(TAILS):  # "special envoy": later "the envoy"
            self.lemmas[lemma.rsplit(" ", 1)[-1]] = index
        self.titles[lemma, self.d.mentions[index].state] = index

    def _remember_titles(self, index: int) -> None:
        """ "President Park" makes her "the president" later on."""
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

    def _be(self, index: int, state: str | None, role: str, also: tuple[str, ...] = (), party: Party | None = None) -> None:
        mention = self.d.mentions[index]
        self.d.mentions[index] = replace(mention, state=state, role=settle(state, role), also=also, party=party)

    # names

    def _name(self, index: int) -> None:
        mention = self.d.mentions[index]
        earlier, party = self.names.find(mention)
        if earlier is not None and earlier != index:
            self._take(index, earlier)
        elif party is not None:
            self._be(index, party.state, party.role, party=party)
            self.names.add(index)
        elif mention.role != "UNK":  # a title without a state: "Vice Foreign Minister Kim"
            state = self._focus(index)
            if state is not None:
                self._be(index, state, mention.role)
                self.names.add(index)

    def _appositions(self) -> None:
        """ "Richard Roe, the envoy of Ruritania": each side of an apposition tells what the other lacks."""
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
        phrases = self.d.gazetteer.phrases
        if self._is_pair(index):
            self._pair(index)
            return
        determiner = self.d.determiner(mention)
        if determiner in OPEN_DETERMINERS or not phrases.stateless.isdisjoint(self._words(mention)):
            return
        owner = self._owner(index)
        if owner == index:
            owner = None
        if owner is not None:
            other = self.d.mentions[owner]
            if traits.lemma in phrases.companions and traits.plural:
                return
            if traits.lemma in phrases.other_nouns:
                self._other(index, other)
            elif other.state is not None:
                role = mention.role if not (mention.role == "GOV" and other.role not in ("CVL", "UNK", "MED")) else other.role
                self._be(index, other.state, role, other.also)
            return
        if determiner == "the" and (traits.lemma in phrases.other_nouns and "other" in self._words(mention)):
            self._other(index, None)
            return
        if determiner in DEFINITE:
            same = self._same(index)
            if same is not None:
                self._take(index, same, keep_role=True)
                return
        reported = self._state_media(index)
        if reported is not None:
            self._be(index, reported, mention.role, party=self._body(mention, reported))
            return
        if traits.plural and mention.role == "GOV" and traits.lemma in phrases.state_nouns | phrases.other_nouns | phrases.companions:
            return
        state = self._focus(index)
        if state is not None:
            self._be(index, state, mention.role, party=self._body(mention, state))

    def _same(self, index: int) -> int | None:
        """What a definite noun repeats: a body by its name, rebels by rebels, an office by its holder, a noun by itself."""
        mention, traits = self.d.mentions[index], self.d.traits[index]
        if traits.lemma in OFFICES and self.issuer is not None and self.titles.get((traits.lemma, self.issuer.state)) is not None:
            return self.titles[traits.lemma, self.issuer.state]
        others = self.d.gazetteer.phrases.other_names.get(traits.lemma, ())
        for other in range(index - 1, -1, -1):
            party = self.d.mentions[other].party
            if party is None or self.d.traits[other].person:
                continue
            if party.id in others or (not traits.person and traits.lemma in party.name.lower().split() and ":" not in party.id and len(party.id) > 3):
                return other
        if mention.role == "REB" or traits.lemma in ("group", "movement"):
            rebels = (o for o in self.d.before(index, FAR) if self.d.mentions[o].role == "REB")
            found = next(rebels, None)
            if found is not None:
                return found
        return self.lemmas.get(traits.lemma)

    def _state_media(self, index: int) -> str | None:
        """The state whose media carry the words of an official without a state, in the same sentence."""
        if self.d.mentions[index].role not in ("GOV", "MIL"):
            return None
        for other in self.d.in_sentence(self.d.traits[index].sentence):
            mention = self.d.mentions[other]
            if mention.role == "MED" and mention.party is not None and mention.state == "PRK":
                return mention.state
        return None

    def _body(self, mention: Mention, state: str) -> Party | None:
        if mention.party is None:
            return None
        return replace(mention.party, id=mention.party.id.replace("*", state), state=state)

    def _words(self, mention: Mention) -> set[str]:
        return {self.d.draft.tokens[i].lower for i in range(mention.first, mention.head + 1)}

    def _owner(self, index: int) -> int | None:
        """The mention that owns this one: "**its** army", "the **ministry**'s spokesman", "the leader of **the group**"."""
        tokens, mention = self.d.draft.tokens, self.d.mentions[index]
        own = possessor(tokens, mention.head)
        if own is not None:
            return self.d.by_head.get(own)
        for c in tokens[mention.head].children:  # "the Obama administration"
            if c < mention.head and c in self.d.by_head and self.d.mentions[self.d.by_head[c]].state is not None:
                return self.d.by_head[c]
        for i in range(mention.last - 1, min(mention.last + 1, len(tokens))):
            if tokens[i].lower == "of" and i > mention.head:
                below = next((c for c in tokens[i].children if tokens[c].dep == "pobj"), None)
                found = self.d.by_head.get(below) if below is not None else None
                return found if found is not None and self.d.mentions[found].state is not None else None
        return None

    def _is_pair(self, index: int) -> bool:
        mention, traits = self.d.mentions[index], self.d.traits[index]
        phrases, words = self.d.gazetteer.phrases, self._words(mention)
        if words & phrases.pair_words:
            return traits.lemma in phrases.pair_nouns or traits.lemma in phrases.pair_words
        return traits.plural and self.d.determiner(mention) == "the" and traits.lemma in ("leader", "side", "president", "prime minister", "party", "minister")

    def _pair(self, index: int) -> None:
        """The two sides that the text before this speaks of most and last."""
        people = self.d.traits[index].lemma in PEOPLE_PAIRS
        states = sides(self.d, index, self.weights, only_people=people)
        if len(states) < 2 and people:
            states = sides(self.d, index, self.weights, only_people=False)
        if len(states) > 1:
            self._be(index, states[0], self.d.mentions[index].role, (states[1],))

    def _states_before(self, index: int, reach: int, *, only_people: bool = False) -> list[str]:
        """The two states named last, in the order of the text."""
        found: list[str] = []
        for other in self.d.before(index, reach):
            mention = self.d.mentions[other]
            if mention.kind == "pronoun" or self.d.traits[other].place:
                continue
            if only_people and not (self.d.traits[other].person or (mention.also and self.d.traits[other].lemma in PEOPLE_PAIRS)):
                continue
            for state in (*mention.also[::-1], mention.state):
                if state and state not in found and not state.startswith("NGO"):
                    found.append(state)
        return found[1::-1]

    def _other(self, index: int, owner: Mention | None) -> None:
        """ "Its neighbour", "the other side": the nearest state that is not the owner's, nor the subject's."""
        excluded = {owner.state} if owner is not None else set()
        if owner is None:
            subject = self._subject_state(index)
            excluded = {subject} if subject else set()
        for other in self.d.before(index, FAR):
            mention = self.d.mentions[other]
            if mention.state and mention.state not in excluded and mention.kind != "pronoun":
                self._be(index, mention.state, self.d.mentions[index].role)
                return

    def _subject_state(self, index: int) -> str | None:
        clause = self.d.traits[index].clause
        for other in self.d.in_sentence(self.d.traits[index].sentence):
            if other != index and self.d.traits[other].subject and self.d.traits[other].clause == clause:
                return self.d.mentions[other].state
        return None

    # the state in focus

    def _focus(self, index: int) -> str | None:
        """The state that a noun without one most likely belongs to."""
        return focus(self.d, index, self.weights)

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
            if found is not None and self.d.mentions[found].state is not None:
                self._take(index, found)
                return
        if self.issuer is not None:
            self._be(index, self.issuer.state, self.issuer.role, self.issuer.also)

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
        plural = [(score, other) for score, other in self._scored(index) if self._is_many(other)]
        if plural:
            self._best(index, plural)
        if self.d.mentions[index].state is None:
            states = self._states_before(index, 1)
            if len(states) > 1:
                self._be(index, states[0], "GOV", (states[1],))
            elif states:
                self._best(index, list(self._scored(index)))

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


def governing(discourse: Discourse, index: int) -> int:
    """The verb whose clause a mention stands in."""
    return clause_of(discourse.draft.tokens, discourse.mentions[index].head)
