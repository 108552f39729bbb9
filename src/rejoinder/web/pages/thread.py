"""``/thread/ID``: who offered what, and what was the answer, the two sides opposite each other in time."""

from collections.abc import Sequence

from rejoinder.book.exchange import Entry, Exchange
from rejoinder.book.table import Row
from rejoinder.parties.statenames import state_names
from rejoinder.records import Condition
from rejoinder.web.asked import Asked
from rejoinder.web.citing import thread_citation
from rejoinder.web.page import Page, Route
from rejoinder.web.sparkline import strip
from rejoinder.web.telling import after_days, named, noun, wait
from rejoinder.web.words import day, party

__all__ = ["ROUTE"]

_WIDEST = 7
"""Gaps between days are drawn in so many heights: each twice the days of the one before."""

_STRIP = 380.0
"""How wide the thread is drawn in one line."""


def _view(asked: Asked) -> Page:
    found = asked.book.exchange(asked.place["thread"])
    thread, names = found.thread, state_names()
    offer = thread.offer
    addressed = named(found.sides[1], names) or party(offer.target, names)
    title = f"{noun(offer.kind).capitalize()} by {party(offer.actor, names)} to {addressed}"
    answers = {entry.act.id: entry.act for entry in found.entries}
    data = {
        "found": found,
        "heading": title,
        "gaps": _gaps(found),
        "strip": strip(thread, answers, {entry.act.id: entry.day for entry in found.entries}, width=_STRIP),
        "wait": wait(found, names),
        "awaits": [(condition, _other(condition, found), answers.get(condition.act)) for condition in thread.awaits],
        "reports": len(thread.reports),
        "cited": thread_citation(thread, asked.book.document(offer.doc)),
    }
    record = {"thread": thread, "sides": found.sides, "due": found.due, "steps": found.steps}
    return Page("thread.html", f"{title}, {day(offer.when.earliest)}", data, record, _rows(found))


def _gaps(found: Exchange) -> list[tuple[str, int]]:
    """Before each step: what passed since the one before, in words, and how high it is drawn, from 1; ("", 0): none."""
    gaps, replied = [], False
    for step in found.steps:
        gaps.append((after_days(step.apart, replied=replied), _height(step.apart)) if step.apart else ("", 0))
        replied = replied or any(entry.place in {"b", "both"} and entry.links for entry in step.entries)
    return gaps


def _height(days: int) -> int:
    return min(_WIDEST, max(1, days.bit_length()))


def _other(condition: Condition, found: Exchange) -> tuple[str, ...]:
    """The states from which what ``condition`` names is awaited: the other side's; none where that is not known."""
    ours, theirs = found.sides
    put = condition.side.split("+")
    if any(state in ours for state in put):
        return theirs
    return ours if any(state in theirs for state in put) else ()


def _rows(found: Exchange) -> list[Row]:
    return [_row(found, at, entry) for at, entry in enumerate(found.entries)]


def _row(found: Exchange, at: int, entry: Entry) -> Row:
    act, about = entry.act, entry.about
    return {
        "thread_id": found.thread.id,
        "status": found.thread.status,
        "position": at,
        "act_id": act.id,
        "day": entry.day,
        "date_earliest": act.when.earliest,
        "date_latest": act.when.latest,
        "side": entry.place,
        "actor": act.actor.text,
        "actor_states": _joined([state for state in (act.actor.state, *act.actor.also) if state]),
        "kind": act.kind,
        "how": _joined([link.how for link in entry.links]),
        "quote": act.span.quote,
        "conditions": _joined([condition.words.quote for condition in entry.conditions]),
        "channel": act.voice.channel,
        "reports": about.reports,
        "outlets": about.outlets,
        "score": act.score,
        "link_score": min((link.score for link in entry.links), default=None),
        "doc_id": act.doc,
        "document": about.document,
        "outlet": about.outlet,
        "published": about.published,
    }


def _joined(parts: Sequence[str]) -> str | None:
    return "; ".join(parts) or None


ROUTE = Route("/thread/{thread}", _view)
