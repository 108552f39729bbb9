"""What the codebook holds: codes with their meanings, in the codebook's order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rejoinder.records import How, Realis

__all__ = ["Codebook", "Kind", "Quad"]

Quad = Literal[1, 2, 3, 4]
"""1 cooperation in words, 2 cooperation in deeds, 3 conflict in words, 4 conflict in deeds."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of act.

    ``plover`` is the PLOVER type that covers it, ``cameo`` the two-digit CAMEO roots that fall under it. ``opens``:
    such an act opens a thread. ``border`` says where the line to other kinds runs, "" where nothing needs saying.
    """

    name: str
    meaning: str
    quad: Quad
    plover: str
    cameo: tuple[str, ...]
    opens: bool = False
    border: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """The closed lists: each maps a code to its meaning (kinds to their entry), read-only and in order.

    A list can be iterated for its codes alone.
    """

    kinds: Mapping[str, Kind]
    realis: Mapping[Realis, str]
    channels: Mapping[str, str]
    issues: Mapping[str, str]
    roles: Mapping[str, str]
    hows: Mapping[How, str]

    @property
    def opening(self) -> tuple[str, ...]:
        """The kinds that open a thread."""
        return tuple(kind.name for kind in self.kinds.values() if kind.opens)

    def quad(self, kind: str) -> Quad | None:
        """The quad class of ``kind``; None where the codebook lacks it."""
        found = self.kinds.get(kind)
        return None if found is None else found.quad
