"""Which act answers which, and how.

Each pair of an act and another that its kind can answer gets points for what speaks for and against it (the features
below; points in ``data/answers.yaml``, made by ``scripts/fit_links.py``). Among all that an act may answer, and that it
answers none, the points give shares; it answers the one with the largest share if that reaches the threshold. Where two
fit equally, neither.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rejoinder.link.lexicon import Kinds, Weights, Words, kinds, words
from rejoinder.link.points import doubted, doubted_points, shares
from rejoinder.link.profile import Profile, holds
from rejoinder.link.sides import Relation, answerer, relation
from rejoinder.records import How, Link, Problem, Span

__all__ = ["CODER", "Pair", "answers", "evades", "features", "how", "pairs"]

CODER = "rules/link"
"""Who decided, in each Link and Merge of this room."""

_PAUSE = re.compile(r"[,;:.!?\n\u2013\u2014]|\b(?:and|but|after|before|while|because)\b")
"""What ends the phrase that a verb's object may stand in."""

_REPLYING = ("ACCEPT", "REJECT")
_URGING = ("REQUEST", "DEMAND")

_SEVERAL = 0.25
"""How likely, beside the first, the second of several acts answered together must be."""

_GAPS = (20, 60, 140, 300, 620, 1260)
"""Characters between two triggers, in steps that double."""

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
    between: tuple[Profile, ...] = ()
    """Other acts told between the two, in text order."""
    told: tuple[int, int] = (1, 1)
    """How often the document tells of the answer, and of what is answered."""


def pairs(profiles: Sequence[Profile]) -> Iterable[Pair]:
    """All pairs worth points among the acts of one document; ``profiles`` in text order."""
    holders, firsts = _holders(profiles), [_first(one) for one in profiles]
    told = Counter(firsts)
    for i, (answer, first) in enumerate(zip(profiles, firsts, strict=True)):
        able = [(j, profiles[j], how) for j, how in _able(profiles, firsts, i)]
        ranks = _ranks(answer, [(offer, how) for _, offer, how in able])
        pointed = {firsts[j] for j, offer, _ in able if _points_at(answer, offer)}
        inside = {firsts[j] for j, offer, _ in able if _inside(answer, offer)}
        for j, offer, how in able:
            other = firsts[j]
            rival = bool((pointed or inside) - {other})
            taken = not _inside(answer, offer) and any(
                holder.act.kind == answer.act.kind and holder.actors & answer.actors and _first(holder) != first
                for holder in holders.get(other, ())
            )
            here = other in pointed if pointed else None
            between = range(min(i, j) + 1, max(i, j))
            yield Pair(
                *(answer, offer, first, other, how, ranks[offer.act.id], taken, rival, here),
                between=tuple([profiles[k] for k in between if firsts[k] != first and firsts[k] != other]),
                told=(told[first], told[other]),
            )


def _able(profiles: Sequence[Profile], firsts: Sequence[str], i: int) -> Iterator[tuple[int, Relation]]:
    """The acts (their numbers) that number ``i`` may answer by their kinds and sides, and how the sides stand."""
    table, answer = kinds().how, profiles[i]
    for j in range(max(0, i - _BACK), min(i + _AHEAD + 1, len(profiles))):
        offer = profiles[j]
        asked = answer.act.kind, offer.act.kind
        if firsts[j] == firsts[i] or not (("own", *asked) in table or ("reversed", *asked) in table):
            continue
        between = _told(answer, offer, relation(answer, offer))
        if (answerer(between), *asked) in table:
            yield j, between


def _told(answer: Profile, offer: Profile, between: Relation) -> Relation:
    """``between``, or no known relation where the words make ``offer`` the object of a refusal or a consent.

    Nobody refuses his own demand: where "Oslo rejected a statement condemning ..." seems to say so, a side was misread.
    """
    table = kinds().how
    own = answerer(between) == "own" and ("own", answer.act.kind, offer.act.kind) not in table
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
    return doubted(_read(pair), pair.answer.act, pair.offer.act)


