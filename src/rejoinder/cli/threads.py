"""``rejoinder threads``: offers with their answers."""

from typing import get_args

import click

from rejoinder.cli.names import check_states, state_names
from rejoinder.cli.opening import opened
from rejoinder.cli.screen import Screen, plural
from rejoinder.cli.show import thread_lines
from rejoinder.cli.state import as_of_option, book_option, command
from rejoinder.cli.thread import print_thread
from rejoinder.records import Status

__all__ = ["threads"]


@command("threads")
@click.argument("thread", required=False, metavar="[ID]")
@click.option("--dyad", metavar="A-B", help="Opened between these two states, in either direction: PRK-KOR.")
@click.option("--issue", metavar="ISSUE", help="About this: talks, nuclear, families, ...")
@click.option("--status", multiple=True, metavar="STATUS", help=f"{', '.join(get_args(Status))}; may be repeated.")
@click.option("--since", metavar="DATE", help="Opened on or after this day, month or year.")
@click.option("--until", metavar="DATE", help="Opened on or before this day, month or year.")
@book_option
@as_of_option
def threads(
    *,
    thread: str | None,
    dyad: str | None,
    issue: str | None,
    status: tuple[str, ...],
    since: str | None,
    until: str | None,
    db: str,
    as_of: str | None,
) -> int:
    """Show offers with their answers and what became of them.

    A thread is an offer, request, demand or threat with its conditions, its answers, the days of silence and its
    status. With [ID] the thread of that id, as `rejoinder thread` shows it.
    """
    check_states(dyad)
    names, screen = state_names(), Screen()
    with opened(db, as_of) as book:
        if thread is not None:
            print_thread(screen, book, thread, names)
            return 0
        found = book.threads(dyad=dyad, issue=issue, status=status or None, since=since, until=until)
        for number, one in enumerate(found):
            if number:
                screen.blank()
            answers = {link.answer: book.act(link.answer) for link in one.links}
            thread_lines(screen, one, answers, names)
    if found:
        screen.blank()
    screen.line((plural(len(found), "thread"), "dim"))
    return 0
