"""Chunks, what is made of them in one process, and that the same text from several places is coded as one by one."""

import datetime as dt
import itertools
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from rejoinder.book import Book, tasks
from rejoinder.book.coding import code_all
from rejoinder.book.crew import Alone
from rejoinder.book.tasks import Chunk, Item, Made, chunks, make
from rejoinder.book.tools import Coder
from rejoinder.draft import Coded
from rejoinder.read import InputFailure
from rejoinder.records import Document
from rejoinder.store import Store
from tests.book.fake_worker import Troubled, tools
from tests.dumps import dumped
from tests.makers import FakePipeline, document

OFFER = document("Pyongyang offered Seoul talks.", "offer")
SLEEPER = document("Pyongyang offered Seoul talks sleeps.", "sleeper")
ANSWER = document("Seoul rejected Pyongyang again.", "answer", "2016-05-23")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "book.db")
    yield opened
    opened.close()


def sizes(items: Sequence[Item]) -> list[int]:
    return [len(chunk.items) for chunk in chunks(items, 3)]


class TestChunks:
    def test_they_are_full_by_number_or_by_length(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tasks, "CHARACTERS", 100)
        long, short, lost = document("a" * 60), document("b"), InputFailure("x", "not there")
        assert sizes([]) == []
        assert sizes([short] * 7) == [3, 3, 1]
        assert sizes([short] * 6) == [3, 3]
        assert sizes([long] * 5) == [2, 2, 1]
        assert sizes([lost, lost, short, long, long]) == [3, 2]
        assert [chunk.number for chunk in chunks([short] * 7, 3)] == [0, 1, 2]

    def test_they_are_taken_one_by_one(self) -> None:
        taken = itertools.count()
        given = chunks(document(str(next(taken))) for _ in itertools.repeat(None))
        next(given)
        assert next(taken) == tasks.MOST

    def test_whoever_has_enough_may_stop(self) -> None:
        given = chunks(iter([OFFER] * 200))
        next(given)
        given.close()  # type: ignore[attr-defined]

    def test_an_exception_comes_after_what_was_read(self) -> None:
        def broken() -> Iterator[Item]:
            yield OFFER
            raise KeyboardInterrupt

        given = chunks(broken())
        assert next(given) == Chunk(0, (OFFER,))
        with pytest.raises(KeyboardInterrupt):
            next(given)


class TestMake:
    def test_a_text_twice_in_a_chunk_is_coded_once(self, store: Store) -> None:
        pipeline = FakePipeline()
        lost = InputFailure("x", "not there")
        found = list(make(tools(lambda: pipeline), store, [OFFER, lost, OFFER, ANSWER]))
        assert pipeline.calls == 2
        assert found[1] == lost
        assert [one.coded is None for one in found if isinstance(one, Made)] == [False, True, False]

    def test_what_fails_together_is_tried_alone(self, store: Store) -> None:
        @dataclass
        class Poor(FakePipeline):
            def ahead(self, documents: Sequence[Document], /) -> None:
                raise ValueError("two are too many")

        found = list(make(tools(Poor), store, [OFFER, ANSWER]))
        assert [one.coded is not None for one in found if isinstance(one, Made)] == [True, True]

    @pytest.mark.parametrize("together", [True, False])
    def test_whoever_takes_too_long_fails(self, store: Store, monkeypatch: pytest.MonkeyPatch, together: bool) -> None:
        monkeypatch.setattr(tasks, "TOGETHER", 0.2)
        before = signal.getsignal(signal.SIGALRM)
        found = list(make(tools(lambda: Troubled(together=together)), store, [OFFER, SLEEPER, ANSWER], 0.3))
        coded = [one.coded for one in found if isinstance(one, Made) and one.coded]
        assert [one.status for one in coded] == ["coded", "failed", "coded"]
        (problem,) = coded[1].problems
        assert (problem.code, problem.doc) == ("TIMED_OUT", SLEEPER.id)
        assert problem.message.startswith("Coding took longer than 0.3 seconds")
        assert signal.getsignal(signal.SIGALRM) is before
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)

    def test_one_that_does_not_hear_is_told_again(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tasks, "AGAIN", 0.1)

        @dataclass
        class Deaf(FakePipeline):
            def code(self, doc: Document, /) -> Coded:
                try:
                    time.sleep(3600)
                except BaseException:  # noqa: BLE001 - as in a callback from C, which swallows all
                    time.sleep(3600)
                return super().code(doc)

        (found,) = make(tools(Deaf), store, [OFFER], 0.1)
        assert isinstance(found, Made)
        assert found.coded
        assert found.coded.status == "failed"

    def test_loading_takes_none_of_a_documents_time(self, store: Store) -> None:
        def load() -> Coder:
            time.sleep(0.3)
            return FakePipeline()

        (found,) = make(tools(load), store, [OFFER], 0.2)
        assert isinstance(found, Made)
        assert found.coded
        assert found.coded.status == "coded"


class TestLimits:
    def test_the_next_run_tries_it_again(self, store: Store) -> None:
        slow, quick = tools(Troubled), tools(FakePipeline)
        copies = [SLEEPER, OFFER, SLEEPER, document(SLEEPER.text, "copy", "2016-05-01")]
        began = time.monotonic()
        report = code_all(store, slow, copies, Alone(slow, store, 0.3), limit=0.3)
        assert (report.coded, report.failed, report.problems) == (1, 3, {"TIMED_OUT": 1})
        assert time.monotonic() - began < 10
        with store.reading() as reading:
            assert reading.status(SLEEPER.id) == "failed"
            assert not reading.plan(SLEEPER, slow.run()).current
        assert code_all(store, quick, copies, Alone(quick, store, 0.3)).problems == {}
        with store.reading() as reading:
            assert reading.status(SLEEPER.id) == "coded"
            assert [one.published for one in reading.documents()] == [dt.date(2016, 5, 1), OFFER.published]

    def test_a_copy_with_another_day_is_given_up_with_it(self, store: Store) -> None:
        # the second goes by the day of the first, which the book knows only as one that failed
        slow = tools(lambda: Troubled(together=False))
        first, second = SLEEPER, document(SLEEPER.text, "later", "2016-06-01")
        report = code_all(store, slow, [first, second], Alone(slow, store, 0.3), limit=0.3)
        assert (report.failed, report.problems) == (2, {"TIMED_OUT": 1})
        with store.reading() as reading:
            assert len(reading.sources(first.id)) == 2


DAYS = ("2016-05-20", "2016-05-10", None, "2016-05-25")


@pytest.mark.parametrize("days", [DAYS, DAYS[::-1], (DAYS[1], DAYS[0]), (DAYS[0], DAYS[1])])
@pytest.mark.parametrize("most", [1, 2, 32])
def test_one_text_of_several_days_comes_out_as_one_by_one(
    tmp_path: Path, days: Sequence[str | None], most: int
) -> None:
    copies = [document(OFFER.text, f"copy{number}", day) for number, day in enumerate(days)]
    items = [copies[0], ANSWER, *copies[1:], document("Pyongyang tested a missile.", "test"), copies[0]]
    with Book(Store.open(tmp_path / "once.db"), tools(FakePipeline)) as once:
        once.code_documents(items, at_once=most)
    with Book(Store.open(tmp_path / "singly.db"), tools(FakePipeline)) as singly:
        for item in items:
            singly.code_documents([item])
    assert dumped(tmp_path / "once.db") == dumped(tmp_path / "singly.db")
