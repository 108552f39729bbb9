"""The index card of an act: where it is filed for comparison with acts of other documents, and what it is read for.

Whether two acts are one, and whether one answers the other, is decided for each act from the cards it looks up, and
from nothing else: neither the order in which documents came nor what was decided for another act plays a part. So
adding a document changes only what is decided for acts that look up its cards.
"""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.link.lexicon import Between, rarities, words
from rejoinder.link.profile import Profile, profile, word_stems
from rejoinder.records import Act

__all__ = [
    "ANY",
    "UNNAMED",
    "Card",
    "Key",
    "Setting",
    "alike",
    "card",
    "keys_of",
    "pairs_of",
    "shared_rarity",
    "shifted",
]

ANY, UNNAMED = "*", "?"
"""In place of a state in a key: whatever it is; a side whose state is not known."""

Key = tuple[str, str, str]
"""Actor's state, target's state, kind: where a card stands. Joint sides stand in several places."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the document an act stands in.

    ``opening`` are its first words, which say what it is about. ``settled``: acts whose answer it holds itself.
    """

    published: dt.date | None = None
    opening: str = ""
    settled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Card:
    """An act with what comparisons between documents need of it.

    ``days`` are those on which it may have happened; None where they are open, or too many to compare. ``filed`` is the
    last of them, else the publication day: others find it under that day, and from there it looks back itself. None:
    neither is known, and it is compared with nothing. ``order`` sorts cards: what names both sides and its days first,
    then by publication; an act tells of another only if that comes before it.
    """

    profile: Profile
    published: dt.date | None
    topic: frozenset[str]
    settled: bool
    days: tuple[dt.date, dt.date] | None
    filed: dt.date | None
    order: tuple[int, dt.date, str]

    @property
    def act(self) -> Act:
        """The act itself."""
        return self.profile.act


def card(act: Act, setting: Setting, rules: Between) -> Card:
    """The card of ``act``, a first mention, which stands in a document of ``setting``."""
    read = profile(act)
    days = _days(act, rules)
    topic = word_stems(setting.opening, words().stop)
    vague = 2 if days is None else int(not (read.actors and read.targets))
    return Card(
        profile=read,
        published=setting.published,
        topic=topic - read.actor_words - read.target_words - read.trigger,
        settled=act.id in setting.settled,
        days=days,
        filed=days[1] if days else setting.published,
        order=(vague, setting.published or dt.date.max, act.id),
    )


def _days(act: Act, rules: Between) -> tuple[dt.date, dt.date] | None:
    first, last = act.when.earliest, act.when.latest
    if first is None or last is None or (last - first).days > rules.wide_days:
        return None
    return first, last


def pairs_of(one: Profile) -> tuple[tuple[str, str], ...]:
    """The pairs of states, actor first, under which the card of ``one`` stands; a mutual act in both orders."""
    pairs = {(actor, target) for actor in one.actors or (UNNAMED,) for target in one.targets or (UNNAMED,)}
    if one.act.mutual:
        pairs |= {(target, actor) for actor, target in pairs}
    return tuple(sorted(pairs))


def keys_of(one: Profile) -> Iterator[Key]:
    """Where the card of ``one`` stands: under each pair of its sides, and under each side alone."""
    kind = one.act.kind
    yield from sorted(
        {
            key
            for actor, target in pairs_of(one)
            for key in ((actor, target, kind), (actor, ANY, kind), (ANY, target, kind))
        }
    )


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The cosine of two texts' stems, each counting for as much as it is rare: 0 (nothing shared) to 1."""
    rarity = rarities()
    weigh = {stem: rarity.get(stem, 1.0) ** 2 for stem in one | other}
    shared = sum(weigh[stem] for stem in one & other)
    if not shared:
        return 0.0
    return shared / math.sqrt(sum(weigh[stem] for stem in one) * sum(weigh[stem] for stem in other))


def shared_rarity(one: frozenset[str], other: frozenset[str]) -> float:
    """How much the stems that two texts share say of what they are about, added up."""
    rarity = rarities()
    return sum(rarity.get(stem, 1.0) ** 2 for stem in one & other)


def shifted(day: dt.date, by: dt.timedelta) -> dt.date:
    """``day`` moved by so much; the first or last day there is where that lies outside the calendar."""
    try:
        return day + by
    except OverflowError:
        return dt.date.max if by > dt.timedelta(0) else dt.date.min
