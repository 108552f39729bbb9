"""Who acted on whom, summed up: the arrows of a network or a map."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rejoinder.book.overview import Pair

__all__ = ["Arrow", "arrows", "busiest", "thickness"]

_COOPERATION = (1, 2)
_THINNEST, _THICKEST = 1.0, 9.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """What the state ``actor`` did toward ``target``: acts of cooperation, of conflict, and reports of either."""

    actor: str
    target: str
    cooperation: int
    conflict: int
    reports: int

    @property
    def acts(self) -> int:
        """All acts."""
        return self.cooperation + self.conflict

    @property
    def dyad(self) -> str:
        """The dyad as an address has it."""
        return f"{self.actor}-{self.target}"

    @property
    def hostile(self) -> bool:
        """Whether most of it is conflict."""
        return self.conflict > self.cooperation


def arrows(pairs: Iterable[Pair]) -> list[Arrow]:
    """One arrow for each actor and target, the busiest first; without acts toward nobody known or toward oneself."""
    acts: Counter[tuple[str, str, bool]] = Counter()
    reports: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        if pair.target == "?" or pair.actor in ("?", pair.target):
            continue
        acts[pair.actor, pair.target, pair.quad in _COOPERATION] += pair.acts
        reports[pair.actor, pair.target] += pair.reports
    made = [Arrow(*ends, acts[*ends, True], acts[*ends, False], reports[ends]) for ends in reports]
    return sorted(made, key=lambda one: (-one.acts, one.actor, one.target))


def busiest(drawn: Sequence[Arrow], most: int) -> list[str]:
    """The ``most`` states with the most acts done or suffered, the busiest first."""
    seen: Counter[str] = Counter()
    for arrow in drawn:
        seen[arrow.actor] += arrow.acts
        seen[arrow.target] += arrow.acts
    return sorted(seen, key=lambda state: (-seen[state], state))[:most]


def thickness(acts: int, highest: int) -> float:
    """How thick an arrow is, in units of the drawing: its area on paper goes by the number of acts."""
    return round(_THINNEST + (_THICKEST - _THINNEST) * math.sqrt(acts / max(1, highest)), 1)
