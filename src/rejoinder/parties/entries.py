"""What the gazetteer knows: states, bodies, people, role nouns. Plain facts, no behaviour beyond dates."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from rejoinder.records import Party

__all__ = [
    "NO_OFFICE", "PERSON_OUT_OF_OFFICE", "ROLES",
    "Animacy", "Entry", "EntryKind", "Modifier", "Noun", "Office", "Person", "Phrases",
]  # fmt: skip

EntryKind = Literal[
    "state", "seat", "adjective", "people", "region", "organisation", "generic", "person", "joint", "joint adjective"
]
Animacy = Literal["person", "people", "body", "thing"]

GOVERNING = ("GOV", "MIL", "LEG", "JUD", "PTY", "SPY", "COP")
OTHERS = ("MED", "BUS", "CVL", "NGO", "IGO", "REB", "OPP", "RES", "CRM", "UNK")
ROLES = frozenset((*GOVERNING, *OTHERS))
"""The role codes of the codebook."""
PERSON_OUT_OF_OFFICE = "CVL"
"""The codebook's gold files code a former office-holder as a private person."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office held from ``start`` to ``end`` (days, both included; None where open)."""

    state: str | None
    role: str
    office: str
    start: dt.date | None
    end: dt.date | None


NO_OFFICE = Office(None, "UNK", "", None, None)
"""What somebody holds who never held an office."""


@dataclass(frozen=True, slots=True)
class Person:
    """A named person with dated offices, oldest first.

    ``surname`` is the short form by which a text may call them without ever giving the whole name. None: a text that
    uses a short form has given the whole name first, since the word alone means somebody or something else.
    """

    id: str
    name: str
    names: tuple[str, ...]
    surname: str | None
    offices: tuple[Office, ...]

    def office_at(self, day: dt.date | None) -> tuple[Office, bool]:
        """The office held on ``day``, and True; or the last one held before, and False.

        Of several held at once the last listed counts. A ``day`` before them all gives the first, and False; no day
        gives the latest, and True. Who never held one holds :data:`NO_OFFICE`, and False.
        """
        if not self.offices:
            return NO_OFFICE, False
        if day is None:
            return self.offices[-1], True
        held = [o for o in self.offices if (o.start is None or o.start <= day) and (o.end is None or day <= o.end)]
        if held:
            return held[-1], True
        past = [o for o in self.offices if o.end is not None and o.end < day]
        return (past[-1] if past else self.offices[0]), False


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that stands for a party: "official", "troops". ``member``: takes state and role of what it belongs to."""

    lemma: str
    role: str
    animacy: Animacy
    member: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class Modifier:
    """Words before a role noun that give it another role, where its own is in ``to`` (empty: any)."""

    role: str
    words: frozenset[str]
    to: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name in the gazetteer stands for.

    ``cases`` is what each word asks of the text (see ``words.name_words``). ``within``: the states of which one must be
    named in full in the document; empty where none need be. ``also``: further states of a joint name. ``since``: days
    from which another role holds.
    """

    kind: EntryKind
    cases: tuple[int, ...]
    state: str | None
    role: str
    party: Party | None = None
    also: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    since: tuple[tuple[dt.date, str], ...] = ()
    person: Person | None = None

    def role_at(self, day: dt.date | None) -> str:
        """The role on ``day``; the first one where nobody says which day."""
        role = self.role
        if day is not None:
            for start, later in self.since:
                if day >= start:
                    role = later
        return role


@dataclass(frozen=True, slots=True)
class Phrases:
    """Word lists of ``phrases.yaml``, as sets."""

    foreign_participles: frozenset[str]
    foreign_prefixes: frozenset[str]
    owners: tuple[str, ...]
    abroad: frozenset[str]
    former: frozenset[str]
    pronouns: dict[str, str]
    pair_words: frozenset[str]
    pair_nouns: frozenset[str]
    other_nouns: frozenset[str]
    state_nouns: frozenset[str]
    words_of: frozenset[str]
    speech_verbs: frozenset[str]
    not_parties: frozenset[str]
    months: frozenset[str]
    common_words: frozenset[str]
    ranks: frozenset[str]
    quantities: frozenset[str]
    courtesies: frozenset[str]
    stateless: frozenset[str]
    companions: frozenset[str]
    issued: frozenset[str]
    issued_stop: frozenset[str]
    issued_by: frozenset[str]
    not_modifiers: frozenset[str]
    pair_plurals: frozenset[str]
    person_pairs: frozenset[str]
    own_offices: frozenset[str]
    single_offices: frozenset[str]
    body_offices: frozenset[str]
    joint_verbs: frozenset[str]
    met: frozenset[str]
    title_tails: frozenset[str]
    open_determiners: frozenset[str]
    definite: frozenset[str]
    places: frozenset[str]
    groups: frozenset[str]
    state_media: frozenset[str]
    spellings: dict[str, str]
    other_names: dict[str, tuple[str, ...]]
    usual_states: dict[str, tuple[str, ...]]
    coded_bodies: dict[str, str]
