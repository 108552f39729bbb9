"""From named values (a JSON object, the row of a table) to a document: which name holds which field.

A field is looked for, in this order: under the name that the caller's mapping gives; under its own name; under the
other names usual for it, of which the first that holds something counts. Names are the same whatever their capitals,
spaces, hyphens and underscores. What stands under a mapped or own name must be right, or there is no document; what
stands under another usual name and is of another type is passed over.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rejoinder.errors import BadDate, InputError, UsageError
from rejoinder.read.characters import refuse_unwritable
from rejoinder.read.days import day_said
from rejoinder.records import Document

__all__ = ["FIELDS", "Names", "check_columns", "field_called", "names_in", "to_document", "type_called"]

USUAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("doc_id", "document_id", "article_id", "uid", "uuid", "guid"),
        "text": ("body", "content", "article", "full_text", "article_text", "article_body", "body_text", "main_text"),
        "published": (
            *("published_at", "published_on", "publication_date", "publish_date", "published_date", "date_published"),
            *("date_publish", "pub_date", "date", "datetime"),
        ),
        "title": ("headline",),
        "outlet": ("source", "publisher", "newspaper", "publication", "source_name"),
        "url": ("link", "source_url"),
        "author": ("authors", "byline", "creator"),
    }
)
"""The fields of a document, and their other usual names, the likeliest first."""
FIELDS = tuple(USUAL)
_REMEDY = "Add the article's text under that key."


@dataclass(frozen=True, slots=True)
class Names:
    """Where a record of certain names holds the fields: ``own`` must be right, ``other`` may be."""

    own: Mapping[str, str]
    other: Mapping[str, tuple[str, ...]]

    def of(self, field: str) -> tuple[str, ...]:
        """The names under which ``field`` may stand, the first that counts first."""
        return (self.own[field],) if field in self.own else self.other.get(field, ())


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise ``UsageError`` where the mapping names a field that no document has, or an empty name."""
    for field, name in columns.items():
        if field not in USUAL:
            raise UsageError(f"{field!r} is no field of a document. The fields are: {', '.join(FIELDS)}.")
        if not name.strip():
            raise UsageError(f"no column is named for {field}. Write {field}=NAME.")


def field_called(name: str) -> str | None:
    """The field that ``name`` usually stands for, None where it is none of the usual names."""
    return next((field for field, names in _SPELT.items() if _plain(name) in names), None)


@lru_cache(maxsize=64)
def names_in(present: tuple[str, ...], columns: tuple[tuple[str, str], ...]) -> Names:
    """Where a record with the names ``present`` holds the fields, by the mapping ``columns`` (field, name)."""
    own = dict(columns)
    own.update({field: field for field in FIELDS if field in present and field not in own})
    spelt: dict[str, list[str]] = {}
    for name in present:
        spelt.setdefault(_plain(name), []).append(name)
    other = {
        field: tuple(name for usual in _SPELT[field] for name in spelt.get(usual, ()))
        for field in FIELDS
        if field not in own
    }
    return Names(own, MappingProxyType(other))


def to_document(values: Mapping[str, object], names: Names, *, name: str, origin: str, place: str) -> Document:
    """The document that ``values`` make; ``name`` is what it is called where it has no id.

    ``place`` is what messages call a place for a value: "field", "column". Raises ``InputError``.
    """
    day, dated_by = _published(values, names, place)
    return Document(
        text=_row_text(values, names) if place == "column" else _text(values, names),
        name=_id(values, names) or name,
        title=_words(values, names, "title"),
        outlet=_words(values, names, "outlet"),
        url=_words(values, names, "url"),
        author=_words(values, names, "author"),
        published=day,
        dated_by=dated_by,
        origin=origin,
    )


def type_called(value: object) -> str:
    """What a message calls the type of ``value``, which came from JSON or a table."""
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _text(values: Mapping[str, object], names: Names) -> str:
    own = names.own.get("text")
    if own is None:
        usual = {name: values[name] for name in names.of("text")}
        texts = [value for value in usual.values() if isinstance(value, str)]
        if not texts and usual:
            name, value = next(iter(usual.items()))
            raise InputError(f"{name!r} is {type_called(value)}, not a string. Put the article's text there.")
        if not texts:
            raise InputError(f"'text' is missing. {_REMEDY}")
        text: object = next((each for each in texts if each.strip()), texts[0])
    elif own not in values:
        raise InputError(f"{own!r} is missing. {_REMEDY}")
    else:
        text = values[own]
    if not isinstance(text, str):
        raise InputError(f"{own!r} is {type_called(text)}, not a string. Put the article's text there.")
    refuse_unwritable(text)
    return text


def _row_text(values: Mapping[str, object], names: Names) -> str:
    """The same of a row, whose column is there but may be empty."""
    texts = [value for name in names.of("text") if isinstance(value := values.get(name), str) and value.strip()]
    if not texts:
        message = f"it has no text in the column {names.of('text')[0]!r}. Put the article there, or take the row out."
        raise InputError(message)
    refuse_unwritable(texts[0])
    return texts[0]


def _id(values: Mapping[str, object], names: Names) -> str | None:
    for name in names.of("id"):
        value = values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return _words(values, names, "id")


def _words(values: Mapping[str, object], names: Names, field: str) -> str | None:
    """The string of ``field``; None where it is absent, null or blank."""
    strict = field in names.own
    for name in names.of(field):
        value = values.get(name)
        if value is None:
            continue
        found = _named(value) if field in ("outlet", "author") else value
        if isinstance(found, str):
            refuse_unwritable(found)
            if found.strip():
                return found.strip()
        elif strict:
            message = f"{name!r} is {type_called(value)}, not a string. Write it in quotes, or leave it out."
            raise InputError(message)
    return None


def _named(value: object) -> object:
    """The name that an object stands for ({"id": 1, "name": "AFP"}), the names of a list joined; else the value."""
    if isinstance(value, dict):
        return value.get("name", value)
    if isinstance(value, list):
        names = [_named(each) for each in value]
        texts = [name for name in names if isinstance(name, str)]
        return ", ".join(texts) if len(texts) == len(names) else value
    return value


def _published(values: Mapping[str, object], names: Names, place: str) -> tuple[dt.date | None, str | None]:
    for name in names.of("published"):
        value = values.get(name)
        day = value if isinstance(value, dt.date) else _words({name: value}, _only(name, names), "published")
        if day is None:
            continue
        try:
            return day_said(day), f"the {place} {name!r}"
        except BadDate as error:
            raise InputError(f"{name!r}: {error}") from error
    return None, None


def _only(name: str, names: Names) -> Names:
    """``names`` with this one alone for the publication day."""
    if "published" in names.own:
        return names
    return Names({}, {"published": (name,)})


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _spelt(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_plain(name) for name in names))


_SPELT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {field: _spelt((field, *others)) for field, others in USUAL.items()}
)
