"""What was done between an offer and the answer that decided it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from rejoinder.codebook import codebook
from rejoinder.link.lexicon import kinds
from rejoinder.link.threads import first_day, is_vague
from rejoinder.records import Act, Thread

__all__ = ["deeds", "done_between", "period"]

Days = tuple[dt.date, dt.date]


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


def done_between(
    days: Days, acts: Iterable[Act], root: Callable[[str], str], known: Collection[str]
) -> tuple[str, ...]:
    """Ids of those of ``acts`` that certainly happened within ``days``, each act once, in order of day.

    ``root`` gives the id of the mention that stands for an act: that one is named, or else the first in order that lies
    in ``days``. Acts in ``known`` (such ids) are left out.
    """
    found: dict[str, list[Act]] = defaultdict(list)
    for act in sorted(acts, key=lambda act: (act.when.earliest or dt.date.max, act.id)):
        if root(act.id) not in known and _lies_in(act, days):
            found[root(act.id)].append(act)
    told = {first: next((act for act in mentions if act.id == first), mentions[0]) for first, mentions in found.items()}
    return tuple(act.id for act in sorted(told.values(), key=lambda act: (act.when.earliest or dt.date.max, act.id)))


def _lies_in(act: Act, days: Days) -> bool:
    first, last = act.when.earliest, act.when.latest
    if act.realis != "actual" or not (first and last):
        return False
    return days[0] <= first and last <= days[1]
