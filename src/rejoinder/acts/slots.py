"""Slots of a frame: which tokens stand where, relative to a trigger. What each slot means: ``data/frames.yaml``."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from rejoinder import syntax
from rejoinder.acts.scene import Scene
from rejoinder.draft import Token

__all__ = ["fill", "governing_verb"]

OWNERS = ("poss", "amod", "compound", "nmod")
BRANCHES = ("relcl", "advcl", "conj", "cc", "punct", "parataxis")


def fill(scene: Scene, anchor: int, slot: str) -> Iterator[int]:
    """The tokens that may fill ``slot`` of the trigger at ``anchor``, the likeliest first."""
    named = SLOTS.get(slot)
    if named is not None:
        return named(scene, anchor)
    return _prepositional(scene, anchor, tuple(slot.removeprefix("verb ").split("/")))


def _subject(scene: Scene, i: int) -> Iterator[int]:
    tokens = scene.tokens
    if not syntax.is_verb(tokens[i]):
        found = syntax.subject(tokens, i)
        above = tokens[i].head
        if found is None and (syntax.is_verb(tokens[above]) or tokens[above].tag == "MD"):
            found, _ = syntax.chain_subject(tokens, above)
        if found is not None:
            yield found
        return
    found, passive = syntax.chain_subject(tokens, i)
    if passive:
        yield from syntax.preposition_objects(tokens, i, ("by",))
    elif found is not None:
        yield found


def _owners(tokens: Sequence[Token], i: int) -> Iterator[int]:
    """Possessors first, then adjectives and compounds; their own owners after them ("the North's leader's offer")."""
    for dep in OWNERS:
        for c in syntax.children(tokens, i, dep):
            yield c
            yield from (b for b in syntax.children(tokens, c, *OWNERS) if tokens[b].tag != "JJ")


def _owner(scene: Scene, i: int) -> Iterator[int]:
    return _owners(scene.tokens, i)


def _object(scene: Scene, i: int) -> Iterator[int]:
    yield from syntax.objects(scene.tokens, i)


def _object_owner(scene: Scene, i: int) -> Iterator[int]:
    for found in syntax.objects(scene.tokens, i):
        yield from _owners(scene.tokens, found)


def _dative(scene: Scene, i: int) -> Iterator[int]:
    yield from syntax.children(scene.tokens, i, "dative", "iobj")


def _inside(scene: Scene, i: int) -> Iterator[int]:
    return _below(scene.tokens, i)


def _in_object(scene: Scene, i: int) -> Iterator[int]:
    for found in syntax.objects(scene.tokens, i):
        yield from _below(scene.tokens, found)


def _in_clause(scene: Scene, i: int) -> Iterator[int]:
    for c in syntax.children(scene.tokens, i, "xcomp", "ccomp"):
        yield from _below(scene.tokens, c)


def _speaker(scene: Scene, i: int) -> Iterator[int]:
    speaker = scene.speaker(i)
    if speaker is not None:
        yield speaker


def _below(tokens: Sequence[Token], i: int) -> Iterator[int]:
    """All words below ``i`` but not in clauses of their own, the shallowest first."""
    level = [i]
    while level:
        yield from level
        level = [c for above in level for c in tokens[above].children if tokens[c].dep not in BRANCHES]


def _clause_subject(scene: Scene, i: int) -> Iterator[int]:
    tokens = scene.tokens
    for c in syntax.children(tokens, i, "ccomp", "xcomp", "acl", "advcl"):
        found = syntax.child(tokens, c, "nsubj", "nsubjpass")
        if found is not None:
            yield found
            yield from _owners(tokens, found)


def governing_verb(scene: Scene, i: int) -> int | None:
    """The light verb whose object (or subject, if passive) the noun ``i`` is: "launched (a series of) **attacks**"."""
    tokens = scene.tokens
    below = i
    for above in syntax.ancestors(tokens, i):
        if syntax.is_verb(tokens[above]):
            fitting = tokens[below].dep in ("dobj", "nsubjpass", "conj") and tokens[above].lemma in scene.light_verbs
            return above if fitting else None
        if tokens[below].dep not in ("pobj", "prep", "conj", "compound") or (
            tokens[above].dep == "prep" and tokens[above].lower != "of"
        ):
            return None
        below = above
    return None


def _verb_subject(scene: Scene, i: int) -> Iterator[int]:
    above = governing_verb(scene, i)
    if above is not None:
        yield from _subject(scene, above)


def _verb_object(scene: Scene, i: int) -> Iterator[int]:
    above = governing_verb(scene, i)
    if above is not None:
        yield from (found for found in syntax.objects(scene.tokens, above) if found != i)
        yield from syntax.children(scene.tokens, above, "dative")


def _beside(scene: Scene, i: int) -> Iterator[int]:
    """What is coordinated with the subject: "the US and **Japan** agreed"."""
    if syntax.is_verb(scene.tokens[i]):
        starts = list(_subject(scene, i))
    else:
        starts = [*_owners(scene.tokens, i), *_verb_subject(scene, i)]
    for start in starts[:2]:
        yield from syntax.conjuncts(scene.tokens, start)[1:]


def _pair(scene: Scene, i: int) -> Iterator[int]:
    yield from syntax.preposition_objects(scene.tokens, i, ("between", "among"))


def _prepositional(scene: Scene, i: int, words: Sequence[str]) -> Iterator[int]:
    """Objects of the prepositions below ``i``, below its object or predicate, or below its governing light verb."""
    tokens = scene.tokens
    yield from syntax.preposition_objects(tokens, i, words)
    if syntax.is_verb(tokens[i]):
        for found in (*syntax.objects(tokens, i), *syntax.children(tokens, i, "prt", "advmod", "acomp", "attr")):
            yield from syntax.preposition_objects(tokens, found, words)
    elif syntax.is_noun(tokens[i]):
        above = governing_verb(scene, i)
        if above is not None:
            yield from syntax.preposition_objects(tokens, above, words)
    else:
        for c in syntax.children(tokens, i, "xcomp"):
            yield from syntax.preposition_objects(tokens, c, words)


SLOTS: Mapping[str, Callable[[Scene, int], Iterator[int]]] = {
    "subject": _subject,
    "object": _object,
    "person object": _object,
    "party object": _object,
    "dative": _dative,
    "owner": _owner,
    "object owner": _object_owner,
    "in object": _in_object,
    "clause subject": _clause_subject,
    "in clause": _in_clause,
    "speaker": _speaker,
    "verb subject": _verb_subject,
    "verb object": _verb_object,
    "beside": _beside,
    "pair": _pair,
    "inside": _inside,
}
