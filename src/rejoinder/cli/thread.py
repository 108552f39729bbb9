"""``rejoinder thread``: one offer and all that came of it."""

from collections.abc import Mapping

import click

from rejoinder.book import Book
from rejoinder.cli.names import state_names
from rejoinder.cli.opening import opened
from rejoinder.cli.screen import Screen
from rejoinder.cli.show import thread_in_full
from rejoinder.cli.state import as_of_option, book_option, command

__all__ = ["print_thread", "thread"]


@command("thread")
@click.argument("thread_id", metavar="ID")
@book_option
@as_of_option
def thread(thread_id: str, db: str, as_of: str | None) -> int:
    """Show one offer and all that came of it.

    The offer with its conditions, its renewals, its answers in order of time with theirs, what the two sides did to
    each other meanwhile, the days of silence, the status, and what would have to happen next. ID is that of the thread
    or of an act that tells of its offer; the beginning of a thread's id is enough.
    """
    with opened(db, as_of) as book:
        print_thread(Screen(), book, thread_id, state_names())
    return 0


def print_thread(screen: Screen, book: Book, thread_id: str, names: Mapping[str, str]) -> None:
    """Print the thread of ``book`` that ``thread_id`` means. Raises UsageError where there is none, or are several."""
    found = book.thread(thread_id)
    ids = [*(link.answer for link in found.links), *found.meanwhile]
    thread_in_full(screen, found, {act: book.act(act) for act in ids}, names)
