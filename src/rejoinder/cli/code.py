"""``rejoinder code``: texts in, a book out, and a summary of what was found."""

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import click

import rejoinder
from rejoinder.book import Book
from rejoinder.book.asked import published_day
from rejoinder.book.results import Progress, Report
from rejoinder.cli.export import check_output, write_book
from rejoinder.cli.progress import progress
from rejoinder.cli.screen import Screen, harmless
from rejoinder.cli.state import State, book_option, command, output_options
from rejoinder.errors import UsageError
from rejoinder.fetch import FetchRules
from rejoinder.read.fields import check_columns
from rejoinder.records import Document

__all__ = ["code", "summary"]

_LABEL = 11


@dataclass(slots=True)
class _Watch:
    """What becomes of the documents of a run: told on the screen and to whoever looks on; what failed is put aside."""

    tell: Callable[[int, str], None]
    also: Callable[[Progress], None]
    failed: list[Document] = field(default_factory=list)

    def note(self, progress: Progress) -> None:
        """One document is done."""
        if progress.outcome == "failed" and progress.document is not None:
            self.failed.append(progress.document)
        self.tell(progress.done, progress.name)
        self.also(progress)


@command("code")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="Read FIELD (text, published, title, outlet, author, url, id) from the column or key NAME; may be repeated.",
)
@click.option("--published", metavar="DATE", help="Publication day of the documents that do not say theirs.")
@book_option
@output_options("jsonl", "csv", "parquet")
@click.option("--pipeline", metavar="NAME", help="spaCy pipeline to parse with; needs to be installed.")
@click.option("--min-score", type=float, metavar="P", help="Leave out acts less probable than P, from 0 to 1.")
@click.option("--no-gate", is_flag=True, help="Parse every text, also those without words of politics.")
@click.option("--follow", is_flag=True, help="Fetch the pages that a feed or sitemap lists, 200 at most.")
@click.option("--contact", metavar="TEXT", help="Whom server keepers may turn to; told with each page asked for.")
@click.option("--allow-private", is_flag=True, help="Fetch from this machine and its own network too.")
@click.option(
    "--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="Where to code."
)
@click.option("--scheduler", metavar="ADDRESS", help="The dask scheduler to use, such as tcp://10.0.0.1:8786.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Code with N processes; 0: one for each processor core. What comes out is the same.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="Give a document up that takes longer; 0: never.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print failures only: no progress, no summary.")
@click.pass_obj
def code(
    state: State,
    /,
    *,
    paths: tuple[str, ...],
    columns: tuple[str, ...],
    published: str | None,
    db: str,
    to: str | None,
    output: str | None,
    pipeline: str | None,
    min_score: float | None,
    engine: str,
    scheduler: str | None,
    no_gate: bool,
    follow: bool,
    contact: str | None,
    allow_private: bool,
    jobs: int,
    time_limit: float,
    quiet: bool,
) -> int:
    """Read, code and link texts; keep the result in a book.

    PATH... is a file, a folder with all below it, an address on the web, or - for standard input: plain text and
    Markdown, web pages, PDF, Word and OpenDocument files, mails and mailboxes, feeds, JSON and JSON lines, tables (CSV
    and its like, Parquet, Arrow), archives of such files (ZIP, TAR, gzip, bzip2, xz, Zstandard) and of web pages
    (WARC). Kinds are told by content. What cannot be read is named, and the rest goes on.

    Documents that the book holds already are not coded again. With --to the whole book is exported too.

    With --engine dask the work is spread over processes or machines: PATH... are Parquet files, folders of them or URLs
    (s3://...), and the result is a folder of Parquet tables, named by --output, instead of a book.
    """
    gc.set_threshold(100_000)  # records are many and hold no circles: looking for these takes a fortieth of the time
    day, mapping = published_day(published), _mapping(columns)
    check_columns(mapping)  # a slip of the caller makes no file
    if engine == "dask" or scheduler is not None:
        from rejoinder.cli.engine import Asked, code_spread  # noqa: PLC0415 (it prints with what stands here)

        return code_spread(
            state, Asked(paths, engine, scheduler, to, output, day, mapping, pipeline, min_score, not no_gate, quiet)
        )
    check_output(to, output)
    with rejoinder.open(db, pipeline=pipeline, min_score=min_score, gate=not no_gate) as book:
        state.if_interrupted = f"what is done so far is kept in {db}; the same command goes on from there"
        with book.telling("code", " ".join(paths)) as run, progress(quiet=quiet) as tell:
            watch = _Watch(tell, run.note)
            report = book.code(
                paths,
                day,
                watch.note,
                columns=mapping,
                follow=follow,
                rules=FetchRules(contact=contact, allow_private=allow_private),
                jobs=jobs or _cores(),
                time_limit=time_limit or None,
                tell=_warn,
            )
        failures = [*map(str, report.failures), *(_reason(book, document) for document in watch.failed)]
        if to:
            write_book(book, to, output)
    # Where the export takes standard output, the summary stands aside.
    screen = Screen(err=bool(to) and output in (None, "-"))
    if not quiet:
        summary(screen, report, len(report.failures), ("book", db))
    for failure in failures:
        Screen(err=True).line(("failed", "bold red"), f"  {harmless(failure)}", hang=2)
    return 1 if failures else 0


def _mapping(columns: Sequence[str]) -> dict[str, str]:
    """What ``--column`` says: field -> column. Raises UsageError where an argument is no such pair."""
    pairs: dict[str, str] = {}
    for column in columns:
        field_name, parted, name = column.partition("=")
        if not parted:
            raise UsageError(f"--column {column!r} names no column. Write FIELD=NAME, for example text=body.")
        if field_name.strip() in pairs:
            raise UsageError(f"--column names two columns for {field_name.strip()}. Leave one of them out.")
        pairs[field_name.strip()] = name
    return pairs


def _reason(book: Book, document: Document) -> str:
    from rejoinder.pipeline import HOPELESS  # noqa: PLC0415 (loads the parser, which a run without failures may spare)
    from rejoinder.store import TRY_AGAIN  # noqa: PLC0415 (as above)

    problems = book.problems(document=document.id)
    final = [problem for problem in problems if problem.code in (*HOPELESS, *TRY_AGAIN, "STAGE_FAILED")]
    why = final[0].message if final else "nothing is known of why."
    return f"{document.origin or document.name}: {why}"


def _warn(message: str) -> None:
    Screen(err=True).line(harmless(message))


def _cores() -> int:
    """The processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def summary(screen: Screen, report: Report, unreadable: int, kept: tuple[str, str]) -> None:
    """Print what was found; ``kept`` says what it is kept in, and where."""
    documents = {
        "coded": report.coded,
        "partly coded": report.partly,
        "unchanged": report.unchanged,
        "failed": report.failed,
        "passed over": report.passed,
        "not readable": unreadable,
    }
    rows: tuple[tuple[str, Mapping[str, int]], ...] = (
        ("documents", documents),
        ("acts", report.acts),
        ("links", report.links),
        ("threads", report.threads),
        ("problems", report.problems),
    )
    width = max(len(f"{sum(counts.values()):,}") for _, counts in rows)
    for title, counts in rows:
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if title == "threads" and kept[0] != "book":
            continue  # threads are derived from a book
        details = ", ".join(f"{name} {count:,}" for name, count in ordered if count)
        total = f"{sum(counts.values()):>{width},}"
        screen.line(
            (title.ljust(_LABEL), "dim"), (total, "bold"), f"  {details}" if details else "", hang=_LABEL + width + 2
        )
    screen.line((kept[0].ljust(_LABEL), "dim"), harmless(kept[1]), hang=_LABEL)
