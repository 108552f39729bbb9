"""What an act is made to depend on: "if the regime takes a tangible step"."""

from rejoinder import syntax
from rejoinder.acts.scene import Scene

__all__ = ["find_conditions"]

MARKS = ("if", "unless", "until", "provided", "once", "before")
STRICT = ("if", "unless", "provided")


def find_conditions(scene: Scene, anchor: int) -> tuple[tuple[int, int], ...]:
    """Character spans of the conditions on the trigger at ``anchor``.

    Clauses below it, or below the complement it governs ("will talk **if** ..."); ``until``, ``once`` and ``before``
    only where the clause is negated or promised.
    """
    tokens = scene.tokens
    found: list[tuple[int, int]] = []
    places = [anchor, *syntax.children(tokens, anchor, "xcomp", "ccomp", "acl")]
    places += [c for place in places[1:] for c in syntax.children(tokens, place, "xcomp", "ccomp")]
    if syntax.is_verb(tokens[tokens[anchor].head]) and tokens[anchor].dep in ("acomp", "xcomp", "ccomp", "dobj"):
        places.append(tokens[anchor].head)
    for place in places:
        for c in tokens[place].children:
            span = _clause(scene, c) if tokens[c].dep in ("advcl", "ccomp", "prep") else None
            if span is not None and span not in found:
                found.append(span)
    return tuple(sorted(found))


def _clause(scene: Scene, i: int) -> tuple[int, int] | None:
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
    if opener in ("until", "once", "before") and tokens[i].dep != "advcl":
        return None
    while last - 1 > i and tokens[last - 1].tag in (",", ".", ":", "''", "``"):
        last -= 1
    return tokens[first].start, tokens[last - 1].end
