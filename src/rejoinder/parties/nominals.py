"""Whom a noun phrase stands for: its state and role, from its noun, what stands before it, and what follows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.draft import Token
from rejoinder.parties.chunks import possessor
from rejoinder.parties.commonwords import is_person
from rejoinder.parties.entries import PERSON_OUT_OF_OFFICE, Entry, Noun
from rejoinder.parties.gazetteer import Gazetteer
from rejoinder.parties.naming import Named
from rejoinder.records import Party

__all__ = ["Reading", "Scene", "read_entry", "read_noun", "settle"]

STATE_GIVING = frozenset(
    {"state", "seat", "adjective", "people", "region", "organisation", "person", "joint", "joint adjective"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Whom words stand for. ``possessor`` is the pronoun's or short form's token that will tell the state later."""

    state: str | None = None
    role: str = "UNK"
    party: Party | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """A document's tokens with what was read of them so far."""

    tokens: Sequence[Token]
    edges: Sequence[int]
    named: Sequence[Named]
    at: dict[int, Named]
    day: dt.date | None
    gazetteer: Gazetteer
    introduced: dict[str, int]

    def is_word(self, i: int) -> bool:
        """Whether a word that could be a surname is the common word or month here."""
        phrases = self.gazetteer.phrases
        common = self.tokens[i].lower in phrases.common_words
        return common and not is_person(self.tokens, i, self.at, self.introduced, phrases)

    def is_month(self, i: int) -> bool:
        """Whether a month or a day of the week is that, and nobody's name."""
        word, phrases = self.tokens[i].lower, self.gazetteer.phrases
        return word in phrases.months and (word not in phrases.common_words or self.is_word(i))

    def between(self, first: int, last: int) -> list[Named]:
        """The names and nouns that begin in ``first:last``, in order."""
        found, i = [], first
        while i < last:
            named = self.at.get(i)
            if named is not None and named.first == i:
                found.append(named)
            i += 1
        return found


def settle(state: str | None, role: str) -> str:
    """The role as the codebook has it for bodies of no state: an official of the UN is IGO, of an NGO NGO."""
    if state is not None and role == "GOV":
        return "IGO" if state.startswith("IGO:") else "NGO" if state == "NGO" else role
    return role


def read_entry(entry: Entry, scene: Scene, head: int, first: int) -> Reading:
    """What a name stands for; ``first:head`` are the words of its phrase."""
    if entry.person is not None:
        office, _ = entry.person.office_at(scene.day)
        role = office.role
        former = any(scene.tokens[i].lower in scene.gazetteer.phrases.former for i in range(first, head))
        if former and role not in ("REB", "OPP"):
            role = PERSON_OUT_OF_OFFICE
        party = Party(entry.person.id, entry.person.name, office.state, role)
        return Reading(office.state, settle(office.state, role), party)
    role = entry.role_at(scene.day)
    if entry.kind == "people":
        token, before = scene.tokens[head], scene.tokens[head - 1].lower if head else ""
        plural = token.tag in ("NNS", "NNPS") or token.lower.endswith(("s", "ese", "ish", "ch"))
        role = "GOV" if before == "the" and plural else "CVL"
        return Reading(entry.state, role, None)
    return Reading(entry.state, settle(entry.state, role), entry.party, entry.also)


def read_noun(noun: Noun | None, role: str, head: int, first: int, scene: Scene) -> Reading:
    """What a phrase headed by a role noun (or a body without a state of its own) stands for.

    ``role`` is the noun's own. What stands before it tells first, then its owner, then "of ..." behind it.
    """
    tokens, phrases = scene.tokens, scene.gazetteer.phrases
    owner = possessor(tokens, head)
    inner = [n for n in scene.between(first, head + 1) if not n.first <= head < n.last]
    own = [n for n in inner if owner is None or n.first > owner]
    sources = [n for n in own if _gives_state(n)]
    if not sources and owner is not None:
        sources = [n for n in inner if n.last <= owner + 1 and _gives_state(n)][-1:]
        if not sources and tokens[owner].tag == "PRP$":
            return Reading(None, _role(noun, role, None, head, first, scene))
    behind = () if sources else _behind(noun, head, scene)
    givers = sources or list(behind)
    states: list[str] = []
    giver: Entry | None = None
    for named in givers:
        entry = named.entry
        if entry is None:
            continue
        state = read_entry(entry, scene, named.head, named.first).state
        if giver is None or (giver.kind in ("adjective", "state") and entry.kind == "organisation"):
            giver = entry
        for code in (state, *entry.also):
            if code and code not in states:
                states.append(code)
    if len(states) > 1 and not _joins(tokens, givers) and not (giver and giver.also):
        states = states[:1]
    state = states[0] if states else None
    found = _role(noun, role, giver, head, first, scene)
    if any(tokens[i].lower in phrases.former for i in range(first, head)) and found == "GOV":
        found = PERSON_OUT_OF_OFFICE
    body = giver.party if state is None and giver is not None and giver.kind == "organisation" else None
    if body is not None and found == "GOV":
        found = giver.role if giver is not None else found
    return Reading(state, settle(state, found), body, tuple(states[1:]))


