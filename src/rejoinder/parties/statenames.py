"""The names of states and of organisations that act like one, for people who do not know the codes by heart."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rejoinder.parties.loading import read_organisations, read_states

__all__ = ["state_names"]

_OTHERS = {"NGO": "groups of no state"}


@cache
def state_names() -> Mapping[str, str]:
    """Code to English name: "PRK" to "North Korea", "IGO:UN" to "United Nations"."""
    folder = files("rejoinder.parties") / "data"
    named = {code: row.text("name") for code, row in read_states(folder / "states.yaml")}
    for row in read_organisations(folder / "organisations.yaml"):
        code = row.maybe("state")
        if code and row.maybe("id") == code.replace(":", "."):  # the body itself, not one of its parts
            named[code] = row.text("name")
    return MappingProxyType(named | _OTHERS)
