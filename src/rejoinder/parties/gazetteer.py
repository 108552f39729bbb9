"""The gazetteer: which words stand for which party.

A frozen object built once from the data files; ``hits`` finds its names in a parsed text, the longest at each word.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rejoinder.draft import Token
from rejoinder.errors import DataError
from rejoinder.parties.entries import Entry, EntryKind, Modifier, Noun, Person, Phrases
from rejoinder.parties.loading import (
    Row,
    day,
    read_nouns,
    read_organisations,
    read_phrases,
    read_states,
    state_party,
)
from rejoinder.parties.origins import Origins, learn_origins
from rejoinder.parties.people import read_people
from rejoinder.parties.words import Word, name_words, plain, text_words
from rejoinder.records import Party

__all__ = ["Gazetteer", "Hit", "load_gazetteer"]

KIND_ORDER: tuple[EntryKind, ...] = (
    "organisation", "person", "joint", "joint adjective", "state", "seat", "adjective", "people", "region", "generic",
)  # fmt: skip


class Node(dict[str, "Node"]):
    """A step in the tree of names: the next words, and what ends here."""

    __slots__ = ("entries", "noun")

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.noun: Noun | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A name or role noun found: tokens ``first:last`` (exclusive), what it may stand for, and the noun it is."""

    first: int
    last: int
    entries: tuple[Entry, ...]
    noun: Noun | None = None

    def entry(self, *kinds: EntryKind) -> Entry | None:
        """The first of its meanings that is of one of ``kinds``."""
        return next((entry for entry in self.entries if entry.kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything the parties room knows. Build it with :func:`load_gazetteer`."""

    root: Node
    nouns: dict[str, Noun]
    modifiers: tuple[Modifier, ...]
    phrases: Phrases
    states: dict[str, Party]
    people: dict[str, tuple[Person, ...]]
    surnames: dict[str, tuple[Person, ...]]
    cow: dict[str, int]
    person_ids: frozenset[str]
    origins: Origins

    def hits(self, tokens: Sequence[Token]) -> list[Hit]:
        """Names and role nouns in ``tokens``: in order, the longest where several begin at one word.

        A token may hold words of several hits ("U.S.-North" where the parser leaves it whole).
        """
        words = text_words(tokens)
        root, found, at, size = self.root, [], 0, len(words)
        while at < size:
            if words[at][0] not in root:
                at += 1
                continue
            best, stop = _longest(root, words, at)
            if best is not None and words[at][0] == "the":  # "the North" begins "the North Korean" too
                later, end = _longest(root, words, at + 1) if at + 1 < size else (None, at)
                if later is not None and end > stop:
                    best, stop = later, end
            if best is not None:
                found.append(best)
            at = stop
        return found

    def knows(self, *forms: str) -> bool:
        """Whether plain lower-case words begin a name or role noun, e.g. "foreign", "ministry"."""
        node: Node | None = self.root
        for form in forms:
            node = node.get(form) if node is not None else None
        return node is not None

    def parties_at(self, name: str, day: dt.date | None) -> tuple[Party, ...]:
        """The parties a full name or a surname stands for on ``day``, with the role each had then.

        Of a person: the office held on the day, or else the last one before (its state and role are kept). A day of
        None gives the latest office. Empty where nobody of that name is known.
        """
        people = self.people.get(plain_name(name)) or self.surnames.get(plain_name(name), ())
        return tuple(party_of(person, day) for person in people)

    def state(self, code: str | None) -> Party | None:
        """The government of the state ``code``."""
        return self.states.get(code) if code else None


def party_of(person: Person, day: dt.date | None) -> Party:
    """The person as a party, with state and role of the office of that day."""
    office, _ = person.office_at(day)
    return Party(person.id, person.name, office.state, office.role)


def plain_name(name: str) -> str:
    """A name as a key: plain words in one line."""
    return " ".join(name_words(name)[0])


def _longest(root: Node, words: Sequence[Word], at: int) -> tuple[Hit | None, int]:
    """The longest name that begins at word ``at``, and the word to go on with."""
    best, stop, end = None, at + 1, at
    node = root.get(words[at][0])
    while node is not None:
        end += 1
        if node.noun is not None or node.entries:
            fitting = tuple([e for e in node.entries if _cased(e.cases, words, at)]) if node.entries else ()
            if fitting or node.noun is not None:
                best, stop = Hit(words[at][1], words[end - 1][1] + 1, fitting, node.noun), end
        node = node.get(words[end][0]) if end < len(words) else None
    return best, stop


def _cased(cases: tuple[int, ...], words: Sequence[Word], at: int) -> bool:
    for offset, case in enumerate(cases):
        if case and not words[at + offset][2]:
            return False
        if case == 2 and not words[at + offset][3]:
            return False
    return True


class Builder:
    """Collects names into the tree; the first meaning listed for a name comes first."""

    def __init__(self) -> None:
        self.root = Node()

    def add(self, name: str, make: Callable[[tuple[int, ...]], Entry]) -> str:
        """Add ``name`` with the entry that ``make`` gives for the case its words ask for; its key comes back."""
        forms, cases = name_words(name)
        if not forms:
            raise DataError(f"{name!r} holds no word.")
        entry, node = make(cases), self._node(forms)
        if entry not in node.entries:
            node.entries.append(entry)
            if len(node.entries) > 1:
                node.entries.sort(key=lambda e: KIND_ORDER.index(e.kind))
        return " ".join(forms)

    def add_noun(self, form: str, noun: Noun) -> None:
        """Add a role noun."""
        self._node(name_words(form)[0]).noun = noun

    def _node(self, forms: Sequence[str]) -> Node:
        node = self.root
        for form in forms:
            below = node.get(form)
            if below is None:
                below = node[form] = Node()
            node = below
        return node


class Roll:
    """People by the key of a name: in the order they are added, each once under a key."""

    def __init__(self) -> None:
        self.lists: dict[str, list[Person]] = {}

    def add(self, key: str, person: Person) -> None:
        """Put ``person`` under ``key``. All keys of a person are added before those of the next."""
        known = self.lists.setdefault(key, [])
        if not known or known[-1] is not person:
            known.append(person)

    def table(self) -> dict[str, tuple[Person, ...]]:
        """What was added."""
        return {key: tuple(people) for key, people in self.lists.items()}


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package's data files. Raises :class:`DataError` where one is malformed."""
    folder = resources.files("rejoinder.parties") / "data"
    builder = Builder()
    states, cow = {}, {}
    for code, row in read_states(folder / "states.yaml"):
        states[code] = state_party(code, row.text("name"))
        number = row.fields.get("cow")
        if isinstance(number, int):
            cow[code] = number
        _add_state(builder, code, states[code], row)
    for row in read_organisations(folder / "organisations.yaml"):
        _add_organisation(builder, row)
    phrases, joint = read_phrases(folder / "phrases.yaml")
    for row in joint:
        _add_joint(builder, row)
    people = read_people(folder / "people", phrases.coded_bodies)
    names, surnames = Roll(), Roll()
    for person in people:
        for key in _add_person(builder, person):
            names.add(key, person)
        if person.surname:
            surnames.add(plain_name(person.surname), person)
    nouns, modifiers = read_nouns(folder / "roles.yaml")
    for form, noun in nouns.items():
        builder.add_noun(form, noun)
    return Gazetteer(
        builder.root, nouns, modifiers, phrases, states, names.table(), surnames.table(), cow,
        frozenset(person.id for person in people), learn_origins(people),
    )  # fmt: skip


def _add_state(builder: Builder, code: str, party: Party, row: Row) -> None:
    def entry(kind: EntryKind, role: str = "GOV", within: tuple[str, ...] = ()) -> Callable[[tuple[int, ...]], Entry]:
        return lambda cases: Entry(kind, cases, code, role, party, within=within)

    for kind, key, role in (
        ("state", "names", "GOV"), ("seat", "seats", "GOV"), ("adjective", "adjectives", "GOV"),
        ("people", "people", "CVL"), ("region", "regions", "GOV"),
    ):  # fmt: skip
        for name in row.texts(key):
            builder.add(name, entry(kind, role))  # type: ignore[arg-type]
    contextual = row.row("contextual")
    if contextual is not None:
        within = contextual.only("with", "names", "adjectives").texts("with")
        for name in contextual.texts("names"):
            builder.add(name, entry("state", within=within))
        for name in contextual.texts("adjectives"):
            builder.add(name, entry("adjective", within=within))


def _add_organisation(builder: Builder, row: Row) -> None:
    row.only("id", "name", "state", "role", "names", "generic", "each", "party", "dated")
    id_, name, state, role = row.text("id"), row.text("name"), row.maybe("state"), row.role()
    generic, since = row.flag("generic"), tuple((day(d, "from"), d.role()) for d in row.rows("dated"))
    named = row.fields.get("party", True) is not False
    for form in row.texts("names"):
        own = row.flag("each") and form != name
        party = Party(f"{id_}.{_slug(form)}" if own else id_, form if own else name, state, role) if named else None
        kind: EntryKind = "generic" if generic else "organisation"
        builder.add(form, lambda cases, k=kind, p=party: Entry(k, cases, state, role, p, since=since))  # type: ignore[misc]


def _slug(name: str) -> str:
    return re.sub(r"\W+", "_", plain(name)).strip("_").upper()


def _add_joint(builder: Builder, row: Row) -> None:
    states = row.only("states", "names", "adjectives").texts("states")
    first, rest = states[0], states[1:]
    for name in row.texts("names"):
        builder.add(name, lambda cases: Entry("joint", cases, first, "GOV", also=rest))
    for name in row.texts("adjectives"):
        builder.add(name, lambda cases: Entry("joint adjective", cases, first, "GOV", also=rest))


def _add_person(builder: Builder, person: Person) -> list[str]:
    """Add all names of ``person``; their keys come back."""
    last, _ = person.office_at(None)
    return [
        builder.add(name, lambda cases: Entry("person", cases, last.state, last.role, person=person))
        for name in (person.name, *person.names)
    ]
