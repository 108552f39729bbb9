"""Linking in steps, dealt out to any number of buckets, is linking all at once."""

from collections import defaultdict
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.link import Across, Card, Setting, Verdicts
from rejoinder.spread.buckets import Buckets
from rejoinder.spread.linking import Wanted, decided, entries, home_of, nearest, searches
from tests.book.test_comparing import ROWS, coded, few
from tests.makers import eager_linker

LINKER = few(eager_linker())


def cards_of(rows: list[list[Any]]) -> list[Card]:
    documents = [coded(number, acts) for number, acts in enumerate(rows)]
    return [
        LINKER.card(act, Setting(one.document.published, one.document.text[:400]))
        for one in documents
        for act in one.acts
    ]


def at_once(cards: list[Card]) -> dict[str, Across]:
    shelf = LINKER.shelf(cards)
    return {card.act.id: LINKER.decide(card, shelf, Verdicts()) for card in cards}


def in_steps(cards: list[Card], count: int) -> dict[str, Across]:
    buckets = Buckets.for_linker(count, LINKER)
    own: dict[int, list[Card]] = defaultdict(list)
    filed, lookups = defaultdict(list), defaultdict(list)
    for card in cards:
        home = home_of(card, LINKER, buckets)
        assert home is not None
        own[home].append(card)
        for entry in entries(card, home, buckets):
            filed[entry.bucket].append(entry)
        for lookup in searches(card, home, LINKER, buckets):
            lookups[lookup.bucket].append(lookup)
    wanted: set[Wanted] = set()
    for bucket in range(count):
        wanted |= nearest(filed[bucket], lookups[bucket], LINKER.near)
    by_id = {card.act.id: card for card in cards}
    found: dict[str, Across] = {}
    for bucket, mine in own.items():
        sent = [by_id[one.act] for one in wanted if one.by == bucket]
        found |= {card.act.id: across for card, across in decided(mine, sent, LINKER)}
    return found


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(ROWS, min_size=1, max_size=3), min_size=2, max_size=12), count=st.integers(1, 40))
def test_in_any_number_of_buckets_is_all_at_once(rows: list[list[Any]], count: int) -> None:
    cards = cards_of(rows)
    assert in_steps(cards, count) == at_once(cards)


def test_only_the_latest_cards_are_sent() -> None:
    day = [("OFFER", ("PRK", "KOR"), 0, "offered military talks at Panmunjom", False)]
    reply = [("REJECT", ("KOR", "PRK"), 50, "turned down the offer of military talks", False)]
    cards = cards_of([*([[(*day[0][:2], n, *day[0][3:])]] for n in range(0)), *[day] * 9, reply])
    buckets = Buckets.for_linker(10_000, LINKER)
    *offers, asker = cards
    filed = [entry for card in offers for entry in entries(card, home_of(card, LINKER, buckets) or 0, buckets)]
    lookups = list(searches(asker, -1, LINKER, buckets))
    assert len({one.act for one in nearest(filed, lookups, LINKER.near)}) == LINKER.near
