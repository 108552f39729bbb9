"""Threads: each offer, request, demand or threat with its answers, its days of silence and where it stands."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.codebook import codebook, is_reply
from rejoinder.codebook.dyads import states_of
from rejoinder.link.heads import head_of
from rejoinder.link.lexicon import kinds
from rejoinder.link.terms import once, standing, word
from rejoinder.records import Act, How, Link, Merge, Status, Thread, digest

__all__ = ["first_day", "is_vague", "last_day", "threads"]

_VAGUE_DAYS = 31
"""A date wider than this is no day to count from."""

_UNSETTLED: tuple[Status, ...] = ("open", "answered", "rejected")
"""Where a thread stands while something could still come of it."""


def threads(
    acts: Sequence[Act],
    merges: Iterable[Merge],
    links: Iterable[Link],
    until: dt.date | None,
    deadlines: Mapping[str, dt.date] | None = None,
) -> tuple[Thread, ...]:
    """The threads that ``acts`` open, oldest offer first (undated ones last).

    Background opens a thread where something answers it, or where the text says when it was: "Seoul had proposed talks
    in April" is an offer told late, "its earlier appeals" is none to be counted. ``until`` is the newest day known;
    ``deadlines`` gives, by act id, the day after which an offer without answer has lapsed. The last answer that decides
    (accepts, rejects, withdraws, fulfils, breaches) gives the status; being ignored (evades) and being repeated are no
    answers.
    """
    known = _known(acts, merges)
    into = _answers(links, known.head, known.of)
    found = []
    for first, reports in known.told.items():
        answering = into.get(first, ())
        if _opens(known.of[first], reports, answering):
            lapse = min((day for act in reports if (day := (deadlines or {}).get(act.id))), default=None)
            found.append(_thread(known, known.of[first], answering, lapse, until))
    return tuple(sorted(found, key=lambda thread: (last_day(thread.offer) or dt.date.max, thread.offer.id)))


@dataclass(frozen=True, slots=True)
class _Known:
    """Acts by their id; the id of the act that each tells of; and all that tells of an act, by its id."""

    of: Mapping[str, Act]
    head: Mapping[str, str]
    told: Mapping[str, Sequence[Act]]

    def answer(self, link: Link) -> Sequence[Act]:
        """All that tells of the answering act."""
        return self.told[self.head[link.answer]]


def _known(acts: Sequence[Act], merges: Iterable[Merge]) -> _Known:
    head = _heads(acts, merges)
    told: dict[str, list[Act]] = defaultdict(list)
    for act in sorted(acts, key=_telling):
        told[head[act.id]].append(act)
    of = {act.id: act for act in acts}
    return _Known(of, head, {first: _first_ahead(of[first], reports) for first, reports in told.items()})


def _first_ahead(first: Act, reports: Iterable[Act]) -> Sequence[Act]:
    return [first, *(act for act in reports if act.id != first.id)]


def _telling(act: Act) -> tuple[dt.date, str, int, str]:
    return last_day(act) or dt.date.max, act.doc, act.span.start, act.id


def _thread(
    known: _Known, offer: Act, answering: Iterable[Link], lapse: dt.date | None, until: dt.date | None
) -> Thread:
    reports = known.told[offer.id]
    start = first_day(reports)
    days = {link.id: first_day(known.answer(link)) for link in answering}
    answers = _in_order(answering, days, start, known.of)
    replies = [days[link.id] for link in answers if is_reply(link.how, known.of[link.answer], offer)]
    status = _status(offer, answers, lapse, until)
    said = [word(offer, reports), *(word(known.of[link.answer], known.answer(link), link.how) for link in answers)]
    return Thread(
        id=digest("thread", offer.id),
        offer=offer,
        reports=(offer.id, *sorted(act.id for act in reports if act.id != offer.id)),
        links=answers,
        status=status,
        silence_days=_silence(start, replies, until),
        until=until,
        replied=bool(replies),
        conditions=once(condition for one in said for condition in one.conditions),
        awaits=standing(said) if status in _UNSETTLED and offer.kind != "THREATEN" else (),
    )


def _heads(acts: Iterable[Act], merges: Iterable[Merge]) -> dict[str, str]:
    """Act id -> id of the act it tells of, through ``same_as`` and ``merges`` to the end."""
    ids = list(acts)
    known = {act.id for act in ids}
    up: dict[str, str] = {act.id: act.same_as for act in ids if act.same_as in known and act.same_as}
    up |= {merge.report: merge.act for merge in merges if merge.report in known and merge.act in known}
    return {act.id: head_of(act.id, up) for act in ids}


def _answers(links: Iterable[Link], head: Mapping[str, str], of: Mapping[str, Act]) -> dict[str, list[Link]]:
    """By the act that is answered: a link for each act that answers it and each way it does, the most certain one.

    Reports of one answer that chose different offers are mistaken, all but the most certain: an act answers several
    only where one mention of it does. And one document tells of one answer a side and day, of each way: what else it
    says of that side beside a refusal is not a second refusal.
    """
    out_of: dict[str, list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (-link.score, link.id)):
        if link.answer in head and link.offer in head and head[link.answer] != head[link.offer]:
            out_of[head[link.answer]].append(link)
    into: dict[str, list[Link]] = defaultdict(list)
    for ranked in out_of.values():
        meant = {head[link.offer] for link in ranked if link.answer == ranked[0].answer}
        best: dict[tuple[str, How], Link] = {}
        for link in ranked:
            best.setdefault((head[link.offer], link.how), link)
        for (offer, _), link in best.items():
            if offer in meant:
                into[offer].append(link)
    return {offer: _one_each(found, of) for offer, found in into.items()}


def _one_each(links: Iterable[Link], of: Mapping[str, Act]) -> list[Link]:
    """The most certain of ``links`` that one side gives in one document, on one day, in one way."""
    best: dict[tuple[object, ...], Link] = {}
    for link in sorted(links, key=lambda link: (-link.score, link.id)):
        answer = of[link.answer]
        side = states_of(answer.actor) or answer.actor.text
        best.setdefault((answer.doc, side, last_day(answer), link.how), link)
    return list(best.values())


def _opens(offer: Act, told: Sequence[Act], answering: Sequence[Link]) -> bool:
    if offer.kind not in codebook().opening or offer.realis in {"negated", "possible"}:
        return False
    return bool(answering) or any(not act.background or _dated(act) for act in told)


def _dated(act: Act) -> bool:
    """Whether the text itself says when, to the month at least."""
    return act.when.said is not None and last_day(act) is not None


def is_vague(act: Act) -> bool:
    """Whether the days on which ``act`` may have happened are too many to count from."""
    first, last = act.when.earliest, act.when.latest
    return bool(first and last and (last - first).days > _VAGUE_DAYS)


def last_day(act: Act) -> dt.date | None:
    """The last day on which ``act`` may have happened; None where its date is open or vague."""
    return None if is_vague(act) else act.when.latest or act.when.earliest


def first_day(told: Iterable[Act]) -> dt.date | None:
    """The day of an act by all that is ``told`` of it: the first that a report gives; None where none does."""
    return min((day for act in told if (day := last_day(act))), default=None)


def _in_order(
    links: Iterable[Link], days: Mapping[str, dt.date | None], start: dt.date | None, of: Mapping[str, Act]
) -> tuple[Link, ...]:
    """Links by the day of the answer, then by place in the text; an undated answer follows the offer at once.

    ``days`` are those of the answers, by id of the link, ``start`` that of the offer.
    """

    def place(link: Link) -> tuple[dt.date, str, int, str]:
        answer = of[link.answer]
        return days[link.id] or start or dt.date.min, answer.doc, answer.span.start, link.id

    return tuple(sorted(links, key=place))


def _status(offer: Act, answers: Sequence[Link], lapse: dt.date | None, until: dt.date | None) -> Status:
    decided = [_decides(offer, link.how) for link in answers if link.how in kinds().status]
    if decided:
        return decided[-1]
    if any(link.how == "counters" for link in answers):
        return "answered"
    if lapse and until and lapse < until:
        return "lapsed"
    return "open"


def _decides(offer: Act, how: How) -> Status:
    """What becomes of the thread of ``offer`` by such an answer: a threat is carried out where it was not heeded."""
    return "rejected" if offer.kind == "THREATEN" and how == "fulfils" else kinds().status[how]


def _silence(start: dt.date | None, replies: Sequence[dt.date | None], until: dt.date | None) -> int | None:
    """Days from ``start`` to the first of ``replies``, or to ``until``; None where a day is unknown."""
    if start is None:
        return None
    if not replies:
        return max(0, (until - start).days) if until else None
    days = [day for day in replies if day]
    return max(0, (min(days) - start).days) if days else None
