"""Reads the cases of ``cases/*.yaml``: a text and the acts expected of it. How to write one: ``cases/README.md``."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rejoinder.codebook import codebook
from rejoinder.records import Act, Document, Side

FOLDER = Path(__file__).parent / "cases"
PUBLISHED = dt.date(2016, 5, 20)
CASE = {"text", "published", "acts", "none", "fails"}
FIELDS = {"act", "realis", "background", "conditions", "date"}
States = frozenset[str | None]


@dataclass(frozen=True, slots=True)
class Expected:
    """One act of a case; a field that is None is not looked at."""

    trigger: str
    kinds: tuple[str, ...]
    actor: States
    target: States
    realis: str | None = None
    background: bool | None = None
    conditions: tuple[str, ...] | None = None
    date: tuple[dt.date, dt.date] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the acts it states, and why the program is known to miss them (None: it must not)."""

    place: str
    text: str
    published: dt.date
    acts: tuple[Expected, ...]
    fails: str | None = None

    @property
    def document(self) -> Document:
        """The text as a document."""
        return Document(self.text, name=self.place, published=self.published)


def read_cases() -> list[Case]:
    """All cases, in the order of the files' names. Raises AssertionError naming the case that is malformed."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, raw in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
            found.append(_case(f"{path.stem} {number}", raw))
    return found


def unmet(case: Case, acts: Sequence[Act]) -> list[str]:
    """What is wrong with ``acts``, found in the text of ``case``, one line a fault; empty where all is as expected."""
    faults: list[str] = []
    met: set[str] = set()
    for expected in case.acts:
        start = case.text.index(expected.trigger)
        end = start + len(expected.trigger)
        here = [act for act in acts if act.trigger.start < end and start < act.trigger.end and act.id not in met]
        if not here:
            faults.append(f"missed: {expected.trigger!r}")
            continue
        tried, best = min(((list(_faults(expected, act)), act.id) for act in here), key=lambda pair: len(pair[0]))
        met.add(best)
        faults += tried
    faults += [
        f"one too many: {_states(act.actor)} {act.kind} {_states(act.target)}, {act.trigger.quote!r}"
        for act in acts
        if act.id not in met
    ]
    return faults


def _faults(expected: Expected, act: Act) -> Iterator[str]:
    where = f"{expected.trigger!r}"
    if act.kind not in expected.kinds:
        yield f"{where} is {act.kind}, expected {'/'.join(expected.kinds)}"
    straight = act.actor.state in expected.actor, _state(act.target) in expected.target
    crossed = _state(act.target) in expected.actor, act.actor.state in expected.target
    sides = max(straight, crossed, key=sum) if act.mutual else straight
    for name, right, side, wanted in zip(
        ("actor", "target"), sides, (act.actor, act.target), (expected.actor, expected.target), strict=True
    ):
        if not right:
            yield f"{where} has {name} {_states(side)}, expected {'/'.join(sorted(s or '-' for s in wanted))}"
    if expected.realis not in (None, act.realis):
        yield f"{where} is {act.realis}, expected {expected.realis}"
    if expected.background not in (None, act.background):
        yield f"{where} is {'' if act.background else 'not '}background"
    conditions = tuple(span.quote for span in act.conditions)
    if expected.conditions not in (None, conditions):
        yield f"{where} depends on {list(conditions)}, expected {list(expected.conditions or ())}"
    if expected.date not in (None, (act.when.earliest, act.when.latest)):
        yield f"{where} is dated {act.when.earliest} to {act.when.latest}"


def _state(side: Side | None) -> str | None:
    return side.state if side else None


def _states(side: Side | None) -> str:
    return "-" if side is None or side.state is None else "+".join((side.state, *side.also))


def _case(place: str, raw: Mapping[str, Any]) -> Case:
    assert set(raw) <= CASE, f"{place}: {sorted(set(raw) - CASE)} is not among {sorted(CASE)}"
    assert ("acts" in raw) != ("none" in raw), f"{place}: a case has either acts or 'none: true'"
    acts = tuple(_expected(f"{place}, {trigger}", trigger, value) for trigger, value in raw.get("acts", {}).items())
    for act in acts:
        assert act.trigger in raw["text"], f"{place}: {act.trigger!r} does not stand in the text"
        for condition in act.conditions or ():
            assert condition in raw["text"], f"{place}: {condition!r} does not stand in the text"
    return Case(place, raw["text"], raw.get("published", PUBLISHED), acts, raw.get("fails"))


def _expected(place: str, trigger: str, value: str | Mapping[str, Any]) -> Expected:
    raw: Mapping[str, Any] = {"act": value} if isinstance(value, str) else value
    assert set(raw) <= FIELDS, f"{place}: {sorted(set(raw) - FIELDS)} is not among {sorted(FIELDS)}"
    actor, kinds, target = raw["act"].split()
    assert set(kinds.split("/")) <= set(codebook().kinds), f"{place}: {kinds} is no kind"
    conditions = raw.get("conditions")
    return Expected(
        trigger=trigger,
        kinds=tuple(kinds.split("/")),
        actor=_allowed(actor),
        target=_allowed(target),
        realis=raw.get("realis"),
        background=raw.get("background"),
        conditions=None if conditions is None else tuple(conditions),
        date=_days(str(raw["date"])) if "date" in raw else None,
    )


def _allowed(states: str) -> States:
    return frozenset(None if state == "-" else state for state in states.split("/"))


def _days(said: str) -> tuple[dt.date, dt.date]:
    first, _, last = said.partition("/")
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
