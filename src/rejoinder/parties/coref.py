"""Resolving pronouns and short forms inside a document: whom "it", "the ministry", "Kim", "the two sides" stand for.

No coreference model: rules on recency, number, animacy and subjects. What stays ambiguous stays open.
"""

from dataclasses import replace

from rejoinder.draft import Draft, Mention
from rejoinder.parties.backward import Backward
from rejoinder.parties.discourse import Discourse
from rejoinder.parties.gazetteer import Gazetteer
from rejoinder.records import Problem

__all__ = ["resolve_mentions"]


def resolve_mentions(draft: Draft, gazetteer: Gazetteer) -> Draft:
    """Give ``draft`` back with state, role, party and antecedent of pronouns and short forms filled in.

    Needs ``tokens``, ``sentences``, ``quotations`` and the mentions of ``find_mentions``. A pronoun for which two sides
    fit equally well, or none, keeps state None; the first case is a Problem AMBIGUOUS_PARTY of stage "parties".
    """
    if not draft.mentions:
        return draft
    discourse = Discourse.of(draft, gazetteer)
    backward = Backward(discourse)
    backward.run()
    problems = tuple(_problem(draft, discourse.mentions[index]) for index in backward.ambiguous)
    return replace(draft, mentions=tuple(discourse.mentions), problems=draft.problems + problems)


def _problem(draft: Draft, mention: Mention) -> Problem:
    span = draft.span(mention.start, mention.end)
    return Problem(
        draft.document.id,
        "parties",
        "AMBIGUOUS_PARTY",
        f"{span.quote!r} may stand for more than one party; left open.",
        span,
    )
