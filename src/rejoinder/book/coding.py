"""From documents to a book: a crew codes them, one hand writes them down, then acts are compared across documents."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial

from rejoinder.book.comparing import compare_changes
from rejoinder.book.crew import Crew
from rejoinder.book.judging.steps import refold
from rejoinder.book.patience import Patience
from rejoinder.book.results import Outcome, Progress, Report
from rejoinder.book.summing import sum_up
from rejoinder.book.tally import Tally
from rejoinder.book.tasks import MOST, Item, Made, Result, Several, chunks, made, storable
from rejoinder.book.tools import Tools
from rejoinder.draft import Coded
from rejoinder.read import InputFailure, Unread
from rejoinder.records import Document, Problem
from rejoinder.store import TRY_AGAIN, Reading, Run, Store

__all__ = ["code_all"]


def code_all(
    store: Store,
    tools: Tools,
    items: Iterable[Item],
    crew: Crew,
    *,
    at_once: int = MOST,
    progress: Callable[[Progress], None] | None = None,
    patience: Patience | None = None,
    limit: float | None = None,
) -> Report:
    """Code ``items`` into ``store``, up to ``at_once`` in a transaction, and link what they tell of.

    An interruption leaves all that was written so far, and what it touched to be compared by the next call; what was
    not written is coded again when it is put in again. The book is the same whatever the ``crew``. ``limit`` are the
    seconds that one document may take which has to be coded once more as it is written.
    """
    patient = patience or Patience()
    scribe = _Scribe(store, tools, tools.run(), patient, limit)
    tally = Tally()
    with closing(crew(chunks(map(_storable, items), at_once))) as made_of_each:
        for results in made_of_each:
            each = list(_each(results))
            tally.failures += [one for one in each if isinstance(one, InputFailure)]
            done = [one for one in each if isinstance(one, Made)]
            for one, outcome in zip(done, scribe.keep(done), strict=True):
                tally.add(one.source.id, outcome)
                if progress is not None:
                    progress(Progress(tally.outcomes.total(), one.source.name, outcome, one.source))
    patient(lambda: compare_changes(store, tools.linker))
    patient(lambda: sum_up(store, tools.threads))
    with store.reading() as reading:
        return tally.report(reading, tools.threads)


def _each(results: Iterable[Result]) -> Iterator[Made | InputFailure]:
    for result in results:
        yield from result.each if isinstance(result, Several) else (result,)


def _storable(item: Item) -> Item:
    return item if isinstance(item, Unread) else storable(item)


@dataclass(frozen=True, slots=True)
class _Scribe:
    """Writes down what was made. ``given_up`` are problems of documents that are not tried again in this run."""

    store: Store
    tools: Tools
    run: Run
    patient: Patience
    limit: float | None
    given_up: dict[str, tuple[Problem, ...]] = field(default_factory=dict)

    def keep(self, done: Sequence[Made]) -> list[Outcome]:
        """Write down ``done``, in one transaction unless one has to be coded again; what became of each."""
        for one in done:
            if one.coded is not None and any(problem.code in TRY_AGAIN for problem in one.coded.problems):
                self.given_up[one.source.id] = one.coded.problems
        known = self.patient(lambda: self._known(done))
        if known is not None:
            return known
        outcomes: list[Outcome] = []
        rest = list(done)
        while rest:
            written, wanted = self.patient(partial(self._written, rest))
            outcomes += written
            rest = rest[len(written) :]
            if wanted is not None:
                rest[0] = self._again(rest[0].source, wanted)
        return outcomes

    def _known(self, done: Sequence[Made]) -> list[Outcome] | None:
        """What is known of ``done``, where nothing of it is new; the book is left alone then."""
        if any(one.coded is not None for one in done):
            return None
        with self.store.reading() as reading:
            if not all(self._is_kept(reading, one) for one in done):
                return None
            return [_known(reading.status(one.source.id)) for one in done]

    def _is_kept(self, reading: Reading, one: Made) -> bool:
        plan = reading.plan(one.source, self.run)
        return plan.current and not plan.new_source

    def _written(self, done: Sequence[Made]) -> tuple[list[Outcome], Document | None]:
        """What became of those of ``done`` that could be written, and the document that has to be coded before more.

        That is where another writer, or a document before it, made an earlier date of the same text known meanwhile.
        What follows waits, so that all is written as it would be if each came alone.
        """
        outcomes: list[Outcome] = []
        with self.store.writing() as writing:
            for one in done:
                current = writing.plan(one.source, self.run).current
                wanted = writing.keep(one.source, one.coded, self.run, one.sketch, one.filed)
                if wanted is not None:
                    return outcomes, wanted
                if not current:
                    refold(writing, one.source.id)  # what people judged of it stands
                fresh = None if current else one.coded
                outcomes.append(fresh.status if fresh else _known(writing.status(one.source.id)))
        return outcomes, None

    def _again(self, source: Document, wanted: Document) -> Made:
        """``source``, coded as ``wanted``: here, so not if that took too long, or ended a process, a moment ago."""
        problems = self.given_up.get(wanted.id)
        if problems is not None:
            return Made(source, Coded(wanted, problems=problems, status="failed"))
        return made(self.tools, source, wanted, self.limit)


def _known(status: str | None) -> Outcome:
    return "failed" if status == "failed" else "unchanged"
