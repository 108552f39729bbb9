"""What is done with what a reader says at the desk: each form one step, which ``undo`` takes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypedDict

from rejoinder.book import Book
from rejoinder.book.judging import ADDED
from rejoinder.errors import UsageError
from rejoinder.records import Judgement, Link
from rejoinder.web.asked import Form

__all__ = ["Done", "done"]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done (a key of the messages in review_said.html), and what is to be shown next: None is the next case.

    ``what`` is the kind of lane in which ``show`` is a case.
    """

    said: str
    show: str | None = None
    what: str = "acts"


@dataclass(frozen=True, slots=True)
class _Desk:
    """The book, the form that was sent, and who says it; ``final``: as an adjudicator."""

    book: Book
    sent: Form
    by: str
    final: bool

    @property
    def signed(self) -> "_Signed":
        """What goes with every judgement."""
        return {"by": self.by, "note": self.sent.get("note") or "", "final": self.final}


class _Signed(TypedDict):
    by: str
    note: str
    final: bool


def done(book: Book, sent: Form, by: str, *, final: bool = False) -> Done:
    """Do what the form ``sent`` asks for, in the name of ``by``; ``final``: as an adjudicator.

    Raises UsageError where it cannot be done.
    """
    name = sent.get("do") or ""
    if name not in _DEEDS:
        raise UsageError(f"{name!r} is nothing that can be done here. It is one of: {', '.join(_DEEDS)}.")
    return _DEEDS[name](_Desk(book, sent, by, final))


def _stands(*, value: bool) -> "_Deed":
    def deed(desk: _Desk) -> Done:
        subjects = desk.sent.all("subject")
        if not subjects:
            raise UsageError("Nothing was ticked. Tick what is to be judged.")
        if len(subjects) == 1:
            desk.book.judge(subjects[0], value, **desk.signed)
        else:
            desk.book.judge_all(subjects, value, **desk.signed)
        return Done("accepted" if value else "rejected")

    return deed


def _undo(desk: _Desk) -> Done:
    return _back("undone", desk.book.undo(by=desk.by), desk.book, desk.sent.get("here"))


def _undo_here(desk: _Desk) -> Done:
    return _back("undone", desk.book.undo(by=desk.by, subject=_needed(desk.sent, "subject")), desk.book, None)


def _back(said: str, undone: tuple[Judgement, ...], book: Book, here: str | None) -> Done:
    """Show again what was undone; where that is not there any more, the act ``here``, where it was undone."""
    subjects = list(dict.fromkeys(one.subject for one in undone))
    many = len(subjects) > 1 and undone[0].field == "stands"
    if many or undone[0].field == ADDED:  # what was added is not there any more
        return Done(said)
    joined = book.joined(subjects)
    for one in subjects:
        if one in joined:
            return Done(said, one, "links" if isinstance(joined[one], Link) else "merges")
    try:
        return Done(said, book.act_at_desk(subjects[0])[0].id)
    except UsageError:  # a link that only stood by what was said
        return Done(said, None if here is None or book.joined([here]) else here)


def _kind(desk: _Desk) -> Done:
    act = _needed(desk.sent, "subject")
    desk.book.correct(act, {"kind": _needed(desk.sent, "kind")}, **desk.signed)
    return Done("corrected", act)


def _correct(desk: _Desk) -> Done:
    act = _needed(desk.sent, "subject")
    desk.book.correct(act, {_needed(desk.sent, "field"): desk.sent.get("value") or "none"}, **desk.signed)
    return Done("corrected", act)


def _take_back(desk: _Desk) -> Done:
    act = _needed(desk.sent, "subject")
    desk.book.take_back(act, desk.sent.get("field") or "stands", **desk.signed)
    return Done("taken", act)


def _add(desk: _Desk) -> Done:
    values = {name: value for name in ("actor", "target", "date") if (value := desk.sent.get(name))}
    trigger = _needed(desk.sent, "trigger")
    added = desk.book.add_act(
        _needed(desk.sent, "document"), trigger, _needed(desk.sent, "kind"), values, **desk.signed
    )
    return Done("added", added.id)


def _link(desk: _Desk) -> Done:
    answer = _needed(desk.sent, "answer")
    desk.book.link(answer, _needed(desk.sent, "offer"), _needed(desk.sent, "how"), **desk.signed)
    return Done("linked", answer)


def _merge(desk: _Desk) -> Done:
    report = _needed(desk.sent, "report")
    desk.book.merge(report, _needed(desk.sent, "act"), **desk.signed)
    return Done("merged", report)


def _done(desk: _Desk) -> Done:
    desk.book.mark_done(_needed(desk.sent, "document"), by=desk.by)
    return Done("done")


def _how(desk: _Desk) -> Done:
    """The answer answers, in another way."""
    subject = _needed(desk.sent, "subject")
    link = desk.book.joined([subject]).get(subject)
    if not isinstance(link, Link):
        raise UsageError(f"There is no link {subject!r} in the book any more. Load the page again.")
    how = _needed(desk.sent, "how")
    if how == link.how:
        desk.book.judge(subject, True, **desk.signed)
    else:
        desk.book.link(link.answer, link.offer, how, instead=subject, **desk.signed)
    return Done("corrected")


def _needed(sent: Form, name: str) -> str:
    found = sent.get(name)
    if found is None:
        raise UsageError(f"The form says nothing under {name}. Fill that in.")
    return found


_Deed = Callable[[_Desk], Done]
_DEEDS: Mapping[str, _Deed] = MappingProxyType(
    {
        "accept": _stands(value=True),
        "reject": _stands(value=False),
        "undo": _undo,
        "undo_here": _undo_here,
        "kind": _kind,
        "correct": _correct,
        "take_back": _take_back,
        "add": _add,
        "link": _link,
        "merge": _merge,
        "how": _how,
        "done": _done,
    }
)
