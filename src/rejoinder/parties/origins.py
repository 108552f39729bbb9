"""Where a person's name may come from, judged by the names of people of known states.

"President Bojana Mirkov" in a text about Serbia and Sweden: the names of the people tables say which of the two. Only
ever chooses among states that a text is about, never says a state by itself.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rejoinder.parties.entries import Person
from rejoinder.parties.words import name_words

__all__ = ["Origins", "learn_origins"]

ENDINGS = (2, 3, 4)
LEAST = 4
"""Letters a word must have before its ending says something."""
SMOOTHING = 0.3


@dataclass(frozen=True, slots=True)
class Origins:
    """How many people of each state bear a word, or a word of an ending, in their names."""

    features: dict[str, Counter[str]]
    people: Counter[str]

    def score(self, words: Sequence[str], state: str) -> float:
        """The log of how much likelier a name of these plain ``words`` is in ``state`` than anywhere; 0: no idea."""
        total, here = self.people.total(), self.people[state]
        if not here:
            return 0.0
        found = 0.0
        for word in words:
            found += max((self._weight(f, state, here / total) for f in _features(word)), key=abs, default=0.0)
        return found

    def _weight(self, feature: str, state: str, share: float) -> float:
        seen = self.features.get(feature)
        if seen is None:
            return 0.0
        expected = (seen[state] + SMOOTHING * share * 10) / (seen.total() + SMOOTHING * 10)
        return math.log(expected / share) * (1.0 if seen.total() > 1 else 0.5)


@lru_cache(maxsize=4096)
def _features(word: str) -> tuple[str, ...]:
    """The word itself, and its endings."""
    endings = [f"-{word[-size:]}" for size in ENDINGS if len(word) >= LEAST and len(word) > size]
    return (f"={word}", *endings)


def learn_origins(people: Iterable[Person]) -> Origins:
    """Count the names of ``people``, each under the state of the latest office; bodies of no state are left out."""
    features: dict[str, Counter[str]] = {}
    count: Counter[str] = Counter()
    for person in people:
        office, _ = person.office_at(None)
        state = office.state
        if state is None or ":" in state or state == "NGO":
            continue
        count[state] += 1
        for word in sorted({w for w in name_words(person.name)[0] if len(w) > 1}):
            for feature in _features(word):
                features.setdefault(feature, Counter())[state] += 1
    return Origins(features, count)
