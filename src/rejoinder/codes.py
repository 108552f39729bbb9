"""The closed lists of the codebook: kinds with their quad classes, channels, issues. Read from ``data/codes.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError, UsageError

__all__ = ["Codes", "check", "codes"]


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes in the codebook's order. ``quads`` maps each kind to its quad class, 1 to 4."""

    quads: Mapping[str, int]
    channels: tuple[str, ...]
    issues: tuple[str, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The nineteen kinds."""
        return tuple(self.quads)


@cache
def codes() -> Codes:
    """The package's codes. Raises DataError where the data file is malformed."""
    raw = read_yaml(files("rejoinder") / "data" / "codes.yaml")
    by_quad = raw.get("kinds")
    if not isinstance(by_quad, dict) or sorted(by_quad) != ["1", "2", "3", "4"]:
        raise DataError("codes.yaml: 'kinds' must map the quad classes 1 to 4 to lists of kinds.")
    pairs = [(kind, int(quad)) for quad in sorted(by_quad) for kind in _words(by_quad, quad)]
    if len(dict(pairs)) != len(pairs):
        raise DataError("codes.yaml: a kind stands in 'kinds' twice.")
    return Codes(dict(pairs), _words(raw, "channels"), _words(raw, "issues"))


def check(what: str, value: str, allowed: tuple[str, ...]) -> str:
    """``value`` as ``allowed`` spells it, whatever its case. Raises UsageError that lists what is allowed."""
    for code in allowed:
        if value.strip().lower() == code.lower():
            return code
    raise UsageError(f"{value!r} is no {what}. It is one of: {', '.join(allowed)}.")


def _words(raw: Mapping[str, object], name: str) -> tuple[str, ...]:
    words = raw.get(name)
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise DataError(f"codes.yaml: {name!r} must be a list of words.")
    return tuple(words)