def _read(pair: Pair) -> dict[str, float]:
    """The features, with those that are nought, before any is doubted."""
    answer, offer = pair.answer, pair.offer
    place, straight = _place(answer, offer), _behind(answer, offer)
    near = " near" if place.startswith("inside") or place.endswith("adjacent") else ""
    found = {
        "always": 1.0,
        f"{answer.act.kind} answers": 1.0,
        f"{offer.act.kind} answered": 1.0,
        f"{answer.act.kind} {answerer(pair.relation)} {offer.act.kind}": 1.0,
        f"{answer.act.kind} by {min(answer.trigger, default='')}": 1.0,
        f"{offer.act.kind} made by {min(offer.trigger, default='')}": 1.0,
        f"sides {pair.relation}{near}": 1.0,
        f"sides {pair.relation} {answer.act.kind}": 1.0,
        f"place {place}": 1.0,
        f"rank {min(pair.rank, 3)}": 1.0,
        f"time {_time(answer, offer)}": 1.0,
        f"background {answer.act.background:d} {offer.act.background:d}{near}": 1.0,
        f"issue {_issue(answer, offer)}": 1.0,
        "shared words": float(min(len(answer.content & offer.content), 3)),
        "offer is a noun": float(offer.nominal),
        "offer is many": float(offer.many),
        "names several": float(answer.several),
        "another stands inside": float(pair.rival),
        "the words point at it": float(pair.pointed is True),
        "the words point elsewhere": float(pair.pointed is False),
        "straight behind": float(straight),
        f"{answer.act.kind} straight behind": float(straight),
        f"{answer.act.kind} {'inside' if _inside(answer, offer) else 'outside'}": 1.0,
        "unsure answer": 1 - answer.act.score,
        "unsure offer": 1 - offer.act.score,
        "answered elsewhere by its side": float(pair.taken),
        f"answer {answer.act.realis}": 1.0,
        f"offer {offer.act.realis}": 1.0,
    }
    found |= dict.fromkeys((*_words(answer, offer, words()), *_course(pair)), 1.0)
    return found


def _course(pair: Pair) -> Iterable[str]:
    """How the text runs from one to the other, and who they are by its words."""
    answer, offer, side = pair.answer, pair.offer, answerer(pair.relation)
    same, other = (
        sum([not one.actors.isdisjoint(by.actors) for one in pair.between]) if pair.between else 0
        for by in (answer, offer)
    )
    yield f"between {min(len(pair.between), 4)}"
    yield f"between by the answerer {min(same, 3)} {side}"
    yield f"between by the offerer {min(other, 3)} {side}"
    if not same and not other:
        yield "nothing between by either"
    for name, times, one in (("answer", pair.told[0], answer), ("offer", pair.told[1], offer)):
        yield f"{name} told {min(times, 3)}"
        yield f"{name} in {('headline', 'lead')[one.sentence] if one.sentence < 2 else 'text'}"
    gap = abs(answer.act.trigger.start - offer.act.trigger.start)
    yield f"gap {next((n for n, most in enumerate(_GAPS) if gap <= most), len(_GAPS))}"
    if answer.actor_words & offer.target_words:
        yield "addressee by the words"
    if answer.target_words & offer.actor_words:
        yield "offerer by the words"
    if answer.actor_words & offer.actor_words:
        yield "same actor words"
    if offer.act.target and answer.act.actor.role == offer.act.target.role:
        yield "addressee by role"
    if answer.act.words("answered"):
        yield "says what it answers"


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
    if _holds(answer.text, lexicon.anaphors):
        yield "points back"
    if _holds(answer.text, lexicon.reply) or _holds(answer.before, lexicon.contrast):
        yield "says it replies"
    if answer.sentence == offer.sentence:
        if _holds(offer.before, lexicon.reply):
            yield "in reply to it"
        if _holds(offer.before, lexicon.defying):
            yield "in defiance of it"
    if _holds(answer.text, lexicon.withdrawing):
        yield "says it takes back"
    if _holds(answer.text, lexicon.renewing):
        yield "says again"


