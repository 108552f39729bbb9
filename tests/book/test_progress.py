"""What a run tells of itself is there while it runs, when it has ended, and when it was killed."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rejoinder.book.progress import KEPT, Teller, runs, telling
from rejoinder.book.results import Progress
from tests.makers import document

START = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


@dataclass
class Clock:
    """Tells the time that a test sets."""

    at: dt.datetime = field(default=START)

    def __call__(self) -> dt.datetime:
        return self.at

    def go(self, seconds: float) -> None:
        self.at += dt.timedelta(seconds=seconds)


def done(at: int, name: str, outcome: str = "coded") -> Progress:
    return Progress(at, name, outcome, document("Three words here.", name))  # type: ignore[arg-type]


def test_a_run_is_seen_while_it_runs_and_when_it_has_ended(tmp_path: Path) -> None:
    clock, book = Clock(), tmp_path / "book.db"
    with telling(book, "code", "articles", clock) as run:
        clock.go(2)
        run.note(done(1, "first"))
        run.note(done(2, "second", "failed"))
        run.say("The disk is full.")
        run.look()
        (seen,) = runs(book, clock)
        assert (seen.state, seen.what, seen.about) == ("running", "code", "articles")
        assert seen.outcomes == {"coded": 1, "failed": 1}
        assert (seen.words, seen.speed, seen.last, seen.failed) == (6, 3.0, "second", ("second",))
        assert seen.lines == ("The disk is full.",)
    (ended,) = runs(book, clock)
    assert (ended.state, ended.documents, ended.seconds) == ("done", 2, 2.0)


def test_what_was_unchanged_is_no_work_done(tmp_path: Path) -> None:
    with telling(tmp_path / "book.db", "code", "articles", Clock()) as run:
        run.note(done(1, "first", "unchanged"))
    (ended,) = runs(tmp_path / "book.db", Clock())
    assert (ended.documents, ended.words) == (1, 0)


def test_a_run_that_was_killed_counts_as_stopped(tmp_path: Path) -> None:
    clock, book = Clock(), tmp_path / "book.db"
    (tmp_path / ".book.db.runs").mkdir()
    Teller(tmp_path / ".book.db.runs", "code", "articles", clock).look()
    clock.go(29)
    assert [one.state for one in runs(book, clock)] == ["running"]
    clock.go(2)
    assert [one.state for one in runs(book, clock)] == ["stopped"]


def test_without_news_a_sign_of_life_is_given_now_and_then(tmp_path: Path) -> None:
    clock, folder = Clock(), tmp_path / ".book.db.runs"
    folder.mkdir()
    teller = Teller(folder, "watch", "feeds.toml", clock)
    teller.look()
    clock.go(5)
    teller.look()
    assert runs(tmp_path / "book.db", clock)[0].seen == START
    clock.go(6)
    teller.look()
    assert runs(tmp_path / "book.db", clock)[0].seen == clock.at


@pytest.mark.parametrize(("fault", "state"), [(KeyboardInterrupt, "interrupted"), (ValueError, "broken")])
def test_how_a_run_broke_off_is_told(tmp_path: Path, fault: type[BaseException], state: str) -> None:
    with pytest.raises(fault), telling(tmp_path / "book.db", "code", "articles"):
        raise fault
    assert [one.state for one in runs(tmp_path / "book.db")] == [state]


def test_the_last_runs_are_kept_and_foreign_files_are_no_matter(tmp_path: Path) -> None:
    clock, book = Clock(), tmp_path / "book.db"
    for at in range(KEPT + 3):
        clock.go(60)
        with telling(book, "code", str(at), clock):
            pass
    (tmp_path / ".book.db.runs" / "20200101.json").write_text("[]")
    (tmp_path / ".book.db.runs" / "20200102.json").write_text("{")
    assert [one.about for one in runs(book, clock)] == [str(at) for at in range(KEPT + 2, 2, -1)]


def test_a_run_goes_on_where_nothing_can_be_told(tmp_path: Path) -> None:
    (tmp_path / ".book.db.runs").write_text("no folder")
    with telling(tmp_path / "book.db", "code", "articles") as run:
        run.note(done(1, "first"))
    assert runs(tmp_path / "book.db") == []
