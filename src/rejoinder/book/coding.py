"""From documents to a book: code each, keep it in one transaction, then compare its acts with those of others."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rejoinder.book.comparing import compare_changes, filings
from rejoinder.book.groups import Groups
from rejoinder.book.lookup import ThreadMaker, threads_around
from rejoinder.book.results import Outcome, Progress, Report
from rejoinder.draft import Coded
from rejoinder.link import Linker
from rejoinder.read import InputFailure
from rejoinder.records import Document
from rejoinder.store import Filed, Reading, Run, Store
from rejoinder.text.sketch import sketch

__all__ = ["Coder", "Tools", "code_all"]


class Coder(Protocol):
    """What codes one document; :class:`rejoinder.pipeline.Pipeline` does."""

    def code(self, document: Document, /) -> Coded:
        """The acts of ``document`` and the links between them."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What a book works with.

    ``coder`` makes the pipeline when it is first needed (its model takes seconds to load), ``linker`` what links
    between documents. ``run`` says how documents
    are coded: a book codes anew what was coded otherwise.
    """

    coder: Callable[[], Coder]
    linker: Callable[[], Linker]
    threads: ThreadMaker
    run: Callable[[], Run]


def code_all(
    store: Store,
    tools: Tools,
    items: Iterable[Document | InputFailure],
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Code ``items`` into ``store``, each in a transaction of its own, and link what they tell of.

    An interruption leaves all documents done so far, and what they touched to be compared by the next call.
    """
    run = tools.run()
    outcomes: list[Outcome] = []
    fed: list[str] = []
    failures: list[InputFailure] = []
    for item in map(_storable, items):
        if isinstance(item, InputFailure):
            failures.append(item)
            continue
        outcomes.append(_keep(store, tools, item, run))
        fed.append(item.id)
        if progress is not None:
            progress(Progress(len(fed), item.name, outcomes[-1]))
    compare_changes(store, tools.linker)
    with store.reading() as reading:
        return _report(reading, tools.threads, outcomes, fed, failures)


def _storable(item: Document | InputFailure) -> Document | InputFailure:
    """The item, or a failure in its place where SQLite cannot hold its text."""
    if isinstance(item, InputFailure):
        return item
    try:
        item.text.encode()
    except UnicodeEncodeError as error:
        message = f"half a character (a lone surrogate) stands at offset {error.start}. Repair the text's encoding."
        return InputFailure(item.origin or item.name, message)
    return item


def _keep(store: Store, tools: Tools, source: Document, run: Run) -> Outcome:
    with store.reading() as reading:
        plan = reading.plan(source, run)
        status = reading.status(source.id)
    document = None if plan.current else plan.document
    coded: Coded | None = None
    sketched: bytes | None = None
    filed: list[Filed] = []
    if document is None and not plan.new_source:
        return "failed" if status == "failed" else "unchanged"
    while True:
        if document is not None:
            coded = tools.coder().code(document)
            filed = filings(tools.linker(), coded.acts, {document.id: document.published})
            # what could not be coded tells of nothing, and may be too long to be laid out
            sketched = None if coded.status == "failed" else sketch(document.text)
        with store.writing() as writing:
            # another writer may have kept an earlier date of this text meanwhile: then it is coded once more
            document = writing.keep(source, coded, run, sketched, filed)
        if document is None:
            break
    if coded is not None:
        return coded.status
    return "failed" if status == "failed" else "unchanged"


def _report(
    reading: Reading,
    threads: ThreadMaker,
    outcomes: Sequence[Outcome],
    fed: Collection[str],
    failures: Sequence[InputFailure],
) -> Report:
    docs = set(fed)
    acts = [act for doc in dict.fromkeys(fed) for act in reading.acts_of(doc)]
    groups = Groups(reading.first_of(), reading.merge_pairs())
    ids = {act.id for act in acts}
    kinds = {groups.root(act.id): act.kind for act in reversed(acts)}  # of the first that tells of it
    links = [link for link in reading.links(ids) if link.answer in ids]
    near = threads_around(reading, threads, ids)
    told = [thread for thread in near if ids & {thread.offer.id, *thread.reports}]
    problems = [problem for doc in sorted(docs) for problem in reading.problems(doc=doc)]
    tally = Counter(outcomes)
    return Report(
        documents=len(outcomes),
        coded=tally["coded"],
        partly=tally["partly"],
        unchanged=tally["unchanged"],
        failed=tally["failed"],
        acts=_counts(kinds.values()),
        links=_counts(link.how for link in links),
        threads=_counts(thread.status for thread in told),
        problems=_counts(problem.code for problem in problems),
        failures=tuple(failures),
    )


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
