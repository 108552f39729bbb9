"""Acts of many documents: which tell of the same act, and which answer an act of another document.

What is decided for an act follows from the acts that it looks up, at most ``NEAR`` under each key, and from nothing
else (``card``): the work grows with the number of acts, and the result depends on the set of acts alone.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rejoinder.link.answers import CODER
from rejoinder.link.card import Card, Setting, card
from rejoinder.link.lexicon import Between, between
from rejoinder.link.replies import how, replied_to
from rejoinder.link.reports import told_before
from rejoinder.link.shelf import Shelf
from rejoinder.records import Act, Link, Merge, Problem, Span

__all__ = ["Across", "Verdicts", "across", "decide"]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What people judged of pairs of acts, which no machine overrules: by report, by answer.

    ``apart``: the acts that it is no report of; an act is none of its own reports in ``merged``, and these stand here
    too. ``unlinked``: the acts that it does not answer. ``merged`` and ``linked``: what does stand.
    """

    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unlinked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    merged: Mapping[str, Merge] = field(default_factory=dict)
    linked: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Across:
    """What is found between documents: reports of one act, answers to acts of other documents, what stayed undecided.

    ``compared`` counts the pairs of acts looked at.
    """

    merges: tuple[Merge, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    compared: int = 0


def across(acts: Iterable[Act], settings: Mapping[str, Setting], verdicts: Verdicts | None = None) -> Across:
    """Merges and links between ``acts`` of different documents.

    ``acts`` are first mentions; ``settings`` are by document id.
    """
    rules = between()
    cards = [card(act, settings.get(act.doc, Setting()), rules) for act in acts]
    shelf = Shelf(cards)
    found = [decide(one, shelf, rules, verdicts or Verdicts()) for one in cards]
    return joined(found, shelf.compared)


def joined(found: Iterable[Across], compared: int = 0) -> Across:
    """All of ``found`` in one, sorted."""
    every = list(found)
    return Across(
        tuple(sorted((merge for one in every for merge in one.merges), key=lambda merge: (merge.act, merge.report))),
        tuple(sorted((link for one in every for link in one.links), key=lambda link: link.ends)),
        tuple(sorted((problem for one in every for problem in one.problems), key=_place)),
        compared,
    )


def decide(one: Card, shelf: Shelf, rules: Between, verdicts: Verdicts) -> Across:
    """What ``one`` tells of again, and what it answers, among the cards on ``shelf``."""
    found = [_told_again(one, shelf, rules, verdicts), *_answered(one, shelf, rules, verdicts)]
    return Across(
        tuple(record for record in found if isinstance(record, Merge)),
        tuple(record for record in found if isinstance(record, Link)),
        tuple(record for record in found if isinstance(record, Problem)),
    )


def _told_again(one: Card, shelf: Shelf, rules: Between, verdicts: Verdicts) -> Merge | Problem | None:
    act = one.act
    if act.id in verdicts.merged:
        return verdicts.merged[act.id]
    told = told_before(one, shelf, rules, verdicts.apart.get(act.id, frozenset()))
    if not told:
        return None
    if len(told) > 1:
        return _doubt(act, "AMBIGUOUS_REPORT", "may tell of", [other for _, other in told])
    ((score, first),) = told
    return Merge(act.id, first.act.id, round(score, 4), (act.trigger, first.act.trigger), CODER)


def _answered(one: Card, shelf: Shelf, rules: Between, verdicts: Verdicts) -> tuple[Link | Problem, ...]:
    act = one.act
    if act.id in verdicts.linked:
        return verdicts.linked[act.id]
    answered = replied_to(one, shelf, rules, verdicts.unlinked.get(act.id, frozenset()))
    if not answered:
        return ()
    if len(answered) > 1:
        return (_doubt(act, "AMBIGUOUS_ANSWER", "may answer", [other for _, other, _ in answered]),)
    ((score, other, sides),) = answered
    return (Link(act.id, other.act.id, how(one, other, sides), _evidence(act, other), CODER, round(score, 4)),)


def _evidence(answer: Act, offer: Card) -> tuple[Span, Span]:
    return answer.trigger, answer.words("answered") or offer.act.trigger


def _doubt(act: Act, code: str, does: str, candidates: Sequence[Card]) -> Problem:
    """Two acts fit equally: neither is taken, and all are named."""
    ordered = sorted(candidates, key=lambda one: one.order)
    named = "; or ".join(f"{_day(one)} {one.act.span.quote!r} ({one.act.id})" for one in ordered)
    return Problem(act.doc, "link", code, f"{act.trigger.quote!r} {does} more than one act equally: {named}.", act.span)


def _day(one: Card) -> dt.date | str:
    return one.filed or "undated"


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.doc, problem.span.start if problem.span else -1, problem.message
