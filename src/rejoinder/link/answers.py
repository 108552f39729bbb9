"""Which act answers which, and how.

Each pair of an act and an earlier one that its kind can answer gets points for what speaks for and against it (the
features below; points in ``data/answers.yaml``, made by ``scripts/fit_links.py``). An act answers the pair partner
with the best sum, if that reaches the threshold; where two partners fit equally, none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.link.lexicon import Kinds, Weights, Words, kinds, words
from rejoinder.link.points import doubted, probability
from rejoinder.link.profile import Profile
from rejoinder.link.sides import Relation, relation
from rejoinder.records import How, Link, Problem, Span

__all__ = ["CODER", "Pair", "answers", "features", "how", "pairs", "says"]

CODER = "rules/link"
"""Who decided, in each Link and Merge of this room."""

_PAUSE = re.compile(r"[,;:.!?\n\u2013\u2014]|\b(?:and|but|after|before|while|because)\b")
"""What ends the phrase that a verb's object may stand in."""

_REPLYING = ("ACCEPT", "REJECT")
_URGING = ("REQUEST", "DEMAND")

_BACK, _AHEAD = 60, 12
"""How many acts before and after an act, in text order, are looked at: keeps long documents linear."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A mention that may answer another mention; both ids are those of the first mentions they repeat."""

    answer: Profile
    offer: Profile
    answer_first: str
    offer_first: str
    relation: Relation
    rank: int
    """How many acts that could be answered as well stand nearer in the text."""
    taken: bool
    """Whether the same side answers that other act elsewhere, by naming it in the clause."""
    rival: bool
    """Whether another act that could be answered stands inside the answer's own words."""
    pointed: bool | None
    """Whether the words that say what is answered hold this act; None where they hold none, or are not known."""


def pairs(profiles: Sequence[Profile]) -> Iterable[Pair]:
    """All pairs worth points among the acts of one document; ``profiles`` in text order."""
    table, holders = kinds().how, _holders(profiles)
    for i, answer in enumerate(profiles):
        near = profiles[max(0, i - _BACK) : i + _AHEAD + 1]
        able = [
            (offer, relation(answer, offer))
            for offer in near
            if offer is not answer and _first(offer) != _first(answer)
        ]
        able = [(offer, _told(answer, offer, how)) for offer, how in able]
        able = [(offer, how) for offer, how in able if (_side(how), answer.act.kind, offer.act.kind) in table]
        ranks = _ranks(answer, able)
        pointed = {_first(offer) for offer, _ in able if _points_at(answer, offer)}
        inside = {_first(offer) for offer, _ in able if _inside(answer, offer)}
        for offer, between in able:
            rival = bool((pointed or inside) - {_first(offer)})
            taken = not _inside(answer, offer) and any(
                holder.act.kind == answer.act.kind
                and holder.actors & answer.actors
                and _first(holder) != _first(answer)
                for holder in holders.get(_first(offer), ())
            )
            here = _first(offer) in pointed if pointed else None
            yield Pair(answer, offer, _first(answer), _first(offer), between, ranks[offer.act.id], taken, rival, here)


def _told(answer: Profile, offer: Profile, between: Relation) -> Relation:
    """``between``, or no known relation where the words make ``offer`` the object of a refusal or a consent.

    Nobody refuses his own demand: where "Oslo rejected a statement condemning ..." seems to say so, a side was misread.
    """
    table = kinds().how
    own = _side(between) == "own" and ("own", answer.act.kind, offer.act.kind) not in table
    return "strangers" if own and answer.act.kind in _REPLYING and _behind(answer, offer) else between


def _behind(answer: Profile, offer: Profile) -> bool:
    """Whether ``offer`` follows the trigger of ``answer`` in one breath: "rejected an earlier *offer*"."""
    gap = offer.act.trigger.start - answer.act.trigger.end
    return 0 < gap < len(answer.after) and not _PAUSE.search(answer.after[:gap])


def _holders(profiles: Sequence[Profile]) -> Mapping[str, Sequence[Profile]]:
    """First mention of an act -> the acts in whose own words one of its mentions stands."""
    found: dict[str, list[Profile]] = defaultdict(list)
    for i, outer in enumerate(profiles):
        for inner in profiles[max(0, i - _AHEAD) : i + _AHEAD + 1]:
            if _inside(outer, inner):
                found[_first(inner)].append(outer)
    return found


def _first(profile: Profile) -> str:
    return profile.act.same_as or profile.act.id


def _side(between: Relation) -> str:
    return "own" if between in {"own", "half own"} else "reversed"


