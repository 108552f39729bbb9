"""Short ways to make records for tests: a document, its acts, and a stand-in for the pipeline and the linker."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rejoinder.codebook import codebook
from rejoinder.draft import Coded
from rejoinder.link import Linker
from rejoinder.link.lexicon import Between, Weights
from rejoinder.records import Act, Document, Link, Merge, Problem, Side, Span, Thread, Voice, When, digest
from rejoinder.store import Run

RUN = Run("1.0", "rules")
NAMES = {"Pyongyang": "PRK", "Seoul": "KOR", "Washington": "USA"}
VERBS = {"offered": "OFFER", "rejected": "REJECT", "accepted": "ACCEPT", "tested": "MOBILIZE"}
HOWS = {"REJECT": "rejects", "ACCEPT": "accepts"}
_CLAUSE = re.compile(
    r"(?P<actor>\w+(?: and \w+)?) (?P<verb>offered|rejected|accepted|tested)(?: (?P<target>[A-Z]\w+))?[^.]*"
)
_TERM = re.compile(r"by (\d{4}-\d\d-\d\d)")


def document(text: str, name: str = "a", day: str | None = "2016-05-20", **more: str) -> Document:
    """A document called ``name``, published on ``day``."""
    return Document(text, name=name, published=dt.date.fromisoformat(day) if day else None, **more)


def side(doc: Document, words: str, start: int) -> Side:
    """The side named by ``words`` at ``start``; "Washington and Seoul" is a joint one."""
    states = [NAMES[word] for word in words.split(" and ") if word in NAMES]
    state, also = (states[0], tuple(states[1:])) if states else (None, ())
    return Side(words, state, "GOV" if states else "UNK", span=Span.of(doc, start, start + len(words)), also=also)


def act(doc: Document, start: int, end: int, trigger: tuple[int, int], **fields: object) -> Act:
    """An act of ``doc`` with the id that its evidence gives it."""
    span, words = Span.of(doc, start, end), Span.of(doc, *trigger)
    return Act(digest("act", doc.id, start, end, *trigger), doc.id, span=span, trigger=words, **fields)  # type: ignore[arg-type]


@dataclass
class FakePipeline:
    """Codes sentences such as "Pyongyang offered Seoul talks." and counts how often it is asked."""

    calls: int = 0

    def ahead(self, documents: Sequence[Document], /) -> None:
        """Nothing is quicker done together."""

    def code(self, doc: Document, /) -> Coded:
        self.calls += 1
        if "garble" in doc.text:
            problem = Problem(doc.id, "parse", "TOO_LONG", "The text could not be parsed.")
            return Coded(doc, problems=(problem,), status="failed")
        acts = tuple(_acts(doc))
        offers = [one for one in acts if one.kind == "OFFER"]
        links = tuple(
            Link(one.id, offer.id, HOWS[one.kind], (one.trigger,), coder="fake")  # type: ignore[arg-type]
            for one in acts
            if one.kind in HOWS
            for offer in offers[:1]
        )
        missing = () if doc.published else (Problem(doc.id, "dates", "NO_DATE_ANCHOR", "The text has no date."),)
        return Coded(doc, acts, links, missing)


def _acts(doc: Document) -> Sequence[Act]:
    found: list[Act] = []
    for match in _CLAUSE.finditer(doc.text):
        kind = VERBS[match["verb"]]
        target = side(doc, match["target"], match.start("target")) if match["target"] else None
        made = act(
            doc,
            match.start(),
            match.end(),
            match.span("verb"),
            kind=kind,
            actor=side(doc, match["actor"], match.start("actor")),
            target=target,
            when=When(doc.published, doc.published),
            voice=Voice(channel="letter" if "letter" in match[0] else None),
            issue="talks" if "talks" in match[0] else "other",
            due=dt.date.fromisoformat(term[1]) if (term := _TERM.search(match[0])) else None,
            evidence=(("trigger", Span.of(doc, *match.span("verb"))),),
            coder="fake",
            rule="verb",
        )
        first = next((old for old in found if old.kind == kind and old.actor.state == made.actor.state), None)
        found.append(made if first is None else act_same_as(made, first))
    return found


def act_same_as(made: Act, first: Act) -> Act:
    """``made`` as a later mention of ``first``."""
    return replace(made, same_as=first.id)


def eager_linker() -> Linker:
    """A linker that takes all that sides and days allow: reports of acts of one kind, refusals and consents."""
    kinds = {kind: frozenset({kind}) for kind in codebook().kinds}
    merges = Weights({"always": 3.0}, threshold=0.5, margin=0.0)
    answers = Weights({"always": -3.0, "REJECT answers": 6.0, "ACCEPT answers": 6.0}, threshold=0.6, margin=0.0)
    answered = frozenset({"OFFER", "DEMAND"})
    return Linker(Between(kinds, 10, 60, 60, answered, merges=merges, answers=answers))


def fake_threads(
    acts: Sequence[Act],
    merges: Sequence[Merge],
    links: Sequence[Link],
    until: dt.date | None,
    deadlines: Mapping[str, dt.date],
) -> tuple[Thread, ...]:
    """A thread for each offer that is no report of another one."""
    reported = {merge.report for merge in merges}
    threads = []
    for one in acts:
        if one.kind != "OFFER" or one.same_as or one.id in reported:
            continue
        told = (one.id, *sorted(merge.report for merge in merges if merge.act == one.id))
        mine = tuple(link for link in links if link.offer in told)
        lapsed = until is not None and deadlines.get(one.id, until) < until
        status = "rejected" if mine else "lapsed" if lapsed else "open"
        threads.append(Thread(digest("thread", one.id), one, told, mine, status, None, until))  # type: ignore[arg-type]
    return tuple(sorted(threads, key=lambda thread: thread.id))
