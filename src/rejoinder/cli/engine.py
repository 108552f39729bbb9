"""``rejoinder code --engine dask``: Parquet files in, a folder of tables out, by as many processes as there are."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from rejoinder.book.asked import score_of
from rejoinder.book.results import Report
from rejoinder.cli.code import summary
from rejoinder.cli.progress import progress
from rejoinder.cli.screen import Screen, harmless
from rejoinder.cli.state import State
from rejoinder.errors import UsageError
from rejoinder.spread import Settings, Told, on_cluster, spread

__all__ = ["Asked", "code_spread"]

_SHOWN = 20
"""How many failures are printed; there may be millions, and the tables hold them all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for, as the options of ``rejoinder code`` are called."""

    paths: tuple[str, ...]
    engine: str
    scheduler: str | None
    to: str | None
    output: str | None
    published: dt.date | None
    columns: Mapping[str, str]
    pipeline: str | None
    min_score: float | None
    gate: bool
    quiet: bool


def code_spread(state: State, asked: Asked) -> int:
    """Code on a cluster, print what was found; the exit status. Raises UsageError where options do not go together."""
    output = _output(asked)
    settings = Settings(asked.pipeline, score_of(asked.min_score), asked.gate, asked.published, asked.columns)
    state.if_interrupted = f"what is done so far is kept in {output}; the same command goes on from there"
    with progress(quiet=asked.quiet) as tell, on_cluster(asked.scheduler) as cluster:
        told = spread(asked.paths, output, cluster, settings, tell)
    unreadable = len(told.unreadable) + told.counts.get("rows", {}).get("unreadable", 0)
    failed = unreadable + told.counts.get("documents", {}).get("failed", 0)
    if not asked.quiet:
        summary(Screen(), _report(told), unreadable, ("tables", output))
    _complain([*map(str, told.unreadable), *told.failures], failed)
    return 1 if failed else 0


def _output(asked: Asked) -> str:
    if asked.engine != "dask":
        raise UsageError(f"--scheduler {asked.scheduler} is of use with --engine dask only. Add that.")
    if asked.to is not None:
        raise UsageError("With --engine dask the result is a folder of Parquet tables. Leave --to out.")
    if asked.output is None:
        raise UsageError("Nothing says where the tables are to be written. Name a folder with --output.")
    return asked.output


def _report(told: Told) -> Report:
    documents = told.counts.get("documents", {})
    return Report(
        documents=sum(documents.values()),
        coded=documents.get("coded", 0),
        partly=documents.get("partly", 0),
        passed=documents.get("passed", 0),
        unchanged=documents.get("unchanged", 0),
        failed=documents.get("failed", 0),
        acts=told.acts,
        links=told.counts.get("links", {}),
        problems=told.counts.get("problems", {}),
    )


def _complain(failures: list[str], many: int) -> None:
    screen = Screen(err=True)
    for failure in failures[:_SHOWN]:
        screen.line(("failed", "bold red"), f"  {harmless(failure)}", hang=2)
    more = many - min(len(failures), _SHOWN)
    if more > 0:
        text = f"  and {more:,} more: see the tables unreadable, and documents where status is failed"
        screen.line(("failed", "bold red"), text, hang=2)
