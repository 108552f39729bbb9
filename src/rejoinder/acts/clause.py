"""The words of an act: the shortest clause that states it, and the trigger's own words."""

from rejoinder import syntax
from rejoinder.acts.scene import Scene
from rejoinder.draft import Argument

__all__ = ["clause_span", "trigger_range"]

OUTSIDE = ("advcl", "conj", "cc", "punct", "parataxis", "relcl", "mark", "dep", "meta", "intj")
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
    """Characters of the shortest clause: the trigger's own branch, stretched to its actor and target nearby."""
    tokens = scene.tokens
    skip = OUTSIDE if syntax.is_verb(tokens[anchor]) else NOMINAL_OUTSIDE
    first, last = syntax.phrase(tokens, anchor, skip)
    while first < anchor and tokens[first].tag in (",", ":", "``", "''", "CC", "IN") and tokens[first].dep != "neg":
        first += 1
    while last - 1 > anchor and tokens[last - 1].tag in (",", ":", ".", "``", "''"):
        last -= 1
    start, end = tokens[first].start, tokens[last - 1].end
    sentence = scene.draft.sentences[tokens[anchor].sentence]
    for side in (actor, target):
        if side is None or side.start is None or side.end is None:
            continue
        if sentence.start <= side.start and side.end <= sentence.end and _near(scene, side.start, start, end):
            start, end = min(start, side.start), max(end, side.end)
    return start, end


def _near(scene: Scene, offset: int, start: int, end: int) -> bool:
    """Whether ``offset`` lies in the span or so near that the clause should reach to it."""
    between = scene.draft.text[min(offset, end) : max(offset, start)] if not start <= offset < end else ""
    return len(between) <= 90
