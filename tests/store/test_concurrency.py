"""Several readers and one writer, in threads and in processes; and a writer that is killed."""

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

import pytest

from rejoinder.errors import StoreError
from rejoinder.store import Store
from tests.dumps import dumped
from tests.makers import RUN, FakePipeline, document

WAIT = 30.0
"""Seconds after which a test gives up rather than hang."""

PROCESSES = multiprocessing.get_context("spawn")


def keep(store: Store, number: int) -> None:
    doc = document(f"Pyongyang offered Seoul talks, for the time number {number}.", f"d{number}")
    with store.writing() as writing:
        writing.keep(doc, FakePipeline().code(doc), RUN)


def count(store: Store) -> int:
    with store.reading() as reading:
        return len(reading.acts())


def test_readers_see_the_book_as_it_was_while_one_writes(filled: Store) -> None:
    before = count(filled)
    other = Store.open(filled.path, readonly=True)
    doc = document("Seoul offered Washington fish.")
    with filled.writing() as writing:
        writing.keep(doc, FakePipeline().code(doc), RUN)
        with ThreadPoolExecutor(4) as readers:
            seen = list(readers.map(count, [filled, other] * 4, timeout=WAIT))
    assert seen == [before] * 8
    assert count(other) == before + 1
    other.close()


def test_a_reader_sees_one_state_throughout(filled: Store) -> None:
    with filled.reading() as reading:
        before = len(reading.acts())
        keep(filled, 1)
        assert len(reading.acts()) == before
    assert count(filled) == before + 1


def test_a_second_writer_waits(filled: Store) -> None:
    before = count(filled)
    began = threading.Event()

    def second() -> None:
        began.set()
        keep(filled, 2)

    with ThreadPoolExecutor(1) as pool:
        with filled.writing() as writing:
            doc = document("Seoul offered Washington fish.")
            writing.keep(doc, FakePipeline().code(doc), RUN)
            waiting = pool.submit(second)
            assert began.wait(WAIT)
            assert not waiting.done()
        waiting.result(WAIT)
    assert count(filled) == before + 2


def test_a_second_writer_that_waited_in_vain_is_told_so(filled: Store) -> None:
    hasty = Store.open(filled.path, timeout=0.05)
    with filled.writing(), pytest.raises(StoreError) as caught:
        keep(hasty, 1)
    assert str(caught.value).startswith(f"{filled.path} is being written by another program. Wait")
    keep(hasty, 1)
    hasty.close()


def _write_some(path: Path, start: Barrier, first: int) -> None:
    start.wait(WAIT)
    store = Store.open(path)
    for number in range(first, first + 5):
        keep(store, number)
    store.close()


def test_processes_that_make_and_fill_one_book_together(tmp_path: Path) -> None:
    start = PROCESSES.Barrier(3)
    workers = [PROCESSES.Process(target=_write_some, args=(tmp_path / "book.db", start, first)) for first in (0, 3, 6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(WAIT)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    store = Store.open(tmp_path / "book.db", readonly=True)
    assert count(store) == 11
    store.close()


def _die_writing(path: Path, written: Event) -> None:
    store = Store.open(path)
    keep(store, 1)
    with store.writing() as writing:
        doc = document("Seoul offered Washington fish.")
        writing.keep(doc, FakePipeline().code(doc), RUN)
        written.set()
        threading.Event().wait(WAIT)


def test_what_a_killed_writer_did_not_finish_is_not_there(filled: Store) -> None:
    before = count(filled)
    written = PROCESSES.Event()
    worker = PROCESSES.Process(target=_die_writing, args=(filled.path, written))
    worker.start()
    assert written.wait(WAIT)
    worker.kill()
    worker.join(WAIT)
    assert count(filled) == before + 1
    keep(filled, 2)
    assert count(filled) == before + 2


def test_opening_and_closing_leaves_the_content(filled: Store) -> None:
    before = dumped(filled.path)
    Store.open(filled.path).close()
    assert dumped(filled.path) == before
