"""How the parties of a sentence stand round a trigger, and to each other."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rejoinder import syntax
from rejoinder.acts.scene import Scene
from rejoinder.draft import Mention, Token

__all__ = ["UNFILLED", "Around", "Company", "Party", "Stand"]

FAR = 7
"""Longest path through the parse that is spelled out, in steps."""
UNFILLED = 3
"""In place of the rank of a slot, of a mention that fills none; ranks from here on count as none."""


@dataclass(frozen=True, slots=True)
class Party:
    """A mention (``number`` of the draft) near a trigger: the path through the parse; whether it says the sentence."""

    number: int
    mention: Mention
    path: str
    speaks: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What stands about a trigger, whichever side is asked for: who speaks, what governs it, the parties about it."""

    speaker: int | None
    governor: str
    parties: Sequence[Party]

    @classmethod
    def of(cls, scene: Scene, anchor: int) -> "Around":
        """What stands about the trigger at token ``anchor``."""
        speaker = scene.speaker(anchor)
        return cls(speaker, _governor(scene, anchor), tuple(_parties(scene, anchor, speaker)))


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a mention (``number`` of the draft) stands to a trigger: the path through the parse, the slot it fills.

    ``rank`` is that slot's rank in the frame, ``UNFILLED`` where it fills none; ``speaks``: it says the sentence.
    """

    number: int
    mention: Mention
    path: str
    slot: str
    rank: int
    speaks: bool


@dataclass(frozen=True, slots=True)
class Company:
    """The parties that stand round a trigger (head tokens), the nearest first: before it, after it, subjects before it.

    ``filled`` is the best rank that one of them has, ``spoken`` whether one says the sentence.
    """

    before: Sequence[int]
    after: Sequence[int]
    subjects: Sequence[int]
    filled: int
    spoken: bool

    @classmethod
    def of(cls, anchor: int, stands: Sequence[Stand]) -> "Company":
        """The company of the trigger at token ``anchor``."""
        heads = sorted({stand.mention.head for stand in stands})
        subjects = {stand.mention.head for stand in stands if stand.path.endswith("nsubj")}
        before = [i for i in reversed(heads) if i < anchor]
        return cls(
            before,
            [i for i in heads if i > anchor],
            [i for i in before if i in subjects],
            min((stand.rank for stand in stands), default=UNFILLED),
            any(stand.speaks for stand in stands),
        )

    @property
    def told(self) -> str:
        """What the options that are not in the sentence must know of it."""
        return f"{self.filled},{self.spoken}"


def _parties(scene: Scene, anchor: int, speaker: int | None) -> Iterator[Party]:
    """The parties of the trigger's own sentence, in text order, and who says the sentence."""
    sentence = scene.draft.sentences[scene.tokens[anchor].sentence]
    up = {anchor, *syntax.ancestors(scene.tokens, anchor)}
    elsewhere = [] if speaker is None or sentence.first <= speaker < sentence.last else [speaker]
    for i in (*range(sentence.first, sentence.last), *elsewhere):
        number = scene.at.get(i)
        if number is None or i == anchor:
            continue
        mention = scene.draft.mentions[number]
        if (mention.first <= anchor < mention.last and mention.kind != "adjective") or _nested(scene, mention, anchor):
            continue
        yield Party(number, mention, _path(scene.tokens, anchor, i, up), i == speaker)


def _nested(scene: Scene, mention: Mention, anchor: int) -> bool:
    """Whether an adjective only says of which state a longer mention is: "**Syrian** refugees"."""
    if mention.kind != "adjective":
        return False
    outer = scene.headed(scene.tokens[mention.head].head)
    return outer is not None and outer.head != anchor and outer.first <= mention.first and mention.last <= outer.last


def _governor(scene: Scene, anchor: int) -> str:
    """What kind of verb governs a noun trigger: whoever "rejects" an offer did not make it; who "repeats" it did."""
    tokens = scene.tokens
    for above in syntax.ancestors(tokens, anchor):
        if syntax.is_verb(tokens[above]):
            return "light" if tokens[above].lemma in scene.light_verbs else tokens[above].lemma
        if tokens[above].dep not in ("pobj", "prep", "conj", "dobj", "compound", "nsubj", "nsubjpass"):
            break
    return "none"


def _path(tokens: Sequence[Token], anchor: int, i: int, up: Collection[int]) -> str:
    """The way through the parse from the trigger up to the common head and down to ``i``; prepositions by name.

    ``up`` holds the trigger and its ancestors.
    """
    down: list[str] = []
    current = i
    while current not in up:
        token = tokens[current]
        named = token.dep in ("prep", "agent", "dative") and token.tag in ("IN", "TO")
        down.append(f"{token.dep}:{token.lower}" if named else token.dep)
        if token.head == current or len(down) > FAR:
            return "far"
        current = token.head
    climbed: list[str] = []
    walk = anchor
    while walk != current:
        climbed.append(f"^{tokens[walk].dep}")
        walk = tokens[walk].head
        if len(climbed) + len(down) > FAR:
            return "far"
    return "/".join([*climbed, *reversed(down)])
