"""What a book answers with, besides records: what a run did, and why an act is there."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rejoinder.book.judging import Said
from rejoinder.read import InputFailure
from rejoinder.records import Act, Document, Judgement, Link, Merge, Problem, Span

__all__ = ["Evidence", "Joined", "Outcome", "Progress", "Report", "Told", "Why", "clause", "explain", "spans_of"]

Outcome = Literal["coded", "partly", "failed", "passed", "unchanged"]

_BREAK = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\n\s*"
)
"""Where a sentence ends, well enough to show words in their surroundings; "N. Korea" and "Gen. Kim" go on."""
_LONGEST = 5000
"""Characters before the words that are looked through for the beginning of their sentence."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One document is done: the ``done``-th of this run, called ``name``."""

    done: int
    name: str
    outcome: Outcome
    document: Document | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """What one call of ``Book.code`` did.

    Each of ``documents`` is counted once: newly ``coded`` in full or ``partly``, ``passed`` over by the gate,
    ``unchanged`` since an earlier run, or ``failed`` (now or earlier). The counts by kind (acts, not mentions or
    reports), by ``how`` of a link and by code of a problem are those of these documents, those by status of a thread
    only of documents that were coded now; keys are sorted.
    """

    documents: int = 0
    coded: int = 0
    partly: int = 0
    passed: int = 0
    unchanged: int = 0
    failed: int = 0
    acts: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[str, int] = field(default_factory=dict)
    threads: Mapping[str, int] = field(default_factory=dict)
    problems: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[InputFailure, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words ``span`` that the field ``field`` rests on; ``before`` and ``after`` complete their sentence."""

    field: str
    span: Span
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """An act, and what the document that tells of it is called.

    ``copy``: that document is a copy of the one of the act in question, not a report of its own.
    """

    act: Act
    document: str
    title: str | None
    published: dt.date | None
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """A link or merge, the act at its other end, and what was last judged of it, unless that was taken back."""

    by: Link | Merge
    other: Told
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that one act rests on.

    ``sources`` are all places the text came from. ``evidence`` begins with the clause and the trigger. ``answers`` are
    the acts it answers, ``answered_by`` those that answer it, ``reports`` the acts in other documents that were found
    to tell of the same, ``mentions`` those in its own. ``problems`` touch its words, or its document as a whole.
    ``refused`` are links and merges that somebody judged wrong: they count for nothing. ``history`` is
    all that was said of the act itself.
    """

    act: Act
    document: Document
    sources: tuple[Document, ...]
    evidence: tuple[Evidence, ...]
    answers: tuple[Joined, ...] = ()
    answered_by: tuple[Joined, ...] = ()
    reports: tuple[Joined, ...] = ()
    mentions: tuple[Act, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: tuple[Joined, ...] = ()
    history: tuple[Said, ...] = ()

    @property
    def rule(self) -> str:
        """The cue or model step that proposed the act."""
        return self.act.rule


def explain(act: Act, text: str) -> tuple[Evidence, ...]:
    """All words that ``act`` rests on, each in its sentence of ``text``: the clause, the trigger, field by field."""
    return tuple(_in_sentence(name, span, text) for name, span in spans_of(act))


def clause(act: Act, text: str) -> Evidence:
    """The clause that states ``act``, in its sentence of ``text``: the first that :func:`explain` gives."""
    return _in_sentence("act", act.span, text)


def spans_of(act: Act) -> Iterator[tuple[str, Span]]:
    """All words that ``act`` rests on, with the field that rests on them: the clause ("act"), the trigger, the rest."""
    yield "act", act.span
    yield "trigger", act.trigger
    named = (("actor", act.actor.span), ("target", act.target.span if act.target else None), ("date", act.when.said))
    told = {name for name, _ in act.evidence}
    for name, span in named:
        if span is not None and name not in told:
            yield name, span
    if "conditions" not in told:
        yield from (("conditions", span) for span in act.conditions)
    yield from ((name, span) for name, span in act.evidence if (name, span) != ("trigger", act.trigger))


def _in_sentence(name: str, span: Span, text: str) -> Evidence:
    start, end = max(0, span.start - _LONGEST), len(text)
    for found in _BREAK.finditer(text, start):
        if found.end() <= span.start:
            start = found.end()
        elif found.start() >= span.end - 1:
            end = found.start() + len(found[0].rstrip())
            break
    return Evidence(name, span, text[start : span.start], text[span.end : max(end, span.end)])
