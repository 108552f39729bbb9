"""Which acts a channel word conveys: those in the clause it takes hold of, unless another's clause lies between."""

from collections.abc import Sequence

from rejoinder import syntax
from rejoinder.draft import Candidate, Token
from rejoinder.voices.sources import Source
from rejoinder.voices.view import View

__all__ = ["conveyed", "distance", "may_convey"]

# An act told in such a clause or phrase is an earlier one, not part of the message.
ELSEWHERE = frozenset({"after", "before", "since", "when", "while", "because", "though", "although", "as", "following"})
NOUN_ELSEWHERE = frozenset({"after", "before", "since", "following", "despite", "amid", "against", "until"})
FAR = 99


def may_convey(view: View, candidate: Candidate, source: Source) -> bool:
    """Whether acts of the candidate's kind are conveyed at all by such words."""
    entry, lexicon = source.entry, view.lexicon
    if entry.kinds:
        return candidate.kind in entry.kinds
    if candidate.kind in lexicon.verbal:
        return True
    if candidate.kind == "CONSULT":
        return entry.channel in ("phone", "hotline")
    return candidate.kind in lexicon.announced and entry.channel not in ("meeting", "document", "speech")


def conveyed(view: View, candidate: Candidate, sources: Sequence[Source]) -> tuple[Source, int] | None:
    """The source that conveys ``candidate`` in its own sentence and how far it stands, the nearest first."""
    best: tuple[tuple[int, int], Source] | None = None
    for source in sources:
        if not may_convey(view, candidate, source):
            continue
        far = distance(view, candidate, source)
        if far is not None and agrees(view, candidate, source):
            key = (far, source.entry.rank)
            if best is None or key < best[0]:
                best = (key, source)
    return (best[1], best[0][0]) if best else None


def agrees(view: View, candidate: Candidate, source: Source) -> bool:
    """Whether the words may be the candidate's actor's: no other state is known to own them."""
    actor = candidate.actor
    if source.entry.both or actor is None or actor.state is None or source.owner is None:
        return True
    owners = view.states(source.owner)
    return not owners or actor.state in owners or bool(owners & {*actor.also})


def distance(view: View, candidate: Candidate, source: Source) -> int | None:
    """Steps up the parse from the candidate to the clause the source takes hold of; None where it does not reach it."""
    if candidate.trigger[0] <= source.node < candidate.trigger[1]:
        return None if source.entry.channel == "meeting" else 0
    reported = view.reported(candidate.anchor)
    found = _steps(view.tokens, candidate.anchor, source)
    if found is None and reported is not None and view.quotes.get(candidate.anchor) is not None:
        above = _steps(view.tokens, reported.verb, source)
        found = None if above is None else above + 2
    if found is None:
        return None
    if candidate.kind not in view.lexicon.verbal and not source.entry.kinds and candidate.kind != "CONSULT":
        return found if reported is not None and found > 0 else None
    return found


def _steps(tokens: Sequence[Token], anchor: int, source: Source) -> int | None:
    below = anchor
    if anchor in source.holds:
        return 0
    for steps, above in enumerate(syntax.ancestors(tokens, anchor), 1):
        if _leaves(tokens, below, above, source):
            return None
        if above in source.holds:
            return steps
        below = above
    return None


def _leaves(tokens: Sequence[Token], below: int, above: int, source: Source) -> bool:
    """Whether the step from ``below`` up to ``above`` leaves the clause of what is said."""
    token = tokens[below]
    if token.dep == "relcl":
        return above != source.node
    if token.dep == "advcl":
        return any(tokens[c].dep in ("mark", "advmod") and tokens[c].lower in ELSEWHERE for c in token.children)
    if token.dep == "conj" and above in source.holds and above != source.node:
        return syntax.subject(tokens, below) is not None
    if token.dep == "prep":
        return token.lower in NOUN_ELSEWHERE
    return False
