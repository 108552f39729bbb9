"""``rejoinder acts``: the acts of a book that fit, as a list or a file."""

import click

from rejoinder.cli.export import check_output, write_acts
from rejoinder.cli.names import check_states, state_names
from rejoinder.cli.opening import opened
from rejoinder.cli.screen import Screen, plural
from rejoinder.cli.show import act_lines
from rejoinder.cli.state import as_of_option, book_option, command, output_options

__all__ = ["acts"]


@command("acts")
@click.option("--kind", multiple=True, metavar="KIND", help="Of this kind (OFFER, REJECT, ...); may be repeated.")
@click.option("--dyad", metavar="A-B", help="Between these two states, in either direction: PRK-KOR.")
@click.option("--actor", metavar="STATE", help="By this state: PRK, IGO:UN, ...")
@click.option("--target", metavar="STATE", help="Toward this state.")
@click.option("--since", metavar="DATE", help="On or after this day, month or year.")
@click.option("--until", metavar="DATE", help="On or before this day, month or year.")
@click.option("--issue", metavar="ISSUE", help="About this: talks, nuclear, families, ...")
@click.option("--channel", metavar="CHANNEL", help="Conveyed so: statement, letter, phone, ...")
@click.option("--background/--no-background", default=None, help="Only background, or only what is reported as new.")
@click.option("--unanswered", is_flag=True, help="Only acts that nobody answered.")
@click.option("--reviewed/--not-reviewed", default=None, help="Only acts that somebody judged, or that nobody did.")
@click.option("--document", metavar="DOC", help="Of this document: its name, its id, or the beginning of the id.")
@click.option("--text", metavar="WORDS", help='Of documents with all these words, or this "quoted phrase".')
@click.option("--min-score", type=float, metavar="P", help="At least this probable, from 0 to 1.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="The first N of them.")
@book_option
@as_of_option
@output_options("csv", "jsonl", "parquet")
def acts(
    *,
    kind: tuple[str, ...],
    dyad: str | None,
    actor: str | None,
    target: str | None,
    since: str | None,
    until: str | None,
    issue: str | None,
    channel: str | None,
    background: bool | None,
    unanswered: bool,
    reviewed: bool | None,
    document: str | None,
    text: str | None,
    min_score: float | None,
    limit: int | None,
    db: str,
    as_of: str | None,
    to: str | None,
    output: str | None,
) -> int:
    """List acts by day: those for which all that is given holds.

    An act that several reports tell of comes once. The first column is the id that `rejoinder why` takes.
    """
    check_output(to, output)
    check_states(dyad, actor, target)
    with opened(db, as_of) as book:
        found = book.acts(
            kind=kind or None,
            dyad=dyad,
            actor=actor,
            target=target,
            since=since,
            until=until,
            issue=issue,
            channel=channel,
            background=background,
            answered=False if unanswered else None,
            reviewed=reviewed,
            document=document,
            text=text,
            min_score=min_score,
        )
        shown = found if limit is None else found[:limit]
        if to:
            write_acts(book, shown, to, output)
            return 0
    screen = Screen()
    act_lines(screen, shown, state_names())
    left = f" of {len(found):,}" if len(shown) < len(found) else ""
    screen.line((plural(len(shown), "act") + left, "dim"))
    return 0
