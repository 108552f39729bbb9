"""Several processes give what one gives; whatever becomes of them, each document has its result."""

import itertools
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.book import crew as crews
from rejoinder.book.coding import code_all
from rejoinder.book.crew import AHEAD, Alone, Workers
from rejoinder.book.results import Progress, Report
from rejoinder.book.tasks import Item, Made, Result, chunks
from rejoinder.book.tools import Coder, Coding
from rejoinder.book.worker import Order
from rejoinder.errors import RejoinderError
from rejoinder.read import InputFailure
from rejoinder.records import Document
from rejoinder.store import Store
from tests.book.fake_worker import Troubled, command, tools
from tests.dumps import dumped
from tests.makers import document

LOST = InputFailure("lost.txt", "There is no such file.")


def told(number: int, word: str = "") -> Document:
    """The document ``number``; ``word`` may be one that troubles who codes it."""
    day = f"2016-05-{number % 28 + 1:02d}"
    return document(f"Pyongyang offered Seoul talks number {number} {word}.".replace(" .", "."), f"d{number}", day)


def corpus(count: int = 30) -> list[Item]:
    """Documents of all kinds, some twice, and a file that is not there."""
    words = itertools.cycle(["", "", "garble", "prints", "", "slow"])
    items: list[Item] = [told(number, word) for number, word in zip(range(count), words, strict=False)]
    items += [document("Seoul rejected Pyongyang again.", f"no{day}", f"2016-05-{day}") for day in (21, 11, 16)]
    return [*items[:7], LOST, *items[7:], *items[:3], document("Washington offered Pyongyang fuel.", "undated", None)]


def nobody() -> Coder:
    pytest.fail("the first process codes nothing while others do")


@dataclass
class Bench:
    """A book, and those who fill it."""

    store: Store
    heard: list[Progress] = field(default_factory=list)

    @property
    def path(self) -> Path:
        return self.store.path

    def workers(self, jobs: int = 2, mood: str = "", *more: str, limit: float | None = None) -> Workers:
        return Workers(jobs, Order(Coding(), self.path, limit), command(mood, *more))

    def code(
        self,
        items: Iterator[Item] | Sequence[Item],
        crew: Workers | None = None,
        *,
        mended: bool = True,
        at_once: int = 4,
    ) -> Report:
        """Code ``items``; alone, and spared all trouble if ``mended``, unless there are workers."""
        mine = tools(nobody if crew else lambda: Troubled(mended=mended))
        self.heard.clear()
        return code_all(
            self.store, mine, items, crew or Alone(mine, self.store), at_once=at_once, progress=self.heard.append
        )

    def names(self) -> list[str]:
        with self.store.reading() as reading:
            return [one.name for one in reading.documents()]

    def codes(self) -> dict[str, str]:
        """The problem of each document that has one, by name."""
        with self.store.reading() as reading:
            names = {one.id: one.name for one in reading.documents()}
            return {names[one.doc]: one.code for one in reading.problems() if one.doc}


@pytest.fixture
def benches(tmp_path: Path) -> Iterator[Callable[[str], Bench]]:
    made: list[Bench] = []

    def make(name: str) -> Bench:
        made.append(Bench(Store.open(tmp_path / name)))
        return made[-1]

    yield make
    for bench in made:
        bench.store.close()


@pytest.fixture
def bench(benches: Callable[[str], Bench]) -> Bench:
    return benches("book.db")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "GRACE", 1.0)
    monkeypatch.setattr(crews, "CALM", 0.05)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """The processes that were started."""
    processes: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*arguments: object, **more: object) -> "subprocess.Popen[bytes]":
        processes.append(popen(*arguments, **more))  # type: ignore[call-overload]
        return processes[-1]

    monkeypatch.setattr(crews, "subprocess", SimpleNamespace(Popen=start, PIPE=subprocess.PIPE))
    return processes


