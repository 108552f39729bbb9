"""What holds of judgements whatever people do: undone they leave no trace, and the past can be had."""

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.book import Book
from rejoinder.book.comparing import compare_changes
from rejoinder.book.judging import Value, judged
from rejoinder.errors import UsageError
from rejoinder.store import Run
from tests.book.desks import DOCUMENTS, answers, copied, opened
from tests.dumps import dumped
from tests.makers import eager_linker

PEOPLE = ("ann", "bob")
VALUES: tuple[dict[str, Value], ...] = (
    {"kind": "DEMAND"},
    {"kind": "ACCEPT", "realis": "planned"},
    {"actor": "USA MIL"},
    {"target": None, "mutual": True},
    {"date": "2016-05-01/2016-05-04", "channel": "phone"},
    {"background": True, "issue": "nuclear"},
)


@dataclass(frozen=True)
class Step:
    """Something that somebody does: ``at`` and ``to`` pick acts by number, ``how`` picks what."""

    what: str
    by: str
    at: int
    to: int
    how: int
    final: bool

    def take(self, book: Book, ids: Sequence[str]) -> bool:
        """Do it; False where the book says that it cannot be done."""
        one, other = ids[self.at % len(ids)], ids[self.to % len(ids)]
        do: dict[str, Callable[[], object]] = {
            "accept": lambda: book.judge(one, True, by=self.by, final=self.final),
            "reject": lambda: book.judge(one, False, by=self.by, final=self.final),
            "bulk": lambda: book.judge_all([one, other], bool(self.how % 2), by=self.by),
            "correct": lambda: book.correct(one, VALUES[self.how % len(VALUES)], by=self.by, final=self.final),
            "add": lambda: book.add_act(
                "again", (3 * self.at, 3 * self.at + 2), "DEMAND", {"actor": "KOR"}, by=self.by
            ),
            "link": lambda: book.link(one, other, ("accepts", "evades")[self.how % 2], by=self.by),
            "merge": lambda: book.merge(one, other, by=self.by),
            "undo": lambda: book.undo(by=self.by),
            "take back": lambda: book.take_back(one, by=self.by, final=self.final),
        }
        with suppress(UsageError):
            do[self.what]()
            return True
        return False


def steps(*what: str) -> st.SearchStrategy[Step]:
    small = st.integers(0, 11)
    return st.builds(Step, st.sampled_from(what), st.sampled_from(PEOPLE), small, small, small, st.booleans())


DOES = ("accept", "reject", "bulk", "correct", "add", "link", "merge")
ANY = steps(*DOES, "undo", "take back")
LAWS = settings(max_examples=12, deadline=None)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "template.db"
    with opened(path) as book:
        book.code_documents(DOCUMENTS)
    return path


@contextmanager
def fresh(template: Path) -> Iterator[tuple[Book, list[str]]]:
    """A copy of the book, and the ids of its acts."""
    with tempfile.TemporaryDirectory() as folder, copied(template, Path(folder) / "book.db") as book:
        yield book, [act.id for act in book.acts(every=True)]


def rows(book: Book) -> list[tuple[object, ...]]:
    """All rows of the file that follow from judgements."""
    return [row for row in dumped(book._store.path, numbered=False) if row[0] not in ("judgements", "changes")]


@given(st.lists(ANY, max_size=6), steps(*DOES))
@LAWS
def test_what_is_undone_leaves_everything_as_it_was(template: Path, before: list[Step], one: Step) -> None:
    with fresh(template) as (book, ids):
        for step in before:
            step.take(book, ids)
        said, held = answers(book), rows(book)
        if one.take(book, ids):
            book.undo(by=one.by)
        assert answers(book) == said
        assert rows(book) == held


@given(st.lists(steps(*DOES), max_size=6))
@LAWS
def test_with_all_undone_the_book_is_the_coders(template: Path, done: list[Step]) -> None:
    with fresh(template) as (book, ids):
        machine, held = answers(book), rows(book)
        for step in done:
            step.take(book, ids)
        for by in PEOPLE:
            while Step("undo", by, 0, 0, 0, final=False).take(book, ids):
                pass
        assert answers(book) == machine
        assert rows(book) == held


@given(st.data())
@LAWS
def test_the_order_of_judgements_of_different_acts_does_not_matter(template: Path, data: st.DataObject) -> None:
    with fresh(template) as (book, ids), fresh(template) as (other, _):
        done = data.draw(
            st.lists(steps("accept", "reject", "correct"), max_size=6, unique_by=lambda one: one.at % len(ids))
        )
        for step in done:
            step.take(book, ids)
        for step in data.draw(st.permutations(done)):
            step.take(other, ids)
        assert answers(other) == answers(book)


@given(st.lists(ANY, max_size=6))
@LAWS
def test_a_run_of_the_same_coder_changes_nothing(template: Path, done: list[Step]) -> None:
    with fresh(template) as (book, ids):
        for step in done:
            step.take(book, ids)
        said = answers(book)
        with opened(book._store.path, run=Run("2.0")) as again:
            assert again.code_documents(DOCUMENTS).coded == len(DOCUMENTS)
            assert answers(again) == said


@given(st.lists(ANY, min_size=1, max_size=6))
@LAWS
def test_what_follows_is_what_comparing_everything_anew_finds(template: Path, done: list[Step]) -> None:
    with fresh(template) as (book, ids):
        for step in done:
            step.take(book, ids)
        said = answers(book)
        with book._store.writing() as writing:
            writing.adopt("other rules")
        compare_changes(book._store, eager_linker)
        assert answers(book) == said


@given(st.lists(ANY, max_size=6))
@LAWS
def test_folding_twice_is_folding_once(template: Path, done: list[Step]) -> None:
    with fresh(template) as (book, ids):
        for step in done:
            step.take(book, ids)
        with book._store.reading() as reading:
            for coded in book.machine():
                rulings = reading.rulings_in(coded.document.id)
                once = judged(coded, rulings)
                assert judged(once, rulings) == once
                assert judged(coded, []) == coded


@given(st.lists(ANY, min_size=1, max_size=5))
@settings(LAWS, max_examples=8)
def test_any_earlier_state_can_be_had(template: Path, done: list[Step]) -> None:
    with fresh(template) as (book, ids):
        states = [(dt.datetime(2000, 1, 1, tzinfo=dt.UTC), answers(book))]
        for step in done:
            step.take(book, ids)
            states.append((dt.datetime.now(dt.UTC), answers(book)))
        for moment, said in states:
            with book.as_of(moment) as then:
                assert answers(then) == said
        assert answers(book) == states[-1][1]
