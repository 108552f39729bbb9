"""What in a document speaks for a state as that of a party that names none: "the army", "police", "the rebels"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rejoinder.draft import Mention, Token

__all__ = ["Grounds"]

FAR = 3
"""From so many states, or sentences, on the distance is not told apart."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a mention finds before it: the last mention that named each state, and whose states two of them were.

    ``word``: the state of the last party with the same head word, ``role`` of the last in the same role; None: none.
    """

    named: Mapping[str, int]
    word: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Grounds:
    """The grounds of a document's parties, as features. They hang on no act, so each is worked out once."""

    mentions: Sequence[Mention]
    tokens: Sequence[Token]
    _known: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    _before: list[Before] = field(default_factory=list)
    """By number of mention, once grounds were asked for."""
    _beside: dict[int, list[int]] = field(default_factory=dict)
    """Numbers of mentions by sentence, once they were asked for."""

    def __call__(self, number: int, state: str) -> tuple[str, ...]:
        """What speaks for ``state`` as that of mention ``number``."""
        found = self._known.get((number, state))
        if found is None:
            if not self._before:
                self._before.extend(_before(self.mentions, self.tokens))
            found = self._known[number, state] = (
                *self._nearness(number, state),
                *self._likeness(number, state),
                *self._neighbours(number, state),
            )
        return found

    def _nearness(self, number: int, state: str) -> Iterator[str]:
        """How far back the state was last named, and how many others since."""
        named = self._before[number].named
        last = named.get(state)
        if last is None:
            yield "ground=later"
            return
        mention, one = self.mentions[number], self.mentions[last]
        others = min(sum([at > last for at in named.values()]), FAR)
        back = self.tokens[mention.head].sentence - self.tokens[one.head].sentence
        yield f"ground={others},{min(back, FAR)}"
        yield f"ground,role={others},{mention.role}"
        yield f"ground kind={one.kind},{one.role == mention.role}"

    def _likeness(self, number: int, state: str) -> Iterator[str]:
        """Whether the last party with the same word, and the last in the same role, were of that state."""
        before = self._before[number]
        yield f"same head={'none' if before.word is None else before.word == state}"
        yield f"same role={'none' if before.role is None else before.role == state},{self.mentions[number].role}"

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


def _before(mentions: Sequence[Mention], tokens: Sequence[Token]) -> Iterator[Before]:
    """What each of ``mentions`` finds before it."""
    named: dict[str, int] = {}
    words: dict[str, str] = {}
    roles: dict[str, str] = {}
    for number, one in enumerate(mentions):
        word = tokens[one.head].lemma
        yield Before(dict(named), words.get(word), roles.get(one.role))
        named |= dict.fromkeys([state for state in (one.state, *one.also) if state is not None], number)
        if one.state:
            words[word] = roles[one.role] = one.state
