"""A book that cannot be written just now is written later, or not at all; never by half."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from rejoinder.book.coding import code_all
from rejoinder.book.crew import Alone
from rejoinder.book.patience import Patience
from rejoinder.errors import StoreBusy, StoreError
from rejoinder.store import Store
from tests.book.fake_worker import tools
from tests.dumps import dumped
from tests.makers import FakePipeline, document

ITEMS = [document(f"Pyongyang offered Seoul talks number {number}.", f"d{number}") for number in range(40)]


@dataclass
class Clock:
    """Time that passes only while somebody sleeps, or as somebody says."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def patience(self, seconds: float = 600.0, longest: float = 60.0) -> Patience:
        return Patience(seconds, longest, self.told.append, self.sleep, lambda: self.now)


class TestWaiting:
    def test_what_works_at_once_waits_for_nothing(self) -> None:
        clock = Clock()
        assert clock.patience()(lambda: 7) == 7
        assert not clock.slept
        assert not clock.told

    def test_it_waits_longer_each_time_and_says_so(self) -> None:
        clock = Clock()
        left = iter(range(9))

        def attempt() -> str:
            if next(left) < 8:
                raise StoreBusy("a.db is busy.")
            return "done"

        assert clock.patience()(attempt) == "done"
        assert clock.slept == [1, 2, 4, 8, 16, 32, 60, 60]
        assert clock.told[0] == "a.db is busy. Trying again in 1 s."
        assert len(clock.told) == 8

    def test_it_gives_up_in_time_attempts_included(self) -> None:
        clock = Clock()

        def attempt() -> None:
            clock.now += 30  # SQLite itself waits
            raise StoreBusy("a.db is busy.")

        with pytest.raises(StoreBusy):
            clock.patience(100.0)(attempt)
        assert clock.slept == [1, 2, 4]  # then it is the 127th second

    def test_what_does_not_pass_is_not_waited_for(self) -> None:
        clock = Clock()

        def attempt() -> None:
            raise StoreError("a.db is damaged.")

        with pytest.raises(StoreError):
            clock.patience()(attempt)
        assert clock.slept == []


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "book.db", timeout=0.05)
    yield opened
    opened.close()


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """The book as it is when nothing gets in the way."""
    path, mine = tmp_path / "whole.db", tools(FakePipeline)
    store = Store.open(path)
    code_all(store, mine, ITEMS, Alone(mine, store), at_once=8)
    store.close()
    return path


def test_a_book_that_another_writes_to_is_written_in_the_end(store: Store, whole: Path) -> None:
    held, waited_for = threading.Event(), threading.Event()

    def hold() -> None:
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        held.set()
        waited_for.wait(30)
        other.execute("ROLLBACK")
        other.close()

    told: list[str] = []

    def tell(message: str) -> None:
        told.append(message)
        if len(told) == 2:
            waited_for.set()
            thread.join()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(30)
    mine, clock = tools(FakePipeline), Clock()
    report = code_all(
        store, mine, ITEMS, Alone(mine, store), at_once=8, patience=Patience(tell=tell, sleep=clock.sleep)
    )
    assert report.coded == 40
    assert clock.slept == [1, 2]
    assert "book.db is being written by another program" in told[0]
    assert dumped(store.path) == dumped(whole)


@dataclass
class Disk:
    """Room for so many pages of the book; None: for any number."""

    pages: int | None = None


@pytest.fixture
def disk(store: Store) -> Disk:
    """The disk that ``store`` lies on."""
    made = Disk()
    assert store._engine is not None

    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {made.pages or 4294967294}")

    event.listen(store._engine, "begin", limit)
    return made


def pages(store: Store) -> int:
    with sqlite3.connect(store.path) as connection:
        count: int = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    return count


def test_a_full_disk_is_told_and_leaves_nothing_by_half(store: Store, disk: Disk, whole: Path) -> None:
    mine, clock = tools(FakePipeline), Clock()
    code_all(store, mine, ITEMS[:8], Alone(mine, store), at_once=8)
    before = dumped(store.path)
    disk.pages = pages(store) + 1
    with pytest.raises(StoreBusy, match=r"the disk is full\. Make room"):
        code_all(store, mine, ITEMS, Alone(mine, store), at_once=8, patience=clock.patience(10.0))
    assert clock.slept == [1, 2, 4]
    assert len(clock.told) == 3
    assert "the disk is full" in clock.told[0]
    assert dumped(store.path) == before
    disk.pages = None
    assert code_all(store, mine, ITEMS, Alone(mine, store), at_once=8, patience=clock.patience(10.0)).coded == 32
    assert dumped(store.path, numbered=False) == dumped(whole, numbered=False)


def test_room_that_is_made_meanwhile_is_used(store: Store, disk: Disk, whole: Path) -> None:
    mine, clock = tools(FakePipeline), Clock()
    disk.pages = pages(store) + 1

    def sleep(_seconds: float) -> None:
        disk.pages = None

    patience = Patience(600.0, 60.0, clock.told.append, sleep)
    assert code_all(store, mine, ITEMS, Alone(mine, store), at_once=8, patience=patience).coded == 40
    assert len(clock.told) == 1
    assert dumped(store.path) == dumped(whole)