@lru_cache(1 << 10)
def _holds(text: str, cues: frozenset[str]) -> bool:
    """Whether ``text`` holds any of ``cues``; an act is looked at beside each that it may answer."""
    return holds(text, cues)


def how(pair: Pair, table: Kinds, lexicon: Words) -> How:
    """In which way ``pair`` answers: by its words (evades, withdraws), else by the kinds and who answers."""
    answer, side = pair.answer, answerer(pair.relation)
    if evades(answer, pair.relation, lexicon):
        return "evades"
    if (
        answer.act.kind in _URGING
        and pair.offer.act.kind == "OFFER"
        and _names(pair)
        and _holds(answer.text, lexicon.accepting)
    ):
        return "reaffirms"
    if answer.act.kind == "REJECT" and _behind(answer, pair.offer) and not _holds(answer.text, lexicon.withdrawing):
        return "rejects"  # "rejected that offer": nobody's own, whatever was taken for its maker
    return table.how[side, answer.act.kind, pair.offer.act.kind]


def evades(answer: Profile, between: Relation, lexicon: Words) -> bool:
    """Whether ``answer`` does not take up what it answers: the addressee's refusal, by its words."""
    return answerer(between) == "reversed" and answer.act.kind == "REJECT" and _holds(answer.text, lexicon.evading)


def _names(pair: Pair) -> bool:
    """Whether the words of the answer hold what it answers."""
    return bool(pair.pointed) or _inside(pair.answer, pair.offer) or _behind(pair.answer, pair.offer)


def answers(profiles: Sequence[Profile], table: Weights) -> tuple[tuple[Link, ...], tuple[Problem, ...]]:
    """Links between first mentions of one document, and a Problem for each act that two offers fit equally.

    ``profiles`` are those of all mentions, in text order, ``same_as`` set; ``table`` holds the points of features.
    """
    options: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs(profiles):
        options[pair.answer_first].append(pair)
    links: list[Link] = []
    problems: list[Problem] = []
    for candidates in options.values():
        ranked = _ranked(candidates, table)
        score, best = ranked[0]
        second = _second(ranked)
        rival = ranked[1] if len(ranked) > 1 and score - ranked[1][0] < table.margin else None
        if second and score + second[0] >= table.threshold:
            links += [_link(score, best), _link(*second)]
        elif rival and score + rival[0] >= table.threshold:
            problems.append(_ambiguous(best.answer, best.offer, rival[1].offer))
        elif score >= table.threshold:
            links.append(_link(score, best))
    return tuple(links), tuple(problems)


def _ranked(candidates: Sequence[Pair], table: Weights) -> list[tuple[float, Pair]]:
    """Each act that may be answered, with the probability that it is, the best first; shown by its best mention."""
    likely = shares([doubted_points(_read(pair), table, pair.answer.act, pair.offer.act) for pair in candidates])
    total: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, int, Pair]] = {}
    for share, pair in zip(likely, candidates, strict=True):
        total[pair.offer_first] += share
        held = best.get(pair.offer_first)
        if held is None or (share, -pair.rank) > held[:2]:
            best[pair.offer_first] = share, -pair.rank, pair
    found = [(total[first], pair) for first, (_, _, pair) in best.items()]
    return sorted(found, key=lambda scored: (-scored[0], scored[1].rank, scored[1].offer.key))


def _second(ranked: Sequence[tuple[float, Pair]]) -> tuple[float, Pair] | None:
    """The second act that the best-linked act answers too: only where its words name several ("repeated requests").

    Both answered must be of a kind that those words name, and answered in one way.
    """
    best = ranked[0][1]
    if best.answer.act.kind not in _REPLYING or not best.answer.several:
        return None
    for score, pair in ranked[1:]:
        if score < _SEVERAL * ranked[0][0]:
            return None
        if pair.offer.act.kind in pair.answer.named and answerer(pair.relation) == answerer(best.relation):
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
