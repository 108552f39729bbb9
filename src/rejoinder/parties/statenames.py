"""The names of states, for people who do not know the codes by heart."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rejoinder.parties.loading import read_states

__all__ = ["state_names"]


@cache
def state_names() -> Mapping[str, str]:
    """Code to English name: "PRK" to "North Korea"."""
    path = files("rejoinder.parties") / "data" / "states.yaml"
    return MappingProxyType({code: row.text("name") for code, row in read_states(path)})
