"""Reading the gazetteer's YAML files, strictly: whatever is malformed is named with its file and entry."""

import datetime as dt
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable

from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError
from rejoinder.parties.entries import ROLES, Animacy, Modifier, Noun, Phrases
from rejoinder.records import Party

__all__ = ["Row", "day", "read_nouns", "read_organisations", "read_phrases", "read_states", "state_party"]

ANIMACIES: dict[str, Animacy] = {"person": "person", "people": "people", "body": "body", "thing": "thing"}


class Row:
    """One entry of a file: typed reads that raise :class:`DataError` naming file and entry."""

    def __init__(self, place: str, fields: object) -> None:
        if not isinstance(fields, dict):
            raise DataError(f"{place}: expected a mapping of fields.")
        self.place = place
        self.fields: Mapping[str, object] = fields

    def only(self, *known: str) -> "Row":
        """The row itself, if it has no field but ``known``."""
        for key in self.fields:
            if key not in known:
                raise DataError(f"{self.place}: unknown field {key!r}.")
        return self

    def text(self, key: str) -> str:
        """A string that must be there."""
        value = self.fields.get(key)
        if not isinstance(value, str) or not value:
            raise DataError(f"{self.place}: {key!r} must be words.")
        return value

    def maybe(self, key: str) -> str | None:
        """A string or null."""
        return None if self.fields.get(key) is None else self.text(key)

    def role(self, key: str = "role") -> str:
        """A role code of the codebook."""
        role = self.text(key)
        if role not in ROLES:
            raise DataError(f"{self.place}: {role!r} is no role of the codebook.")
        return role

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty where the field is absent."""
        value = self.fields.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise DataError(f"{self.place}: {key!r} must be a list of words.")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """A truth value; false where absent."""
        value = self.fields.get(key, False)
        if not isinstance(value, bool):
            raise DataError(f"{self.place}: {key!r} must be true or false.")
        return value

    def rows(self, key: str) -> tuple["Row", ...]:
        """A list of mappings; empty where absent."""
        value = self.fields.get(key, [])
        if not isinstance(value, list):
            raise DataError(f"{self.place}: {key!r} must be a list.")
        return tuple(Row(f"{self.place}, {key} {n}", item) for n, item in enumerate(value, 1))

    def row(self, key: str) -> "Row | None":
        """A mapping, or None where absent."""
        value = self.fields.get(key)
        return None if value is None else Row(f"{self.place}, {key}", value)

    def date(self, key: str) -> dt.date | None:
        """A day (YYYY-MM-DD) or null."""
        value = self.fields.get(key)
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        raise DataError(f"{self.place}: {key!r} must be a day as YYYY-MM-DD, or null.")


def day(row: Row, key: str) -> dt.date:
    """A day that must be there."""
    value = row.date(key)
    if value is None:
        raise DataError(f"{row.place}: {key!r} must be a day as YYYY-MM-DD.")
    return value


def read_organisations(path: Traversable) -> tuple[Row, ...]:
    """The organisations, each named by its id where it has one, in the file's order."""
    top = Row(path.name, read_yaml(path)).only("organisations")
    rows = top.rows("organisations")
    if not rows:
        raise DataError(f"{path.name}: 'organisations' is missing.")
    return tuple(Row(f"{path.name}, entry {row.fields.get('id', n)}", row.fields) for n, row in enumerate(rows, 1))


def read_states(path: Traversable) -> Iterator[tuple[str, Row]]:
    """The states with their codes, in the file's order."""
    for code, fields in read_yaml(path).items():
        if not (isinstance(code, str) and len(code) == 3 and code.isupper()):
            raise DataError(f"{path.name}, entry {code}: a state is named by three capitals.")
        row = Row(f"{path.name}, entry {code}", fields)
        yield code, row.only("name", "cow", "names", "adjectives", "people", "seats", "regions", "contextual")


def read_nouns(path: Traversable) -> tuple[dict[str, Noun], tuple[Modifier, ...]]:
    """Role nouns by their forms (singular and plural), and the modifiers that change a role."""
    top = Row(path.name, read_yaml(path)).only("groups", "modifiers")
    forms: dict[str, Noun] = {}
    for row in top.rows("groups"):
        row.only("role", "as", "member", "nouns", "plurals")
        animacy = ANIMACIES.get(row.text("as"))
        if animacy is None:
            raise DataError(f"{row.place}: 'as' must be person, people, body or thing.")
        plurals = row.row("plurals")
        for lemma in row.texts("nouns"):
            if lemma in forms and not forms[lemma].plural:
                raise DataError(f"{row.place}: {lemma!r} stands in two groups.")
            own = plurals.fields.get(lemma) if plurals else None
            plural = own if isinstance(own, str) else regular_plural(lemma)
            forms[lemma] = Noun(lemma, row.role(), animacy, row.flag("member"), plural=plural == lemma)
            if plural != lemma and plural not in forms:
                forms[plural] = Noun(lemma, row.role(), animacy, row.flag("member"), plural=True)
    modifiers = tuple(
        Modifier(row.only("role", "words", "to").role(), frozenset(row.texts("words")), frozenset(row.texts("to")))
        for row in top.rows("modifiers")
    )
    return forms, modifiers


def regular_plural(noun: str) -> str:
    """The regular English plural of the last word."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def read_phrases(path: Traversable) -> tuple[Phrases, tuple[Row, ...]]:
    """The word lists, and the rows of joint names."""
    top = Row(path.name, read_yaml(path))
    pronouns = _table(top, "pronouns")
    kinds = {word: kind for kind in pronouns.fields for word in pronouns.texts(kind)}
    sets = {
        name: frozenset(top.texts(name))
        for name in Phrases.__dataclass_fields__
        if name not in ("pronouns", "owners", "spellings", "other_names", "usual_states", "coded_bodies")
    }
    for name, words in sets.items():
        if not words:
            raise DataError(f"{path.name}: {name!r} is missing.")
    spellings = _table(top, "spellings")
    others, usual, coded = _table(top, "other_names"), _table(top, "usual_states"), _table(top, "coded_bodies")
    phrases = Phrases(
        owners=top.texts("owners"),
        pronouns=kinds,
        spellings={word: spellings.text(word) for word in spellings.fields},
        other_names={noun: others.texts(noun) for noun in others.fields},
        usual_states={noun: usual.texts(noun) for noun in usual.fields},
        coded_bodies={body: coded.text(body) for body in coded.fields},
        **sets,
    )
    return phrases, top.rows("joint")


def _table(top: Row, key: str) -> Row:
    row = top.row(key)
    if row is None:
        raise DataError(f"{top.place}: {key!r} is missing.")
    return row


def state_party(code: str, name: str) -> Party:
    """The party a state's name stands for: its government."""
    return Party(code, name, code, "GOV")
