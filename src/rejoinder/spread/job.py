"""What every task of a run has to know, and what it says when it has done."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast

from rejoinder.spread.storage import Folder, Row, Scatterer, Writer
from rejoinder.spread.tables import schema

__all__ = ["SHOWN", "WORK", "Done", "Each", "Job", "once", "rows_for", "writers"]

WORK = "_work"
"""The folder of what steps hand to each other; those who read a folder of Parquet pass over names that begin so."""

SHOWN = 20
"""How many failures a task tells of by name; all stand in the tables."""

_LEFT = ("acts", "documents", "sources", "links", "merges", "problems", "unreadable")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job:
    """A run: where it writes, in how many pieces its input comes and in how many buckets it links, and its settings.

    ``published`` is the day of documents that do not say theirs, ``columns`` pair fields with the columns that
    hold them where these are not called as usual; ``parser``, ``floor`` and ``gate`` are those of
    :func:`rejoinder.pipeline.load_pipeline`.
    """

    output: str
    pieces: int
    buckets: int
    parser: str | None = None
    floor: float | None = None
    gate: bool = True
    published: dt.date | None = None
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def folder(self) -> Folder:
        """Where the run writes."""
        return Folder(self.output)


@dataclass(frozen=True, slots=True)
class Done:
    """What a task did: counts by table and sort, and the first of what failed."""

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    failures: tuple[str, ...] = ()

    @classmethod
    def sum(cls, parts: Iterable["Done"]) -> "Done":
        """All of ``parts`` in one."""
        counts: dict[str, Counter[str]] = {}
        failures: list[str] = []
        for part in parts:
            for table, found in part.counts.items():
                counts.setdefault(table, Counter()).update(found)
            failures += part.failures
        return cls({table: dict(sorted(found.items())) for table, found in sorted(counts.items())}, tuple(failures))


class Each(Protocol):
    """Runs a task for each of many things, anywhere and in any order, and gives what they did as they end."""

    def __call__(self, task: Callable[[Job, T], Done], job: Job, over: Sequence[T]) -> Iterator[Done]:
        """Run ``task``, which is given ``job``, for each of ``over``."""
        ...


def once(job: Job, step: str, number: int, work: Callable[[], Done]) -> Done:
    """``work``, unless it was done before: by a worker that was lost later, or by a run that was cut short."""
    name = f"{WORK}/done/{step}-{number:05}.json"
    note = job.folder.read_note(name)
    if note is not None:
        counts = cast("Mapping[str, Mapping[str, int]]", note["counts"])
        return Done(counts, tuple(cast("list[str]", note["failures"])))
    done = work()
    job.folder.write_note(name, {"counts": done.counts, "failures": list(done.failures)})
    return done


@contextmanager
def writers(
    job: Job, number: int, tables: Sequence[str], kind: str = "part"
) -> Iterator[Mapping[str, Writer | Scatterer]]:
    """Files number ``number`` of ``tables`` to write to; all of them appear when all is written."""
    with ExitStack() as stack:
        yield {table: stack.enter_context(_writing(job, table, number, kind)) for table in tables}


def rows_for(job: Job, table: str, parts: int, bucket: int) -> Iterator[Row]:
    """The rows for ``bucket`` in all the ``parts`` of ``table``."""
    for part in range(parts):
        yield from job.folder.read_bucket(_name(table, part, "part"), bucket)


def _writing(job: Job, table: str, number: int, kind: str) -> AbstractContextManager[Writer | Scatterer]:
    name = _name(table, number, kind)
    if table in _LEFT:
        return job.folder.writing(name, schema(table))
    return job.folder.scattering(name, schema(table))


def _name(table: str, number: int, kind: str) -> str:
    if table in _LEFT:
        return f"{table}/{kind}-{number:05}.parquet"
    return f"{WORK}/{table}/{kind}-{number:05}.rows"
