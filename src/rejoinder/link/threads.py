"""Threads: each offer, request, demand or threat with its answers, its days of silence and where it stands."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rejoinder.codebook import codebook, is_reply
from rejoinder.link.lexicon import kinds
from rejoinder.records import Act, Link, Merge, Status, Thread, digest

__all__ = ["threads"]

_VAGUE_DAYS = 31
"""A date wider than this is no day to count silence from."""


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
    of = {act.id: act for act in acts}
    head = _heads(acts, merges)
    reports: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        reports[head[act.id]].append(act)
    into: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.answer in of and link.offer in of:
            into[head[link.offer]].append(link)
    found = []
    for first, told in reports.items():
        if not _opens(of[first], told, into[first]):
            continue
        offer = of[first]
        answers = _in_order(into[first], offer, of)
        replies = [of[link.answer] for link in answers if is_reply(link.how, of[link.answer], offer)]
        lapse = min((day for act in told if (day := (deadlines or {}).get(act.id))), default=None)
        found.append(
            Thread(
                id=digest("thread", offer.id),
                offer=offer,
                reports=(first, *sorted(act.id for act in told if act.id != first)),
                links=answers,
                status=_status(answers, lapse, until),
                silence_days=_silence(told, replies, until),
                until=until,
                replied=bool(replies),
            )
        )
    return tuple(sorted(found, key=lambda thread: (_day(thread.offer) or dt.date.max, thread.offer.id)))


def _heads(acts: Iterable[Act], merges: Iterable[Merge]) -> dict[str, str]:
    """Act id -> id of the act it tells of, through ``same_as`` and ``merges`` to the end."""
    ids = list(acts)
    known = {act.id for act in ids}
    up: dict[str, str] = {act.id: act.same_as for act in ids if act.same_as in known and act.same_as}
    up |= {merge.report: merge.act for merge in merges if merge.report in known and merge.act in known}
    head: dict[str, str] = {}
    for act in ids:
        at, seen = act.id, {act.id}
        while (above := up.get(at)) is not None and above not in seen:
            seen.add(above)
            at = above
        head[act.id] = at
    return head


def _opens(offer: Act, told: Sequence[Act], answering: Sequence[Link]) -> bool:
    if offer.kind not in codebook().opening or offer.realis in {"negated", "possible"}:
        return False
    return bool(answering) or any(not act.background or _dated(act) for act in told)


def _dated(act: Act) -> bool:
    """Whether the text itself says when, to the month at least."""
    return act.when.said is not None and _day(act) is not None


def _day(act: Act) -> dt.date | None:
    """The last day on which ``act`` may have happened; None where its date is open or vague."""
    first, last = act.when.earliest, act.when.latest
    if first and last and (last - first).days > _VAGUE_DAYS:
        return None
    return last or first


def _in_order(links: Iterable[Link], offer: Act, of: Mapping[str, Act]) -> tuple[Link, ...]:
    """Links by the day of the answer, then by place in the text; an undated answer follows the offer at once."""
    start = _day(offer) or dt.date.min

    def place(link: Link) -> tuple[dt.date, str, int, str]:
        answer = of[link.answer]
        return _day(answer) or start, answer.doc, answer.span.start, link.id

    return tuple(sorted({link.id: link for link in links}.values(), key=place))


def _status(answers: Sequence[Link], lapse: dt.date | None, until: dt.date | None) -> Status:
    decided = [kinds().status[link.how] for link in answers if link.how in kinds().status]
    if decided:
        return decided[-1]
    if any(link.how == "counters" for link in answers):
        return "answered"
    if lapse and until and lapse < until:
        return "lapsed"
    return "open"


def _silence(told: Sequence[Act], replies: Sequence[Act], until: dt.date | None) -> int | None:
    """Days from the offer to the first of ``replies``, or to ``until``; None where a day is unknown."""
    start = min((day for act in told if (day := _day(act))), default=None)
    if start is None:
        return None
    if not replies:
        return max(0, (until - start).days) if until else None
    days = [day for reply in replies if (day := _day(reply))]
    return max(0, (min(days) - start).days) if days else None
