"""The report of a run is the same however many documents are looked at together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rejoinder.book import tally as tallies
from rejoinder.book.coding import code_all
from rejoinder.book.crew import Alone
from rejoinder.book.groups import Groups
from rejoinder.book.lookup import all_threads
from rejoinder.book.results import Report
from rejoinder.book.tally import Tally
from rejoinder.link import threads
from rejoinder.read import InputFailure
from rejoinder.records import Document
from rejoinder.store import Store
from tests.book.fake_worker import tools
from tests.makers import FakePipeline, document

ISSUES = ("talks", "aid", "rice", "fuel", "visits")


def corpus() -> list[Document]:
    """Offers told of again elsewhere, answers in other documents, failures and undated texts."""
    found = []
    for number, issue in enumerate(ISSUES):
        day = 3 * number + 1
        offer = f"Pyongyang offered Seoul {issue}."
        found += [
            document(offer, f"offer{number}", f"2016-05-{day:02d}"),
            document(f"On that day {offer} It was number {number}.", f"again{number}", f"2016-05-{day:02d}"),
            document(f"Seoul rejected Pyongyang on {issue}.", f"answer{number}", f"2016-05-{day + 1:02d}"),
        ]
    odd = [document("garbled", "garbled"), document("Washington offered Pyongyang fuel.", "undated", None)]
    return [*found[1::2], *odd, *found[::2]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "book.db")
    yield opened
    opened.close()


@pytest.mark.parametrize("some", [slice(None), slice(0, 9), slice(4, 12, 2)])
def test_batches_change_nothing(store: Store, monkeypatch: pytest.MonkeyPatch, some: slice) -> None:
    mine = replace(tools(FakePipeline), threads=threads)
    documents = corpus()
    code_all(store, mine, documents, Alone(mine, store))
    fed = documents[some]
    reports: list[Report] = []
    for at_once in (1, 2, 7, 200):
        monkeypatch.setattr(tallies, "AT_ONCE", at_once)
        counted = Tally(failures=[InputFailure("x", "not there")])
        for each in (*fed, fed[0]):
            counted.add(each.id, "coded")
        with store.reading() as reading:
            reports.append(counted.report(reading, threads))
    assert all(report == reports[0] for report in reports)
    assert reports[0] == expected(store, fed)
    assert reports[0].threads
    assert reports[0].links or some != slice(None)


def expected(store: Store, fed: list[Document]) -> Report:
    """The report, from all that the book holds."""
    with store.reading() as reading:
        acts = [act for doc in fed for act in reading.acts_of(doc.id)]
        ids = {act.id for act in acts}
        groups = Groups(reading.first_of(), reading.merge_pairs())
        kinds = {groups.root(act.id): act.kind for act in reversed(acts)}
        told = [one for one in all_threads(reading, threads) if ids & {one.offer.id, *one.reports}]
        return Report(
            documents=len(fed) + 1,
            coded=len(fed) + 1,
            acts=Counter(kinds.values()),
            links=Counter(link.how for link in reading.links() if link.answer in ids),
            threads=Counter(one.status for one in told),
            problems=Counter(one.code for doc in fed for one in reading.problems(doc=doc.id)),
            failures=(InputFailure("x", "not there"),),
        )
