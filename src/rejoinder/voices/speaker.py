"""Whose voice it is, where other words than the actor's name it: a spokesman, a commission, the signer of a letter."""

from rejoinder.draft import Candidate, Mention
from rejoinder.records import Side
from rejoinder.voices.sources import Source
from rejoinder.voices.view import View, actor_states, actor_token

__all__ = ["find_speaker"]


def find_speaker(view: View, candidate: Candidate, source: Source | None) -> Side | None:
    """The side that utters the candidate for its actor; None where the actor's own words name it, or nobody is named.

    ``source`` is the channel word that conveys the candidate. One of another state than the actor is no speaker but
    one who passes it on.
    """
    actor = actor_token(view, candidate)
    reported = view.reported(candidate.anchor)
    teller = signer = None
    if reported is not None and (candidate.anchor in view.quotes or view.told(candidate.anchor, reported.verb)):
        teller = reported.speaker
    elif source is not None and source.direct:
        signer = source.owner
    for token in (teller, signer):
        mention = view.at.get(token) if token is not None else None
        if mention is None or token == actor or not _speaks_for(view, candidate, mention):
            continue
        return _side(view, mention)
    return None


def _speaks_for(view: View, candidate: Candidate, mention: Mention) -> bool:
    """Whether ``mention`` names one of the actor's state by other words than the actor's."""
    actor = candidate.actor
    if mention.kind in ("pronoun", "adjective") or mention.state is None or actor is None:
        return False
    if mention.head in view.media or mention.state not in actor_states(view, candidate):
        return False
    if view.draft.text[mention.start : mention.end] == actor.text:
        return False
    return actor.start is None or actor.end is None or mention.end <= actor.start or actor.end <= mention.start


def _side(view: View, mention: Mention) -> Side:
    span = view.draft.span(mention.start, mention.end)
    party = mention.party.id if mention.party is not None else None
    return Side(span.quote, mention.state, mention.role, party, span, mention.also)