def all_gone(processes: Sequence["subprocess.Popen[bytes]"]) -> bool:
    """Whether all have ended, and nothing of them is left."""

    def gone(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        return False

    return all(one.returncode is not None and gone(one.pid) for one in processes)


class TestTheSameAsAlone:
    @settings(max_examples=3, deadline=None)
    @given(
        jobs=st.sampled_from([1, 2, 3, 5]),
        most=st.integers(1, 9),
        order=st.randoms(use_true_random=False),
    )
    def test_results_and_their_order(
        self, tmp_path_factory: pytest.TempPathFactory, jobs: int, most: int, order: object
    ) -> None:
        items = corpus(20)
        order.shuffle(items)  # type: ignore[attr-defined]
        with closing(Store.open(tmp_path_factory.mktemp("same") / "book.db")) as store:
            alone = list(Alone(tools(Troubled), store)(chunks(items, most)))
            assert list(Workers(jobs, Order(Coding(), store.path, 60), command())(chunks(items, most))) == alone
            assert sum(map(len, alone)) == len(items)

    def test_the_book_byte_for_byte(self, benches: Callable[[str], Bench]) -> None:
        books = [benches(f"{jobs}.db") for jobs in (1, 2, 3)]
        reports = [book.code(corpus(), book.workers(jobs) if jobs > 1 else None) for jobs, book in enumerate(books, 1)]
        assert reports[0] == reports[1] == reports[2]
        assert [one.name for one in books[0].heard] == [one.name for one in corpus() if isinstance(one, Document)]
        assert books[0].heard == books[1].heard == books[2].heard
        for book in books:
            book.store.close()
        assert dumped(books[0].path) == dumped(books[1].path) == dumped(books[2].path)
        content = [book.path.read_bytes() for book in books]
        assert content[0] == content[1] == content[2]

    def test_a_second_run_codes_what_came_since(self, bench: Bench) -> None:
        bench.code(corpus(10))
        report = bench.code(corpus(14), bench.workers())
        assert (report.coded, report.unchanged) == (4, report.documents - 4 - report.failed)

    def test_nothing_to_do_starts_nobody(self, bench: Bench, started: list["subprocess.Popen[bytes]"]) -> None:
        assert bench.code([], bench.workers()).documents == 0
        assert started == []

    def test_what_is_kept_loads_no_models(self, bench: Bench) -> None:
        bench.code(corpus())
        before = dumped(bench.path)
        report = bench.code(corpus(), bench.workers(2, "cannot load"))
        assert (report.coded, report.partly) == (0, 0)
        assert dumped(bench.path) == before


class TestTrouble:
    @pytest.mark.parametrize(("word", "mood"), [("dies", ""), ("exits", "apart")])
    def test_a_document_that_ends_its_worker_fails_alone(
        self, benches: Callable[[str], Bench], word: str, mood: str
    ) -> None:
        items = [told(number, word if number in {2, 8} else "") for number in range(17)]
        bench, whole = benches("book.db"), benches("whole.db")
        report = bench.code(items, bench.workers(2, mood))
        assert [(one.name, one.outcome) for one in bench.heard] == [
            (one.name, "failed" if word in one.text else "coded") for one in items
        ]
        assert bench.names() == [one.name for one in items]
        assert bench.codes() == {"d2": "CODER_DIED", "d8": "CODER_DIED"}
        assert report.problems == {"CODER_DIED": 2}
        again = bench.code(items, bench.workers(1, "mended"))
        assert (again.coded, again.unchanged, again.problems) == (2, 15, {})
        whole.code(items)  # as if nothing had ever happened
        assert dumped(bench.path) == dumped(whole.path)

    def test_a_document_that_hangs_is_given_up(self, bench: Bench, impatient: None) -> None:
        items = [told(number, "hangs" if number == 2 else "") for number in range(12)]
        bench.code(items, bench.workers(2, "apart", limit=1.0))
        assert [one.outcome for one in bench.heard].count("failed") == 1
        assert bench.names() == [one.name for one in items]
        assert bench.codes() == {"d2": "TIMED_OUT"}
        assert bench.code(items).coded == 1
        assert bench.codes() == {}

    def test_one_that_hears_that_its_time_is_up_goes_on(
        self, bench: Bench, started: list["subprocess.Popen[bytes]"]
    ) -> None:
        items = [told(number, "sleeps" if number == 2 else "") for number in range(8)]
        bench.code(items, bench.workers(1, limit=0.5))
        assert bench.codes() == {"d2": "TIMED_OUT"}
        assert len(started) == 1

    def test_many_in_a_row_are_no_sign_that_none_can_start(self, bench: Bench) -> None:
        report = bench.code([told(number, "exits") for number in range(3)], bench.workers(1), at_once=1)
        assert report.problems == {"CODER_DIED": 3}

    def test_a_copy_of_it_is_not_coded_by_the_first_process(self, bench: Bench) -> None:
        text = "Pyongyang offered Seoul talks exits."
        days = ("2016-05-20", "2016-05-10", "2016-05-20")
        items = [document(text, f"copy{number}", day) for number, day in enumerate(days)]
        report = bench.code(items, bench.workers(1))
        assert (report.documents, report.failed) == (3, 3)
        with bench.store.reading() as reading:
            assert [one.published for one in reading.documents()] == [items[1].published]
            assert len(reading.sources(items[0].id)) == 3
        assert bench.code(items).coded == 1
        assert bench.codes() == {}

    @pytest.mark.parametrize("crew", ["alone", "workers"])
    def test_an_exception_comes_through_after_what_came_before(self, bench: Bench, crew: str) -> None:
        items = [told(number, "raises" if number == 9 else "") for number in range(30)]
        with pytest.raises(ZeroDivisionError, match="as if") as caught:
            bench.code(items, None if crew == "alone" else bench.workers(), mended=False)
        assert caught.value.__notes__ == ["while working on d9"]
        assert bench.names() == [f"d{number}" for number in range(8)]

    def test_an_exception_that_cannot_be_told_is_described(self, bench: Bench) -> None:
        with pytest.raises(RuntimeError, match="OddError: as if") as caught:
            bench.code([told(1, "odd")], bench.workers())
        assert caught.value.__notes__ == ["while working on d1"]


class TestStarting:
    @pytest.mark.parametrize(("mood", "jobs"), [("cannot start", 2), ("cannot load", 1), ("babbles", 1)])
    def test_none_can_start(self, bench: Bench, started: list["subprocess.Popen[bytes]"], mood: str, jobs: int) -> None:
        with pytest.raises(RejoinderError, match="Run with one job"):
            bench.code(corpus(), bench.workers(jobs, mood))
        assert len(started) == jobs + 1
        assert all_gone(started)

    @pytest.mark.parametrize("mood", ["hangs at first", "hangs loading"])
    def test_none_is_ever_ready(
        self,
        bench: Bench,
        impatient: None,
        started: list["subprocess.Popen[bytes]"],
        monkeypatch: pytest.MonkeyPatch,
        mood: str,
    ) -> None:
        monkeypatch.setattr(crews, "START", 0.3)
        with pytest.raises(RejoinderError, match="Run with one job"):
            bench.code([told(1)], bench.workers(1, mood))
        assert all_gone(started)

    def test_there_is_no_such_program(self, bench: Bench) -> None:
        with pytest.raises(RejoinderError, match="No process could be started"):
            bench.code([told(1)], Workers(2, Order(Coding(), bench.path), ("/no/such/program",)))

    def test_where_there_is_room_for_one_one_does_all(
        self, bench: Bench, tmp_path: Path, started: list["subprocess.Popen[bytes]"]
    ) -> None:
        items = [told(number, "slow") for number in range(40)]
        report = bench.code(items, bench.workers(2, "room for one", str(tmp_path / "taken")))
        assert report.coded == 40
        assert bench.names() == [one.name for one in items]
        assert len(started) <= 3  # where the second ended before the first was ready, another is tried


class TestTaking:
    def test_no_more_is_taken_than_is_soon_needed(self, bench: Bench, started: list["subprocess.Popen[bytes]"]) -> None:
        taken = itertools.count()
        last = 0

        def endless() -> Iterator[Item]:
            nonlocal last
            for last in taken:
                yield told(last)

        results = bench.workers(2)(chunks(endless(), 4))
        for given_out in range(1, 30):
            assert len(next(results)) == 4
            assert last < (given_out + AHEAD * 2 + 1) * 4
        results.close()
        assert 0 < len(started) <= 2
        assert all_gone(started)

    def test_whoever_breaks_off_leaves_no_process(self, bench: Bench, started: list["subprocess.Popen[bytes]"]) -> None:
        def stop(_progress: Progress) -> None:
            raise KeyboardInterrupt

        mine = tools(nobody)
        with pytest.raises(KeyboardInterrupt):
            code_all(bench.store, mine, map(told, itertools.count()), bench.workers(), progress=stop)
        assert started
        assert all_gone(started)

    @pytest.mark.parametrize(("error", "jobs"), [(KeyboardInterrupt, 0), (OSError, 0), (KeyboardInterrupt, 2)])
    def test_what_was_read_before_an_interruption_is_kept(
        self, bench: Bench, error: type[BaseException], jobs: int
    ) -> None:
        def cut_short() -> Iterator[Item]:
            yield from map(told, range(22))
            raise error

        with pytest.raises(error):
            bench.code(cut_short(), bench.workers(jobs) if jobs else None)
        assert bench.names() == [f"d{number}" for number in range(22)]

    def test_time_spent_elsewhere_makes_nobody_late(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        shift = 0.0
        monkeypatch.setattr(crews, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + shift))
        items = [told(number, "slow") for number in range(40)]
        found: list[Result] = []
        for result in bench.workers(2, limit=60.0)(chunks(items, 4)):
            found += result
            shift += 1000.0  # whoever takes the results waited for a busy book, say
        assert [one.coded.status for one in found if isinstance(one, Made) and one.coded] == ["coded"] * 40
