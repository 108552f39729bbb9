"""The words of an act: the shortest clause that states it, and the trigger's own words."""

from collections.abc import Iterator

from rejoinder import syntax
from rejoinder.acts.scene import Scene
from rejoinder.acts.slots import governing_verb
from rejoinder.draft import Argument

__all__ = ["clause_span", "trigger_range"]

OUTSIDE = ("advcl", "conj", "cc", "punct", "parataxis", "relcl", "mark", "dep", "meta", "intj")
REACH = 90
"""Characters between a clause and its actor or target that are taken into it."""
NOMINAL_OUTSIDE = ("conj", "cc", "punct", "relcl", "appos", "parataxis", "advcl", "mark", "dep")


def trigger_range(scene: Scene, anchor: int) -> tuple[int, int]:
    """Token range of the trigger: the word, and the particle or compound noun that makes it ("turned down")."""
    tokens = scene.tokens
    first = last = anchor
    for c in syntax.children(tokens, anchor, "prt"):
        if c == last + 1:
            last = c
    for c in reversed(syntax.children(tokens, anchor, "compound", "amod")):
        if c == first - 1 and scene.headed(c) is None and tokens[c].lower in ("nuclear", "missile", "hunger", "phone"):
            first = c
    return first, last + 1


def clause_span(scene: Scene, anchor: int, actor: Argument | None, target: Argument | None) -> tuple[int, int]:
    """Characters of the shortest clause: the trigger's own branches, stretched to its actor and target nearby.

    Clauses that hang on the trigger itself ("..., after the talks failed") are left out; those inside a branch belong.
    """
    tokens = scene.tokens
    if tokens[anchor].dep == "aux":  # "must" stands for the whole of "must halt its broadcasts"
        anchor = tokens[anchor].head
    outside = OUTSIDE if syntax.is_verb(tokens[anchor]) else NOMINAL_OUTSIDE
    kept = {anchor}
    for c in tokens[anchor].children:
        if tokens[c].dep not in outside and not _own_clause(scene, c):
            kept.update(syntax.subtree(tokens, c))
    first = last = anchor
    while first - 1 in kept or (first - 2 in kept and tokens[first - 1].dep == "punct"):
        first -= 1
    while last + 1 in kept or (last + 2 in kept and tokens[last + 1].dep == "punct"):
        last += 1
    last += 1
    while first < anchor and tokens[first].tag in (",", ":", "``", "''", "CC", "IN") and tokens[first].dep != "neg":
        first += 1
    while last - 1 > anchor and tokens[last - 1].tag in (",", ":", ".", "``", "''"):
        last -= 1
    start, end = tokens[first].start, tokens[last - 1].end
    for side in _reached(scene, anchor, actor, target):
        if _near(scene, side[0], start, end):
            start, end = min(start, side[0]), max(end, side[1])
    return start, end


def _own_clause(scene: Scene, i: int) -> bool:
    """Whether a preposition opens a clause of its own: "..., **after** dismissing the first"."""
    return scene.tokens[i].dep == "prep" and syntax.child(scene.tokens, i, "pcomp") is not None


def _reached(scene: Scene, anchor: int, actor: Argument | None, target: Argument | None) -> Iterator[tuple[int, int]]:
    """The sides the clause should reach to: a verb's in its sentence; a noun's only by a light verb."""
    sentence = scene.draft.sentences[scene.tokens[anchor].sentence]
    if not syntax.is_verb(scene.tokens[anchor]) and governing_verb(scene, anchor) is None:
        return
    quotation = scene.quoted(anchor)
    for side in (actor, target):
        if side is None or side.start is None or side.end is None:
            continue
        if quotation is not None and not quotation.holds(side.start):  # the speaker, outside of what is said
            continue
        if sentence.start <= side.start and side.end <= sentence.end:
            yield side.start, side.end


def _near(scene: Scene, offset: int, start: int, end: int) -> bool:
    """Whether ``offset`` lies in the span or so near that the clause should reach to it."""
    between = scene.draft.text[min(offset, end) : max(offset, start)] if not start <= offset < end else ""
    return len(between) <= REACH