def _ranks(answer: Profile, able: Sequence[tuple[Profile, Relation]]) -> dict[str, int]:
    at = answer.act.trigger.start
    nearest = sorted(
        able, key=lambda pair: (pair[1] == "strangers", pair[0].key > answer.key, abs(pair[0].act.trigger.start - at))
    )
    return {offer.act.id: rank for rank, (offer, _) in enumerate(nearest)}


def _inside(answer: Profile, offer: Profile) -> bool:
    outer, inner = answer.act.span, offer.act.span
    return outer.start <= inner.start and inner.end <= outer.end and answer.act.trigger != offer.act.trigger


def _points_at(answer: Profile, offer: Profile) -> bool:
    """Whether the words that name what ``answer`` answers are those that carry ``offer``."""
    named, trigger = answer.act.words("answered"), offer.act.trigger
    return named is not None and named.start <= trigger.start and trigger.end <= named.end


def features(pair: Pair) -> dict[str, float]:
    """What speaks for or against ``pair``: feature name to value (1 where it holds)."""
    answer, offer = pair.answer, pair.offer
    place, straight = _place(answer, offer), _behind(answer, offer)
    near = " near" if place.startswith("inside") or place.endswith("adjacent") else ""
    found = {
        "always": 1.0,
        f"{answer.act.kind} answers": 1.0,
        f"{offer.act.kind} answered": 1.0,
        f"{answer.act.kind} {_side(pair.relation)} {offer.act.kind}": 1.0,
        f"sides {pair.relation}{near}": 1.0,
        f"place {place}": 1.0,
        f"rank {min(pair.rank, 3)}": 1.0,
        f"time {_time(answer, offer)}": 1.0,
        f"background {answer.act.background:d} {offer.act.background:d}{near}": 1.0,
        f"issue {_issue(answer, offer)}": 1.0,
        "shared words": float(min(len(answer.content & offer.content), 3)),
        "offer is a noun": float(offer.nominal),
        "another stands inside": float(pair.rival),
        "the words point at it": float(pair.pointed is True),
        "the words point elsewhere": float(pair.pointed is False),
        "straight behind": float(straight),
        f"{answer.act.kind} straight behind": float(straight),
        "unsure answer": 1 - answer.act.score,
        "unsure offer": 1 - offer.act.score,
        "answered elsewhere by its side": float(pair.taken),
        f"answer {answer.act.realis}": 1.0,
        f"offer {offer.act.realis}": 1.0,
    }
    found |= dict.fromkeys(_words(answer, offer, words()), 1.0)
    return doubted({name: value for name, value in found.items() if value}, answer.act, offer.act)


def _place(answer: Profile, offer: Profile) -> str:
    """Where the answered act stands, seen from its answer."""
    if _inside(answer, offer):
        return "inside after" if offer.act.trigger.start > answer.act.trigger.start else "inside before"
    if _inside(offer, answer):
        return "around"
    apart = answer.sentence - offer.sentence
    if apart == 0:
        gap = max(offer.act.span.start - answer.act.span.end, answer.act.span.start - offer.act.span.end)
        side = "before" if offer.key < answer.key else "after"
        return f"same sentence {side}{' adjacent' if gap < 12 else ''}"
    if apart < 0:
        return "next sentence" if apart == -1 else "later"
    return (
        "1 sentence back"
        if apart == 1
        else "2 sentences back"
        if apart == 2
        else "3 to 5 back"
        if apart < 6
        else "far back"
    )


def _time(answer: Profile, offer: Profile) -> str:
    mine, theirs = answer.act.when, offer.act.when
    if not (mine.earliest or mine.latest) or not (theirs.earliest or theirs.latest):
        return "unknown"
    if theirs.earliest and mine.latest and theirs.earliest > mine.latest:
        return "answer first"
    if theirs.latest and mine.earliest and theirs.latest < mine.earliest:
        return "offer first" if (mine.earliest - theirs.latest).days < 200 else "offer long before"
    return "same"


def _issue(answer: Profile, offer: Profile) -> str:
    if answer.act.issue != offer.act.issue:
        return "differs"
    return "same" if answer.act.issue != "other" else "unknown"


