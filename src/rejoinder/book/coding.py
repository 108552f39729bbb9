"""From documents to a book: a crew codes them, one hand writes them down, then acts are compared across documents."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from rejoinder.book.comparing import compare_changes
from rejoinder.book.crew import Crew
from rejoinder.book.patience import Patience
from rejoinder.book.results import Outcome, Progress, Report
from rejoinder.book.tally import Tally
from rejoinder.book.tasks import MOST, Item, Made, Result, Several, chunks, made, storable
from rejoinder.book.tools import Tools
from rejoinder.read import InputFailure, Unread
from rejoinder.records import Document
from rejoinder.store import Reading, Run, Store

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
) -> Report:
    """Code ``items`` into ``store``, up to ``at_once`` in a transaction, and link what they tell of.

    An interruption leaves all that was written so far, and what it touched to be compared by the next call; what was
    not written is coded again when it is put in again. The book is the same whatever the ``crew``.
    """
    run, patient = tools.run(), patience or Patience()
    tally = Tally()
    for results in crew(chunks(map(_storable, items), at_once)):
        each = list(_each(results))
        tally.failures += [one for one in each if isinstance(one, InputFailure)]
        done = [one for one in each if isinstance(one, Made)]
        outcomes = patient(lambda done=done: _keep(store, tools, done, run))  # type: ignore[misc]
        for one, outcome in zip(done, outcomes, strict=True):
            tally.add(one.source.id, outcome)
            if progress is not None:
                progress(Progress(tally.outcomes.total(), one.source.name, outcome, one.source))
    patient(lambda: compare_changes(store, tools.linker))
    with store.reading() as reading:
        return tally.report(reading, tools.threads)


def _each(results: Iterable[Result]) -> Iterator[Made | InputFailure]:
    for result in results:
        yield from result.each if isinstance(result, Several) else (result,)


def _storable(item: Item) -> Item:
    return item if isinstance(item, Unread) else storable(item)


def _keep(store: Store, tools: Tools, done: Sequence[Made], run: Run) -> list[Outcome]:
    """Write down ``done``, in one transaction unless one has to be coded again; what became of each."""
    with store.reading() as reading:
        if all(_is_kept(reading, one, run) for one in done):  # nothing new: the book is left alone
            return [_known(reading.status(one.source.id)) for one in done]
    outcomes: list[Outcome] = []
    rest = list(done)
    while rest:
        written, wanted = _written(store, run, rest)
        outcomes += written
        rest = rest[len(written) :]
        if wanted is not None:
            rest[0] = made(tools, rest[0].source, wanted)
    return outcomes


def _written(store: Store, run: Run, done: Sequence[Made]) -> tuple[list[Outcome], Document | None]:
    """What became of those of ``done`` that could be written down, and the document that has to be coded before more.

    That is where another writer, or a document before it, made an earlier date of the same text known meanwhile. What
    follows waits, so that all is written as it would be if each came alone.
    """
    outcomes: list[Outcome] = []
    with store.writing() as writing:
        for one in done:
            current = writing.plan(one.source, run).current
            wanted = writing.keep(one.source, one.coded, run, one.sketch, one.filed)
            if wanted is not None:
                return outcomes, wanted
            fresh = None if current else one.coded
            outcomes.append(fresh.status if fresh else _known(writing.status(one.source.id)))
    return outcomes, None


def _is_kept(reading: Reading, one: Made, run: Run) -> bool:
    plan = reading.plan(one.source, run)
    return plan.current and not plan.new_source


def _known(status: str | None) -> Outcome:
    return "failed" if status == "failed" else "unchanged"
