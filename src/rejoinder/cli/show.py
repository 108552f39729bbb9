"""Acts, links and threads in words: what ``acts``, ``threads``, ``thread`` and ``why`` print."""

from collections.abc import Mapping, Sequence

from rich.text import Text

from rejoinder.cli.screen import Screen, harmless, plural
from rejoinder.codebook.dyads import states_of
from rejoinder.records import Act, Link, Side, Span, Thread, When

__all__ = ["ID_WIDTH", "act_lines", "dyad", "interval", "side", "thread_in_full", "thread_lines"]

ID_WIDTH = 8
"""Digits of an id that are shown: any prefix that is unique in the book is accepted wherever an id is asked for."""

_INDENT = ID_WIDTH + 2

_STYLE_OF_STATUS = {
    "open": "yellow",
    "answered": "cyan",
    "accepted": "green",
    "rejected": "red",
    "withdrawn": "magenta",
    "lapsed": "dim",
}


def interval(when: When) -> str:
    """The days of ``when`` as people and EDTF write them: "2016-05-20", "2016-05-19/20", "../2016-05-20"."""
    first, last = when.earliest, when.latest
    if first is None and last is None:
        return when.partial or "undated"
    if first == last and first is not None:
        return first.isoformat()
    if first is None or last is None:
        return f"{first.isoformat() if first else '..'}/{last.isoformat() if last else '..'}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.isoformat()}/{last.day:02}"
    return f"{first.isoformat()}/{last.isoformat()}"


def side(who: Side | None, names: Mapping[str, str]) -> str:
    """A side by the code and the name of its state ("PRK North Korea"), else by the text's words, else "?"."""
    if who is None:
        return "(nobody named)"
    states = states_of(who)
    if not states:
        return f"? {harmless(who.text)}".rstrip()
    return " + ".join(f"{state} {names[state]}" if state in names else state for state in states)


def dyad(act: Act, names: Mapping[str, str]) -> str:
    """Who to whom: "PRK North Korea → KOR South Korea"."""
    arrow = "↔" if act.mutual else "→"
    actor = side(act.actor, names)
    return actor if act.target is None else f"{actor} {arrow} {side(act.target, names)}"


def _tags(act: Act) -> str:
    tags = [act.issue] if act.issue != "other" else []
    if act.voice.channel:
        tags.append(act.voice.channel)
    if act.voice.via:
        tags.append("via " + ", ".join(harmless(name) for name in act.voice.via))
    if act.realis != "actual":
        tags.append(act.realis)
    if act.background:
        tags.append("background")
    return " · ".join(tags)


def _quote(words: str) -> str:
    return f"“{harmless(words)}”"


def act_lines(screen: Screen, acts: Sequence[Act], names: Mapping[str, str]) -> None:
    """Print each of ``acts``: id, days, who to whom and kind in columns; what else is known; the words."""
    days = max((len(interval(act.when)) for act in acts), default=0)
    kinds = max((len(act.kind) for act in acts), default=0)
    for act in acts:
        screen.line(
            (act.id[:ID_WIDTH], "dim"),
            f"  {interval(act.when).ljust(days)}  ",
            (act.kind.ljust(kinds), "bold"),
            f"  {dyad(act, names)}",
            hang=_INDENT,
        )
        if tags := _tags(act):
            screen.line((tags, "dim"), indent=_INDENT)
        screen.line(_quote(act.span.quote), indent=_INDENT)


def thread_lines(screen: Screen, thread: Thread, answers: Mapping[str, Act], names: Mapping[str, str]) -> None:
    """Print ``thread``: the offer with its words and conditions, its answers in order, the silence, the status.

    ``answers`` holds the acts that the thread's links name as answers, by id.
    """
    _offer_lines(screen, thread, thread.offer.conditions, names)
    known = [(link, answers[link.answer]) for link in thread.links if link.answer in answers]
    for at, (link, answer) in enumerate(known):
        _answer_lines(screen, link, answer, names, last=at == len(known) - 1)
    screen.line(_status(thread), indent=_INDENT)


