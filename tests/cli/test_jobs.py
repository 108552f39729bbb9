"""``rejoinder code --jobs``: the same book as with one process, also after the worst of ends."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import rejoinder
from rejoinder.book import Book
from rejoinder.book.tools import Coding, tools_of
from rejoinder.errors import UnknownPipeline
from rejoinder.pipeline import Pipeline
from rejoinder.store import Store
from tests.dumps import dumped

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked up in /proc")

COUNT = 120
Program = subprocess.Popen[str]


def write(path: Path, count: int, words: str = "slow") -> Path:
    rows = [
        {
            "id": f"d{number}",
            "published": f"2016-05-{number % 28 + 1:02d}",
            "text": f"Pyongyang offered Seoul talks number {number} {words}. Seoul rejected the offer.",
        }
        for number in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts that take the stand-in some seconds."""
    return write(tmp_path_factory.mktemp("texts") / "texts.jsonl", COUNT)


@pytest.fixture(scope="module")
def whole(texts: Path) -> Path:
    """The book of a run that nobody disturbed."""
    path = texts.with_name("whole.db")
    status, _, err = finished(fake("mended", texts, path, jobs=1))
    assert (status, err) == (0, "")
    return path


def started(*command: str, **more: object) -> Program:
    """A program with a group of processes of its own, as a shell starts it."""
    program: Program = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        process_group=0,
        **more,  # type: ignore[call-overload]
    )
    return program


def fake(mood: str, texts: Path, db: Path, jobs: int = 2) -> Program:
    return started("-m", "tests.cli.fake_program", mood, "code", str(texts), "--db", str(db), "--jobs", str(jobs))


def finished(program: Program) -> tuple[int, str, str]:
    out, err = program.communicate(timeout=60)
    return program.returncode, out, err


def until(found: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait till ``found``, which must not take longer than ``seconds``."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def children(program: Program) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{program.pid}/task").glob("*/children"):
        found += map(int, task.read_text().split())
    return found


def lives(pid: int) -> bool:
    """Whether the process still does anything; one that nobody has asked after is dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def kept(db: Path) -> int:
    """How many documents the book holds."""
    try:
        connection = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
        try:
            count: int = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.Error:
        return 0
    return count


@pytest.fixture
def programs() -> Iterator[list[Program]]:
    """Programs that are ended with the test, whatever becomes of it."""
    running: list[Program] = []
    yield running
    for program in running:
        if program.poll() is None:
            program.kill()
        program.communicate()


@pytest.mark.parametrize("share", [0, 64])
def test_a_run_that_is_killed_is_finished_by_the_same_command(
    texts: Path, whole: Path, tmp_path: Path, programs: list[Program], share: int
) -> None:
    db = tmp_path / "book.db"
    program = fake("", texts, db)
    programs.append(program)
    until(lambda: len(children(program)) == 2 and kept(db) >= share)
    workers = children(program)
    program.kill()
    program.wait()
    until(lambda: not any(map(lives, workers)), 5.0)
    assert share <= kept(db) < COUNT
    with sqlite3.connect(db) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    status, out, err = finished(fake("mended", texts, db))
    assert (status, err) == (0, "")
    assert f"documents  {COUNT}" in out
    assert dumped(db) == dumped(whole)


def test_a_worker_that_is_deep_in_a_document_does_not_outlive_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, programs: list[Program]
) -> None:
    asleep = tmp_path / "asleep"
    monkeypatch.setenv("FAKE_WORKER_ASLEEP", str(asleep))
    program = fake("", write(tmp_path / "deep.jsonl", 1, "sleeps"), tmp_path / "book.db")
    programs.append(program)
    until(asleep.exists)
    (worker,) = children(program)
    program.kill()
    program.wait()
    until(lambda: not lives(worker), 5.0)


@pytest.mark.parametrize("share", [0, 32])
def test_an_interruption_from_the_keyboard_is_one_line(
    texts: Path, whole: Path, tmp_path: Path, programs: list[Program], share: int
) -> None:
    db = tmp_path / "book.db"
    program = fake("", texts, db)
    programs.append(program)
    until(lambda: bool(children(program)) and kept(db) >= share)
    workers = children(program)
    os.killpg(program.pid, signal.SIGINT)
    status, _, err = finished(program)
    assert status == 130
    said = f"rejoinder: interrupted; what is done so far is kept in {db}; the same command goes on from there"
    assert err.splitlines() == ["", said]  # the first line ends the one with ^C
    until(lambda: not any(map(lives, workers)), 10.0)
    if share:
        assert finished(fake("mended", texts, db))[0] == 0
        assert dumped(db) == dumped(whole)


def test_a_document_that_ends_its_process_is_named(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "good.txt").write_text("Pyongyang offered Seoul talks.", "utf-8")
    (texts / "bad.txt").write_text("Pyongyang offered Seoul talks dies.", "utf-8")
    status, out, err = finished(fake("apart", texts, tmp_path / "book.db"))
    assert status == 1
    assert "coded 1, failed 1" in out
    assert len(err.splitlines()) == 1
    assert "bad.txt: The process that worked on it ended without a word" in err
    assert "The next run tries it again." in err


def test_the_real_models_give_the_same_book(tmp_path: Path, pipeline: Pipeline) -> None:
    texts, alone, together = write(tmp_path / "texts.jsonl", 40, "on Friday"), tmp_path / "1.db", tmp_path / "2.db"
    rejoinder.open(alone).close()
    with Book(Store.open(alone), replace(tools_of(Coding()), coder=lambda: pipeline)) as book:
        book.code(texts)
    asked = ("code", str(texts), "--db", str(together), "--jobs", "2")
    status, _, err = finished(started("-m", "rejoinder", *asked))
    assert (status, err) == (0, "")
    assert dumped(alone) == dumped(together)
    # what lies in the folder one works in is no part of the program
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / "queue.py").write_text("raise ZeroDivisionError('not mine')\n", "utf-8")
    status, out, err = finished(started("-P", "-m", "rejoinder", *asked, cwd=odd))
    assert (status, err) == (0, "")
    assert "unchanged 40" in out


def test_a_pipeline_that_is_not_there_is_named_as_with_one_process(tmp_path: Path) -> None:
    texts = write(tmp_path / "one.jsonl", 1)
    with rejoinder.open(tmp_path / "book.db", pipeline="nix") as book:
        with pytest.raises(UnknownPipeline, match="'nix' is not installed"):
            book.code(texts, jobs=2)
        assert book.documents() == []
