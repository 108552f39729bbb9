"""A thread laid out in time: what each side said, day by day, and how long nobody said anything."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rejoinder.book.groups import Groups
from rejoinder.book.outlets import independent_outlets
from rejoinder.book.results import Evidence, clause
from rejoinder.book.table import About, Acts
from rejoinder.codebook.dyads import states_of
from rejoinder.link.lexicon import kinds
from rejoinder.link.threads import first_day
from rejoinder.records import Act, Condition, Link, Merge, Side, Thread
from rejoinder.store import Reading

__all__ = ["Entry", "Exchange", "Place", "Step", "acts_with_about", "exchange", "place_of", "sentences", "sides_of"]

Place = Literal["a", "b", "both", "third"]
"""Whose word it is: that of the offerer's side (a), of the addressee's (b), of both together, of anybody else."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The offer or one of its answers.

    ``words`` are the act's own in their sentence; ``links`` say how it answers, none for the offer; ``conditions`` are
    those that it puts, without one whose words are the act's own.
    """

    act: Act
    about: About
    place: Place
    day: dt.date | None
    words: Evidence
    links: tuple[Link, ...] = ()
    conditions: tuple[Condition, ...] = ()
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """All entries of one day, which is None where it is not known. ``apart`` are the days since the last dated step."""

    day: dt.date | None
    apart: int | None
    entries: tuple[Entry, ...]

    def of(self, place: Place) -> tuple[Entry, ...]:
        """The entries of one side."""
        return tuple(entry for entry in self.entries if entry.place == place)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A thread with all that a reader needs to follow it.

    ``sides`` are the states of the offerer's side and of the addressee's, none where they are not known. ``steps`` are
    in order of day, those of no known day right after the offer's. ``meanwhile`` are the deeds done between the offer
    and the answer that decides. ``due`` is the last day on which an answer would have been in time.
    """

    thread: Thread
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    steps: tuple[Step, ...]
    meanwhile: Acts
    due: dt.date | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The offer and its answers, in the order of the steps."""
        return tuple(entry for step in self.steps for entry in step.entries)

    @property
    def decided_by(self) -> Entry | None:
        """The answer to which the thread owes its status; None where it is none that an answer gives."""
        return next((entry for entry in self.entries if entry.decides), None)


def exchange(reading: Reading, thread: Thread) -> Exchange:
    """``thread`` laid out."""
    into: dict[str, list[Link]] = {}
    for link in thread.links:
        into.setdefault(link.answer, []).append(link)
    said = [thread.offer.id, *(answer for answer in into if answer != thread.offer.id)]
    groups = _groups(reading, {*said, *thread.meanwhile})
    acts = reading.acts_by_id({member for one in said for member in groups.members(one)})
    told = _about(reading, said, groups)
    texts = _texts(reading, {acts[one].doc for one in said})
    decides = _deciding(thread)
    entries = [
        Entry(
            act=acts[one],
            about=told[one],
            place=place_of(acts[one], thread.offer),
            day=first_day(acts[member] for member in groups.members(one) if member in acts),
            words=clause(acts[one], texts[acts[one].doc]),
            links=tuple(into.get(one, ())) if one != thread.offer.id else (),
            conditions=tuple(
                condition
                for condition in thread.conditions
                if condition.act == one and condition.words != acts[one].span
            ),
            decides=one == decides,
        )
        for one in said
    ]
    return Exchange(
        thread=thread,
        sides=sides_of(thread.offer),
        steps=tuple(_steps(entries)),
        meanwhile=acts_with_about(reading, thread.meanwhile, groups),
        due=min((due for one in thread.reports if one in acts and (due := acts[one].due)), default=None),
    )


def sentences(reading: Reading, acts: Iterable[Act]) -> dict[str, Evidence]:
    """The clause of each of ``acts`` in its sentence, by act id."""
    wanted = list(acts)
    texts = _texts(reading, {act.doc for act in wanted})
    return {act.id: clause(act, texts[act.doc]) for act in wanted if act.doc in texts}


def acts_with_about(reading: Reading, ids: Sequence[str], groups: Groups | None = None) -> Acts:
    """The acts ``ids``, in this order, with their documents and the number of reports; without links."""
    acts = reading.acts_by_id(ids)
    known = groups or _groups(reading, ids)
    return Acts((acts[one] for one in ids if one in acts), _about(reading, list(acts), known))


def place_of(act: Act, offer: Act) -> Place:
    """Whose word ``act`` is, as an answer to ``offer`` or as the offer itself.

    A target that includes the offerer's own state ("the two sides should meet") is the other side alone. Where nobody
    is addressed, whoever answers stands on the other side.
    """
    if act.id == offer.id:
        return "a"
    ours, theirs = sides_of(offer)
    by_a = _speaks(act, ours, offer.actor)
    by_b = _speaks(act, theirs, offer.target)
    if by_a and by_b:
        return "both"
    if by_a:
        return "a"
    return "b" if by_b or (not theirs and not (offer.target and offer.target.text)) else "third"


def sides_of(offer: Act) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The states of the two sides of a thread; none where they are not known."""
    ours = states_of(offer.actor)
    addressed = states_of(offer.target)
    return ours, tuple(state for state in addressed if state not in ours) or (() if ours else addressed)


