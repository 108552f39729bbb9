"""What the linker chooses among, with a reader's word on what is right: the samples that its points are fitted on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import link_gold
from choice_model import Decision, Option
from link_codes import Relations
from link_gold import GoldDocument

from rejoinder.link import replies, reply_points, reports
from rejoinder.link.answers import features as answer_features
from rejoinder.link.answers import pairs
from rejoinder.link.card import Card, Setting, card
from rejoinder.link.lexicon import between, weights
from rejoinder.link.named import with_named
from rejoinder.link.profile import Profile, profile, sentence_ends
from rejoinder.link.same import apart, earlier_mentions, same
from rejoinder.link.same import features as same_features
from rejoinder.link.shelf import Shelf
from rejoinder.records import Act

__all__ = ["answered", "cards_of", "repeated", "replied", "retold"]


def repeated(gold: GoldDocument, weight: float = 1.0) -> Iterator[Decision]:
    """Which earlier mention of its document each mention restates."""
    acts = _profiles(gold, apart(gold.acts, {}))
    for i, later in enumerate(acts):
        options = [
            (same_features(later, earlier, rank), gold.first[later.act.id] == gold.first[earlier.act.id])
            for rank, earlier in enumerate(earlier_mentions(acts, i))
        ]
        if options:
            yield Decision(tuple(options), weight)


def answered(gold: GoldDocument, weight: float = 1.0, *, found: bool = False) -> Iterator[Decision]:
    """Which act of its document each act answers.

    Mentions are joined as gold joins them; those that a program ``found``, as the linker does: that it will see.
    """
    acts = _profiles(gold, _joined(gold) if found else link_gold.told(gold))
    options: dict[str, list[Option]] = defaultdict(list)
    for pair in pairs(acts):
        right = (gold.first[pair.answer.act.id], gold.first[pair.offer.act.id]) in gold.links
        options[pair.answer_first].append((answer_features(pair), right))
    yield from (Decision(tuple(told), weight) for told in options.values())


def _joined(gold: GoldDocument) -> Sequence[Act]:
    acts = _profiles(gold, apart(gold.acts, {}))
    return apart(gold.acts, with_named(acts, same(acts, weights("same"))))


def _profiles(gold: GoldDocument, acts: Sequence[Act]) -> list[Profile]:
    text = gold.document.text
    ends = sentence_ends(text)
    return sorted((profile(act, ends, text) for act in acts), key=lambda one: one.key)


def retold(cards: Mapping[str, Card], told: Relations) -> Iterator[Decision]:
    """Which act of an earlier document each of ``cards`` (by act id) tells of again."""
    rules, shelf = between(), Shelf(cards.values())
    for one in cards.values():
        near = reports.likely(one, shelf, rules)
        meant = reports.pointed_at(one, near)
        mine = told.act_of[one.act.id]
        options = [(reports.features(one, other, other is meant), told.act_of[other.act.id] == mine) for other in near]
        if options:
            yield Decision(tuple(options))


def replied(cards: Mapping[str, Card], told: Relations) -> Iterator[Decision]:
    """Which act of another document each of ``cards`` answers."""
    rules, shelf = between(), Shelf(cards.values())
    for one in cards.values():
        mine = told.act_of[one.act.id]
        options = [
            (reply_points.features(one, other, sides, rank, rules), (mine, told.act_of[other.act.id]) in told.answers)
            for rank, (other, sides) in enumerate(replies.near(one, shelf, rules))
        ]
        if options:
            yield Decision(tuple(options))


def cards_of(acts: Sequence[Act], settings: Mapping[str, Setting]) -> dict[str, Card]:
    """The cards of the first mentions among ``acts``; ``settings`` are by document id."""
    return {act.id: card(act, settings[act.doc], between()) for act in acts if act.same_as is None}
