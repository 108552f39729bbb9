"""The words, kinds and weights the linker goes by: data files beside this module, checked as they are read."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import get_args

from rejoinder.codebook import codebook as codes
from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError
from rejoinder.records import How, Status

__all__ = [
    "FIELDS",
    "UNSURE",
    "Between",
    "Kinds",
    "Weights",
    "Words",
    "between",
    "kinds",
    "rarities",
    "squares",
    "weights",
    "words",
]

_RELATIONS = ("reversed", "own")
FIELDS = ("always", "background ", "issue ", "same issue", "time ", "sides ", "answer ", "offer ", "another ")
"""Beginnings of the names of features that read fields which a machine may have got wrong."""
UNSURE = ", unsure"
"""The end of the names that such features have where a machine filled in the fields."""
_LOG_OF_RARE = math.log(1 / 400)


@dataclass(frozen=True, slots=True)
class Words:
    """``nouns``, ``restating``, ``pointing``: word -> kinds it may name (none: any). The rest are lower-case cues."""

    nouns: Mapping[str, frozenset[str]]
    restating: Mapping[str, frozenset[str]]
    pointing: Mapping[str, frozenset[str]]
    earlier: frozenset[str]
    newer: frozenset[str]
    anaphors: frozenset[str]
    definite: frozenset[str]
    reply: frozenset[str]
    defying: frozenset[str]
    contrast: frozenset[str]
    evading: frozenset[str]
    withdrawing: frozenset[str]
    renewing: frozenset[str]
    accepting: frozenset[str]
    several: frozenset[str]
    abbreviations: frozenset[str]
    stop: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kinds:
    """``how[relation, answer kind, offer kind]``: in which way such an act answers such another.

    ``relation`` is "reversed" (the addressee answers) or "own" (the offerer comes back to it). ``alike`` maps a kind
    to the kinds under which a second mention of the same act may stand. ``status``: what an answer makes of a thread.
    """

    how: Mapping[tuple[str, str, str], How]
    alike: Mapping[str, frozenset[str]]
    status: Mapping[How, Status]


@dataclass(frozen=True, slots=True)
class Weights:
    """Points a feature gives (a logit), the bias among them, and the probability from which a pair counts.

    ``margin``: two candidates whose probabilities lie closer than this fit equally well. ``sums`` remembers the points
    of features that often come together (``link.points``); other points have sums of their own. ``doubts`` are the
    points that features of doubtful fields give once more, by the names they have without that.
    """

    points: Mapping[str, float]
    threshold: float
    margin: float
    sums: dict[Hashable, float] = field(init=False, default_factory=dict, repr=False, compare=False)
    doubts: dict[str, float] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, value in self.points.items():
            bare = name.removesuffix(UNSURE)
            if bare != name and bare.startswith(FIELDS):
                self.doubts[bare] = value


@dataclass(frozen=True, slots=True)
class Between:
    """How acts of different documents are compared; what each entry means is said in ``data/across.yaml``.

    ``alike`` maps a kind to the kinds under which another report of the same act may stand, itself among them.
    """

    alike: Mapping[str, frozenset[str]]
    wide_days: int
    memory_days: int
    patience_days: int
    answered: frozenset[str]
    merges: Weights
    answers: Weights
    inside: Weights = Weights({}, 1.0, 0.0)
    """Points by which an act answers another of its own document: what kinds, sides and words say holds here too."""


def _read(name: str) -> Mapping[str, object]:
    return read_yaml(files(__package__) / "data" / name)


def _entry(data: Mapping[str, object], name: str, key: str) -> object:
    if key not in data:
        raise DataError(f"{name}: the entry {key!r} is missing. Add it.")
    return data[key]


def _mapping(data: Mapping[str, object], name: str, key: str) -> dict[str, object]:
    value = _entry(data, name, key)
    if not isinstance(value, dict) or not all(isinstance(word, str) for word in value):
        raise DataError(f"{name}: {key!r} must map words to values. Quote words that YAML reads as something else.")
    return value


def _strings(value: object, name: str, key: str) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise DataError(f"{name}: {key!r} must list words. Quote words that YAML reads as something else.")
    return frozenset(value)


def _kinds(value: object, name: str, key: str) -> frozenset[str]:
    named = _strings(value, name, key)
    for kind in sorted(named.difference(codes().kinds)):
        raise DataError(f"{name}: {key!r} names the kind {kind!r}, which the codebook lacks. Mend the entry.")
    return named


@cache
def words() -> Words:
    """The word lists of ``data/words.yaml``. Raises DataError naming file and entry."""
    name = "words.yaml"
    data = _read(name)
    nouns, restating, pointing = (
        {word: _kinds(value, name, word) for word, value in _mapping(data, name, key).items()}
        for key in ("nouns", "restating", "pointing")
    )
    cues = [field.name for field in fields(Words)[3:]]  # in the order of the fields, as they are passed on
    return Words(nouns, restating, pointing, *(_strings(_entry(data, name, key), name, key) for key in cues))


@cache
def kinds() -> Kinds:
    """The kind tables of ``data/kinds.yaml``. Raises DataError naming file and entry."""
    name = "kinds.yaml"
    data = _read(name)
    hows: dict[str, How] = {how: how for how in get_args(How)}
    table: dict[tuple[str, str, str], How] = {}
    for relation in _RELATIONS:
        for answer, row in _mapping(data, name, relation).items():
            if not isinstance(row, dict):
                raise DataError(f"{name}: {relation} {answer} must map a way of answering to kinds. Mend the entry.")
            for how, offers in row.items():
                if how not in hows:
                    raise DataError(f"{name}: {relation} {answer} has the unknown way {how!r}. Mend the entry.")
                for offer in _kinds(offers, name, f"{relation} {answer} {how}"):
                    table[relation, answer, offer] = hows[how]
    return Kinds(table, _alike(_entry(data, name, "alike"), name), _status(data, name))


def _alike(groups: object, name: str) -> dict[str, frozenset[str]]:
    """Each kind with those that stand in a group with it, itself among them."""
    if not isinstance(groups, list):
        raise DataError(f"{name}: 'alike' must list groups of kinds. Mend the entry.")
    alike = {kind: frozenset({kind}) for kind in codes().kinds}
    for group in groups:
        together = _kinds(group, name, "alike")
        for kind in together:
            alike[kind] |= together
    return alike


def _status(data: Mapping[str, object], name: str) -> dict[How, Status]:
    ways: dict[object, How] = {how: how for how in get_args(How)}
    states: dict[object, Status] = {status: status for status in get_args(Status)}
    given = _mapping(data, name, "status")
    for how, status in given.items():
        if how not in ways or status not in states:
            raise DataError(f"{name}: status {how!r}: {status!r} is no way of answering with a status. Mend the entry.")
    return {ways[how]: states[status] for how, status in given.items()}


@cache
def weights(task: str) -> Weights:
    """The weights for ``task`` ("answers" or "same") in ``data/TASK.yaml``. Raises DataError naming file and entry."""
    name = f"{task}.yaml"
    return _weights(_read(name), name)


@cache
def between() -> Between:
    """The rules of ``data/across.yaml``, with the points of ``reports.yaml`` and ``replies.yaml``.

    Raises DataError naming file and entry.
    """
    name = "across.yaml"
    data = _read(name)

    def days(key: str) -> int:
        return int(_number(_entry(data, name, key), name, key))

    return Between(
        alike=_alike(_entry(data, name, "alike"), name),
        wide_days=days("wide_days"),
        memory_days=days("memory_days"),
        patience_days=days("patience_days"),
        answered=_kinds(_entry(data, name, "answered"), name, "answered"),
        merges=weights("reports"),
        answers=weights("replies"),
        inside=weights("answers"),
    )


@cache
def rarities() -> Mapping[str, float]:
    """How much a stem that two texts share says of what they are about, 0 to 1, of the stems in ``data/frequent.yaml``.

    It is the logarithm of how seldom the stem is, beside that of one that stands in a text of 400. Stems that are not
    listed are as rare as that, or rarer: 1. Raises DataError naming file and entry.
    """
    name = "frequent.yaml"
    found: dict[str, float] = {}
    for count, stems in _read(name).items():
        share = _number(count, name, str(count)) / 10_000
        found |= dict.fromkeys(_strings(stems, name, str(count)), min(1.0, math.log(share) / _LOG_OF_RARE))
    return found


@cache
def squares() -> Mapping[str, float]:
    """The squares of :func:`rarities`."""
    return {stem: rarity**2 for stem, rarity in rarities().items()}


def _weights(data: Mapping[str, object], name: str) -> Weights:
    points = {feature: _number(value, name, feature) for feature, value in _mapping(data, name, "points").items()}
    limits = (_number(_entry(data, name, key), name, key) for key in ("threshold", "margin"))
    return Weights(points, *limits)


def _number(value: object, name: str, key: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DataError(f"{name}: {key!r} must be a number. Mend the entry.")
    return float(value)
