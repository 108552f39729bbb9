"""Codes of states as people type them: a slip is told, with what was probably meant."""

import difflib
import re

from rejoinder.errors import UsageError
from rejoinder.parties.statenames import state_names

__all__ = ["check_states", "state_names"]

_COUNTRY = re.compile(r"(?<![A-Z:])[A-Z]{3}(?![A-Z:])")
_ALIKE = 0.6
"""How much alike two codes must be for one to be taken for a slip of the other: two letters of three."""


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