def _gives_state(named: Named) -> bool:
    return (
        named.owns
        and named.entry is not None
        and named.entry.kind in STATE_GIVING
        and (named.entry.state is not None or named.entry.kind in ("organisation", "person"))
    )


def _joins(tokens: Sequence[Token], givers: Sequence[Named]) -> bool:
    """Whether the first two givers are coordinated: "U.S. and South Korean officials", "U.S.-South Korean"."""
    if len(givers) < 2:
        return False
    between = [tokens[i].lower for i in range(givers[0].last, givers[1].first)]
    return bool(between) and all(word in ("and", ",", "-", "–", "'s", "the", "/") for word in between)


def _behind(noun: Noun | None, head: int, scene: Scene) -> list[Named]:
    """What "of ...", "from ...", "in ..." behind the noun names; the best preposition first."""
    tokens, phrases = scene.tokens, scene.gazetteer.phrases
    abroad = noun is not None and noun.lemma in phrases.abroad
    owners = ("of", "from") if abroad else phrases.owners
    preps = [c for c in tokens[head].children if c > head and tokens[c].dep == "prep" and tokens[c].lower in owners]
    after = head + 1
    if after < len(tokens) and tokens[after].lower in owners and after not in preps:
        preps.append(after)
    if after < len(tokens) and tokens[after].tag in ("NNP", "NNPS"):  # "President Ivan Ivanov of Bulgaria"
        return []
    for prep in sorted(preps, key=lambda i: owners.index(tokens[i].lower)):
        found = _object(prep, scene)
        if found:
            return found
    return []


def _object(prep: int, scene: Scene) -> list[Named]:
    """The names right behind a preposition, coordinated ones included."""
    tokens = scene.tokens
    found: list[Named] = []
    i = prep + 1
    while i < len(tokens) and i < prep + 14:
        token = tokens[i]
        named = scene.at.get(i)
        if named is not None and named.first == i and _gives_state(named):
            found.append(named)
            i = named.last
            continue
        if token.tag[:2] in ("VB", "MD", "WP", "WD") or token.lower in (".", ";", ":", "(", "to", "as", "with", "that"):
            break
        if found and token.lower not in ("and", ",", "'s", "the", "'") and token.tag[:2] not in ("NN", "JJ"):
            break
        if token.lower in ("in", "at", "on", "for", "by", "from", "against", "over"):
            break
        i += 1
    return found


def _role(  # noqa: PLR0917 - all that a role hangs on
    noun: Noun | None, role: str, giver: Entry | None, head: int, first: int, scene: Scene
) -> str:
    """The noun's role, as what stands before it and what it belongs to change it."""
    tokens, gazetteer = scene.tokens, scene.gazetteer
    inner = [n for n in scene.between(first, head) if n.last <= head]
    if noun is not None and noun.member:
        body = _body_role(inner, giver, scene.day)
        if body is not None:
            return body
    words = {tokens[i].lower for i in range(first, head)}
    for named in inner:
        if named.hit.noun is not None:
            words.update(named.hit.noun.lemma.split())
    if noun is not None:
        words.update(noun.lemma.split()[:-1])
    for modifier in gazetteer.modifiers:
        if (not modifier.to or role in modifier.to) and not words.isdisjoint(modifier.words):
            return modifier.role
    if noun is not None and noun.member:  # "spokesman for the rebels", "leader of the party"
        behind = _noun_behind(head, scene)
        if behind is not None:
            return behind
    return role


def _body_role(inner: Sequence[Named], giver: Entry | None, day: dt.date | None) -> str | None:
    """The role a member takes from the body it belongs to; None where that is a government or unknown."""
    for named in reversed(inner):
        if named.entry is not None and named.entry.kind in ("generic", "organisation"):
            role = named.entry.role_at(day)
            if role not in ("GOV", "IGO", "NGO"):
                return role
    if giver is not None and giver.kind in ("organisation", "person"):
        role = giver.role_at(day)
        return role if role not in ("GOV", "MED") else None
    return None


def _noun_behind(head: int, scene: Scene) -> str | None:
    """The role of the noun that "of" or "for" names behind a member noun; None where it says nothing new."""
    tokens = scene.tokens
    after = head + 1
    if after >= len(tokens) or tokens[after].lower not in ("of", "for", "from"):
        return None
    for i in range(after + 1, min(after + 8, len(tokens))):
        named = scene.at.get(i)
        if named is None or named.first != i:
            if tokens[i].tag[:2] in ("VB", "MD", "IN") or tokens[i].lower in (",", "."):
                return None
            continue
        if named.entry is not None and named.entry.kind in ("generic", "organisation"):
            role = named.entry.role_at(scene.day)
            return role if role != "GOV" else None
        if named.hit.noun is not None and not named.modifier and named.hit.noun.role not in ("GOV", "CVL"):
            return named.hit.noun.role
    return None
