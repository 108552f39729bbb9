"""The state in focus: to whom "the government" or "both sides" most likely belongs.

A state's weight grows with how often the document names it, and with how near and how prominently it was named last.
The weights were fitted on the train gold by random search over the share of nominals and pronouns resolved right.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from rejoinder.parties.discourse import Discourse

__all__ = ["WEIGHTS", "Weights", "focus", "sides"]

REACH = 3
FAR = 400
ARMED = ("REB", "OPP")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each property counts: for pronouns, then for states in focus (``count`` on), then for pairs."""

    distance: float = 4.0
    step: float = 0.1
    subject: float = 2.66
    parallel: float = 2.0
    owned: float = 0.0
    adjective: float = 1.63
    place: float = 2.12
    joint: float = 2.0
    chain: float = 0.39

    count: float = 1.0
    near: float = 2.0
    leading: float = 1.0
    same_clause: float = 2.97
    located: float = 1.0
    modifying: float = 1.23
    here: float = 0.72
    origin: float = 0.5
    taken: float = 3.0
    sure: float = 1.0
    clear: float = 1.0

    pair_count: float = 0.93
    pair_near: float = 1.0
    pair_leading: float = 0.92
    pair_clause: float = 4.0


WEIGHTS = Weights()


def focus(discourse: Discourse, index: int, w: Weights, fits: Mapping[str, float] | None = None) -> str | None:
    """The state that the noun ``index`` most likely belongs to, or None where the document names none.

    ``fits`` adds what else speaks for a state, and makes every state of the document a choice.
    """
    traits = discourse.traits[index]
    scores: dict[str, float] = {}
    for other in discourse.in_sentence(traits.sentence):
        state = discourse.mentions[other].state
        if other > index and state and ":" not in state and state != "NGO":
            if discourse.traits[other].place:
                scores[state] = max(scores.get(state, -9.0), w.here)
            elif state not in scores:
                scores[state] = 0.0
    for other in discourse.before(index, REACH):
        state = discourse.mentions[other].state
        if state is None or ":" in state or state == "NGO" or discourse.mentions[other].kind == "pronoun":
            continue
        one = discourse.traits[other]
        score = w.near * math.exp(traits.sentence * -1.0 + one.sentence) + (w.leading if one.subject else 0.0)
        score -= w.modifying if discourse.mentions[other].kind == "adjective" else 0.0
        score += w.located if one.place else 0.0
        if one.subject and one.sentence == traits.sentence and (one.clause == traits.clause or not traits.subject):
            score -= w.same_clause
        scores[state] = max(scores.get(state, -9.0), score)
    for state, count in discourse.counts.items():
        if state in scores or not scores:
            scores[state] = scores.get(state, 0.0) + w.count * math.log(1 + count)
    for state, fit in (fits or {}).items():
        scores[state] = scores.get(state, w.count * math.log(1 + discourse.counts[state])) + fit
    return max(scores, key=lambda s: scores[s]) if scores else None


def sides(discourse: Discourse, index: int, w: Weights, *, only_people: bool) -> list[str]:
    """The two sides most spoken of before mention ``index``, in text order; fewer where there are not two.

    Armed groups and opposition count as sides of their own; then both may be of one state, which is named once.
    """
    traits = discourse.traits[index]
    scores: dict[tuple[str, bool], float] = {}
    counts: dict[tuple[str, bool], int] = {}
    first: dict[tuple[str, bool], int] = {}
    for other in discourse.before(index, FAR):
        mention, one = discourse.mentions[other], discourse.traits[other]
        if mention.kind == "pronoun" or mention.role in ("MED", "CVL", "RES") or (one.place and mention.kind == "name"):
            continue
        if only_people and not one.person:
            continue
        for state in (mention.state, *mention.also):
            if state is None or state == "NGO":
                continue
            key = (state, mention.role in ARMED)
            counts[key] = counts.get(key, 0) + 1
            first[key] = other
            score = w.pair_near * math.exp(0.7 * (one.sentence - traits.sentence)) + (
                w.pair_leading if one.subject else 0.0
            )
            if one.subject and one.sentence == traits.sentence and one.clause == traits.clause:
                score -= w.pair_clause
            if score > scores.get(key, -99.0):
                scores[key] = score
    ranked = sorted(scores, key=lambda k: (-scores[k] - w.pair_count * math.log(1 + counts[k]), first[k]))[:2]
    found: list[str] = []
    for state, _ in sorted(ranked, key=lambda k: first[k]):
        found.append(state)
    return found if len(found) == 2 else []
