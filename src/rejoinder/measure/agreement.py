"""How far several coders of the same texts agree: on which acts there are, and on each field of those that both found.

Figures are those of :mod:`rejoinder.measure.chance`. What is compared are acts that are meant to be one
(:mod:`rejoinder.measure.units`), in documents that at least two of the coders coded.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from rejoinder.errors import UsageError
from rejoinder.measure.chance import Estimate, Table, estimates, f1, interval_alpha, kappa, nominal_alpha, raw
from rejoinder.measure.coded import CodedAct
from rejoinder.measure.fields import DAY, FIELDS, Answered, Said, answered, days, said
from rejoinder.measure.units import Unit, units

__all__ = ["FOUND", "Agreement", "Disagreement", "FieldAgreement", "PairAgreement", "agreement"]

FOUND = "found"
"""The field of a disagreement on whether there is an act."""

Codings = Mapping[str, Mapping[str, Sequence[CodedAct]]]
"""Acts by coder and by document; a document that a coder did not code is not in it."""


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Agreement on one field, over the ``units`` acts of which at least two coders say something.

    ``raw`` is the share of pairs of coders who say the same; ``kappa`` is None unless there are two coders.
    ``metric`` says when two values count as near: of "interval", by the days between them; of "nominal", never.
    A figure is None where nothing was to be told apart: all values are one.
    """

    field: str
    metric: Literal["nominal", "interval"]
    units: int
    raw: Estimate | None
    kappa: Estimate | None
    alpha: Estimate | None


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two coders on the ``documents`` that both coded.

    ``both`` acts were found by both, out of ``acts`` of the first and of the second. ``found`` is the F1 of these
    counts; ``precision`` the share of the second's acts that the first has, ``recall`` of the first's that the second
    has. ``linked`` is the F1 of answers with the same two acts and the same way. ``kappa`` is given by field.
    """

    coders: tuple[str, str]
    documents: int
    acts: tuple[int, int]
    both: int
    found: Estimate | None
    linked: Estimate | None
    kappa: tuple[tuple[str, Estimate | None], ...]

    @property
    def precision(self) -> float | None:
        """None where the second found nothing."""
        return self.both / self.acts[1] if self.acts[1] else None

    @property
    def recall(self) -> float | None:
        """None where the first found nothing."""
        return self.both / self.acts[0] if self.acts[0] else None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that coders see differently. ``said`` pairs each coder with what he says, in order of names.

    In the field "found" that is the kind of his act, None where he has none; ``acts`` holds his act's id, None where
    he has none or it has none. ``words`` are the words of the act, ``start`` where they begin.
    """

    document: str
    field: str
    said: tuple[tuple[str, str | None], ...]
    acts: tuple[tuple[str, str | None], ...]
    words: str
    start: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """All figures for ``coders``, over the ``documents`` that at least two of them coded; ``fields`` in a fixed order.

    ``disagreements`` are in order of document and text.
    """

    coders: tuple[str, ...]
    documents: int
    fields: tuple[FieldAgreement, ...]
    pairs: tuple[PairAgreement, ...]
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    """One document: its acts by coder, the units they make, and what is said of each."""

    name: str
    acts: Mapping[str, Sequence[CodedAct]]
    units: Sequence[Unit]
    answers: Sequence[Mapping[str, Sequence[Answered]]]
    said: Sequence[Mapping[str, Mapping[str, Said]]]

    @classmethod
    def of(cls, name: str, acts: Mapping[str, Sequence[CodedAct]]) -> "_Document":
        found = units(acts)
        answers = answered(acts, found)
        quotes = [next(iter(unit.values())).quote for unit in found]
        told = [said(unit, ends, quotes) for unit, ends in zip(found, answers, strict=True)]
        return cls(name, acts, found, answers, told)

    def values(self, field: str) -> list[dict[str, str]]:
        return [{coder: one.value for coder, one in told[field].items()} for told in self.said]


def agreement(codings: Codings, fields: Collection[str] | None = None, *, seed: int = 0) -> Agreement:
    """How far the coders of ``codings`` agree, on all fields or only on ``fields`` (of FIELDS, and "found").

    The same input and ``seed`` give the same figures. Raises UsageError where there are not two coders, no document
    that two of them coded, or a field is none.
    """
    wanted = _wanted(fields)
    coders = tuple(sorted(codings))
    documents = list(_documents(codings))
    if len(coders) < 2:
        raise UsageError("Agreement needs two coders at least. Name another.")
    if not documents:
        raise UsageError(f"No document was coded by two of {', '.join(coders)}. Have one coded twice.")
    return Agreement(
        coders=coders,
        documents=len(documents),
        fields=tuple(_fields(documents, coders, wanted, seed)),
        pairs=tuple(
            pair
            for one, other in combinations(coders, 2)
            if (pair := _pair(documents, one, other, wanted, seed)) is not None
        ),
        disagreements=tuple(one for document in documents for one in _disagreements(document, wanted)),
    )


