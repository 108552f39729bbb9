"""The handle a user holds: a file that keeps what was read, and answers questions about it."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from rejoinder.book.asked import (
    Day,
    Paths,
    Words,
    act_query,
    moment_of,
    paths,
    published_day,
    score_of,
    since_day,
    status_of,
    until_day,
)
from rejoinder.book.coding import code_all
from rejoinder.book.comparing import compare_changes
from rejoinder.book.crew import Alone, Crew, Workers
from rejoinder.book.desk import Desk, earlier_state
from rejoinder.book.lanes import Lanes
from rejoinder.book.leaves import Leaves
from rejoinder.book.lookup import all_threads, find_act, find_document, pick, threads_of_dyad, why
from rejoinder.book.patience import Patience
from rejoinder.book.progress import RunNote, Teller, runs, telling
from rejoinder.book.results import Progress, Report, Why
from rejoinder.book.summing import Keeper, sum_up_anew
from rejoinder.book.table import Acts
from rejoinder.book.tasks import MOST, Item
from rejoinder.book.team import Team
from rejoinder.book.tools import Coding, Tools, tools_of
from rejoinder.book.worker import Order
from rejoinder.codebook import check, codebook
from rejoinder.codebook.dyads import dyads_of, parse_dyad
from rejoinder.draft import Coded
from rejoinder.errors import UsageError
from rejoinder.fetch import FetchRules
from rejoinder.link import rules_digest
from rejoinder.read import InputFailure, Settings, dispatcher, read, sort_out, web
from rejoinder.records import Act, Document, Link, Merge, Problem, Thread
from rejoinder.store import Store

__all__ = ["Book", "open"]


LONGEST_LIMIT = 86_400.0
"""Seconds; whoever allows a document a day means no limit."""


class Book(Leaves, Desk, Lanes, Team):
    """A file of documents, acts, links and problems. Make one with :func:`open`; ``with`` closes it.

    Several may read a book while one writes to it.
    """

    def __init__(self, store: Store, tools: Tools) -> None:
        """``tools`` code documents, link them across, and make threads."""
        self._store = store
        self._tools = tools
        self._keeper = Keeper(store, tools.threads)

    def __enter__(self) -> "Book":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Closing twice does no harm."""
        self._store.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    # putting in

    def code(
        self,
        paths_to_read: Paths,
        published: Day = None,
        progress: Callable[[Progress], None] | None = None,
        *,
        columns: Mapping[str, str] | None = None,
        follow: bool = False,
        rules: FetchRules | None = None,
        jobs: int = 1,
        time_limit: float | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> Report:
        """Read and code files, folders, archives and pages (see :func:`rejoinder.read.read`), and link what they tell.

        ``published`` is the publication day of documents that do not say theirs. ``columns`` say which column of a
        table, or key of JSON, holds which field ({"text": "body"}). What is already kept, from the same version and
        with the same date, stays as it is; what cannot be read becomes one of the report's failures. ``progress`` is
        called after each document.

        Pages on the web are fetched by ``rules``, those that a feed or sitemap lists only with ``follow``.

        ``jobs`` processes do the coding, this one alone where it is 1; what the book holds in the end does not depend
        on it. ``time_limit`` are the seconds that one document may take; longer, and it fails, to be tried again by
        the next run. While another program writes to the book, or the disk is full, the run waits, for ten minutes at
        most; ``tell`` is given a line that says so.

        Raises BadDate; UsageError where ``columns`` name a field that no document has, a reader of another package
        cannot be loaded, or ``jobs`` or ``time_limit`` is not positive; StoreError where the book cannot be written.
        """
        settings, day = Settings(columns=columns or {}, follow=follow), published_day(published)
        crew = self._crew(jobs, time_limit, settings, day)
        places, fetch = paths(paths_to_read), web(rules, settings)
        items: Iterable[Item]
        if isinstance(crew, Workers):
            items = sort_out(places, dispatcher(day, settings), fetch)  # what takes long to read, the workers read
        else:
            items = read(places, day, settings, fetch=fetch)
        return self._code(items, crew, progress, tell, limit=time_limit)

    def code_documents(
        self,
        documents: Iterable[Document | InputFailure],
        progress: Callable[[Progress], None] | None = None,
        *,
        at_once: int = MOST,
        jobs: int = 1,
        time_limit: float | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> Report:
        """Code documents that the caller made; else as :meth:`code`.

        At most ``at_once`` are taken before the first of them is written: 1 where each comes slowly and must not be
        lost, more where speed counts.
        """
        crew = self._crew(jobs, time_limit, Settings(), None)
        return self._code(documents, crew, progress, tell, limit=time_limit, at_once=at_once)

    def _code(
        self,
        items: Iterable[Item],
        crew: Crew,
        progress: Callable[[Progress], None] | None,
        tell: Callable[[str], None] | None,
        *,
        limit: float | None,
        at_once: int = MOST,
    ) -> Report:
        return code_all(
            self._store,
            self._tools,
            items,
            crew,
            at_once=at_once,
            progress=progress,
            patience=Patience() if tell is None else Patience(tell=tell),
            limit=limit,
        )

    def _crew(self, jobs: int, limit: float | None, settings: Settings, published: dt.date | None) -> Crew:
        if jobs < 1 or (limit is not None and not 0 < limit <= LONGEST_LIMIT):
            raise UsageError(
                f"jobs is {jobs} and time_limit {limit}: both must be positive, and a limit no longer than a day. "
                "Leave out what is not."
            )
        coding = self._tools.coding
        if jobs == 1 or coding is None:  # tools made by the caller cannot be handed to another process
            return Alone(self._tools, self._store, limit)
        return Workers(jobs, Order(coding, self._store.path.absolute(), limit, settings, published))

    def telling(self, what: str, about: str) -> AbstractContextManager[Teller]:
        """While this is held, whoever calls :meth:`runs` sees what the run ``what`` ("code") does ``about`` something.

        What it gives is told of each document that is done: pass its ``note`` as ``progress``.
        """
        return telling(self._store.path, what, about)

    def runs(self) -> list[RunNote]:
        """The last runs that coded into the book: those running first, then the one that began last."""
        return runs(self._store.path)

    # taking out

    def acts(
        self,
        *,
        kind: Words = None,
        dyad: str | None = None,
        actor: str | None = None,
        target: str | None = None,
        since: Day = None,
        until: Day = None,
        issue: str | None = None,
        channel: str | None = None,
        background: bool | None = None,
        answered: bool | None = None,
        min_score: float | None = None,
        document: str | None = None,
        text: str | None = None,
        reviewed: bool | None = None,
        every: bool = False,
    ) -> Acts:
        """The acts for which all that is given holds, by day (undated last).

        ``dyad`` is two state codes in either order ("PRK-KOR"); ``actor``/``target`` a state code; all find joint
        sides too. ``since``/``until`` are days, months or years, both included; an act without any date lies in none.
        ``answered``: whether anybody but the offerer answered. ``document`` is an id, the beginning of one, or a name;
        ``text`` words (or a "quoted phrase") of the document; ``reviewed``: whether anybody judged the act. An act told
        of several times comes once, by its first mention in the document that speaks for all; ``every`` gives each
        mention.

        Raises UsageError (BadDate for days) where an argument is none of what is allowed.
        """
        query = act_query(
            kind=kind,
            dyad=dyad,
            actor=actor,
            target=target,
            since=since,
            until=until,
            issue=issue,
            channel=channel,
            background=background,
            min_score=min_score,
            text=text,
            reviewed=reviewed,
        )
        with self._store.reading() as reading:
            if document is not None:
                query = replace(query, documents=tuple(find_document(reading, document)))
            return pick(reading, query, every=every, answered=answered)

    def act(self, act_id: str) -> Act:
        """The act with the id ``act_id``, or the only one whose id begins so. Raises UsageError."""
        with self._store.reading() as reading:
            return find_act(reading, act_id)

    def why(self, act_id: str) -> Why:
        """Everything that one act rests on: words, rule, links, other reports, problems. Raises UsageError."""
        with self._store.reading() as reading:
            return why(reading, find_act(reading, act_id))

    def threads(
        self,
        *,
        dyad: str | None = None,
        issue: str | None = None,
        status: Words = None,
        since: Day = None,
        until: Day = None,
    ) -> list[Thread]:
        """Threads whose opening act is of ``dyad`` and ``issue`` and touches ``since`` .. ``until``, by its day."""
        wanted = None if dyad is None else parse_dyad(dyad)
        about = None if issue is None else check("issue", issue, codebook().issues)
        statuses, first, last = status_of(status), since_day(since), until_day(until)
        return [
            thread
            for thread in self._threads(wanted)
            if (wanted is None or wanted in dyads_of(thread.offer))
            and (about is None or thread.offer.issue == about)
            and (not statuses or thread.status in statuses)
            and _lies_in(thread.offer, first, last)
        ]

    def documents(self) -> list[Document]:
        """All documents, in the order they were first kept."""
        with self._store.reading() as reading:
            return reading.documents()

    def links(self) -> list[Link]:
        """All links, inside documents and across them, in order of id."""
        with self._store.reading() as reading:
            return reading.links()

    def merges(self) -> list[Merge]:
        """All pairs of acts in different documents that were found to be one, in order of id."""
        with self._store.reading() as reading:
            return reading.merges()

    def joined(self, ids: Iterable[str]) -> dict[str, Link | Merge]:
        """Those of ``ids`` that are merges or links, by id; also those judged wrong, which other answers leave out."""
        with self._store.reading() as reading:
            return {one.id: one for one in reading.joins(set(ids))}

    def as_of(self, when: dt.datetime | Day) -> "Book":
        """The book as people had judged it by ``when`` (a day: by its end), for reading only. Close it after use.

        Documents and what the coder finds in them are those of today: only judgements have a past. Where any was made
        later, that takes a copy of the file in the folder for temporary files, and the time to fold the documents that
        were judged later and compare them anew. Raises BadDate; StoreError where there is no room for the copy.
        """
        moment = moment_of(when)
        store = earlier_state(self._store, moment, lambda copy: compare_changes(copy, self._tools.linker))
        return Book(store, self._tools)

    def problems(self, *, code: Words = None, document: str | None = None) -> list[Problem]:
        """What could not be decided: of all documents or one, of all codes or some. Raises UsageError."""
        wanted = (code,) if isinstance(code, str) else tuple(code or ())
        with self._store.reading() as reading:
            docs: Sequence[str | None] = [None] if document is None else find_document(reading, document)
            return [
                problem
                for doc in docs
                for problem in reading.problems(codes=[name.strip().upper() for name in wanted], doc=doc)
            ]

    def coded(self) -> Iterator[Coded]:
        """Every document as it was coded, once for each name it came under, in the order they were first kept.

        This is what the JSONL export writes.
        """
        with self._store.reading() as reading:
            for name, doc in dict.fromkeys(reading.all_sources()):
                yield reading.coded(doc, name)

    def _threads(self, dyad: str | None) -> list[Thread]:
        with self._store.reading() as reading:
            make = self._tools.threads
            threads = all_threads(reading, make) if dyad is None else threads_of_dyad(reading, make, dyad)
        return sorted(threads, key=lambda thread: (thread.offer.when.earliest or dt.date.max, thread.id))


def open(  # noqa: A001 (rejoinder.open, as wave.open)
    path: str | os.PathLike[str],
    *,
    readonly: bool = False,
    pipeline: str | None = None,
    min_score: float | None = None,
    gate: bool = True,
) -> Book:
    """Open the book at ``path``, and make it where there is none (unless ``readonly``).

    ``pipeline`` names another installed spaCy pipeline to code with; acts less probable than ``min_score`` are not
    kept; texts without words of politics are passed over unless ``gate`` is False. What the book holds from other
    settings is coded anew when it is put in again; what a version with other rules decided between documents is
    decided anew at once, unless ``readonly``.

    Raises StoreError, with the file untouched, where it is no book, or cannot be read or written; UsageError where
    ``min_score`` is no score; and, when the first document is coded, UnknownPipeline.
    """
    tools = tools_of(Coding(pipeline, score_of(min_score), gate))  # a slip of the caller makes no file
    store = Store.open(path, readonly=readonly)
    if not readonly:  # what a run that was cut short left to be compared, and all where another version compared it
        compare_changes(store, tools.linker, rules_digest())
        sum_up_anew(store, tools.threads, rules_digest())
    return Book(store, tools)


def _lies_in(act: Act, since: dt.date | None, until: dt.date | None) -> bool:
    """Whether the act's interval touches since .. until; an act without any date lies in none."""
    first, last = act.when.earliest, act.when.latest
    if first is None and last is None:
        return since is None and until is None
    return not ((since and last and last < since) or (until and first and first > until))
