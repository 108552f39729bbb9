"""What in a document speaks for a state as that of a party that names none: "the army", "police", "the rebels"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rejoinder.draft import Mention, Token

__all__ = ["Grounds"]

FAR = 3
"""From so many states, or sentences, on the distance is not told apart."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """The grounds of a document's parties, as features. They hang on no act, so each is worked out once."""

    mentions: Sequence[Mention]
    tokens: Sequence[Token]
    _known: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    _beside: dict[int, list[int]] = field(default_factory=dict)
    """Numbers of mentions by sentence, once they were asked for."""

    def __call__(self, number: int, state: str) -> tuple[str, ...]:
        """What speaks for ``state`` as that of mention ``number``."""
        if (number, state) not in self._known:
            self._known[number, state] = (
                *self._nearness(number, state),
                *self._likeness(number, state),
                *self._neighbours(number, state),
            )
        return self._known[number, state]

    def _nearness(self, number: int, state: str) -> Iterator[str]:
        """How far back the state was last named, and how many others since."""
        mention = self.mentions[number]
        others: set[str] = set()
        for one in reversed(self.mentions[:number]):
            held = {found for found in (one.state, *one.also) if found is not None}
            if state in held:
                back = self.tokens[mention.head].sentence - self.tokens[one.head].sentence
                yield f"ground={min(len(others), FAR)},{min(back, FAR)}"
                yield f"ground,role={min(len(others), FAR)},{mention.role}"
                yield f"ground kind={one.kind},{one.role == mention.role}"
                return
            others |= held
        yield "ground=later"

    def _likeness(self, number: int, state: str) -> Iterator[str]:
        """Whether the last party with the same word, and the last in the same role, were of that state."""
        mention = self.mentions[number]
        lemma = self.tokens[mention.head].lemma
        same = next((one for one in self._stated(number) if self.tokens[one.head].lemma == lemma), None)
        yield f"same head={'none' if same is None else same.state == state}"
        role = next((one for one in self._stated(number) if one.role == mention.role), None)
        yield f"same role={'none' if role is None else role.state == state},{mention.role}"

    def _stated(self, number: int) -> Iterator[Mention]:
        """The mentions before that one whose state is known, the last first."""
        return (self.mentions[n] for n in range(number - 1, -1, -1) if self.mentions[n].state)

    def _neighbours(self, number: int, state: str) -> Iterator[str]:
        """Where the same sentence names the state, and in which part: "in", "nsubj"."""
        mention = self.mentions[number]
        sentence = self.tokens[mention.head].sentence
        if not self._beside:
            for n, one in enumerate(self.mentions):
                self._beside.setdefault(self.tokens[one.head].sentence, []).append(n)
        for n in self._beside[sentence]:
            one = self.mentions[n]
            if n != number and one.state == state:
                head = self.tokens[one.head]
                above = self.tokens[head.head]
                order = "before" if one.head < mention.head else "after"
                yield f"ground here={order},{above.lower if above.dep == 'prep' else head.dep}"