def thread_in_full(screen: Screen, thread: Thread, acts: Mapping[str, Act], names: Mapping[str, str]) -> None:
    """Print all that is known of ``thread``: also the conditions of answers, what was done meanwhile, what is next.

    ``acts`` holds the acts that the thread's links name as answers and those done meanwhile, by id.
    """
    put: dict[str, list[Span]] = {}
    for condition in thread.conditions:
        put.setdefault(condition.act, []).append(condition.words)
    _offer_lines(screen, thread, put.get(thread.offer.id, ()), names)
    answers = [link for link in thread.links if link not in thread.renewals]
    for title, links in (("renewals", thread.renewals), ("answers", answers)):
        if links:
            screen.line((title, "bold"), indent=_INDENT)
        for link in links:
            answer = acts[link.answer]
            _answer_lines(screen, link, answer, names, last=link is links[-1])
            # who counters without a condition puts his own words, which stand there already
            own = [words for words in put.get(answer.id, ()) if words != answer.span]
            _condition_lines(screen, own, _INDENT + 3)
    _deed_lines(screen, [acts[act] for act in thread.meanwhile], names)
    screen.line(_status(thread), indent=_INDENT)
    _next_lines(screen, thread, acts, names)


def _offer_lines(screen: Screen, thread: Thread, conditions: Sequence[Span], names: Mapping[str, str]) -> None:
    offer = thread.offer
    screen.line(
        (thread.id[:ID_WIDTH], "dim"),
        f"  {interval(offer.when)}  ",
        (offer.kind, "bold"),
        f"  {dyad(offer, names)}",
        hang=_INDENT,
    )
    if tags := _tags(offer):
        screen.line((tags, "dim"), indent=_INDENT)
    screen.line(_quote(offer.span.quote), indent=_INDENT)
    _condition_lines(screen, conditions, _INDENT)


def _condition_lines(screen: Screen, conditions: Sequence[Span], indent: int) -> None:
    for condition in conditions:
        screen.line(("on condition  ", "dim"), _quote(condition.quote), indent=indent, hang=indent + 2)


def _answer_lines(screen: Screen, link: Link, answer: Act, names: Mapping[str, str], *, last: bool) -> None:
    _branch(screen, answer, (link.how, "bold"), f"  {interval(answer.when)}  {side(answer.actor, names)}", last=last)


def _deed_lines(screen: Screen, deeds: Sequence[Act], names: Mapping[str, str]) -> None:
    if deeds:
        screen.line(("meanwhile", "bold"), indent=_INDENT)
    for act in deeds:
        days, who = f"{interval(act.when)}  ", f"  {dyad(act, names)}"
        _branch(screen, act, days, (act.kind, "bold"), who, last=act is deeds[-1])


def _branch(screen: Screen, act: Act, *told: str | tuple[str, str], last: bool) -> None:
    """Hang ``act`` below a thread: what is ``told`` of it, its id, its words."""
    stroke = ("└─ " if last else "├─ ", "dim")
    screen.line(stroke, *told, "  ", (act.id[:ID_WIDTH], "dim"), indent=_INDENT, hang=_INDENT + 3)
    screen.line(_quote(act.span.quote), indent=_INDENT + 3)


def _next_lines(screen: Screen, thread: Thread, acts: Mapping[str, Act], names: Mapping[str, str]) -> None:
    """What would have to happen next: the conditions that stand, each with the side that put it."""
    for condition in thread.awaits:
        by = thread.offer if condition.act == thread.offer.id else acts[condition.act]
        words = (_quote(condition.words.quote), (f" · {side(by.actor, names)}", "dim"))
        screen.line(("next: ", "bold"), *words, indent=_INDENT, hang=_INDENT + 2)
    if thread.status == "open" and not thread.awaits and thread.offer.kind != "THREATEN":
        own = thread.offer.actor.state == (thread.offer.target.state if thread.offer.target else None)
        target = f" by {side(thread.offer.target, names)}" if thread.offer.target and not own else ""
        screen.line(("next: ", "bold"), f"an answer{target}", indent=_INDENT, hang=_INDENT + 2)


def _status(thread: Thread) -> Text:
    words = Text(thread.status, style=_STYLE_OF_STATUS.get(thread.status, ""))
    words.append(f" · {_silence(thread)}", style="dim")
    if len(thread.reports) > 1:
        words.append(f" · told {plural(len(thread.reports), 'time')}", style="dim")
    return words


def _silence(thread: Thread) -> str:
    days = thread.silence_days
    if days is None:
        return "no date to count from"
    if not thread.replied:
        return f"{plural(days, 'day')} of silence" + (f" until {thread.until.isoformat()}" if thread.until else "")
    return f"first answer after {plural(days, 'day')}" if days else "answered the same day"