def _wanted(fields: Collection[str] | None) -> tuple[str, ...]:
    known = (FOUND, *FIELDS)
    for field in fields or ():
        if field not in known:
            raise UsageError(f"{field!r} is no field that coders are compared on. Fields are: {', '.join(known)}.")
    return tuple(field for field in known if fields is None or field in fields)


def _documents(codings: Codings) -> Iterator[_Document]:
    for name in sorted({name for coding in codings.values() for name in coding}):
        acts = {coder: codings[coder][name] for coder in sorted(codings) if name in codings[coder]}
        if len(acts) > 1:
            yield _Document.of(name, acts)


def _fields(
    documents: Sequence[_Document], coders: Sequence[str], wanted: Sequence[str], seed: int
) -> Iterator[FieldAgreement]:
    tables: dict[tuple[str, str], Table] = {}
    counts: dict[str, int] = {}
    for name in (name for name in FIELDS if name in wanted):
        values = [document.values(name) for document in documents]
        counts[name] = _told(values)
        tables[name, "raw"], tables[name, "alpha"] = raw(values), nominal_alpha(values)
        if len(coders) == 2:
            tables[name, "kappa"] = kappa(values, *coders)
        if name == "date":
            firsts = [[days(unit) for unit in document.units] for document in documents]
            counts[DAY] = _told(firsts)
            told = [[{coder: str(day) for coder, day in unit.items()} for unit in some] for some in firsts]
            tables[DAY, "raw"], tables[DAY, "alpha"] = raw(told), interval_alpha(firsts)
    figures = dict(zip(tables, estimates([*tables.values()], seed), strict=True))
    for name, count in counts.items():
        yield FieldAgreement(
            field=name,
            metric="interval" if name == DAY else "nominal",
            units=count,
            raw=figures[name, "raw"],
            kappa=figures.get((name, "kappa")),
            alpha=figures[name, "alpha"],
        )


def _told(documents: Sequence[Sequence[Mapping[str, object]]]) -> int:
    return sum(len(unit) > 1 for units in documents for unit in units)


def _pair(
    documents: Sequence[_Document], one: str, other: str, wanted: Sequence[str], seed: int
) -> PairAgreement | None:
    """The two on what both coded; None where there is no such document."""
    shared = [document for document in documents if one in document.acts and other in document.acts]
    if not shared:
        return None
    found = [_both(document, one, other) for document in shared]
    names = [name for name in FIELDS if name in wanted]
    tables = [kappa([document.values(name) for document in shared], one, other) for name in names]
    links = [_links(document, one, other) for document in shared]
    figures = estimates([f1(found), f1(links), *tables], seed)
    both, mine, theirs = map(sum, zip(*found, strict=True))
    return PairAgreement(
        coders=(one, other),
        documents=len(shared),
        acts=(mine, theirs),
        both=both,
        found=figures[0],
        linked=figures[1],
        kappa=tuple(zip(names, figures[2:], strict=True)),
    )


def _both(document: _Document, one: str, other: str) -> tuple[int, int, int]:
    """Acts that both have, that the one has, that the other has."""
    both = sum(one in unit and other in unit for unit in document.units)
    return both, len(document.acts[one]), len(document.acts[other])


def _links(document: _Document, one: str, other: str) -> tuple[int, int, int]:
    """Answers that both have, that the one has, that the other has: unit, unit answered, way."""
    links = [
        {(number, *answer) for number, answers in enumerate(document.answers) for answer in answers.get(coder, ())}
        for coder in (one, other)
    ]
    return len(links[0] & links[1]), len(links[0]), len(links[1])


def _disagreements(document: _Document, wanted: Sequence[str]) -> Iterator[Disagreement]:
    for unit, told in zip(document.units, document.said, strict=True):
        seen = next(iter(unit.values()))
        acts = tuple((coder, unit[coder].id if coder in unit else None) for coder in document.acts)
        if FOUND in wanted and len(unit) < len(document.acts):
            kinds = tuple((coder, unit[coder].kind if coder in unit else None) for coder in document.acts)
            yield Disagreement(document.name, FOUND, kinds, acts, seen.quote, seen.span[0])
        for name in wanted:
            values = told.get(name, {})
            if any(one.differs(other) for one, other in combinations(values.values(), 2)):
                shown = tuple((coder, one.shown) for coder, one in values.items())
                yield Disagreement(document.name, name, shown, acts, seen.quote, seen.span[0])
