"""``rejoinder judge``: what people say of acts, merges and links, and what follows from it."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import click

import rejoinder
from rejoinder.book import Book
from rejoinder.book.judging import Said
from rejoinder.book.results import Joined
from rejoinder.cli.screen import Screen, harmless, plural
from rejoinder.cli.show import ID_WIDTH, interval
from rejoinder.cli.state import State, book_option, command
from rejoinder.errors import UsageError
from rejoinder.records import Document, Judgement, Link, Merge

__all__ = ["history_lines", "judge", "said"]

_STANDS = {"accept": True, "stands": True, "reject": False, "wrong": False}
_VERDICTS = {"yes": "stands", "no": "wrong", None: "undo"}
_SAID = {"yes": "judged to stand", "no": "judged wrong", None: "judgement taken back"}
_USES = {
    "set": "FIELD VALUE, as in: set kind REQUEST",
    "link": "the id of the act answered, and how, as in: link 4fa0d537 rejects",
    "merge": "the id of the act it tells of, as in: merge 4fa0d537",
    "add": "the words that carry it and its kind, as in: add '\"rebuffed\"' REJECT",
}
_UNDO = "undo"


@command("judge")
@click.argument("subject", required=False, metavar="[ID]")
@click.argument("verdict", required=False, metavar="[VERDICT]")
@click.argument("what", nargs=-1, metavar="[WHAT]...")
@click.option("--by", metavar="NAME", help="Who judges.")
@click.option("--note", metavar="TEXT", help="Why, for whoever reads it later.")
@click.option("--final", is_flag=True, help="As an adjudicator: this goes before what others say.")
@book_option
@click.pass_obj
def judge(
    state: State,
    /,
    *,
    subject: str | None,
    verdict: str | None,
    what: tuple[str, ...],
    by: str | None,
    note: str | None,
    final: bool,
    db: str,
) -> int:
    """Judge an act, a merge or a link, or list the judgements made.

    A merge says that two documents tell of one act, a link that one act answers another. [ID] is the id of any of the
    three, or the beginning of it, as `rejoinder why` shows it. [VERDICT] is one of these, with its [WHAT]:

    \b
    accept, reject            (or stands, wrong) it is right as it is, or is none
    set FIELD VALUE ...       an act's field, as in: set kind REQUEST date 2016-05-20
    link ACT HOW              the act answers that other one: accepts, rejects, ...
    merge ACT                 the act tells of the same as that other one
    add WORDS KIND ...        in the document [ID]: an act on these words, FIELD VALUE after it
    undo                      the last step of NAME on an act; what anybody said of a link or merge

    `rejoinder judge undo --by NAME` undoes the last step of NAME, whatever it was. No later run overrules a judgement.
    docs/judging.md has the fields and how their values are written.

    Without [ID] all judgements are listed, those taken back too, the newest last.
    """  # noqa: D301 (click wants the character)
    if subject is None:
        if by is not None or note is not None or final:
            raise UsageError("--by, --note and --final belong to a judgement. Say what is judged, or leave them out.")
        with rejoinder.open(db, readonly=True) as book:
            _list(Screen(), book)
        return 0
    if verdict is None and subject != _UNDO:
        raise UsageError(f"There is no verdict on {subject!r}. Add one of {', '.join((*_STANDS, *_USES, _UNDO))}.")
    if by is None:
        raise UsageError("A judgement needs the name of who makes it. Add --by NAME.")
    step = _step(subject, verdict, what, by=by, note=note or "", final=final)
    # there is nothing to judge in a book that is not there: to open it for reading makes none
    with rejoinder.open(db, readonly=not Path(db).exists()) as book:
        state.if_interrupted = "`rejoinder judge` lists what was judged; it takes effect with the next run"
        _tell(Screen(), book, step(book))
    return 0


_Step = Callable[[Book], Sequence[Judgement]]


def _step(subject: str, verdict: str | None, what: Sequence[str], *, by: str, note: str, final: bool) -> _Step:
    """What is to be done. Raises UsageError where the words after the verdict do not fit it."""
    if subject == _UNDO and verdict is None:
        return lambda book: book.undo(by=by, note=note)
    if verdict in _STANDS and not what:
        return lambda book: [book.judge(subject, _STANDS[verdict], by=by, note=note, final=final)]
    if verdict == _UNDO and not what:
        return lambda book: _undo(book, subject, by=by, note=note, final=final)
    if verdict == "set" and what:
        values = _values(what)
        return lambda book: book.correct(subject, values, by=by, note=note, final=final)
    if verdict == "link" and len(what) == 2:
        return lambda book: [book.link(subject, *what, by=by, note=note, final=final)]
    if verdict == "merge" and len(what) == 1:
        return lambda book: [book.merge(subject, *what, by=by, note=note, final=final)]
    if verdict == "add" and len(what) >= 2:
        return lambda book: _added(book, subject, what, by=by, note=note, final=final)
    if verdict in _USES:
        raise UsageError(f"{verdict} needs {_USES[verdict]}.")
    if verdict in (*_STANDS, _UNDO):
        raise UsageError(f"Nothing comes after {verdict}. Leave out {' '.join(what)!r}.")
    raise UsageError(f"{verdict!r} is no verdict. It is one of: {', '.join((*_STANDS, *_USES, _UNDO))}.")


def _undo(book: Book, subject: str, *, by: str, note: str, final: bool) -> Sequence[Judgement]:
    """Of a merge or link what anybody said is taken back; of an act, the last step of ``by`` is undone."""
    made = book.judgements(subject)
    if not made or book.judged_act(made[0].subject) is not None:
        return book.undo(by=by, subject=subject, note=note)
    return [book.judge(subject, None, by=by, note=note, final=final)]


def _added(book: Book, document: str, what: Sequence[str], **who: object) -> Sequence[Judgement]:
    trigger, kind, *rest = what
    act = book.add_act(document, trigger, kind, _values(rest), **who)  # type: ignore[arg-type]
    return book.judgements(act.id)[-1:]


def _values(what: Sequence[str]) -> Mapping[str, str]:
    if len(what) % 2:
        raise UsageError(f"{what[-1]!r} has no value. Give {_USES['set']}; put a value of several words in quotes.")
    return dict(zip(what[::2], what[1::2], strict=True))


def said(judgement: Judgement) -> str:
    """What was judged: "judged wrong by ann: another offer"."""
    note = f": {harmless(judgement.note)}" if judgement.note else ""
    return f"{_SAID[judgement.value]} by {harmless(judgement.by)}{note}"


def history_lines(screen: Screen, history: Sequence[Said]) -> None:
    """What was said of one act, in the order it was said, each with what it changed."""
    for one in history:
        made = one.judgement
        undone = "undoes " if made.undoes else "undone: " if one.undone else ""
        final = ", as adjudicator" if made.final else ""
        change = f"{undone}{_field(made)} {harmless(one.before)} → {harmless(one.after)}"
        screen.line((f"{made.at:%Y-%m-%d %H:%M} UTC  {harmless(made.by)}{final}  ", "dim"), change, indent=2, hang=4)
        if made.note:
            screen.line((f"note: {harmless(made.note)}", "dim"), indent=4)


def _field(made: Judgement) -> str:
    return {"stands": "the act:", "act": "the act:"}.get(made.field, f"{made.field}:")


def _tell(screen: Screen, book: Book, step: Sequence[Judgement]) -> None:
    for subject, made in groupby(step, key=lambda judgement: judgement.subject):
        if book.judged_act(subject) is not None:
            _tell_act(screen, book, subject, list(made))
            continue
        for judgement in made:
            _tell_joined(screen, book, judgement)


def _tell_act(screen: Screen, book: Book, subject: str, made: Sequence[Judgement]) -> None:
    screen.line((f"act {subject[:ID_WIDTH]}", "bold"), f", {_words(book, subject)}", hang=2)
    history_lines(screen, [one for one in book.history(subject) if one.judgement in made])


def _tell_joined(screen: Screen, book: Book, judgement: Judgement) -> None:
    joined = book.joined([judgement.subject]).get(judgement.subject)
    what, verdict = _named(judgement, joined), f"{_SAID[judgement.value]} by {harmless(judgement.by)}"
    if joined is None:  # it stood by the judgement alone
        screen.line((what, "bold"), f", {verdict}", hang=2)
        screen.line("The program by itself does not join the two acts.", hang=2)
        return
    screen.line((what, "bold"), f", {verdict}: {_pair(book, joined)}", hang=2)
    screen.line(_follows(book, joined), hang=2)


def _list(screen: Screen, book: Book) -> None:
    made = book.judgements()
    known = book.joined({judgement.subject for judgement in made})
    for subject, some in groupby(made, key=lambda judgement: judgement.subject):
        if subject not in known and book.judged_act(subject) is not None:
            _tell_act(screen, book, subject, list(some))
            continue
        for judgement in some:
            _list_joined(screen, book, judgement, known.get(subject))
    screen.line((plural(len(made), "judgement"), "dim"))


def _list_joined(screen: Screen, book: Book, judgement: Judgement, joined: Link | Merge | None) -> None:
    what, who = _named(judgement, joined), harmless(judgement.by)
    screen.line(f"{judgement.at:%Y-%m-%d %H:%M} UTC  {who}  {what}  ", (_VERDICTS[judgement.value], "bold"), hang=2)
    screen.line(_pair(book, joined) if joined else "no longer in the book", indent=2)
    if judgement.note:
        screen.line((f"note: {harmless(judgement.note)}", "dim"), indent=2)


def _named(judgement: Judgement, joined: Link | Merge | None) -> str:
    what = "merge" if isinstance(joined, Merge) else "link" if joined else "id"
    return f"{what} {judgement.subject[:ID_WIDTH]}"


def _pair(book: Book, joined: Link | Merge) -> str:
    """The words of the two acts, and what joins them."""
    if isinstance(joined, Link):
        return f"{_words(book, joined.answer)} {joined.how} {_words(book, joined.offer)}"
    return f"{_words(book, joined.report)} tells of {_words(book, joined.act)}"


def _words(book: Book, act_id: str) -> str:
    try:
        act, gone = book.act(act_id), ""
    except UsageError:  # judgements outlive acts
        seen = book.judged_act(act_id)
        if seen is None:
            return "an act that is no longer in the book"
        act, gone = seen, ", not in the book"
    return f"“{harmless(act.span.quote)}” ({_called(book.document(act.doc))}, {interval(act.when)}{gone})"


def _called(document: Document) -> str:
    return harmless(document.name or document.id)


def _follows(book: Book, joined: Link | Merge) -> str:
    """What the act that ``joined`` was decided about tells of, or answers, by now."""
    decided = joined.answer if isinstance(joined, Link) else joined.report
    try:
        why = book.why(decided)
    except UsageError:
        return "Nothing follows while the act is not in the book."
    where = _called(why.document)
    if isinstance(joined, Merge):
        told = [one for one in why.reports if isinstance(one.by, Merge) and one.by.report == decided]
        if not told:
            return f"The report in {where} is an act of its own now."
        return f"The report in {where} now tells of {_listed(told)}."
    answered = [one for one in why.answers if isinstance(one.by, Link) and one.by.answer == decided]
    if not answered:
        return f"The act in {where} answers nothing now."
    return f"The act in {where} now {_listed(answered)}."


def _listed(joined: list[Joined]) -> str:
    return ", ".join(
        (f"{one.by.how} " if isinstance(one.by, Link) else "")
        + f"{one.other.act.id[:ID_WIDTH]} in {harmless(one.other.document)}"
        for one in joined
    )
