"""The report of a run: what was done, and what the book holds of these documents; made without holding it all."""

from collections import Counter
from dataclasses import dataclass, field

from rejoinder.book.groups import Groups
from rejoinder.book.lookup import ThreadMaker, threads_around
from rejoinder.book.results import Outcome, Report
from rejoinder.book.views import batched
from rejoinder.read import InputFailure
from rejoinder.store import Reading

__all__ = ["Tally"]

AT_ONCE = 200
"""Documents whose acts are held at a time."""


@dataclass(slots=True)
class Tally:
    """What was done so far. Of a document only its id is kept."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    documents: dict[str, None] = field(default_factory=dict)
    fresh: dict[str, None] = field(default_factory=dict)
    """Those that were coded now."""
    failures: list[InputFailure] = field(default_factory=list)

    def add(self, document: str, outcome: Outcome) -> None:
        """Count ``document``, an id."""
        self.outcomes[outcome] += 1
        self.documents[document] = None
        if outcome in ("coded", "partly"):
            self.fresh[document] = None

    def report(self, reading: Reading, threads: ThreadMaker) -> Report:
        """The report: acts, links, threads and problems are counted as the book has them now."""
        groups = Groups(reading.first_of(), reading.merge_pairs())
        kinds: dict[str, tuple[bool, str]] = {}
        links: Counter[str] = Counter()
        problems: Counter[str] = Counter()
        told: dict[str, str] = {}
        ours: set[str] = set()
        for docs in batched(self.documents, AT_ONCE):
            acts = dict(reading.mentions_of(docs))
            ours |= acts.keys()
            problems.update(reading.problem_codes(docs))
            for act, kind in acts.items():
                root = groups.root(act)
                # the act that speaks for all says of which kind they are; where it is elsewhere, the alphabet
                kinds[root] = min(kinds.get(root, (True, kind)), (root != act, kind))
        for docs in batched(self.fresh, AT_ONCE):
            ids = {act for act, _ in reading.mentions_of(docs)}
            for thread in threads_around(reading, threads, ids):
                if ids & {thread.offer.id, *thread.reports}:
                    told[thread.id] = thread.status
        for some in batched(sorted(ours), AT_ONCE):
            links.update(link.how for link in reading.links(set(some)) if link.answer in set(some))
        return Report(
            documents=self.outcomes.total(),
            coded=self.outcomes["coded"],
            partly=self.outcomes["partly"],
            unchanged=self.outcomes["unchanged"],
            failed=self.outcomes["failed"],
            passed=self.outcomes["passed"],
            acts=_sorted(Counter(kind for _, kind in kinds.values())),
            links=_sorted(links),
            threads=_sorted(Counter(told.values())),
            problems=_sorted(problems),
            failures=tuple(self.failures),
        )


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
