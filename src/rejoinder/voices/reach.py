"""Which acts a channel word conveys: those in the clause it takes hold of, unless another's clause lies between."""

from collections.abc import Sequence

from rejoinder import syntax
from rejoinder.draft import Candidate, Token
from rejoinder.voices.sources import Source
from rejoinder.voices.view import View, actor_states, actor_token

__all__ = ["conveyed", "distance", "may_convey", "steps"]

# An act told in such a clause or phrase is an earlier one, not part of the message.
ELSEWHERE = frozenset({"after", "before", "since", "when", "while", "because", "though", "although", "as", "following"})
NOUN_ELSEWHERE = frozenset({"after", "before", "since", "following", "despite", "amid", "against", "until"})


def may_convey(view: View, candidate: Candidate, source: Source) -> bool:
    """Whether acts of the candidate's kind are conveyed at all by such words."""
    entry, lexicon = source.entry, view.lexicon
    if entry.kinds:
        return candidate.kind in entry.kinds
    if entry.channel == "state media" and entry.both:
        return candidate.kind != "CONSULT"
    if candidate.kind in lexicon.verbal:
        return True
    if candidate.kind == "CONSULT":
        return entry.channel in ("phone", "hotline", "social media")
    return candidate.kind in lexicon.announced and entry.channel not in ("meeting", "document", "speech")


def conveyed(view: View, candidate: Candidate, sources: Sequence[Source]) -> Source | None:
    """The source that conveys ``candidate`` in its own sentence, the nearest one; None where none does."""
    best: tuple[tuple[int, int], Source] | None = None
    for source in sources:
        if not may_convey(view, candidate, source):
            continue
        far = distance(view, candidate, source)
        if far is not None and agrees(view, candidate, source):
            key = (far, source.entry.rank)
            if best is None or key < best[0]:
                best = (key, source)
    return best[1] if best else None


def agrees(view: View, candidate: Candidate, source: Source) -> bool:
    """Whether the words may be the candidate's actor's: no other state is known to own them, or to take part."""
    states = actor_states(view, candidate)
    if not states or (source.entry.channel == "state media" and source.direct):
        return True
    token = actor_token(view, candidate)
    if token is not None and token == source.owner:
        return True
    owners = view.states(source.owner)
    if source.entry.both:
        owners = owners | _partners(view, source)
    return not owners or bool(owners & states)


def _partners(view: View, source: Source) -> frozenset[str]:
    """States of those who take part in a call or meeting besides its owner: objects, and after "with", "between"."""
    tokens = view.tokens
    found: list[int] = []
    for i in dict.fromkeys((*source.holds, source.node)):
        if syntax.is_verb(tokens[i]):
            found.extend(syntax.children(tokens, i, "dobj", "dative"))
        found.extend(syntax.preposition_objects(tokens, i, ("with", "between", "to", "of", "for")))
    states = [view.states(i) for i in found]
    return frozenset(state for group in states for state in group)


def distance(view: View, candidate: Candidate, source: Source) -> int | None:
    """Steps up the parse from the candidate to the clause the source takes hold of; None where it does not reach it."""
    if candidate.anchor == source.node:
        return None if source.entry.channel in ("meeting", "document") else 0
    reported = view.reported(candidate.anchor)
    found = steps(view.tokens, candidate.anchor, source.holds, source.node)
    if found is None and reported is not None and view.quotes.get(candidate.anchor) is not None:
        above = steps(view.tokens, reported.verb, source.holds, source.node)
        found = None if above is None else above + 2
    if found is None:
        return None
    if source.direct and found > 0 and not _said_by(view, candidate.anchor, source):
        return None
    if source.entry.both and candidate.kind != "CONSULT" and not _deed(view, candidate, source):
        return None
    quoted = candidate.anchor in view.quotes
    if candidate.background and not quoted and found > 0 and reported is not None and reported.verb in source.holds:
        return None
    if source.entry.channel == "state media" and source.direct and found > 0 and reported is not None:
        if source.entry.placed and reported.verb in source.holds:
            return None
        if reported.verb not in source.holds and reported.verb != candidate.anchor and found > 1:
            return None
    if candidate.kind not in view.lexicon.verbal and not source.entry.kinds and candidate.kind != "CONSULT":
        told = reported is not None and found > 0
        cut = candidate.kind == "SANCTION" and syntax.is_verb(view.tokens[candidate.anchor])  # done by saying so
        return found if told or cut else None
    return found


def _said_by(view: View, anchor: int, source: Source) -> bool:
    """Whether the letter itself says ``anchor``: its verb reports, or ``anchor`` is coordinated with that verb."""
    if any(view.reports(i) for i in source.holds):
        return True
    below = anchor
    while below not in source.holds and view.tokens[below].dep == "conj":
        below = view.tokens[below].head
    return below in source.holds


def _deed(view: View, candidate: Candidate, source: Source) -> bool:
    """Whether the candidate is a verb, or the object or subject of one: done there, not merely talked about."""
    token = view.tokens[candidate.anchor]
    if candidate.realis == "negated":
        return False
    return syntax.is_verb(token) or token.dep == "dobj" or token.head in source.holds


def steps(tokens: Sequence[Token], anchor: int, holds: Sequence[int], node: int) -> int | None:
    """Steps up from ``anchor`` to the first of the tokens ``holds``; None where another's clause lies between.

    ``node`` is the noun whose own relative clauses belong to the message ("a letter **which** demanded").
    """
    if anchor in holds:
        return 0
    below = anchor
    for number, above in enumerate(syntax.ancestors(tokens, anchor), 1):
        if _leaves(tokens, below, above, holds, node):
            return None
        if above in holds:
            return number
        below = above
    return None


def _leaves(tokens: Sequence[Token], below: int, above: int, holds: Sequence[int], node: int) -> bool:
    """Whether the step from ``below`` up to ``above`` leaves the clause of what is said."""
    token = tokens[below]
    if token.dep == "relcl":
        return above != node
    if token.dep == "advcl":
        return any(tokens[c].dep in ("mark", "advmod") and tokens[c].lower in ELSEWHERE for c in token.children)
    if token.dep == "conj" and above in holds and above != node:
        return syntax.subject(tokens, below) is not None
    if token.dep == "prep":
        return token.lower in NOUN_ELSEWHERE
    return False
