"""Records to JSON text and back, without loss.

Field names and types are read from the records themselves, so a field added to a record is stored without a change
here. A field that a stored record lacks takes the record's default.
"""

import dataclasses
import datetime as dt
import functools
import json
import types
import typing
from collections.abc import Callable

from rejoinder.errors import StoreError

__all__ = ["dump", "load"]

R = typing.TypeVar("R")
Decode = Callable[[object], object]


def dump(record: object) -> str:
    """A record (a dataclass of :mod:`rejoinder.records`) as one line of JSON."""
    return _ENCODER.encode(record)


def load(kind: type[R], text: str) -> R:
    """The record of type ``kind`` that :func:`dump` wrote as ``text``.

    Raises StoreError where ``text`` is no such record.
    """
    try:
        return typing.cast("R", _decoder(typing.cast("object", kind))(json.loads(text)))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = (
            f"A stored {kind.__name__} cannot be read ({error}). The book is damaged: code the articles into a new one."
        )
        raise StoreError(message) from error


def _plain(value: object) -> object:
    """What JSON has no form for, one level of it."""
    if isinstance(value, dt.date):  # a time too
        return value.isoformat()
    return {name: getattr(value, name) for name in _names(typing.cast("object", type(value)))}


@functools.cache
def _names(kind: object) -> tuple[str, ...]:
    """The fields of the record type ``kind`` that are stored. Raises TypeError where it is none."""
    return tuple(field.name for field in dataclasses.fields(kind) if field.init)  # type: ignore[arg-type]


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)


@functools.cache
def _decoder(kind: object) -> Decode:
    """A function from plain JSON values to a value of the type ``kind``."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _record_decoder(kind)
    if kind is dt.datetime:
        return lambda value: dt.datetime.fromisoformat(typing.cast("str", value))
    if kind is dt.date:
        return lambda value: dt.date.fromisoformat(typing.cast("str", value))
    if kind is float:
        return typing.cast("Decode", float)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin in (types.UnionType, typing.Union):
        return _optional_decoder(arguments)
    return _as_it_is


def _as_it_is(value: object) -> object:
    return value


def _record_decoder(kind: type[object]) -> Decode:
    hints = typing.get_type_hints(kind)
    fields = _names(typing.cast("object", kind))
    names = frozenset(fields)
    # most fields are stored as they are: only the others are gone through
    decoders = {name: each for name in fields if (each := _decoder(hints[name])) is not _as_it_is}

    def decode(value: object) -> object:
        stored = typing.cast("dict[str, object]", value)
        given = dict(stored) if stored.keys() <= names else {name: stored[name] for name in stored.keys() & names}
        for name, each in decoders.items():
            if name in given:
                given[name] = each(given[name])
        return kind(**given)

    return decode


def _tuple_decoder(arguments: tuple[object, ...]) -> Decode:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        each = _decoder(arguments[0])
        if each is _as_it_is:
            return lambda value: tuple(typing.cast("list[object]", value))
        return lambda value: tuple(map(each, typing.cast("list[object]", value)))
    decoders = [_decoder(argument) for argument in arguments]
    return lambda value: tuple(
        [decode(item) for decode, item in zip(decoders, typing.cast("list[object]", value), strict=True)]
    )


def _optional_decoder(arguments: tuple[object, ...]) -> Decode:
    (inner,) = (_decoder(argument) for argument in arguments if argument is not type(None))
    if inner is _as_it_is:
        return inner
    return lambda value: None if value is None else inner(value)
