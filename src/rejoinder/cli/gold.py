"""``rejoinder gold``: what people judged, as a gold file."""

import click

import rejoinder
from rejoinder.cli.screen import Screen, harmless, plural
from rejoinder.cli.state import book_option, command
from rejoinder.errors import UsageError
from rejoinder.export import gold as judged
from rejoinder.export import gold_files, write_gold

__all__ = ["gold"]


@click.group("gold", context_settings={"help_option_names": ["-h", "--help"]})
def gold() -> None:
    """Make gold of what people judged.

    Gold is what the program is measured on, and what it learns from.
    """


@command("export")
@click.option(
    "--to",
    default="gold",
    show_default=True,
    metavar="PLACE",
    help="The folder to write to, or the gold file (.jsonl).",
)
@click.option("--by", metavar="NAME", help="Only what NAME judged, as NAME alone left it.")
@click.option("--list", "listed", is_flag=True, help="List the documents left out.")
@book_option
def export(*, to: str, by: str | None, listed: bool, db: str) -> int:
    """Write judged documents as gold.

    Of the book, the documents in which every act was judged, or that somebody marked with `rejoinder done`: an act that
    nobody looked at is no gold. Writes the texts as docs.jsonl, and beside them a gold file with what people left of
    the acts, which `rejoinder score` and `scripts/train --more` read.
    """
    gold_files(to)  # a slip is told before the book is read
    screen = Screen()
    with rejoinder.open(db, readonly=True) as book:
        found = judged(book, by=by)
        if not found.documents:
            whom = f" by {by}" if by else ""
            raise UsageError(
                f"No document of {db} was judged to the end{whom} ({plural(len(found.left_out), 'document')} in part). "
                "Judge what is left, or mark documents with `rejoinder done`."
            )
        codes, texts = write_gold(found.documents, to)
    acts = sum(len(one.acts) for one in found.documents)
    many = plural(len(found.documents), "document")
    screen.line(
        (harmless(str(codes)), "bold"), f"  {plural(acts, 'act')} of {many}; texts in {harmless(str(texts))}", hang=2
    )
    if found.left_out:
        left = sum(one.left for one in found.left_out)
        screen.line(
            f"left out: {plural(len(found.left_out), 'document')} judged in part ({plural(left, 'act')} not judged)",
            hang=2,
        )
    if listed:
        for one in found.left_out:
            name = harmless(one.coded.document.name or one.coded.document.id)
            screen.line(f"{name}: {one.left:,} of {plural(len(one.coded.acts), 'act')} not judged", indent=2)
    return 0


gold.add_command(export)
