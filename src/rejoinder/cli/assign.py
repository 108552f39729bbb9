"""``rejoinder assign``: who codes which documents, and how far they are."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

import rejoinder
from rejoinder.book import Book
from rejoinder.book.assigning import Assignment
from rejoinder.cli.screen import Screen, harmless, plural
from rejoinder.cli.state import book_option, command
from rejoinder.errors import UsageError

__all__ = ["assign"]


@command("assign")
@click.argument("documents", nargs=-1, metavar="[DOC]...")
@click.option("--coders", metavar="NAMES", help="Who is to code, with commas between: ann,bob.")
@click.option(
    "--double",
    type=float,
    metavar="SHARE",
    help="The share that two of them code, from 0 to 1; 0.2 unless given.",
)
@click.option("--blind/--open", default=True, help="Whether each sees only his own judgements; blind unless given.")
@click.option("--by", metavar="NAME", help="Who assigns.")
@click.option("--note", default="", metavar="TEXT", help="What whoever reads it later should know.")
@book_option
def assign(
    *,
    documents: tuple[str, ...],
    coders: str | None,
    double: float | None,
    blind: bool,
    by: str | None,
    note: str,
    db: str,
) -> int:
    """Say who codes which documents.

    [DOC]... are names of documents, ids, or the beginnings of ids; without any, all documents that nobody was assigned
    yet. Each goes to one of the coders, a share of them to two, so that their agreement can be measured; everybody gets
    as many as anybody else. The same documents are dealt in the same way again.

    Without --coders the assignments are listed, and who is done with what.
    """
    names = [name.strip() for name in (coders or "").split(",") if name.strip()]
    if coders is None:
        if documents or by is not None or double is not None or note:
            raise UsageError("Nothing says who is to code. Add --coders ann,bob, or leave out the rest for a list.")
        with rejoinder.open(db, readonly=True) as book:
            _list(Screen(), book)
        return 0
    if by is None:
        raise UsageError("An assignment needs the name of who makes it. Add --by NAME.")
    share = (0.2 if len(names) > 1 else 0) if double is None else double
    # there is nothing to assign in a book that is not there: to open it for reading makes none
    with rejoinder.open(db, readonly=not Path(db).exists()) as book:
        made = book.assign(documents or None, names, double=share, blind=blind, by=by, note=note)
    screen = Screen()
    for name in names:
        mine = [one for one in made if name in one.coders]
        both = sum(len(one.coders) > 1 for one in mine)
        screen.line(
            (harmless(name), "bold"), f"  {plural(len(mine), 'document')}, {both:,} of them also for another", hang=2
        )
    return 0


def _list(screen: Screen, book: Book) -> None:
    made, done = book.assignments(), book.done()
    for one in made:
        name = book.document(one.document).name or one.document
        screen.line((harmless(name), "bold"), f"  {_told(one, done)}", hang=2)
    screen.line((plural(len(made), "assignment"), "dim"))


def _told(one: Assignment, done: Mapping[str, Sequence[str]]) -> str:
    finished = done.get(one.document, ())
    names = [harmless(name) + (" (done)" if name in finished else "") for name in one.coders]
    return ", ".join(names) + ("  blind" if one.blind else "")
