"""The names of states, for people who do not know the codes by heart."""

import difflib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rejoinder.errors import UsageError
from rejoinder.parties.loading import read_states

__all__ = ["check_states", "state_names"]

_COUNTRY = re.compile(r"(?<![A-Z:])[A-Z]{3}(?![A-Z:])")
_ALIKE = 0.6
"""How much alike two codes must be for one to be taken for a slip of the other: two letters of three."""


@cache
def state_names() -> Mapping[str, str]:
    """Code to English name: "PRK" to "North Korea"."""
    path = files("rejoinder.parties") / "data" / "states.yaml"
    return MappingProxyType({code: row.text("name") for code, row in read_states(path)})


def check_states(*asked: str | None) -> None:
    """Raise UsageError where a country code in ``asked`` (states or dyads) is nobody's: a slip would find nothing."""
    names = state_names()
    for code in (code for text in asked if text for code in _COUNTRY.findall(text.upper())):
        if code in names or code == "NGO":
            continue
        swapped = [name for name in names if sorted(name) == sorted(code)]
        near = swapped or difflib.get_close_matches(code, names, n=3, cutoff=_ALIKE)
        meant = " or ".join(f"{one} ({names[one]})" for one in near)
        remedy = f"Did you mean {meant}?" if near else "Give an ISO 3166 alpha-3 code such as PRK."
        raise UsageError(f"{code} is the code of no state. {remedy}")
