"""Mentions of one act share its day: a later mention takes the day the text gives elsewhere (boundary rule 9)."""

from collections.abc import Sequence
from dataclasses import replace

from rejoinder.records import Act, When

__all__ = ["share_days"]


def share_days(acts: Sequence[Act]) -> tuple[Act, ...]:
    """``acts`` of one document, in the order given; those without words for their day take their act's.

    Of several days said of one act the first in text order counts, if it is a whole date. What the words of a mention
    say of its own day is never overruled.
    """
    said: dict[str, When] = {}
    for act in sorted(acts, key=lambda one: (one.trigger.start, one.id)):
        if act.when.said is not None and act.when.earliest is not None and act.when.latest is not None:
            said.setdefault(act.same_as or act.id, act.when)
    return tuple(
        replace(act, when=said[act.same_as or act.id])
        if act.when.said is None and (act.same_as or act.id) in said
        else act
        for act in acts
    )