def _speaks(act: Act, states: Sequence[str], side: Side | None) -> bool:
    """Whether ``act`` is by one of ``states`` or, where none is known, by who is called as ``side`` is."""
    speakers = [act.actor, *([act.target] if act.mutual and act.target else [])]
    if states:
        return any(state in states for speaker in speakers for state in states_of(speaker))
    words = side.text.casefold() if side else ""
    return bool(words) and any(not states_of(one) and one.text.casefold() == words for one in speakers)


def _deciding(thread: Thread) -> str | None:
    """The id of the answer that gives the status: the last that decides, else, where answered, the last counter."""
    deciding = [link.answer for link in thread.links if link.how in kinds().status]
    if not deciding and thread.status == "answered":
        deciding = [link.answer for link in thread.links if link.how == "counters"]
    return deciding[-1] if deciding else None


def _steps(entries: Sequence[Entry]) -> list[Step]:
    """Entries by day. The offer leads its day; what has no day stands after the offer."""
    offer = entries[0]
    dated = sorted((entry for entry in entries if entry.day), key=lambda entry: entry.day or dt.date.max)
    steps: list[Step] = []
    before: dt.date | None = None
    for day, together in groupby(dated, key=lambda entry: entry.day):
        steps.append(Step(day, (day - before).days if day and before else None, tuple(together)))
        before = day
    undated = tuple(entry for entry in entries if not entry.day)
    if undated:
        after = next((at + 1 for at, step in enumerate(steps) if offer in step.entries), 0)
        steps.insert(after, Step(None, None, undated))
    return steps


def _groups(reading: Reading, ids: Collection[str]) -> Groups:
    """Which acts tell of the same as one of ``ids``, looked up from there and not from the whole book."""
    first_of: dict[str, str] = {}
    merges: dict[str, Merge] = {}
    known: set[str] = set()
    fresh = set(ids)
    while fresh:
        known |= fresh
        acts = reading.acts_by_id(fresh)
        first_of |= {act.id: act.same_as for act in acts.values() if act.same_as}
        later = reading.reports(fresh)
        found = {merge.id: merge for merge in reading.merges(fresh)}
        merges |= found
        ends = {end for merge in found.values() for end in merge.ends}
        fresh = {*ends, *later, *(act.same_as for act in acts.values() if act.same_as)} - known
    return Groups(first_of, [(merge.report, merge.act) for merge in sorted(merges.values(), key=lambda one: one.id)])


def _about(reading: Reading, ids: Iterable[str], groups: Groups) -> dict[str, About]:
    members = {one: groups.members(one) for one in ids}
    doc_of = reading.documents_of({member for group in members.values() for member in group})
    headings = reading.headings(set(doc_of.values()))
    about = {}
    for one, group in members.items():
        docs = sorted({doc_of[member] for member in group if member in doc_of})
        own = headings[doc_of[one]]
        about[one] = About(
            document=own.name,
            title=own.title,
            outlet=own.outlet,
            url=own.url,
            published=own.published,
            reports=len(docs),
            outlets=independent_outlets(headings[doc] for doc in docs),
        )
    return about


def _texts(reading: Reading, docs: Iterable[str]) -> Mapping[str, str]:
    found = {doc: reading.document(doc) for doc in sorted(docs)}
    return {doc: document.text for doc, document in found.items() if document is not None}
