"""What was done between an offer and the answer that decided it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from rejoinder.codebook import codebook
from rejoinder.link.lexicon import kinds
from rejoinder.link.threads import first_day, is_vague
from rejoinder.records import Act, Thread

__all__ = ["Deed", "deeds", "each_once", "period"]

Days = tuple[dt.date, dt.date]

Deed = tuple[str, str, str]
"""The first day of a mention (ISO), its id, and the id of the mention that stands for all of the same act."""


def deeds() -> tuple[str, ...]:
    """The kinds of acts that are deeds, not words."""
    return tuple(kind.name for kind in codebook().kinds.values() if kind.quad in {2, 4})


def period(thread: Thread, told: Mapping[str, Collection[Act]]) -> Days | None:
    """The days from the offer of ``thread`` to the answer that decides, or to the newest day known; both included.

    ``told`` holds all that tells of the offer and of the answers, by the id that ``thread`` gives them. None where the
    one or the other has no day, or the answer came first.
    """
    since = min(
        (act.when.earliest for act in told[thread.offer.id] if act.when.earliest and not is_vague(act)), default=None
    )
    deciding = [link.answer for link in thread.links if link.how in kinds().status]
    until = first_day(told[deciding[-1]]) if deciding else thread.until
    return (since, until) if since and until and since <= until else None


def each_once(deeds: Iterable[Deed], known: Collection[str]) -> tuple[str, ...]:
    """Ids of the acts of ``deeds``, each act once, in order of day; those whose head is among ``known`` are left out.

    The mention that stands for an act is named, or else the first in order.
    """
    told: dict[str, tuple[str, str]] = {}
    for day, act, head in sorted(deeds):
        if head not in known and (act == head or head not in told):
            told[head] = day, act
    return tuple(act for _, act in sorted(told.values()))
