"""``rejoinder judge``: what people say of merges and links, and what follows from it."""

from pathlib import Path

import click

import rejoinder
from rejoinder.book import Book
from rejoinder.book.results import Joined
from rejoinder.cli.screen import Screen, harmless, plural
from rejoinder.cli.show import ID_WIDTH, interval
from rejoinder.cli.state import State, book_option, command
from rejoinder.errors import UsageError
from rejoinder.records import Document, Judgement, Link, Merge

__all__ = ["judge", "said"]

_STANDS = {"stands": True, "wrong": False, "undo": None}
_VERDICTS = {"yes": "stands", "no": "wrong", None: "undo"}
_SAID = {"yes": "judged to stand", "no": "judged wrong", None: "judgement taken back"}


@command("judge")
@click.argument("subject", required=False, metavar="[ID]")
@click.argument("verdict", required=False, metavar="[VERDICT]", type=click.Choice(list(_STANDS)))
@click.option("--by", metavar="NAME", help="Who judges.")
@click.option("--note", metavar="TEXT", help="Why, for whoever reads it later.")
@book_option
@click.pass_obj
def judge(
    state: State, /, *, subject: str | None, verdict: str | None, by: str | None, note: str | None, db: str
) -> int:
    """Judge a merge or a link, or list the judgements made.

    A merge says that two documents tell of one act, a link that one act answers another. [ID] is the id of either, or
    the beginning of it, as `rejoinder why` shows it. [VERDICT] is `stands`, `wrong`, or `undo`, which takes back what
    was judged of it. No later run overrules a judgement.

    Without [ID] all judgements are listed, those taken back too, the newest last.
    """
    if subject is None:
        if by is not None or note is not None:
            raise UsageError("--by and --note belong to a judgement. Say what is judged, or leave them out.")
        with rejoinder.open(db, readonly=True) as book:
            _list(Screen(), book)
        return 0
    if verdict is None:
        raise UsageError(f"There is no verdict on {subject!r}. Add one of {', '.join(_STANDS)}.")
    if by is None:
        raise UsageError("A judgement needs the name of who makes it. Add --by NAME.")
    # there is nothing to judge in a book that is not there: to open it for reading makes none
    with rejoinder.open(db, readonly=not Path(db).exists()) as book:
        state.if_interrupted = "`rejoinder judge` lists what was judged; it takes effect with the next run"
        judgement = book.judge(subject, _STANDS[verdict], by=by, note=note or "")
        _tell(Screen(), book, judgement)
    return 0


def said(judgement: Judgement) -> str:
    """What was judged: "judged wrong by ann: another offer"."""
    note = f": {harmless(judgement.note)}" if judgement.note else ""
    return f"{_SAID[judgement.value]} by {harmless(judgement.by)}{note}"


def _tell(screen: Screen, book: Book, judgement: Judgement) -> None:
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
    for judgement in made:
        joined = known.get(judgement.subject)
        what, who = _named(judgement, joined), harmless(judgement.by)
        screen.line(f"{judgement.at:%Y-%m-%d %H:%M} UTC  {who}  {what}  ", (_VERDICTS[judgement.value], "bold"), hang=2)
        screen.line(_pair(book, joined) if joined else "no longer in the book", indent=2)
        if judgement.note:
            screen.line((f"note: {harmless(judgement.note)}", "dim"), indent=2)
    screen.line((plural(len(made), "judgement"), "dim"))


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
        act = book.act(act_id)
    except UsageError:  # judgements outlive acts
        return "an act that is no longer in the book"
    return f"“{harmless(act.span.quote)}” ({_called(book.document(act.doc))}, {interval(act.when)})"


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
