"""A run from files to tables: its plan, its steps in turn, and the note that all is done."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from rejoinder.book.direct import loaded
from rejoinder.errors import UsageError
from rejoinder.link import rules_digest
from rejoinder.read import InputFailure
from rejoinder.records import digest
from rejoinder.spread.coding import choose, code, survey
from rejoinder.spread.job import WORK, Done, Each, Job
from rejoinder.spread.joining import find, join, send
from rejoinder.spread.pieces import Piece, cut
from rejoinder.spread.storage import whole_url

__all__ = ["SUCCESS", "Settings", "Told", "spread"]

SUCCESS = "_SUCCESS"
"""The note that is written last: where it stands, all tables are complete."""

_PLAN = f"{WORK}/plan.json"
_A_BUCKET = 5000
"""Rows of the input to a bucket: what is linked together is held in the memory of one worker."""
_MOST = 2000
"""Buckets at most, unless the caller wants more: each is looked for in the files of each piece."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are coded, as :func:`rejoinder.open` takes it, and the day of those that do not say theirs.

    ``columns`` say which column of the input holds which field ("text": "body"); others go by their usual names.
    ``rows`` of the input make a piece and are coded by one task; links are sought in so many ``buckets`` (None: as the
    input suggests). Neither changes what comes out.
    """

    pipeline: str | None = None
    min_score: float | None = None
    gate: bool = True
    published: dt.date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    rows: int | None = None
    buckets: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a run did: counts by table and sort, files that could not be read, and the first of what failed besides."""

    counts: Mapping[str, Mapping[str, int]]
    unreadable: tuple[InputFailure, ...]
    failures: tuple[str, ...]

    @property
    def acts(self) -> dict[str, int]:
        """Acts by kind: neither later mentions nor reports of others count."""
        merged = self.counts.get("merged", {})
        left = {kind: count - merged.get(kind, 0) for kind, count in self.counts.get("acts", {}).items()}
        return {kind: count for kind, count in left.items() if count}


def spread(
    urls: Iterable[str],
    output: str,
    each: Each,
    settings: Settings | None = None,
    progress: Callable[[int, str], None] | None = None,
) -> Told:
    """Code the Parquet files that ``urls`` name and link what they tell of, into tables in the folder ``output``.

    ``each`` runs the tasks: :func:`rejoinder.spread.engine.on_cluster` gives one. ``progress`` is told how many
    documents are done, and what is being done. A run that was cut short goes on where it was when it is begun again
    with the same input and settings.

    Raises UsageError where a URL names no file, and where ``output`` holds a finished run, or one begun otherwise;
    UnknownPipeline.
    """
    settings = settings or Settings()
    if settings.pipeline is not None:  # a slip is told before anything is begun, not by a worker
        loaded(settings.pipeline, settings.min_score, gate=settings.gate)
    pieces, unreadable = cut(map(whole_url, urls), settings.columns, settings.rows)
    rows = sum(piece.count for piece in pieces)
    buckets = settings.buckets or min(max(1, -(-rows // _A_BUCKET)), _MOST)
    place = whole_url(output)
    columns = tuple(sorted(settings.columns.items()))
    coding = (settings.pipeline, settings.min_score, settings.gate)
    job = Job(place, len(pieces), buckets, *coding, settings.published, columns)
    _begin(job, pieces)
    total = Done.sum(_steps(job, pieces, each, progress or _say_nothing))
    told = Told(total.counts, unreadable, total.failures)
    job.folder.write_note(SUCCESS, {**_plan(job, pieces), "counts": {**told.counts, "acts": told.acts}})
    job.folder.remove(WORK)
    return told


def _steps(job: Job, pieces: Sequence[Piece], each: Each, tell: Callable[[int, str], None]) -> Iterable[Done]:
    buckets = range(job.buckets)
    documents = 0
    steps: tuple[tuple[str, Callable[[], Iterator[Done]], int], ...] = (
        ("looking for copies", lambda: each(survey, job, pieces), len(pieces)),
        ("looking for copies", lambda: each(choose, job, buckets), len(buckets)),
        ("coding", lambda: each(code, job, pieces), len(pieces)),
        ("linking: what is looked up", lambda: each(find, job, buckets), len(buckets)),
        ("linking: cards on their way", lambda: each(send, job, buckets), len(buckets)),
        ("linking across documents", lambda: each(join, job, buckets), len(buckets)),
    )
    for name, begin, many in steps:
        tell(documents, name)
        for number, done in enumerate(begin(), 1):
            documents += sum(done.counts.get("documents", {}).values())
            tell(documents, f"{name}, {number} of {many}")
            yield done


def _begin(job: Job, pieces: Sequence[Piece]) -> None:
    """Note the plan; raise UsageError where the folder holds a run that is not this one, cut short."""
    if job.folder.read_note(SUCCESS) is not None:
        raise UsageError(f"{job.output} holds a finished run. Name another folder, or take this one away.")
    plan = _plan(job, pieces)
    begun = job.folder.read_note(_PLAN)
    if begun is None:
        job.folder.write_note(_PLAN, plan)
    elif dict(begun) != plan:
        message = f"{job.output} holds a run that was begun with other input or settings, or by another version."
        raise UsageError(f"{message} Name another folder, or take this one away.")


def _plan(job: Job, pieces: Sequence[Piece]) -> dict[str, object]:
    import rejoinder  # noqa: PLC0415  (the package's own names load on first use)
    from rejoinder.pipeline import CODER  # noqa: PLC0415  (loads the parser)

    return {
        "version": rejoinder.__version__,
        "coder": CODER,
        "rules": rules_digest(),
        "pipeline": job.parser,
        "min_score": job.floor,
        "gate": job.gate,
        "published": job.published.isoformat() if job.published else None,
        "columns": dict(job.columns),
        "pieces": job.pieces,
        "buckets": job.buckets,
        "rows": sum(piece.count for piece in pieces),
        "input": digest(*(sorted(asdict(piece).items()) for piece in pieces)),
    }


def _say_nothing(_done: int, _what: str) -> None:
    """Nobody listens."""
