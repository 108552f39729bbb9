"""Acts that changed are compared with those of other documents, and so are the acts that look them up.

What is decided about an act depends only on the acts it looks up (``rejoinder.link.card``). So it is enough to decide
anew about the acts that changed and about those that look up what came or went: the result is the one of comparing
everything.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.book.sweep import stretches, swept
from rejoinder.book.views import AT_ONCE, OvertakenError, Views, batched, cards_of, check
from rejoinder.link import ANY, OPENING, Across, Card, Key, Linker, Search, Shelf, Verdicts, keys_under, shifted
from rejoinder.records import Act, Link, Merge
from rejoinder.store import Filed, Place, Reading, Store, Under, Writing

__all__ = ["compare_changes", "filings"]

_WORTH = 50
"""How many acts are gone through in order of days in the time that it takes to look up what one change touches."""
_ATTEMPTS = 3
"""How often comparing begins anew where another writer changed something meanwhile."""


def compare_changes(store: Store, make_linker: Callable[[], Linker], rules: str | None = None) -> None:
    """Bring everything that is decided between documents up to date.

    What was decided by other rules than the linker's is decided anew. ``rules`` is the linker's digest, so that it need
    not be made to see whether it decides otherwise (None: that is looked at only where something else changed).

    Where another writer changes something meanwhile, what was seen before is not written over what it decides: all
    that is still noted is compared anew, and after some attempts left to that writer, which compares when it has done.
    """
    with store.reading() as reading:
        if not reading.noted() and rules in {None, reading.rules()}:
            return
    linker = make_linker()
    for _ in range(_ATTEMPTS):
        with store.writing() as writing:
            writing.adopt(linker.digest)
            _file(writing, linker)
        if _compared(store, linker):
            return


def _compared(store: Store, linker: Linker) -> bool:
    """Compare what is noted; False where another writer changed something, or the rules, before all was written."""
    with store.reading() as reading:
        if reading.rules() != linker.digest:
            return False
        seen = reading.last_change()
        reading.judged()
        views = Views(store, seen, reading)
    try:
        for decisions in batched(_decisions(views, linker), AT_ONCE):
            with store.writing() as writing:
                check(writing, seen)
                _keep(writing, decisions)
        with store.writing() as writing:
            check(writing, seen)
            writing.settle(seen)
    except OvertakenError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Decision:
    """What is found about one act."""

    act: str
    found: Across


def _keep(writing: Writing, decisions: Sequence[_Decision]) -> None:
    merges = [merge for one in decisions for merge in one.found.merges]
    links = [link for one in decisions for link in one.found.links]
    problems = {one.act: one.found.problems for one in decisions if one.found.problems}
    writing.decide([one.act for one in decisions], merges, links, problems)


def filings(linker: Linker, acts: Iterable[Act], published: Mapping[str, dt.date | None]) -> list[Filed]:
    """Where the first mentions among ``acts`` are filed; ``published`` are the days of their documents."""
    firsts = (act for act in acts if act.same_as is None)
    return [Filed(act.id, act.kind, *linker.place(act, published[act.doc])) for act in firsts]


def _file(writing: Writing, linker: Linker) -> None:
    """File the acts that were not filed as they came, or by other rules."""
    for ids in batched(writing.noted_unfiled(), AT_ONCE):
        acts = writing.acts_by_id(ids).values()
        around = writing.surroundings({act.doc for act in acts}, OPENING)
        writing.file(filings(linker, acts, {doc: one.published for doc, one in around.items()}))


def _decisions(views: Views, linker: Linker) -> Iterator[_Decision]:
    """What is decided about every act that the noted changes touch, each once."""
    with views.next() as reading:
        verdicts = _verdicts(reading)
        days = stretches(linker, reading.noted_days())
        many = reading.noted() * _WORTH > sum(reading.firsts_within(*some) for some in days)
    for card, shelf in _in_order(views, linker, verdicts) if many else _one_by_one(views, linker, verdicts):
        yield _Decision(card.act.id, linker.decide(card, shelf, verdicts))


def _one_by_one(views: Views, linker: Linker, verdicts: Verdicts) -> Iterator[tuple[Card, Shelf]]:
    with views.next() as reading:
        changes = reading.changes()
        came = {change.act for change in changes if change.act is not None}
        came |= _joined_to(verdicts, came)
        places = [*(change.place for change in changes if change.place), *reading.places(came)]
        yield from _touched(reading, linker, places, came)


def _in_order(views: Views, linker: Linker, verdicts: Verdicts) -> Iterator[tuple[Card, Shelf]]:
    with views.next() as reading:
        ends = {merge.act for merge in verdicts.merged.values()} | {link.offer for link in _links(verdicts)}
        joined = _joined_to(verdicts, reading.noted_among(ends))
        days = reading.noted_days() | {place.day for place in reading.places(joined)}
        nowhere = {*reading.noted_unfiled(), *reading.unfiled(joined)}
    yield from swept(views, linker, stretches(linker, days))
    # the cards without a day find nothing: only somebody's judgement joins them
    for some in batched(sorted(nowhere), AT_ONCE):
        with views.next() as reading:
            cards = list(cards_of(reading, linker, reading.acts_by_id(some).values()))
        for card in cards:
            yield card, linker.shelf()


def _joined_to(verdicts: Verdicts, came: Collection[str]) -> set[str]:
    """What somebody joined to acts of ``came``: it is joined again to one that came back."""
    reports = {merge.report for merge in verdicts.merged.values() if merge.act in came}
    return reports | {link.answer for link in _links(verdicts) if link.offer in came}


def _verdicts(reading: Reading) -> Verdicts:
    """What was judged of pairs of acts in different documents; inside one, links are as coded, or left out."""
    apart: dict[str, set[str]] = {}
    unlinked: dict[str, set[str]] = {}
    merged: dict[str, Merge] = {}
    linked: dict[str, tuple[Link, ...]] = {}
    judged = list(reading.judged().values())
    home = reading.documents_of({end for _, joined in judged for end in joined.ends})
    for stands, joined in judged:
        if len({home.get(end) for end in joined.ends}) == 1:
            continue
        if isinstance(joined, Merge):
            if stands:
                merged[joined.report] = joined
            else:
                apart.setdefault(joined.report, set()).add(joined.act)
        elif stands:
            linked[joined.answer] = (*linked.get(joined.answer, ()), joined)
        else:
            unlinked.setdefault(joined.answer, set()).add(joined.offer)
    for merge in merged.values():  # what tells of an act again, that act cannot tell of
        apart.setdefault(merge.act, set()).add(merge.report)
    return Verdicts(_frozen(apart), _frozen(unlinked), merged, linked)


def _links(verdicts: Verdicts) -> Iterator[Link]:
    """The links that somebody judged to stand."""
    return (link for links in verdicts.linked.values() for link in links)


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {act: frozenset(others) for act, others in found.items()}


# few changes: what they touch is looked up


@dataclass(frozen=True, slots=True)
class _Visible:
    """A place, and until when it is found under each of its keys: behind so many newer ones nobody sees it any more."""

    place: Place
    before: Mapping[Key, dt.date | None]

    def found_by(self, search: Search) -> bool:
        """Whether ``search`` comes upon the place."""
        return search.since <= self.place.day <= search.until and any(
            (hidden := self.before[key]) is None or search.until < hidden for key in search.keys if key in self.before
        )


def _touched(
    reading: Reading, linker: Linker, places: Collection[Place], came: Collection[str]
) -> Iterator[tuple[Card, Shelf]]:
    """Cards that ``places`` concern, and ``came``, each with a shelf that holds what it looks up."""
    visible = [_visible(reading, linker, place) for place in places]
    near = {act for one in visible for act in _around(reading, linker, one)}
    there = reading.acts_by_id(near | set(came))
    cards = [
        card
        for card in cards_of(reading, linker, there.values())
        if card.act.id in came or _looks_up(linker, card, visible)
    ]
    shelf = linker.shelf(_looked_up(reading, linker, cards))
    for card in cards:
        yield card, shelf


def _visible(reading: Reading, linker: Linker, place: Place) -> _Visible:
    return _Visible(place, {key: reading.day_of_later(place, _under(key), linker.near) for key in _keys(place)})


def _around(reading: Reading, linker: Linker, one: _Visible) -> set[str]:
    """Acts that may look up what is filed at a place: near it in time, with one of its states on a side."""
    place, hidden = one.place, [day for day in one.before.values() if day]
    until = shifted(place.day, linker.behind)
    if len(hidden) == len(one.before):
        until = min(until, max(hidden))
    return reading.firsts_near({place.actor, place.target}, shifted(place.day, -linker.ahead), until)


def _looks_up(linker: Linker, card: Card, visible: Iterable[_Visible]) -> bool:
    searches = linker.searches(card)
    return any(one.found_by(search) for one in visible for search in searches)


def _keys(place: Place) -> tuple[Key, ...]:
    return keys_under(place.actor, place.target, place.kind)


def _under(key: Key) -> Under:
    """Where the store holds what is filed under ``key``."""
    actor, target, kind = key
    return None if actor == ANY else actor, None if target == ANY else target, kind


def _looked_up(reading: Reading, linker: Linker, cards: Iterable[Card]) -> Iterator[Card]:
    searches = {search for card in cards for search in linker.searches(card)}
    wanted = {(_under(key), search.since, search.until) for search in searches for key in search.keys}
    ids = {act for under, since, until in wanted for act in reading.filed(under, since, until, most=linker.near)}
    for some in batched(sorted(ids), AT_ONCE):
        yield from cards_of(reading, linker, reading.acts_by_id(some).values())
