"""``rejoinder watch``: feeds in, and what saved queries find in them sent out."""

import datetime as dt
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

import rejoinder
from rejoinder.cli.names import check_states
from rejoinder.cli.screen import Screen, harmless
from rejoinder.cli.state import State, book_option, command

__all__ = ["watch"]


class _TerminatedError(KeyboardInterrupt):
    """SIGTERM: how a service is told to end."""


@command("watch")
@click.argument("plan", metavar="FEEDS")
@book_option
@click.option("--once", is_flag=True, help="Poll every feed once and end, as for cron.")
@click.option(
    "--every",
    type=click.FloatRange(min=1.0),
    default=15.0,
    show_default=True,
    metavar="MINUTES",
    help="How often to poll the feeds that do not say it themselves.",
)
@click.pass_obj
def watch(state: State, /, *, plan: str, db: str, once: bool, every: float) -> int:
    """Watch feeds, code what is new, and send what saved queries find.

    FEEDS is a TOML file that names feeds and queries; docs/watching.md shows one. What has been seen and what is still
    to be sent is kept beside the book, in BOOK.watch.json. Ctrl-C ends it; nothing is lost, and the same command goes
    on from there.
    """
    from rejoinder.cli.readers import readers  # noqa: PLC0415  (watching alone needs the web)
    from rejoinder.fetch import Fetcher  # noqa: PLC0415
    from rejoinder.watch import Keeper, Notice, Tools, Watch, alone, load_plan  # noqa: PLC0415

    wanted = load_plan(Path(plan), os.environ)
    for query in wanted.queries:
        check_states(query.dyad)
    told, shown = Screen(err=True), Screen()

    def show(query: str, notice: Notice) -> None:
        shown.line((notice.act[:8], "dim"), f"  {harmless(notice.heading)}  ", (harmless(query), "dim"), hang=10)
        shown.line(f"“{harmless(notice.quote)}”", indent=10)
        shown.line((harmless(f"{notice.source} {notice.url or ''}"), "dim"), indent=10)

    readers_made = readers()
    state.if_interrupted = f"what is done so far is kept in {db}; the same command goes on from there"
    with (
        alone(Path(f"{db}.watch.lock")),
        rejoinder.open(db) as book,
        _ending_well(),
        book.telling("watch", plan) as run,
    ):

        def tell(line: str) -> None:
            run.say(line)
            told.line((f"{dt.datetime.now().astimezone():%H:%M:%S}", "dim"), f"  {harmless(line)}", hang=10)

        tools = Tools(readers_made, Fetcher, tell, show, lambda: dt.datetime.now(dt.UTC), time.sleep, run.note)
        watching = Watch(book, wanted, tools, Keeper(Path(f"{db}.watch.json")), every * 60)
        try:
            if once:
                return 0 if watching.once() else 1
            watching.forever()
        except _TerminatedError:
            tell(f"ended; {state.if_interrupted}")
    return 0


@contextmanager
def _ending_well() -> Iterator[None]:
    """SIGTERM ends what is done inside as Ctrl-C does."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise _TerminatedError

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # not in the main thread, which alone is told of signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
