"""What an act's neighbours say about its sides: the offer rejected was made by the one it is rejected to.

Runs after all candidates of a document are found. Fills a missing target from the act that holds the candidate in its
object, or that it holds: "Seoul rebuffed **the offer**" is aimed at whoever made it. An offer laid to the one who
refuses or accepts it is laid to the other side instead.
"""

from dataclasses import replace

from rejoinder import syntax
from rejoinder.draft import Argument, Candidate, Draft

__all__ = ["fit_context"]

ANSWERING = ("ACCEPT", "REJECT", "REQUEST", "DEMAND", "SUPPORT", "ACCUSE")
REFUSABLE = ("ACCEPT", "REJECT")
ANSWERED = ("OFFER", "REQUEST", "DEMAND")


def fit_context(draft: Draft) -> Draft:
    """Complete the sides of ``draft.candidates`` from one another, and mark the words that name what is answered."""
    by_anchor = {candidate.anchor: n for n, candidate in enumerate(draft.candidates)}
    found = list(draft.candidates)
    for n, candidate in enumerate(draft.candidates):
        inner = _held(draft, candidate, by_anchor)
        if inner is None or candidate.kind not in ANSWERING or found[inner].kind not in ANSWERED:
            continue
        outer, held = _completed(found[n], found[inner])
        start, end = held.start, held.end
        found[n], found[inner] = replace(outer, answered=(start, end)), held
    return replace(draft, candidates=tuple(found))


def _held(draft: Draft, candidate: Candidate, by_anchor: dict[int, int]) -> int | None:
    """The index of the nominal candidate that is the object of ``candidate`` ("rejected the **offer**")."""
    tokens = draft.tokens
    if not syntax.is_verb(tokens[candidate.anchor]):
        return None
    verbs = [candidate.anchor, *syntax.children(tokens, candidate.anchor, "xcomp")]
    for verb in verbs:
        places = (*syntax.objects(tokens, verb), *syntax.preposition_objects(tokens, verb, ("to", "for")))
        for place in places:
            if place in by_anchor and place != candidate.anchor:
                return by_anchor[place]
    return None


def _completed(outer: Candidate, inner: Candidate) -> tuple[Candidate, Candidate]:
    """Both with the sides the other implies: who rejects is the target of the offer, who offered is rejected."""
    answerer, maker = outer.actor, inner.actor
    if answerer is None or maker is None or answerer.state is None or maker.state is None:
        return outer, inner
    if maker.state != answerer.state:
        if outer.target is None or outer.target.state is None:
            outer = replace(outer, target=_implied(maker, "maker of what is answered"))
        if inner.target is None:
            inner = replace(inner, target=_implied(answerer, "answers it"))
    elif outer.kind in REFUSABLE and outer.target is not None and outer.target.state not in (None, maker.state):
        inner = replace(inner, actor=_implied(outer.target, "nobody answers his own offer"), target=answerer)
    elif inner.target is None and outer.target is not None:
        inner = replace(inner, target=_implied(outer.target, "addressee of the answer"))
    return outer, inner


def _implied(argument: Argument, path: str) -> Argument:
    """``argument`` as a side that these words only imply: whom it names, but no span of its own."""
    return replace(argument, start=None, end=None, path=path)
