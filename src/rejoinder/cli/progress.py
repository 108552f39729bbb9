"""Progress on a terminal: which document, how many so far, for how long. Nothing where nobody looks."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from rejoinder.cli.screen import harmless

__all__ = ["progress"]

_NAME_WIDTH = 36


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[int, str], None]]:
    """A function to tell how many documents are done and what the present one is called.

    It draws on standard error, and only where that is a terminal and ``quiet`` is False.
    """
    console = Console(file=sys.stderr, highlight=False, markup=False)
    if quiet or not console.is_terminal:
        yield _say_nothing
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:>6,} documents", markup=False),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def tell(done: int, name: str) -> None:
            bar.update(task, completed=done, description=harmless(name)[:_NAME_WIDTH])

        yield tell


def _say_nothing(_done: int, _name: str) -> None:
    """Nobody looks."""
