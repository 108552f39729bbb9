"""``rejoinder code``: texts in, a book out, and a summary of what was found."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

import rejoinder
from rejoinder.book import Book
from rejoinder.book.asked import published_day
from rejoinder.book.results import Progress, Report
from rejoinder.cli.export import check_output, write_book
from rejoinder.cli.progress import progress
from rejoinder.cli.screen import Screen, harmless
from rejoinder.cli.state import State, book_option, command, output_options
from rejoinder.read import InputFailure, read
from rejoinder.records import Document

__all__ = ["code", "summary"]

_LABEL = 11


@dataclass(slots=True)
class _Feed:
    """The documents of a run, with a note of the one being worked on; what cannot be read is put aside."""

    items: Iterator[Document | InputFailure]
    state: State
    tell: Callable[[int, str], None]
    unreadable: list[InputFailure] = field(default_factory=list)
    failed: list[Document] = field(default_factory=list)
    _now: Document | None = None

    def documents(self) -> Iterator[Document]:
        done = 0
        for item in self.items:
            if isinstance(item, InputFailure):
                self.unreadable.append(item)
                continue
            self._now, self.state.document = item, item.origin or item.name
            self.tell(done, item.name)
            yield item
            done += 1
        self.state.document = None
        self.tell(done, "linking across documents")

    def note(self, progress: Progress) -> None:
        """Remember the present document where it failed."""
        if progress.outcome == "failed" and self._now is not None:
            self.failed.append(self._now)


@command("code")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--published", metavar="DATE", help="Publication day of the documents that do not say theirs.")
@book_option
@output_options("jsonl", "csv", "parquet")
@click.option("--pipeline", metavar="NAME", help="spaCy pipeline to parse with; needs to be installed.")
@click.option("--min-score", type=float, metavar="P", help="Leave out acts less probable than P, from 0 to 1.")
@click.option(
    "--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="Where to code."
)
@click.option("--scheduler", metavar="ADDRESS", help="The dask scheduler to use, such as tcp://10.0.0.1:8786.")
@click.option("--quiet", "-q", is_flag=True, help="Print failures only: no progress, no summary.")
@click.pass_obj
def code(
    state: State,
    /,
    *,
    paths: tuple[str, ...],
    published: str | None,
    db: str,
    to: str | None,
    output: str | None,
    pipeline: str | None,
    min_score: float | None,
    engine: str,
    scheduler: str | None,
    quiet: bool,
) -> int:
    """Read, code and link texts; keep the result in a book.

    PATH... is a text file (.txt), a JSONL file (.jsonl, one document a line) or a folder of them. Documents that the
    book holds already are not coded again. With --to the whole book is exported too.

    With --engine dask the work is spread over processes or machines: PATH... are Parquet files, folders of them or URLs
    (s3://...), and the result is a folder of Parquet tables, named by --output, instead of a book.
    """
    day = published_day(published)
    if engine == "dask" or scheduler is not None:
        from rejoinder.cli.engine import Asked, code_spread  # noqa: PLC0415 (it prints with what stands here)

        return code_spread(state, Asked(paths, engine, scheduler, to, output, day, pipeline, min_score, quiet))
    check_output(to, output)
    with rejoinder.open(db, pipeline=pipeline, min_score=min_score) as book:
        state.if_interrupted = f"what is done so far is kept in {db}; the same command goes on from there"
        with progress(quiet=quiet) as tell:
            feed = _Feed(read([Path(path) for path in paths], day), state, tell)
            report = book.code_documents(feed.documents(), feed.note)
        unreadable = (*feed.unreadable, *report.failures)
        failures = [*map(str, unreadable), *(_reason(book, document) for document in feed.failed)]
        if to:
            write_book(book, to, output)
    # Where the export takes standard output, the summary stands aside.
    screen = Screen(err=bool(to) and output in (None, "-"))
    if not quiet:
        summary(screen, report, len(unreadable), ("book", db))
    for failure in failures:
        Screen(err=True).line(("failed", "bold red"), f"  {harmless(failure)}", hang=2)
    return 1 if failures else 0


def _reason(book: Book, document: Document) -> str:
    from rejoinder.pipeline import HOPELESS  # noqa: PLC0415 (loads the parser, which a run without failures may spare)

    problems = book.problems(document=document.id)
    final = [problem for problem in problems if problem.code in (*HOPELESS, "STAGE_FAILED")]
    why = final[0].message if final else "nothing is known of why."
    return f"{document.origin or document.name}: {why}"


def summary(screen: Screen, report: Report, unreadable: int, kept: tuple[str, str]) -> None:
    """Print what was found; ``kept`` says what it is kept in, and where."""
    documents = {
        "coded": report.coded,
        "partly coded": report.partly,
        "unchanged": report.unchanged,
        "failed": report.failed,
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
