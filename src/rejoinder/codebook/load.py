"""Reading ``data/codebook.yaml``, and checking it entry by entry."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TypeVar, get_args

from rejoinder.codebook.entries import Codebook, Kind, Quad
from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError
from rejoinder.records import How, Realis

__all__ = ["codebook", "read_codebook"]

C = TypeVar("C", bound=str)

_LISTS = ("kinds", "realis", "channels", "issues", "roles", "hows")
_OF_KIND = ("quad", "plover", "cameo", "opens", "meaning", "border")
_CAMEO = re.compile(r"0[1-9]|1\d|20")
_QUADS: Mapping[object, Quad] = {quad: quad for quad in get_args(Quad)}


@cache
def codebook() -> Codebook:
    """The package's codebook. Raises DataError where the data file is malformed."""
    return read_codebook(files("rejoinder.codebook") / "data" / "codebook.yaml")


def read_codebook(path: Traversable) -> Codebook:
    """The codebook in the YAML file ``path``. Raises DataError naming file and entry where it is malformed."""
    raw, name = read_yaml(path), path.name
    _only(raw, _LISTS, name)
    kinds = {kind: _kind(kind, entry, f"{name}: kinds: {kind}") for kind, entry in _entries(raw, "kinds", name).items()}
    return Codebook(
        kinds=MappingProxyType(kinds),
        realis=_closed(raw, "realis", get_args(Realis), name),
        channels=MappingProxyType(_meanings(raw, "channels", name)),
        issues=MappingProxyType(_meanings(raw, "issues", name)),
        roles=MappingProxyType(_meanings(raw, "roles", name)),
        hows=_closed(raw, "hows", get_args(How), name),
    )


def _kind(kind: str, entry: object, place: str) -> Kind:
    if not isinstance(entry, dict):
        raise DataError(f"{place} must map {', '.join(_OF_KIND)} to values. Mend the entry.")
    _only(entry, _OF_KIND, place)
    quad, cameo, opens = entry.get("quad"), entry.get("cameo"), entry.get("opens", False)
    if not isinstance(quad, int) or isinstance(quad, bool) or quad not in _QUADS:
        raise DataError(f"{place}: quad must be 1, 2, 3 or 4, not {quad!r}. Mend the entry.")
    if not isinstance(cameo, list) or not cameo or not all(isinstance(r, str) and _CAMEO.fullmatch(r) for r in cameo):
        raise DataError(f'{place}: cameo must list roots "01" to "20", in quotes. Mend the entry.')
    if not isinstance(opens, bool):
        raise DataError(f"{place}: opens must be true or false, not {opens!r}. Mend the entry.")
    return Kind(
        name=kind,
        meaning=_text(entry.get("meaning"), f"{place}: meaning"),
        quad=_QUADS[quad],
        plover=_text(entry.get("plover"), f"{place}: plover"),
        cameo=tuple(cameo),
        opens=opens,
        border=_text(entry["border"], f"{place}: border") if "border" in entry else "",
    )


def _closed(raw: Mapping[str, object], key: str, codes: Sequence[C], name: str) -> Mapping[C, str]:
    """The list ``key``, which must hold the ``codes`` of the record's type, in their order."""
    found = _meanings(raw, key, name)
    if list(found) != list(codes):
        raise DataError(f"{name}: {key} must hold {', '.join(codes)}, in this order, as records.py has them.")
    return MappingProxyType({code: found[code] for code in codes})


def _meanings(raw: Mapping[str, object], key: str, name: str) -> dict[str, str]:
    return {code: _text(meaning, f"{name}: {key}: {code}") for code, meaning in _entries(raw, key, name).items()}


def _entries(raw: Mapping[str, object], key: str, name: str) -> dict[str, object]:
    entries = raw.get(key)
    if not isinstance(entries, dict) or not entries or not all(isinstance(code, str) for code in entries):
        raise DataError(f"{name}: {key} must map codes to entries. Quote codes that YAML reads as something else.")
    return entries


def _only(entry: Mapping[str, object], known: Sequence[str], place: str) -> None:
    for key in entry:
        if key not in known:
            raise DataError(f"{place}: {key!r} is no field. Fields are: {', '.join(known)}.")


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip() or "\n" in value:
        raise DataError(f"{place} must be one line of text, not {value!r}. Quote what YAML reads as something else.")
    return value
