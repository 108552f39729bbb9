"""The index card of an act: where it is filed for comparison with acts of other documents, and what it is read for.

Whether two acts are one, and whether one answers the other, is decided for each act from the cards it looks up, and
from nothing else: neither the order in which documents came nor what was decided for another act plays a part. So
adding a document changes only what is decided for acts that look up its cards.
"""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rejoinder.codebook.dyads import states_of
from rejoinder.link.lexicon import Between, Words, squares, words
from rejoinder.link.profile import Profile, profile, says, word_stems
from rejoinder.records import Act

__all__ = [
    "ANY",
    "OPENING",
    "UNNAMED",
    "Card",
    "Key",
    "Setting",
    "card",
    "day_of",
    "keys_of",
    "keys_under",
    "pairs_of",
    "shifted",
    "weight",
]

ANY, UNNAMED = "*", "?"
"""In place of a state in a key: whatever it is; a side whose state is not known."""

OPENING = 400
"""Characters of a document's text, its first, that say what it is about."""

_KEPT = 1 << 12
"""Of how many pairs of sides the keys are remembered."""

Key = tuple[str, str, str]
"""Actor's state, target's state, kind: where a card stands. Joint sides stand in several places."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the document an act stands in.

    ``opening`` are its first words (``OPENING`` characters), which say what it is about. ``settled``: acts whose answer
    it holds itself.
    """

    published: dt.date | None = None
    opening: str = ""
    settled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Card:
    """An act with what comparisons between documents need of it.

    ``topic`` are stems of what the document is about, ``weights`` how much the clause's words and these say
    (``weight``); ``says`` names what the clause says of itself ("reply": that it responds).

    ``days`` are those on which it may have happened; None where they are open, or too many to compare. ``filed`` is the
    last of them, else the publication day: others find it under that day, and from there it looks back itself. None:
    neither is known, and it is compared with nothing. ``order`` sorts cards: what names both sides and its days first,
    then by publication; an act tells of another only if that comes before it.
    """

    act: Act
    profile: Profile
    published: dt.date | None
    topic: frozenset[str]
    weights: tuple[float, float]
    says: frozenset[str]
    settled: bool
    days: tuple[dt.date, dt.date] | None
    filed: dt.date | None
    order: tuple[int, dt.date, str]


def card(act: Act, setting: Setting, rules: Between) -> Card:
    """The card of ``act``, a first mention, which stands in a document of ``setting``."""
    read, lexicon = profile(act), words()
    days = _days(act, rules)
    topic = word_stems(setting.opening, lexicon.stop) - read.actor_words - read.target_words - read.trigger
    vague = 2 if days is None else int(not (read.actors and read.targets))
    return Card(
        act=act,
        profile=read,
        published=setting.published,
        topic=topic,
        weights=(weight(read.content), weight(topic)),
        says=frozenset([name for name, cues in _said(lexicon) if says(read, cues)]),
        settled=act.id in setting.settled,
        days=days,
        filed=day_of(act, setting.published, rules),
        order=(vague, setting.published or dt.date.max, act.id),
    )


def _days(act: Act, rules: Between) -> tuple[dt.date, dt.date] | None:
    first, last = act.when.earliest, act.when.latest
    if first is None or last is None or (last - first).days > rules.wide_days:
        return None
    return first, last


def day_of(act: Act, published: dt.date | None, rules: Between) -> dt.date | None:
    """The day under which ``act`` is filed; None where neither its own day nor that of its text is known."""
    days = _days(act, rules)
    return days[1] if days else published


def pairs_of(act: Act) -> tuple[tuple[str, str], ...]:
    """The pairs of states, actor first, under which the card of ``act`` stands; a mutual act in both orders."""
    return _pairs(states_of(act.actor) or (UNNAMED,), states_of(act.target) or (UNNAMED,), act.mutual)


@lru_cache(_KEPT)
def _pairs(actors: Iterable[str], targets: Iterable[str], mutual: bool) -> tuple[tuple[str, str], ...]:
    pairs = {(actor, target) for actor in actors for target in targets}
    if mutual:
        pairs |= {(target, actor) for actor, target in pairs}
    return tuple(sorted(pairs))


def keys_of(act: Act) -> tuple[Key, ...]:
    """Where the card of ``act`` stands: under each pair of its sides, and under each side alone."""
    return _keys(pairs_of(act), act.kind)


@lru_cache(_KEPT)
def _keys(pairs: Iterable[tuple[str, str]], kind: str) -> tuple[Key, ...]:
    return tuple(sorted({key for actor, target in pairs for key in keys_under(actor, target, kind)}))


def keys_under(actor: str, target: str, kind: str) -> tuple[Key, Key, Key]:
    """The keys of a pair of states and a kind: for both states, and for each of them alone."""
    return (actor, target, kind), (actor, ANY, kind), (ANY, target, kind)


def weight(stems: Iterable[str]) -> float:
    """How much ``stems`` say of what a text is about: each the more, the rarer it is.

    The sum is exact, so that it does not hang on the order in which a set gives its members.
    """
    heft = squares().get
    return math.fsum([heft(stem, 1.0) for stem in stems])


def _said(lexicon: Words) -> tuple[tuple[str, frozenset[str]], ...]:
    return (
        ("reply", lexicon.reply),
        ("withdrawing", lexicon.withdrawing),
        ("renewing", lexicon.renewing),
        ("anaphors", lexicon.anaphors),
    )


def shifted(day: dt.date, by: dt.timedelta) -> dt.date:
    """``day`` moved by so much; the first or last day there is where that lies outside the calendar."""
    try:
        return day + by
    except OverflowError:
        return dt.date.max if by > dt.timedelta(0) else dt.date.min
