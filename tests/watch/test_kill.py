"""A program that is killed goes on where it was: nothing is lost, nothing comes twice."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import rejoinder
from tests.site import Asked, Page, Site, serving
from tests.watch.stand_ins import feed_page

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    "/a": "Pyongyang offered Seoul talks.",
    "/b": "Washington offered Pyongyang aid.",
    "/c": "Seoul offered Pyongyang rice.",
}
PLAN = """
[fetch]
allow_private = true
per_host_seconds = 0
[[feed]]
url = "{feed}"
[[query]]
name = "offers"
[[query.send]]
kind = "webhook"
url = "{hook}"
"""


@dataclass
class Desk:
    """A site whose pages hold the program up where a test wants it, and a folder for the program to work in."""

    site: Site
    folder: Path
    reached: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    held: str | None = None

    def answer(self, asked: Asked, page: Page) -> Page:
        if asked.path == self.held:
            self.reached.set()
            self.go_on.wait(20)
        return page

    def arguments(self, *more: str) -> list[str]:
        return [sys.executable, "-m", "tests.watch.program", "watch", str(self.folder / "feeds.toml"), *more]

    @contextmanager
    def running(self, *more: str) -> Iterator[subprocess.Popen[str]]:
        """The program at work; it is killed at the end, if it still lives."""
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        with subprocess.Popen(
            self.arguments("--db", str(self.folder / "book.db"), *more),
            env={**os.environ, "PYTHONPATH": paths},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as program:
            try:
                yield program
            finally:
                with contextlib.suppress(ProcessLookupError):
                    program.kill()

    def stopped_at(self, path: str, number: int) -> tuple[int, str]:
        """Run the program until it asks for ``path``, and send it the signal ``number``; its status and last words."""
        self.held = path
        self.reached.clear()
        self.go_on.clear()
        with self.running() as program:
            assert self.reached.wait(20)
            program.send_signal(number)
            said = program.communicate(timeout=20)[1]
        self.go_on.set()
        self.held = None
        return program.returncode, said

    def run(self, *more: str) -> tuple[int, str]:
        with self.running(*more) as program:
            said = program.communicate(timeout=20)[1]
        return program.returncode, said

    def posted(self) -> list[tuple[str, list[str]]]:
        """Each message: its delivery mark, and the words of its acts."""
        return [
            (asked.headers["x-rejoinder-delivery"], [act["quote"] + "." for act in json.loads(asked.body)["acts"]])
            for asked in self.site.asked
            if asked.method == "POST"
        ]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serving() as site:
        desk = Desk(site, tmp_path)
        pages = {path: Page(text.encode()) for path, text in TEXTS.items()}
        pages["/feed"] = Page(
            feed_page({"link": site.url(path), "title": path} for path in reversed(TEXTS)), etag='"1"'
        )
        pages["/hook"] = Page(b"")
        for path, page in pages.items():
            site.pages[path] = lambda asked, page=page: desk.answer(asked, page)  # type: ignore[misc]
        (tmp_path / "feeds.toml").write_text(PLAN.format(feed=site.url("/feed"), hook=site.url("/hook")))
        yield desk


def test_killed_at_any_point_nothing_is_lost_and_nothing_comes_twice(desk: Desk) -> None:
    for path in ("/feed", "/a", "/c"):
        assert desk.stopped_at(path, signal.SIGKILL)[0] == -signal.SIGKILL
        assert desk.posted() == []
    # what was coded before it was killed goes out when the program starts anew; killed before the answer came
    assert desk.stopped_at("/hook", signal.SIGKILL)[0] == -signal.SIGKILL
    assert [words for _, words in desk.posted()] == [[TEXTS["/a"], TEXTS["/b"]]]
    status, said = desk.run("--once")
    assert status == 0, said
    first, again, last = desk.posted()
    assert again == first  # the one thing that may come twice, with the same mark
    assert last[1] == [TEXTS["/c"]]
    with rejoinder.open(desk.folder / "book.db", readonly=True) as book:
        assert sorted(document.text for document in book.documents()) == sorted(TEXTS.values())
    assert desk.run("--once")[0] == 0
    assert len(desk.posted()) == 3
    assert [path.name for path in desk.folder.glob(".*")] == [".book.db.runs"]


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_cleanly(desk: Desk, number: int, status: int) -> None:
    ended, said = desk.stopped_at("/b", number)
    assert ended == status
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    assert desk.run("--once")[0] == 0
    assert sorted(word for _, words in desk.posted() for word in words) == sorted(TEXTS.values())


def test_two_programs_do_not_watch_into_one_book(desk: Desk) -> None:
    desk.held = "/b"
    with desk.running() as first:
        assert desk.reached.wait(20)
        status, said = desk.run("--once")
        assert (status, "Another rejoinder watch works on this book" in said) == (1, True)
        first.kill()
    desk.go_on.set()
    assert desk.run("--once")[0] == 0
