"""Scores of coded acts against gold: what was found, how much of it is right, field by field.

All figures are micro-averaged over the documents of the gold file. A document that the system lacks counts as coded
with no act; one that only the system has is ignored.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rejoinder.codebook import codebook
from rejoinder.errors import InputError
from rejoinder.measure.coded import CodedAct
from rejoinder.measure.pairing import kind_fits, pairs, sides_fit

__all__ = ["Miss", "Rate", "Scores", "format_scores", "score"]

RATES = ("found", "quad", "kind", "who", "tuple", "full")
"""Found at all; and quad class right; and kind; and the actor's state; and the target's state; and both roles."""

ACCURACIES = ("realis", "background", "channel", "issue", "date", "date_exact")


@dataclass(frozen=True, slots=True)
class Rate:
    """``hit`` right out of ``system`` coded and ``gold`` to be found."""

    hit: int
    system: int
    gold: int

    @property
    def p(self) -> float:
        """Precision; 0 where nothing was coded."""
        return self.hit / self.system if self.system else 0.0

    @property
    def r(self) -> float:
        """Recall; 0 where there was nothing to be found."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.p * self.r / (self.p + self.r) if self.hit else 0.0

    def to_dict(self) -> dict[str, float]:
        """All figures by name."""
        return {"p": self.p, "r": self.r, "f1": self.f1, "hit": self.hit, "system": self.system, "gold": self.gold}


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that went wrong: an act missed, or one too many, or a paired act with the wrong kind or sides.

    ``gold`` and ``system`` are kinds, or "actor->target" states; "" on the side that has no act.
    """

    document: str
    what: Literal["missed", "extra", "kind", "sides"]
    gold: str
    system: str
    quote: str


@dataclass(frozen=True, slots=True)
class Scores:
    """``rates`` by the names of RATES; ``accuracy`` among pairs of the right kind, for what occurred, by ACCURACIES.

    ``conditions`` compares conditions, ``linked`` answers with the same pair of acts, ``answers`` those with the same
    ``how`` as well (mentions of one act count as that act). ``misses`` is sorted by document.
    """

    rates: Mapping[str, Rate]
    accuracy: Mapping[str, float]
    conditions: Rate
    linked: Rate
    answers: Rate
    by_kind: Mapping[str, Rate]
    misses: tuple[Miss, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """All figures, as JSON can hold them."""
        return {
            **{name: self.rates[name].to_dict() for name in RATES},
            "accuracy": dict(self.accuracy),
            "conditions": self.conditions.to_dict(),
            "linked": self.linked.to_dict(),
            "answers": self.answers.to_dict(),
            "by_kind": {kind: rate.to_dict() for kind, rate in self.by_kind.items()},
        }


@dataclass(slots=True)
class _Tally:
    count: Counter[str] = field(default_factory=Counter)
    hit_by_kind: Counter[str] = field(default_factory=Counter)
    system_by_kind: Counter[str] = field(default_factory=Counter)
    gold_by_kind: Counter[str] = field(default_factory=Counter)
    judged: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    misses: list[Miss] = field(default_factory=list)


def score(gold: Mapping[str, Sequence[CodedAct]], system: Mapping[str, Sequence[CodedAct]]) -> Scores:
    """Compare ``system`` with ``gold``, both acts by document id.

    Raises InputError where gold has a kind that is none, or answers an act that it lacks.
    """
    tally = _Tally()
    for name, right in gold.items():
        _check_gold(name, right)
        _document(tally, name, right, system.get(name, ()))
    count = tally.count
    kinds = sorted(tally.gold_by_kind.keys() | tally.system_by_kind.keys())
    return Scores(
        rates={name: Rate(count[name], count["system"], count["gold"]) for name in RATES},
        accuracy={name: sum(tally.judged[name]) / len(tally.judged[name]) for name in ACCURACIES if tally.judged[name]},
        conditions=Rate(count["condition hit"], count["condition system"], count["condition gold"]),
        linked=Rate(count["linked"], count["link system"], count["link gold"]),
        answers=Rate(count["answers"], count["link system"], count["link gold"]),
        by_kind={
            kind: Rate(tally.hit_by_kind[kind], tally.system_by_kind[kind], tally.gold_by_kind[kind]) for kind in kinds
        },
        misses=tuple(
            sorted(tally.misses, key=lambda miss: (miss.document, miss.what, miss.gold, miss.system, miss.quote))
        ),
    )


def format_scores(scores: Scores, *, errors: bool = False) -> str:
    """The scores as lines for a terminal; with ``errors`` each miss on a line of tab-separated fields."""
    lines = [_rate_line(name, rate) for name, rate in _named_rates(scores)]
    if scores.accuracy:
        lines.append(
            "among right kinds: " + "  ".join(f"{name} {value:.3f}" for name, value in scores.accuracy.items())
        )
    if scores.by_kind:
        lines.append(
            "by kind: " + "  ".join(f"{kind} {rate.f1:.2f} ({rate.gold})" for kind, rate in scores.by_kind.items())
        )
    if errors:
        lines += (
            "\t".join(" ".join(part.split()) for part in (miss.document, miss.what, miss.gold, miss.system, miss.quote))
            for miss in scores.misses
        )
    return "\n".join(lines) + "\n"


def _named_rates(scores: Scores) -> Iterator[tuple[str, Rate]]:
    yield from scores.rates.items()
    yield from (("conditions", scores.conditions), ("linked", scores.linked), ("answers", scores.answers))


def _rate_line(name: str, rate: Rate) -> str:
    figures = f"P {rate.p:.3f}  R {rate.r:.3f}  F1 {rate.f1:.3f}"
    return f"{name:11} {figures}   ({rate.hit} right, {rate.system} coded, {rate.gold} gold)"


def _check_gold(name: str, acts: Sequence[CodedAct]) -> None:
    ids = {act.id for act in acts}
    for act in acts:
        if act.kind not in codebook().kinds:
            known = ", ".join(codebook().kinds)
            raise InputError(f"Gold document {name!r}: {act.kind!r} is no kind. Kinds are: {known}.")
        for to, _ in act.answers:
            if to not in ids:
                raise InputError(
                    f"Gold document {name!r}: act {act.id} answers {to!r}, which is not there. Correct it."
                )


def _document(tally: _Tally, name: str, gold: Sequence[CodedAct], system: Sequence[CodedAct]) -> None:
    tally.count["gold"] += len(gold)
    tally.count["system"] += len(system)
    tally.gold_by_kind.update(act.kind for act in gold)
    tally.system_by_kind.update(act.kind for act in system)
    paired = pairs(gold, system)
    for i, j in paired:
        _pair(tally, name, gold[i], system[j])
    _unpaired(tally, name, gold, system, paired)
    _links(tally.count, gold, system, paired)


def _pair(tally: _Tally, name: str, gold: CodedAct, system: CodedAct) -> None:
    tally.count["found"] += 1
    quad = codebook().quad
    wanted = {quad(gold.kind), quad(gold.alt_kind or "")} - {None}
    tally.count["quad"] += quad(system.kind) in wanted
    if not kind_fits(gold, system):
        tally.misses.append(Miss(name, "kind", gold.kind, system.kind, gold.quote))
        return
    # right by gold's second kind: counted under gold's first
    tally.system_by_kind[system.kind] -= 1
    tally.system_by_kind[gold.kind] += 1
    tally.hit_by_kind[gold.kind] += 1
    _sides(tally, name, gold, system)
    _fields(tally, gold, system)


def _sides(tally: _Tally, name: str, gold: CodedAct, system: CodedAct) -> None:
    actor, target = sides_fit(gold, system)
    both = actor and target
    roles = gold.actor.role == system.actor.role and gold.target.role == system.target.role
    tally.count.update({"kind": 1, "who": int(actor), "tuple": int(both), "full": int(both and roles)})
    if not both:
        wanted, got = (f"{act.actor.state}->{act.target.state}" for act in (gold, system))
        tally.misses.append(Miss(name, "sides", wanted, got, gold.quote))


def _fields(tally: _Tally, gold: CodedAct, system: CodedAct) -> None:
    judged, count = tally.judged, tally.count
    judged["realis"].append(gold.realis == system.realis)
    judged["background"].append(gold.background == system.background)
    if gold.channel or system.channel:
        judged["channel"].append(gold.channel == system.channel)
    judged["issue"].append(gold.issue == system.issue)
    judged["date"].append(_dates_meet(gold, system))
    judged["date_exact"].append(gold.dates == system.dates)
    count["condition gold"] += len(gold.conditions)
    count["condition system"] += len(system.conditions)
    count["condition hit"] += sum(
        any(wanted in got or got in wanted for got in system.conditions) for wanted in gold.conditions
    )


def _dates_meet(gold: CodedAct, system: CodedAct) -> bool:
    """Whether the intervals share a day; a date open at both ends meets only another such. ISO days compare as text."""
    if gold.dates == (None, None) or system.dates == (None, None):
        return gold.dates == system.dates
    starts = [act.dates[0] or "0000" for act in (gold, system)]
    ends = [act.dates[1] or "9999" for act in (gold, system)]
    return max(starts) <= min(ends)


def _unpaired(
    tally: _Tally,
    name: str,
    gold: Sequence[CodedAct],
    system: Sequence[CodedAct],
    paired: Sequence[tuple[int, int]],
) -> None:
    found, used = {i for i, _ in paired}, {j for _, j in paired}
    missed = (Miss(name, "missed", act.kind, "", act.quote) for i, act in enumerate(gold) if i not in found)
    extra = (Miss(name, "extra", "", act.kind, act.quote) for j, act in enumerate(system) if j not in used)
    tally.misses += [*missed, *extra]


def _links(
    count: Counter[str], gold: Sequence[CodedAct], system: Sequence[CodedAct], paired: Sequence[tuple[int, int]]
) -> None:
    """Links are compared between acts, not mentions: every id stands for the first mention it repeats."""
    gold_first, system_first = _firsts(gold), _firsts(system)
    votes: dict[str | None, Counter[str | None]] = defaultdict(Counter)
    for i, j in paired:
        votes[system_first[system[j].id]][gold_first[gold[i].id]] += 1
    meant = {ours: theirs.most_common(1)[0][0] for ours, theirs in votes.items()}
    wanted = {(gold_first[act.id], gold_first[to]): how for act in gold for to, how in act.answers}
    coded = {(system_first[act.id], system_first.get(to)): how for act in system for to, how in act.answers}
    got: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
    for (answer, offer), how in coded.items():
        got[meant.get(answer), meant.get(offer)].add(how)
    count["link gold"] += len(wanted)
    count["link system"] += len(coded)
    count["linked"] += sum(ends in got for ends in wanted)
    count["answers"] += sum(how in got.get(ends, ()) for ends, how in wanted.items())


def _firsts(acts: Sequence[CodedAct]) -> dict[str | None, str | None]:
    """Act id -> id of the first mention at the end of its chain of ``same_as``."""
    above = {act.id: act.same_as for act in acts}
    firsts = {}
    for act in acts:
        at, seen = act.id, set()
        while above[at] in above and above[at] is not None and at not in seen:
            seen.add(at)
            at = above[at]
        firsts[act.id] = at
    return firsts
