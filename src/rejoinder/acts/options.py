"""Who could be a side of an act: parties of its sentence, parties the document has in focus, or nobody; with features.

Frames say where a side stands by rule; a model, fitted on coded texts, weighs the rule's word against the path through the
parse, the distance, the document's leading parties. It chooses among options only: no side without words somewhere.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rejoinder import syntax
from rejoinder.acts.arguments import as_argument, joined
from rejoinder.acts.lexicon import Cue
from rejoinder.acts.scene import Scene, coarse
from rejoinder.acts.slots import fill
from rejoinder.draft import Argument, Mention

__all__ = ["Focus", "Option", "make_focus", "side_options"]

FAR = 7
"""Longest path through the parse that is spelled out, in steps."""


@dataclass(frozen=True, slots=True)
class Option:
    """A possible side (None: nobody) and what speaks for it."""

    argument: Argument | None
    features: tuple[str, ...]
    mention: int | None = None


@dataclass(frozen=True, slots=True)
class Focus:
    """The parties a document is about: states by how often they are named, where each was named, in its opening."""

    ranks: Mapping[str, int]
    places: Mapping[str, tuple[int, ...]]
    opening: frozenset[str]


def make_focus(scene: Scene) -> Focus:
    """Count the states of ``scene``. ``places`` are indices of mentions, in text order."""
    counts: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    opening: set[str] = set()
    for number, mention in enumerate(scene.draft.mentions):
        for state in (mention.state, *mention.also):
            if state is None:
                continue
            counts[state] += 1
            places.setdefault(state, []).append(number)
            if scene.tokens[mention.head].sentence < 2:
                opening.add(state)
    ordered = sorted(counts, key=lambda state: (-counts[state], places[state][0]))
    return Focus(
        {state: rank for rank, state in enumerate(ordered)},
        {state: tuple(found) for state, found in places.items()},
        frozenset(opening),
    )


def side_options(scene: Scene, focus: Focus, anchor: int, cue: Cue, side: str, other: Argument | None) -> list[Option]:
    """All options for ``side`` ("actor" or "target") of the trigger at ``anchor``; ``other`` is the actor chosen."""
    slots = cue.frame.actor if side == "actor" else cue.frame.target
    filled = _filled(scene, anchor, slots)
    here = list(_explicit(scene, focus, anchor, cue, filled, other))
    named = {option.argument.state for option in here if option.argument}
    elsewhere = list(_implied(scene, focus, anchor, cue, named, other))
    return [*here, *elsewhere, _nobody(scene, anchor, cue, filled, here)]


def _filled(scene: Scene, anchor: int, slots: Sequence[str]) -> dict[int, tuple[str, int]]:
    """For each token that a slot yields: the first such slot, and its rank."""
    found: dict[int, tuple[str, int]] = {}
    rank = 0
    for slot in slots:
        for token in fill(scene, anchor, slot):
            if token not in found and scene.headed(token) is not None:
                found[token] = (slot, rank)
                rank += 1
    return found


def _explicit(
    scene: Scene, focus: Focus, anchor: int, cue: Cue, filled: Mapping[int, tuple[str, int]], other: Argument | None
) -> Iterator[Option]:
    tokens = scene.tokens
    sentence = scene.draft.sentences[tokens[anchor].sentence]
    speaker = scene.speaker(anchor)
    pos = coarse(tokens[anchor])
    up = {anchor: 0}
    for steps, above in enumerate(syntax.ancestors(tokens, anchor), 1):
        up[above] = steps
    for i in range(sentence.first, sentence.last):
        number = scene.at.get(i)
        if number is None or i == anchor:
            continue
        mention = scene.draft.mentions[number]
        if mention.first <= anchor < mention.last and mention.kind != "adjective":
            continue
        slot, rank = filled.get(i, ("", 9))
        path = _path(scene, anchor, i, up)
        found = [
            f"path={pos},{path}",
            f"path,kind={cue.kind},{path}",
            f"path,word={tokens[anchor].lemma},{path}",
            f"slot={cue.frame.name},{slot}",
            f"slot rank={min(rank, 3)}",
            f"mention={mention.kind},{mention.role}",
            f"state={mention.state is not None}",
            f"where={'before' if i < anchor else 'after'},{_bucket(abs(i - anchor))}",
            f"where,slot={'before' if i < anchor else 'after'},{slot}",
            *_standing(focus, mention.state, other),
        ]
        if speaker == i:
            found += ["speaker", f"speaker,{cue.kind}", f"speaker,slot={slot}"]
        if (
            other is not None
            and other.start is not None
            and other.start < mention.end
            and mention.start < (other.end or 0)
        ):
            found.append("same words")
        argument = as_argument(scene, mention, _told(slot, path, tokens[anchor].text))
        yield Option(joined(scene, mention, argument, other), tuple(found), number)


def _told(slot: str, path: str, word: str) -> str:
    return f"{slot} of {word!r}" if slot else f"{path} of {word!r}"


def _implied(
    scene: Scene, focus: Focus, anchor: int, cue: Cue, named: set[str | None], other: Argument | None
) -> Iterator[Option]:
    """States named elsewhere: the two nearest before, the leading ones, those of the opening."""
    tokens = scene.tokens
    sentence = tokens[anchor].sentence
    speaker = scene.speaker(anchor)
    said_by = scene.headed(speaker) if speaker is not None else None
    for state, rank in focus.ranks.items():
        if state in named or rank > 5:
            continue
        before = [n for n in focus.places[state] if tokens[scene.draft.mentions[n].head].i < anchor]
        number = before[-1] if before else focus.places[state][0]
        mention = scene.draft.mentions[number]
        back = sentence - tokens[mention.head].sentence
        found = [
            "implied",
            f"implied,kind={cue.kind}",
            f"implied,pos={cue.kind},{coarse(tokens[anchor])}",
            f"implied,word={tokens[anchor].lemma}",
            f"back={_bucket(back) if back >= 0 else 'ahead'}",
            f"implied rank={min(rank, 3)}",
            *(f"implied,{name}" for name in _standing(focus, state, other)),
        ]
        if said_by is not None and said_by.state == state:
            found.append("implied speaker")
        yield Option(_unsaid(scene, mention, state), tuple(found), number)


def _unsaid(scene: Scene, mention: Mention, state: str) -> Argument:
    """The party named by ``mention``, elsewhere, as a side these words only imply."""
    role = mention.role if mention.state == state else "GOV"
    party = mention.party.id if mention.party and mention.state == state else None
    text = scene.draft.text[mention.start : mention.end]
    return Argument(text=text, state=state, role=role, party=party, path="named elsewhere in the document")


def _nobody(
    scene: Scene, anchor: int, cue: Cue, filled: Mapping[int, tuple[str, int]], here: Sequence[Option]
) -> Option:
    word = scene.tokens[anchor].lemma
    return Option(
        None,
        (
            "nobody",
            f"nobody,kind={cue.kind}",
            f"nobody,word={word}",
            f"nobody,frame={cue.frame.name},{min(len(filled), 2)}",
            f"nobody,options={min(len(here), 3)}",
        ),
    )


def _standing(focus: Focus, state: str | None, other: Argument | None) -> Iterator[str]:
    """How the state stands in the document, and to the actor already chosen."""
    if state is None:
        yield "stateless"
    else:
        yield f"rank={min(focus.ranks.get(state, 9), 3)}"
        if state in focus.opening:
            yield "opening"
    if other is None:
        return
    if other.state is None:
        yield "actor stateless"
    elif state == other.state:
        yield f"own side,{other.role}"
    elif state is not None:
        mine, his = focus.ranks.get(state, 9), focus.ranks.get(other.state, 9)
        yield "other side"
        if {mine, his} == {0, 1}:
            yield "leading pair"


def _path(scene: Scene, anchor: int, i: int, up: Mapping[int, int]) -> str:
    """The way through the parse from the trigger up to the common head and down to ``i``; prepositions by name."""
    tokens = scene.tokens
    down: list[str] = []
    current = i
    while current not in up:
        token = tokens[current]
        label = (
            f"{token.dep}:{token.lower}"
            if token.dep in ("prep", "agent", "dative") and token.tag in ("IN", "TO")
            else token.dep
        )
        down.append(label)
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


def _bucket(distance: int) -> str:
    for limit in (0, 1, 2, 3, 5, 8, 13, 21):
        if distance <= limit:
            return str(limit)
    return "more"
