"""A real scheduler and workers in processes of their own, one of which is killed halfway."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="dask is not installed")

from distributed import Client

from rejoinder.cli import main
from rejoinder.errors import UsageError
from rejoinder.spread import Settings, here, on_cluster, spread
from tests.spread.made import documents, rows, write_files

HOME = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0")
TABLES = ("acts", "documents", "links", "merges", "problems", "sources")


def start(*words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def worker(scheduler: str, threads: int = 1) -> "subprocess.Popen[bytes]":
    # without a nanny: what is killed stays away
    options = ("--no-nanny", *HOME, "--nthreads", str(threads))
    return start("dask_worker", scheduler, *options)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    note = tmp_path_factory.mktemp("scheduler") / "scheduler.json"
    options = (*HOME, "--port", "0", "--scheduler-file", str(note))
    process = start("dask_scheduler", *options)
    try:
        for _ in range(200):
            if note.exists():
                break
            time.sleep(0.1)
        with Client(scheduler_file=str(note), timeout=30) as client:
            yield client.scheduler.address
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_files(tmp_path_factory.mktemp("in"), documents(), 6)


def test_a_worker_killed_halfway_changes_nothing(scheduler: str, source: Path, tmp_path: Path) -> None:
    """What is compared with here is compared with a book in test_run."""
    spread([str(source)], str(tmp_path / "here"), here, Settings(buckets=3))
    workers = [worker(scheduler), worker(scheduler)]
    killed: list[int] = []

    def kill_one(_documents: int, step: str) -> None:
        if step.startswith("coding, 1 of") and not killed:
            killed.append(workers[0].pid)
            os.kill(workers[0].pid, signal.SIGKILL)

    try:
        with Client(scheduler) as client:
            client.wait_for_workers(2, timeout=30)
        with on_cluster(scheduler) as cluster:
            spread([str(source)], str(tmp_path / "out"), cluster, Settings(buckets=3), kill_one)
            assert workers[0].wait(10) == -signal.SIGKILL
    finally:
        for process in workers:
            process.kill()
            process.wait(20)
    assert killed
    for table in TABLES:
        assert rows(tmp_path / "out", table) == rows(tmp_path / "here", table)


def test_the_command_line_with_workers_of_its_own(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    output = str(tmp_path / "out")
    status = main(["code", str(source), "--engine", "dask", "--output", output])
    told = capsys.readouterr()
    assert status == 1  # a text is blank
    assert told.err.count("failed") == 1
    assert "OFFER" in told.out
    assert f"tables     {output}" in told.out
    assert "threads" not in told.out
    assert main(["code", str(source), "--engine", "dask", "-o", output, "-q"]) == 2
    assert "finished run" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--engine", "dask"], "Name a folder with --output"),
        (["--engine", "dask", "--to", "csv", "-o", "x"], "Leave --to out"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--engine dask only"),
        (["--engine", "dask", "-o", "x", "--min-score", "7"], "no score"),
    ],
)
def test_options_that_do_not_go_together(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "in.parquet", *words]) == 2
    assert message in capsys.readouterr().err


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.spread.engine._PATIENCE", 1)
    with pytest.raises(UsageError, match="No scheduler answers"), on_cluster("tcp://127.0.0.1:1"):
        pass


def test_a_worker_of_several_threads_is_refused(scheduler: str) -> None:
    process = worker(scheduler, threads=2)
    try:
        with Client(scheduler) as client:
            client.wait_for_workers(1, timeout=30)
        with pytest.raises(UsageError, match="2 threads"), on_cluster(scheduler):
            pass
    finally:
        process.kill()
        process.wait(20)
