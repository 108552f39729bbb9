"""``rejoinder done``: somebody has been through all of a document."""

from pathlib import Path

import click

import rejoinder
from rejoinder.cli.screen import Screen, harmless
from rejoinder.cli.state import book_option, command

__all__ = ["done"]


@command("done")
@click.argument("documents", nargs=-1, required=True, metavar="DOC...")
@click.option("--by", required=True, metavar="NAME", help="Who has been through it.")
@click.option("--undo", is_flag=True, help="Not done after all.")
@click.option("--note", default="", metavar="TEXT", help="What whoever reads it later should know.")
@book_option
def done(*, documents: tuple[str, ...], by: str, undo: bool, note: str, db: str) -> int:
    """Mark documents as coded to the end.

    DOC... are names of documents, ids, or the beginnings of ids. Whoever marks a document says that what stands of it
    is right, acts that he did not judge one by one included: it then counts as gold, and for agreement.
    """
    screen = Screen()
    # there is nothing to mark in a book that is not there: to open it for reading makes none
    with rejoinder.open(db, readonly=not Path(db).exists()) as book:
        for named in documents:
            said = book.mark_done(named, not undo, by=by, note=note)
            name = book.document(said.subject).name or said.subject
            screen.line(
                (harmless(name), "bold"), f"  {'not done' if undo else 'done'}, says {harmless(said.by)}", hang=2
            )
    return 0
