"""Summaries follow what is written: what was noted is worked out anew, and so is what depends on it.

An act is listed with all that tells of it; so a change touches all of that, before and after. A thread rests on its
offer, on the acts that answer it, and on what else these answer. Nothing further off is looked at: a book of any size
is brought up to date in the time that the changes take.
"""

import datetime as dt
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from rejoinder.book.groups import Groups
from rejoinder.book.lookup import ThreadMaker, closed, threads_opened_by
from rejoinder.codebook import codebook, is_reply
from rejoinder.codebook.dyads import UNKNOWN, dyads_of
from rejoinder.errors import StoreBusy
from rejoinder.link.threads import first_day
from rejoinder.records import Act, Thread, digest
from rejoinder.store import UNDATED, Listed, Reading, Store, Threaded, Writing

__all__ = ["AT_ONCE", "Keeper", "sum_up", "sum_up_anew"]

AT_ONCE = 1000
"""How many of the acts noted are gone through in one transaction."""
_LITTLE = 100
"""How many of them while somebody waits for a page."""
_PATIENCE = 0.2
"""Seconds that a page waits for whoever writes."""


class Keeper:
    """Keeps summaries up while pages are read: whoever reads does a little of what was noted, one at a time."""

    def __init__(self, store: Store, make: ThreadMaker) -> None:
        self._store = store
        self._make = make
        self._one = threading.Lock()

    def keep_up(self) -> None:
        """Do what there is to do, if it is little; where somebody else writes, it is left for the next time."""
        if self._store.readonly:
            return
        with self._store.reading() as reading:
            if reading.is_summed():
                return
        if self._one.acquire(timeout=_PATIENCE):
            try:
                sum_up(self._store, self._make, most=_LITTLE, wait=_PATIENCE)
            except StoreBusy:
                pass
            finally:
                self._one.release()


def sum_up_anew(store: Store, make: ThreadMaker, rules: str) -> None:
    """Bring summaries up to date; all of them, where they were made by other rules than those with this digest."""
    kinds = [f"{name} {kind.quad}" for name, kind in codebook().kinds.items()]
    with store.writing() as writing:
        writing.begin_anew(digest("summaries 1", rules, *kinds))
    sum_up(store, make)


def sum_up(store: Store, make: ThreadMaker, *, most: int | None = None, wait: float | None = None) -> bool:
    """Bring summaries up to date, or go through ``most`` of the acts noted; whether nothing is left to do.

    ``wait`` are the seconds to wait for other writers, as for :meth:`rejoinder.store.Store.writing`.
    """
    left = most
    while left is None or left > 0:
        with store.reading() as reading:
            if reading.is_summed():
                return True
        with store.writing(wait) as writing:
            noted = writing.unsummed(AT_ONCE if left is None else min(left, AT_ONCE))
            _sum_up(writing, make, noted)
        left = None if left is None else left - len(noted)
    with store.reading() as reading:
        return reading.is_summed()


def _sum_up(writing: Writing, make: ThreadMaker, noted: Collection[str]) -> None:
    touched = closed(writing, noted)
    touched |= closed(writing, {link.offer for link in writing.links(touched)} - touched)
    before, bare = writing.listed(touched), writing.bare(touched)
    groups = Groups(writing.first_among(touched), [(one.report, one.act) for one in writing.merges(touched)])
    after = dict(_listed(bare, groups, _answered(writing, groups, touched)))
    writing.relist(before.values(), after.values(), codebook().quad)
    opening = {act for act in bare if after[groups.root(act)].kind in codebook().opening}
    threads = threads_opened_by(writing, make, opening, None)
    told = writing.acts_by_id({act for one in threads for act in one.reports})
    writing.rethread(touched, [_threaded(one, [told[act] for act in one.reports]) for one in threads])
    writing.summed(noted)


def _answered(reading: Reading, groups: Groups, acts: Collection[str]) -> set[str]:
    """Those heads of ``acts`` that another side answered."""
    links = [link for link in reading.links(acts) if link.offer in acts]
    heads = {link.offer: groups.root(link.offer) for link in links}
    known = reading.acts_by_id({*heads.values(), *(link.answer for link in links)})
    return {
        heads[link.offer]
        for link in links
        if heads[link.offer] in known and is_reply(link.how, known[link.answer], known[heads[link.offer]])
    }


def _listed(bare: Mapping[str, Listed], groups: Groups, answered: Collection[str]) -> Iterator[tuple[str, Listed]]:
    """``bare`` acts, with what all that tells of them adds."""
    documents: dict[str, set[str]] = {}
    for act, one in bare.items():
        documents.setdefault(groups.root(act), set()).add(one.doc)
    for act, one in bare.items():
        head = groups.root(act)
        if head == act and len(documents[head]) == 1 and head not in answered:
            yield act, one
        else:
            said = head in answered, len(documents[head])
            yield act, replace(one, head=None if head == act else head, answered=said[0], reports=said[1])


def _threaded(thread: Thread, told: Sequence[Act]) -> Threaded:
    """``thread``, which was made as if no day were the newest, as lists have it; ``told`` is all that tells of it."""
    offer = thread.offer
    opened, due = first_day(told), min((act.due for act in told if act.due), default=None)
    return Threaded(
        id=thread.id,
        offer=offer.id,
        dyads=tuple(dyad for dyad in dyads_of(offer) if UNKNOWN not in dyad),
        day=_iso(offer.when.earliest) or UNDATED,
        latest=_iso(offer.when.latest),
        kind=offer.kind,
        issue=offer.issue,
        settled=thread.status,
        due=_iso(due),
        opened=_iso(opened),
        replied=thread.replied,
        silence=thread.silence_days,
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
