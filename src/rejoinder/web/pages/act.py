"""``/act/ID``: every field of an act beside the words it rests on, and what it is joined to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rejoinder.book.reader import Reader
from rejoinder.book.results import Evidence, Why
from rejoinder.book.table import Cell
from rejoinder.codebook import codebook
from rejoinder.codebook.dyads import states_of
from rejoinder.parties.statenames import state_names
from rejoinder.records import Act, Document, Side, Span, When
from rejoinder.web import citing, words
from rejoinder.web.asked import Asked
from rejoinder.web.page import Page, Route

__all__ = ["ROUTE", "Field", "fields_of"]

Resting = Callable[[str], tuple[Evidence, ...]]
"""The words that a field rests on."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an act as it is shown.

    ``value`` is its code, "" where there is none or nobody knows; ``told`` says it in words, ``note`` what it means;
    ``evidence`` are the words it rests on.
    """

    name: str
    value: str
    told: str
    note: str = ""
    evidence: tuple[Evidence, ...] = ()


def _view(asked: Asked) -> Page:
    reader = Reader.of(asked.book, asked.coder)
    why = reader.why(asked.book, asked.place["act"])
    act, document = why.act, why.document
    blind = document.id in reader.blind
    beside = None if blind else asked.book.beside(act.id)
    threads = [] if blind else asked.book.threads_with(act.id)
    fields, cited = fields_of(why), citing.citation(act, document)
    data = {
        "why": why,
        "act": act,
        "document": document,
        "fields": fields,
        "blind": blind,
        "beside": beside,
        "threads": threads,
        "here": citing.act_address(act),
        "cited": cited,
        "bibtex": citing.bibtex(act, document),
    }
    record = {"why": why, "beside": beside, "threads": threads, "citation": cited}
    return Page("act.html", _title(act), data, record, list(_rows(why, fields)))


def fields_of(why: Why) -> list[Field]:
    """The fields of an act in the order they are read, those that are not known too."""
    return list(_fields(why.act, why.document, _resting(why)))


def _fields(act: Act, document: Document, resting: Resting) -> Iterator[Field]:
    book, voice = codebook(), act.voice
    yield Field("kind", act.kind, _plain(act.kind), _meaning(act.kind), resting("trigger"))
    other = act.alt_kind or ""
    yield Field("alternative kind", other, _plain(other) or "none", _meaning(other), resting("alt_kind"))
    yield _side("actor", act.actor, resting("actor"))
    yield _side("target", act.target, resting("target"))
    yield _truth("mutual", act.mutual, "each of them did it" if act.mutual else "", resting)
    yield Field("when", _edtf(act.when), words.days(act.when), _dated(act.when, document), resting("date"))
    yield _side("speaker", voice.speaker, resting("speaker"), "unknown")
    yield _code("channel", voice.channel, book.channels, resting)
    via = "; ".join(voice.via)
    yield Field(
        "passed on by", via, via or "nobody named", "nearest to the speaker first" if via else "", resting("via")
    )
    yield _code("issue", act.issue, book.issues, resting)
    yield _code("realis", act.realis, {str(name): meaning for name, meaning in book.realis.items()}, resting)
    yield _truth("background", act.background, "it is older than the news" if act.background else "", resting)
    terms = resting("conditions")
    put = "; ".join(span.quote for span in act.conditions)
    yield Field("conditions", put, words.number(len(terms)) if put else "none found", "", terms)
    due = act.due
    yield Field("due", due.isoformat() if due else "", words.day(due) if due else "no day named", "", resting("due"))
    if named := resting("answered"):
        yield Field("what it answers", "", "", "the words that name it", named)


def _resting(why: Why) -> Resting:
    def resting(name: str) -> tuple[Evidence, ...]:
        return tuple(one for one in why.evidence if one.field == name)

    return resting


def _side(name: str, side: Side | None, evidence: tuple[Evidence, ...], missing: str = "nobody named") -> Field:
    if side is None:
        return Field(name, "", missing, "", evidence)
    states = states_of(side)
    value = " ".join(("+".join(states) or "?", side.role))
    note = "" if side.role == "UNK" else codebook().roles.get(side.role, side.role)
    party = f"party {side.party}" if side.party and side.party not in states else ""
    elsewhere = f"named elsewhere: “{side.text}”" if side.text and side.span is None else ""
    told = "; ".join(part for part in (note, party, elsewhere) if part)
    return Field(name, value, words.party(side, state_names()), told, evidence)


def _code(name: str, code: str | None, meanings: Mapping[str, str], resting: Resting) -> Field:
    return Field(name, code or "", _plain(code) or "unknown", meanings.get(code or "", ""), resting(name))


def _truth(name: str, value: bool, note: str, resting: Resting) -> Field:
    told = "yes" if value else "no"
    return Field(name, told, told, note, resting(name))


def _plain(code: str | None) -> str:
    return (code or "").replace("_", " ").lower()


def _meaning(kind: str) -> str:
    found = codebook().kinds.get(kind)
    if found is None:
        return ""
    return f"{found.meaning}. Border: {found.border}" if found.border else found.meaning


def _edtf(when: When) -> str:
    first, last = when.earliest, when.latest
    if first is None and last is None:
        return when.partial or ""
    if first == last and first is not None:
        return first.isoformat()
    return f"{first.isoformat() if first else '..'}/{last.isoformat() if last else '..'}"


def _dated(when: When, document: Document) -> str:
    if when.said is not None or (when.earliest is None and when.latest is None):
        return ""
    if document.published is None:
        return "no words date it here"
    return f"no words date it here; the text was published on {words.day(document.published)}"


def _rows(why: Why, fields: list[Field]) -> Iterator[Mapping[str, Cell]]:
    clause = Field("clause", "", "", evidence=why.evidence[:1])
    for field in (clause, *fields):
        spans: list[Span | None] = [one.span for one in field.evidence]
        for span in spans or [None]:
            yield {
                "field": field.name,
                "value": field.value,
                "words": span.quote if span else None,
                "start": span.start if span else None,
                "end": span.end if span else None,
            }


def _title(act: Act) -> str:
    names = state_names()
    whom = f" {'↔' if act.mutual else '→'} {words.party(act.target, names)}" if act.target else ""
    return f"{act.kind}: {words.party(act.actor, names)}{whom}, {words.days(act.when)}"


ROUTE = Route("/act/{act}", _view)
