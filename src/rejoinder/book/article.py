"""One document as it was read, with everything found in it; and where an act stands among the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from rejoinder.book.lookup import ThreadMaker, closed, find_document, pick, threads_around
from rejoinder.book.table import Acts
from rejoinder.draft import Draft, Paragraph
from rejoinder.records import Act, Document, Link, Problem, Thread
from rejoinder.store import ActQuery, Reading
from rejoinder.text import lay_out

__all__ = ["Article", "Beside", "article", "beside", "layout_of", "threads_with"]


@dataclass(frozen=True, slots=True)
class Article:
    """A document with all that was found in it.

    ``sources`` are all places the text came from. ``status``: "coded", "partly", "failed" or "passed". ``paragraphs``
    are disjoint and in order; there are none where the text is empty or too long to be laid out. ``acts`` hold every
    mention, in order of the text; ``links`` those between them. ``others`` are the acts at the other ends of links that
    lead from or to acts of this document, also in other documents, by id.
    """

    document: Document
    sources: tuple[Document, ...]
    status: str
    paragraphs: tuple[Paragraph, ...]
    acts: Acts
    links: tuple[Link, ...]
    others: Mapping[str, Act]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The acts before and after an act in its document, in order of the text; None at its ends.

    ``number`` counts from 1, of ``total`` acts in the document.
    """

    previous: Act | None
    following: Act | None
    number: int
    total: int


def layout_of(document: Document) -> tuple[Paragraph, ...]:
    """What of the text is headline, story, caption, byline or furniture, in order, as coding sees it."""
    return lay_out(Draft(document)).paragraphs


def article(reading: Reading, named: str) -> Article:
    """The document that ``named`` means, with all that was found in it. Raises UsageError where there is none."""
    doc = find_document(reading, named)[0]
    document = reading.document(doc)
    assert document is not None, "the id was found a moment ago"
    found = pick(reading, ActQuery(documents=(doc,)), every=True, answered=None)
    acts = Acts(sorted(found, key=_place), {act.id: found.about(act) for act in found})
    ends = {
        end for act in acts for link in (*acts.about(act).answers, *acts.about(act).answered_by) for end in link.ends
    }
    return Article(
        document=document,
        sources=tuple(reading.sources(doc)),
        status=reading.status(doc) or "",
        paragraphs=layout_of(document),
        acts=acts,
        links=tuple(reading.inner_links(doc)),
        others=reading.acts_by_id(sorted(ends)),
        problems=tuple(reading.problems(doc=doc)),
    )


def beside(reading: Reading, act: Act) -> Beside:
    """Where ``act`` stands among the acts of its document."""
    ids = [one for one, _ in reading.mentions_of([act.doc])]
    at = ids.index(act.id)
    around = {one: ids[one] for one in (at - 1, at + 1) if 0 <= one < len(ids)}
    acts = reading.acts_by_id(list(around.values()))
    return Beside(acts.get(around.get(at - 1, "")), acts.get(around.get(at + 1, "")), at + 1, len(ids))


def threads_with(reading: Reading, make: ThreadMaker, act: Act) -> list[Thread]:
    """The threads that ``act``, or another mention or report of the same, opens or answers in; in order of time."""
    told = closed(reading, {act.id})
    answered = {link.offer for link in reading.links(told) if link.answer in told}
    threads = threads_around(reading, make, told | answered)
    return [
        thread
        for thread in threads
        if not told.isdisjoint((thread.offer.id, *thread.reports, *(link.answer for link in thread.links)))
    ]


def _place(act: Act) -> tuple[int, int, int, str]:
    return act.span.start, act.span.end, act.trigger.start, act.id
