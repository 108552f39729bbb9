"""Questions that need more than one look into the store: threads, what a table says of acts, why an act is there."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from rejoinder.book.asked import only
from rejoinder.book.groups import Groups
from rejoinder.book.judging.history import history
from rejoinder.book.outlets import copied, independent_outlets
from rejoinder.book.results import Joined, Told, Why, explain
from rejoinder.book.table import About, Acts
from rejoinder.codebook import is_reply
from rejoinder.codebook.dyads import dyads_of
from rejoinder.errors import UsageError
from rejoinder.link.meanwhile import deeds, each_once, period
from rejoinder.records import Act, Link, Merge, Problem, Thread
from rejoinder.store import ActQuery, Reading

__all__ = [
    "ThreadMaker",
    "all_threads",
    "closed",
    "find_act",
    "find_document",
    "find_thread",
    "pick",
    "threads_around",
    "threads_of_dyad",
    "threads_opened_by",
    "told",
    "why",
]

ThreadMaker = Callable[
    [Sequence[Act], Sequence[Merge], Sequence[Link], dt.date | None, Mapping[str, dt.date]], Sequence[Thread]
]
"""Makes threads of acts, merges and links, the newest day known, and the last day for an answer by act id."""

MEANWHILE = 200
"""So many deeds are named of what was done in the dyad of a thread while it ran: the first ones."""

_MANY = 5_000
"""Of more acts it is quicker to read what tells of any act than to look for what tells of these."""


def all_threads(reading: Reading, make: ThreadMaker) -> Sequence[Thread]:
    """Every thread of the book."""
    acts = reading.acts()
    return make(acts, reading.merges(), reading.links(), reading.newest(), _due(acts))


def threads_of_dyad(reading: Reading, make: ThreadMaker, dyad: str) -> Sequence[Thread]:
    """The threads that acts of ``dyad`` take part in."""
    return threads_around(reading, make, {act.id for act in reading.acts(ActQuery(dyad=dyad))})


def threads_around(reading: Reading, make: ThreadMaker, ids: Collection[str]) -> Sequence[Thread]:
    """The threads that one of the acts ``ids``, or what tells of the same, opens."""
    return threads_opened_by(reading, make, ids, reading.newest())


def threads_opened_by(
    reading: Reading, make: ThreadMaker, ids: Collection[str], until: dt.date | None
) -> Sequence[Thread]:
    """The threads that one of the acts ``ids``, or what tells of the same, opens; ``until`` is the newest day known.

    A thread rests on what tells of its offer, on its answers, and on what else these answer: no more is read.
    """
    told = closed(reading, ids)
    answers = closed(reading, {link.answer for link in reading.links(told) if link.offer in told})
    links = reading.links(told | answers)
    others = closed(reading, {link.offer for link in links if link.answer in answers})
    near = told | answers | others
    acts = sorted(reading.acts_by_id(near).values(), key=_order)
    return [one for one in make(acts, reading.merges(near), links, until, _due(acts)) if one.offer.id in told]


def closed(reading: Reading, ids: Collection[str]) -> set[str]:
    """``ids`` with all that tells of the same acts, or is listed so."""
    found, fresh = set(ids), set(ids)
    while fresh:
        fresh = reading.joined_to(fresh) - found
        found |= fresh
    return found


def pick(reading: Reading, query: ActQuery, *, every: bool, answered: bool | None) -> Acts:
    """The acts that fit ``query`` with what tables say of them.

    Unless ``every``, an act that several mentions and documents tell of comes once. ``answered``: only those that
    another side (never) answered, in whatever document; silence that a text reports is no answer.
    """
    found = reading.acts(query)
    groups = _groups(reading, [act.id for act in found])
    if not every:
        # asked for by document, an act is not left out because another document told of it too
        found = [act for act in found if act.same_as is None]
        if query.documents is None:
            found = [act for act in found if groups.root(act.id) == act.id]
    about = _about(reading, found, groups)
    if answered is not None:
        replying = reading.acts_by_id({link.answer for act in found for link in about[act.id].answered_by})
        found = [act for act in found if _is_answered(act, about[act.id], replying) is answered]
    return Acts(found, about)


def told(reading: Reading, acts: Sequence[Act]) -> Acts:
    """``acts`` with what tables say of them."""
    return Acts(acts, _about(reading, acts, _groups(reading, [act.id for act in acts])))


def find_act(reading: Reading, start: str) -> Act:
    """The act whose id is, or alone begins with, ``start``. Raises UsageError where there is none or are several."""
    found = reading.act_ids(start)
    gone = [] if found or not start else reading.judged_ids(start, acts=True)
    if gone:
        raise UsageError(
            f"The act {gone[0]} was rejected, or the adding of it undone. `rejoinder judge` lists by whom."
        )
    ids = only(start, found, "act")
    return reading.acts_by_id([ids])[ids]


def find_thread(reading: Reading, make: ThreadMaker, named: str) -> Thread:
    """The thread whose id is, or alone begins with, ``named``, or that this act opens; with what was done meanwhile.

    Raises UsageError where there is none, or are several.
    """
    offers = reading.offers_of_threads(named) if named else []
    if not offers:
        offers = reading.act_ids(named) if named else []
    found = {one.id: one for one in threads_around(reading, make, offers)}
    if named in found:  # whole ids go before beginnings
        found = {named: found[named]}
    if not found:
        raise UsageError(f"There is no thread {named!r} in the book. Give its id, or the beginning of it.")
    if len(found) > 1:
        ids = ", ".join(sorted(found)[:2])
        raise UsageError(f"Several threads fit {named!r}: {ids} ... Give more of the id.")
    return _with_deeds(reading, *found.values())


def find_document(reading: Reading, named: str) -> list[str]:
    """The ids of the documents called ``named``, or the one whose id begins so. Raises UsageError where none is."""
    return reading.named(named) or [only(named, reading.document_ids(named), "document")]


def why(reading: Reading, act: Act) -> Why:
    """Everything that ``act`` rests on."""
    document = reading.document(act.doc)
    assert document is not None, "an act cannot be stored without its document"
    groups = _groups(reading, [act.id])
    told = reading.acts_by_id(groups.members(act.id))
    links, merges = reading.links(told), reading.merges(told)
    wrong = [one for stands, one in reading.judged().values() if not stands and not told.keys().isdisjoint(one.ends)]
    others = told | reading.acts_by_id({end for one in (*links, *merges, *wrong) for end in one.ends})
    headings = reading.headings({act.doc, *(one.doc for one in others.values())})
    own = {one.id for one in told.values() if one.doc == act.doc}
    way = _way(act.same_as or act.id, merges)
    said = reading.in_force()

    def joined(by: Link | Merge, other: str) -> Joined:
        one = others[other]
        heading = headings[one.doc]
        copy = one.doc != act.doc and copied(heading, headings[act.doc])
        return Joined(by, Told(one, heading.name, heading.title, heading.published, copy), said.get(by.id))

    return Why(
        act=act,
        document=document,
        sources=tuple(reading.sources(act.doc)),
        evidence=explain(act, document.text),
        answers=tuple(joined(link, link.offer) for link in links if link.answer in told),
        answered_by=tuple(joined(link, link.answer) for link in links if link.offer in told),
        reports=tuple(joined(merge, _far(merge, own, way)) for merge in merges),
        mentions=tuple(one for one in told.values() if one.doc == act.doc and one.id != act.id),
        problems=tuple(problem for problem in reading.problems(doc=act.doc) if _touches(problem, act)),
        # judgements outlive acts
        refused=tuple(joined(one, _far(one, own, told)) for one in wrong if others.keys() >= set(one.ends)),
        history=history(reading, act.id),
    )


def _way(act: str, merges: Iterable[Merge]) -> set[str]:
    """``act``, the act that it is a report of, the one that this is a report of, and so on."""
    canonical = {merge.report: merge.act for merge in merges}
    way: set[str] = set()
    following: str | None = act
    while following is not None and following not in way:
        way.add(following)
        following = canonical.get(following)
    return way


def _far(joined: Link | Merge, *near: Collection[str]) -> str:
    """The end of ``joined`` that lies away from the first of ``near`` that it touches."""
    first, second = joined.ends
    for acts in near:
        if first in acts:
            return second
        if second in acts:
            break
    return first


def _with_deeds(reading: Reading, thread: Thread) -> Thread:
    """``thread`` with what was done in its dyad while it ran."""
    groups = _groups(reading, [thread.offer.id, *(link.answer for link in thread.links)])
    members = {act: groups.members(act) for act in (thread.offer.id, *(link.answer for link in thread.links))}
    acts = reading.acts_by_id({member for group in members.values() for member in group})
    days = period(thread, {act: [acts[member] for member in group if member in acts] for act, group in members.items()})
    if days is None:
        return thread
    done = reading.done_between(dyads_of(thread.offer), deeds(), *days, most=MEANWHILE)
    return replace(thread, meanwhile=each_once(done, {groups.root(act) for act in members})[:MEANWHILE])


def _groups(reading: Reading, ids: Collection[str]) -> Groups:
    """What tells of the same acts as ``ids``."""
    if len(ids) > _MANY:
        return Groups(reading.first_of(), reading.merge_pairs())
    near = closed(reading, ids)
    return Groups(reading.first_among(near), [(one.report, one.act) for one in reading.merges(near)])


def _about(reading: Reading, acts: Sequence[Act], groups: Groups) -> dict[str, About]:
    members = {act.id: groups.members(act.id) for act in acts}
    ids = {member for group in members.values() for member in group}
    doc_of = reading.documents_of(ids)
    headings = reading.headings(set(doc_of.values()))
    into: dict[str, list[Link]] = {}
    out_of: dict[str, list[Link]] = {}
    for link in reading.links(ids):
        into.setdefault(link.offer, []).append(link)
        out_of.setdefault(link.answer, []).append(link)
    reviewed = reading.reviewed(members)
    about = {}
    for act in acts:
        docs = {doc_of[member] for member in members[act.id] if member in doc_of}
        heading = headings[act.doc]
        about[act.id] = About(
            document=heading.name,
            title=heading.title,
            outlet=heading.outlet,
            url=heading.url,
            published=heading.published,
            reports=len(docs),
            outlets=independent_outlets(headings[doc] for doc in sorted(docs)),
            answers=_links(out_of, members[act.id]),
            answered_by=_links(into, members[act.id]),
            reviewed=act.id in reviewed,
        )
    return about


def _links(by_end: Mapping[str, list[Link]], ids: Iterable[str]) -> tuple[Link, ...]:
    found = {link.id: link for one in ids for link in by_end.get(one, ())}
    return tuple(found[key] for key in sorted(found))


def _is_answered(act: Act, about: About, replying: Mapping[str, Act]) -> bool:
    return any(is_reply(link.how, replying[link.answer], act) for link in about.answered_by)


def _touches(problem: Problem, act: Act) -> bool:
    if problem.span is None:
        return True
    return any(
        problem.span.start < span.end and span.start < problem.span.end
        for span in (act.span, *(words for _, words in act.evidence))
    )


def _due(acts: Iterable[Act]) -> dict[str, dt.date]:
    return {act.id: act.due for act in acts if act.due is not None}


def _order(act: Act) -> tuple[bool, dt.date, str, int, int, int, str]:
    day = act.when.earliest
    return day is None, day or dt.date.max, act.doc, act.span.start, act.span.end, act.trigger.start, act.id
