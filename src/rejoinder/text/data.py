"""The room's two data files, checked on loading: ``layout.yaml`` and ``language.yaml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from rejoinder.datafiles import parse_yaml
from rejoinder.errors import DataError

__all__ = ["Kind", "Layout", "LinePattern", "Vocabulary", "layout", "parse_layout", "parse_vocabulary", "vocabulary"]

Kind = Literal["furniture", "byline", "caption"]
Where = Literal["line", "tail", "below_headline"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PLACES: tuple[Where, ...] = get_args(Where)

MAX_LINE = 600
"""No pattern takes a longer line: a paragraph of that size is story."""


@dataclass(frozen=True, slots=True)
class LinePattern:
    """One entry of ``layout.yaml``: ``source`` is the regular expression with its flags written in."""

    name: str
    kind: Kind
    where: tuple[Where, ...]
    source: str
    takes: str
    leaves: str


@dataclass(frozen=True, slots=True)
class Layout:
    """``layout.yaml``, ready for use. ``lines`` and ``tails`` have a named group for each kind."""

    patterns: tuple[LinePattern, ...]
    lines: re.Pattern[str]
    below_headline: re.Pattern[str]
    tails: re.Pattern[str]
    attribution: re.Pattern[str]
    elisions: frozenset[str]
    city_openers: frozenset[str]
    small_words: frozenset[str]
    not_a_place: frozenset[str]

    def kind_of(self, line: str) -> Kind | None:
        """What the whole ``line`` is besides story, by its words alone; None where it may be story."""
        return _kind(self.lines.fullmatch(line)) if len(line) <= MAX_LINE else None

    def kind_of_tail(self, text: str, start: int, end: int) -> Kind | None:
        """What ``text[start:end]`` is if a sentence ends before it; None where it may be story."""
        return _kind(self.tails.fullmatch(text, start, end))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``language.yaml``: function words of English alone, of English and others, of others alone."""

    english: frozenset[str]
    shared: frozenset[str]
    foreign: frozenset[str]


@cache
def layout() -> Layout:
    """The package's own ``layout.yaml``."""
    return parse_layout(_read("layout.yaml"), "layout.yaml")


@cache
def vocabulary() -> Vocabulary:
    """The package's own ``language.yaml``."""
    return parse_vocabulary(_read("language.yaml"), "language.yaml")


def parse_layout(source: str, name: str) -> Layout:
    """Check ``source``, the YAML of a layout file called ``name``. Raises ``DataError`` naming file and entry."""
    data = parse_yaml(source, name)
    entries = data.get("patterns")
    if not isinstance(entries, list) or not entries:
        raise DataError(f"{name}: 'patterns' is no list of entries. Write at least one.")
    patterns = tuple(_pattern(entry, f"{name}, pattern {number}") for number, entry in enumerate(entries, 1))
    return Layout(
        patterns=patterns,
        lines=_by_kind(patterns, "line"),
        below_headline=re.compile("|".join(_sources(patterns, "caption", "below_headline")) or "(?!)", re.DOTALL),
        tails=_by_kind(patterns, "tail"),
        attribution=_compiled(_text(data, "attribution", name), f"{name}, attribution"),
        elisions=frozenset(_words(data, "elisions", name)),
        city_openers=frozenset(_words(data, "city_openers", name)),
        small_words=frozenset(_words(data, "small_words", name)),
        not_a_place=frozenset(_words(data, "not_a_place", name)),
    )


def parse_vocabulary(source: str, name: str) -> Vocabulary:
    """Check ``source``, the YAML of a language file called ``name``. Raises ``DataError`` naming file and entry."""
    data = parse_yaml(source, name)
    english, shared, foreign = (frozenset(_words(data, key, name)) for key in ("english", "shared", "foreign"))
    double = sorted((english & shared) | (english & foreign) | (shared & foreign))
    if double:
        raise DataError(f"{name}: {double[0]!r} is in two lists. Keep it in one.")
    return Vocabulary(english, shared, foreign)


def _read(name: str) -> str:
    return (files("rejoinder.text") / name).read_text(encoding="utf-8")


def _pattern(entry: object, place: str) -> LinePattern:
    if not isinstance(entry, dict):
        raise DataError(f"{place}: no mapping. Write name, kind, where, pattern, takes, leaves, why.")
    name = _text(entry, "name", place)
    place = f"{place} ({name})"
    kind, where = entry.get("kind"), entry.get("where")
    if kind not in KINDS:
        raise DataError(f"{place}: kind is {kind!r}. Write one of {', '.join(KINDS)}.")
    if not isinstance(where, list) or not where or any(one not in PLACES for one in where):
        raise DataError(f"{place}: where is {where!r}. Write a list of {', '.join(PLACES)}.")
    case = entry.get("case", "any")
    if case not in ("any", "exact"):
        raise DataError(f"{place}: case is {case!r}. Write exact, or leave it out.")
    source = _text(entry, "pattern", place)
    _compiled(source, place)
    _text(entry, "why", place)
    return LinePattern(
        name=name,
        kind=cast("Kind", kind),
        where=tuple(where),
        source=f"(?{'i' if case == 'any' else ''}:{source})",
        takes=_text(entry, "takes", place),
        leaves=_text(entry, "leaves", place),
    )


def _sources(patterns: tuple[LinePattern, ...], kind: Kind, where: Where) -> list[str]:
    return [pattern.source for pattern in patterns if pattern.kind == kind and where in pattern.where]


def _by_kind(patterns: tuple[LinePattern, ...], where: Where) -> re.Pattern[str]:
    groups = (f"(?P<{kind}>{'|'.join(_sources(patterns, kind, where)) or '(?!)'})" for kind in KINDS)
    return re.compile("|".join(groups), re.DOTALL)


def _kind(match: re.Match[str] | None) -> Kind | None:
    return cast("Kind | None", match.lastgroup) if match else None


def _compiled(source: str, place: str) -> re.Pattern[str]:
    try:
        return re.compile(source, re.DOTALL)
    except re.error as error:
        raise DataError(f"{place}: no regular expression ({error}). Mend the pattern.") from error


def _text(data: Mapping[str, object], key: str, place: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DataError(f"{place}: {key!r} is missing or no text. Write it, in quotes if it holds a colon.")
    return value


def _words(data: Mapping[str, object], key: str, place: str) -> tuple[str, ...]:
    value = data.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
        raise DataError(f"{place}: {key!r} is no list of words. Quote what YAML reads as something else.")
    return tuple(value)