def _words(answer: Profile, offer: Profile, lexicon: Words) -> Iterable[str]:
    if answer.named:
        fits = offer.act.kind in answer.named
        yield "names such a kind" if fits else "names another kind"
        if answer.noun_stems & offer.trigger:
            yield "names it by its word"
        if fits and "earlier" in answer.modified:
            yield "an earlier one, and it is old" if offer.act.background else "an earlier one, and it is new"
        if fits and "newer" in answer.modified:
            yield "a new one, and it is old" if offer.act.background else "a new one, and it is new"
    if says(answer, lexicon.anaphors):
        yield "points back"
    if says(answer, lexicon.reply) or _leads(answer, lexicon.contrast):
        yield "says it replies"
    if answer.sentence == offer.sentence:
        if _leads(offer, lexicon.reply):
            yield "in reply to it"
        if _leads(offer, lexicon.defying):
            yield "in defiance of it"
    if says(answer, lexicon.withdrawing):
        yield "says it takes back"
    if says(answer, lexicon.renewing):
        yield "says again"


def says(profile: Profile, cues: Iterable[str]) -> bool:
    """Whether the clause of ``profile`` holds any of the lower-case ``cues``, whole words."""
    return any(f" {cue} " in profile.text for cue in cues)


def _leads(profile: Profile, cues: Iterable[str]) -> bool:
    return any(f" {cue} " in profile.before for cue in cues)


def how(pair: Pair, table: Kinds, lexicon: Words) -> How:
    """In which way ``pair`` answers: by its words (evades, withdraws), else by the kinds and who answers."""
    answer, side = pair.answer, _side(pair.relation)
    if side == "reversed" and answer.act.kind == "REJECT" and says(answer, lexicon.evading):
        return "evades"
    if (
        answer.act.kind in _URGING
        and pair.offer.act.kind == "OFFER"
        and _names(pair)
        and says(answer, lexicon.accepting)
    ):
        return "reaffirms"
    if answer.act.kind == "REJECT" and _behind(answer, pair.offer) and not says(answer, lexicon.withdrawing):
        return "rejects"  # "rejected that offer": nobody's own, whatever was taken for its maker
    return table.how[side, answer.act.kind, pair.offer.act.kind]


def _names(pair: Pair) -> bool:
    """Whether the words of the answer hold what it answers."""
    return bool(pair.pointed) or _inside(pair.answer, pair.offer) or _behind(pair.answer, pair.offer)


def answers(profiles: Sequence[Profile], table: Weights) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """Links between first mentions of one document, and a Problem for each act that two offers fit equally.

    ``profiles`` are those of all mentions, in text order, ``same_as`` set; ``table`` holds the points of features.
    """
    best: dict[str, dict[str, tuple[float, Pair]]] = defaultdict(dict)
    for pair in pairs(profiles):
        score = probability(features(pair), table)
        held = best[pair.answer_first].get(pair.offer_first)
        if score >= table.threshold and (held is None or score > held[0]):
            best[pair.answer_first][pair.offer_first] = score, pair
    links: list[Link] = []
    problems: list[Problem] = []
    for candidates in best.values():
        ranked = sorted(candidates.values(), key=lambda scored: (-scored[0], scored[1].rank, scored[1].offer.key))
        if not ranked:
            continue
        second = _second(ranked)
        if second:
            links += [_link(*ranked[0]), _link(*second)]
            continue
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < table.margin:
            problems.append(_ambiguous(ranked[0][1].answer, ranked[0][1].offer, ranked[1][1].offer))
            continue
        links.append(_link(*ranked[0]))
    return tuple(links), tuple(problems)


def _second(ranked: Sequence[tuple[float, Pair]]) -> tuple[float, Pair] | None:
    """The second act that the best-linked act answers too: only where its words name several ("repeated requests").

    Both answered must be of a kind that those words name, and answered in one way.
    """
    best = ranked[0][1]
    if best.answer.act.kind not in _REPLYING or not best.answer.several:
        return None
    for score, pair in ranked[1:]:
        if pair.offer.act.kind in pair.answer.named and _side(pair.relation) == _side(best.relation):
            return score, pair
    return None


def _link(score: float, pair: Pair) -> Link:
    evidence = pair.answer.act.trigger, _named(pair)
    return Link(pair.answer_first, pair.offer_first, how(pair, kinds(), words()), evidence, CODER, round(score, 4))


def _named(pair: Pair) -> Span:
    return pair.answer.act.words("answered") or pair.offer.act.trigger


def _ambiguous(answer: Profile, *offers: Profile) -> Problem:
    words_of = " and ".join(repr(offer.act.span.quote) for offer in sorted(offers, key=lambda offer: offer.key))
    message = f"{answer.act.trigger.quote!r} may answer {words_of} equally; neither is linked."
    return Problem(answer.act.doc, "link", "AMBIGUOUS_ANSWER", message, answer.act.span)
