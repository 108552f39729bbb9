"""What an act is made to depend on: "if the regime takes a tangible step"."""

from rejoinder import syntax
from rejoinder.acts.scene import Scene

__all__ = ["find_conditions"]

MARKS = ("if", "unless", "until", "provided", "once", "before")
CLAUSES = ("advcl", "ccomp", "prep")
TEMPORAL = ("once", "before")
"""Marks that mostly say when: "fired before the boat turned back"."""


def find_conditions(scene: Scene, anchor: int) -> tuple[tuple[int, int], ...]:
    """Character spans of the conditions on the trigger at ``anchor``.

    Clauses below it, or below the complement it governs ("will talk **if** ..."); ``once`` and ``before`` only where
    the clause is negated or tells of something not done yet.
    """
    tokens = scene.tokens
    found: list[tuple[int, int]] = []
    places = [anchor, *syntax.children(tokens, anchor, "xcomp", "ccomp", "acl")]
    places += [c for place in places[1:] for c in syntax.children(tokens, place, "xcomp", "ccomp")]
    if syntax.is_verb(tokens[tokens[anchor].head]) and tokens[anchor].dep in ("acomp", "xcomp", "ccomp", "dobj"):
        places.append(tokens[anchor].head)
    for place in places:
        for c in tokens[place].children:
            span = _clause(scene, c, pending=_pending(scene, place)) if tokens[c].dep in CLAUSES else None
            if span is not None and span not in found:
                found.append(span)
    return tuple(sorted(found))


def _pending(scene: Scene, place: int) -> bool:
    """Whether what ``place`` tells is not done yet, or denied: "will talk", "refused to talk", "no talks"."""
    tokens = scene.tokens
    if syntax.negated(tokens, place) is not None:
        return True
    below = [tokens[c].tag for c in syntax.children(tokens, place, "aux")]
    sides = syntax.children(tokens, place, "nsubj", "nsubjpass", "dobj", "attr")
    return "MD" in below or "TO" in below or any(syntax.negated(tokens, side) is not None for side in sides)


def _clause(scene: Scene, i: int, *, pending: bool) -> tuple[int, int] | None:
    """The span of the conditional clause headed by ``i``, or None if it is no condition."""
    tokens = scene.tokens
    first, last = syntax.phrase(tokens, i)
    while first < i and tokens[first].tag in (",", ":", "``", "''"):
        first += 1
    opener = tokens[first].lower
    if opener == "only" and first + 1 < last:
        opener = tokens[first + 1].lower
    if opener not in MARKS and not (tokens[i].lower == "on" and tokens[last - 1].lower == "condition"):
        return None
    if opener in (*TEMPORAL, "until") and tokens[i].dep != "advcl":
        return None
    if opener in TEMPORAL and not pending:
        return None
    while last - 1 > i and tokens[last - 1].tag in (",", ".", ":", "''", "``"):
        last -= 1
    return tokens[first].start, tokens[last - 1].end
