"""Summaries say what the long way says, whatever was written before and in whatever steps they followed it."""

import datetime as dt
import itertools
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder import link
from rejoinder.book import Book
from rejoinder.book import browsing as quick
from rejoinder.book.summing import sum_up, sum_up_anew
from rejoinder.book.tools import Tools
from rejoinder.errors import UsageError
from rejoinder.records import Link, Merge, Realis, When
from rejoinder.store import ActQuery, Reading, Store, ThreadQuery
from tests.book import reference
from tests.dumps import dumped
from tests.makers import RUN, FakePipeline, document, eager_linker

SENTENCES = (
    "Pyongyang offered Seoul talks.",
    "Pyongyang offered Seoul talks by 2016-05-21.",
    "Seoul rejected Pyongyang.",
    "Seoul accepted Pyongyang by letter.",
    "Washington and Seoul rejected Pyongyang.",
    "Washington offered Pyongyang talks.",
    "Pyongyang tested a rocket.",
    "Seoul offered Seoul talks.",
)
DAYS = ("2016-04-30", "2016-05-20", "2016-05-21", "2016-06-20", None)
DYADS = ("KOR-PRK", "PRK-USA", "KOR-KOR", "JPN-KOR")
SPANS = (
    (None, None),
    ("2016-05-20", "2016-06-19"),
    (None, "2016-05-20"),
    ("2016-05-21", None),
    ("2016-05-01", "2016-05-31"),
)

code = st.tuples(
    st.just("code"), st.lists(st.sampled_from(range(len(SENTENCES))), min_size=1, max_size=3), st.sampled_from(DAYS)
)
judge = st.tuples(st.just("judge"), st.integers(0, 30), st.sampled_from((True, False, None)))
follow = st.tuples(st.just("follow"), st.integers(1, 4), st.none())
steps = st.lists(st.one_of(code, code, judge, follow), min_size=1, max_size=8)


@contextmanager
def a_book(folder: str) -> Iterator[Book]:
    """An empty book that is coded and compared by the stand-ins, and makes threads as the package does."""
    tools = Tools(coder=FakePipeline, linker=eager_linker, threads=link.threads, run=lambda: RUN)
    with Book(Store.open(Path(folder) / "book.db"), tools) as book:
        yield book


def do(book: Book, step: tuple[str, object, object], number: int) -> None:
    what, first, second = step
    if what == "code":
        assert isinstance(first, list)
        text = " ".join(SENTENCES[sentence] for sentence in first)
        assert second is None or isinstance(second, str)
        book.code_documents([document(text, f"n{number}", second)])
    elif what == "judge":
        joined: list[Link | Merge] = [*book.links(), *book.merges()]
        if joined:
            assert isinstance(first, int)
            assert second is None or isinstance(second, bool)
            try:
                book.judge(joined[first % len(joined)].id, second, by="ann")
            except UsageError:
                assert second is None, "there is nothing to take back"
    else:
        assert isinstance(first, int)
        sum_up(book._store, link.threads, most=first)


def days(since: str | None, until: str | None) -> tuple[dt.date | None, dt.date | None]:
    return (
        None if since is None else dt.date.fromisoformat(since),
        None if until is None else dt.date.fromisoformat(until),
    )


ACT_QUERIES: tuple[dict[str, object], ...] = (
    {},
    {"dyad": "KOR-PRK"},
    {"kinds": ("OFFER",)},
    {"kinds": ("OFFER", "REJECT"), "actor": "KOR"},
    {"text": "letter"},
    {"issue": "talks", "target": "PRK", "dyad": "PRK-USA"},
)
THREAD_QUERIES: tuple[dict[str, object], ...] = (
    {},
    {"dyad": "KOR-PRK", "kinds": ("OFFER",)},
    {"statuses": ("open", "rejected")},
    {"statuses": ("lapsed",), "issue": "talks"},
)
PAGES = ((50, 0), (2, 1))
LISTS = [
    *itertools.product(ACT_QUERIES, SPANS, ("newest", "oldest", "surest", "doubtful"), (None, True, False), PAGES),
    *itertools.product(THREAD_QUERIES, SPANS, ("newest", "oldest", "silence"), ("threads",), PAGES),
]
COUNTS = [
    *itertools.product(DYADS, SPANS, ("day", "month", "year")),
    *itertools.product((True, False), SPANS, ("pairs",)),
]


def check(reading: Reading, some: random.Random) -> None:
    """Some of what pages ask."""
    make = link.threads
    assert quick.overview(reading, 2) == reference.overview(reading, make, 2)
    for named, span, order, answered, (limit, offset) in some.sample(LISTS, 30):
        since, until = days(*span)
        asked = {**named, "since": since, "until": until}
        page = {"limit": limit, "offset": offset, "order": order}
        if answered == "threads":
            query = ThreadQuery(**asked)  # type: ignore[arg-type]
            slow = reference.thread_leaf(reading, make, query, **page)  # type: ignore[arg-type]
            assert quick.thread_leaf(reading, make, query, **page) == slow, (asked, page)  # type: ignore[arg-type]
        else:
            acts = ActQuery(**asked)  # type: ignore[arg-type]
            leaf = reference.leaf(reading, acts, answered=answered, **page)  # type: ignore[arg-type]
            assert quick.leaf(reading, acts, answered=answered, **page) == leaf, (asked, answered, page)  # type: ignore[arg-type]
    for of, span, by in some.sample(COUNTS, 15):
        since, until = days(*span)
        if by == "pairs":
            pairs = reference.pairs(reading, since, until, background=bool(of))
            assert quick.pairs(reading, since, until, background=bool(of)) == pairs, span
        else:
            told = (str(of), since, until, by)
            assert quick.counts(reading, *told) == reference.counts(reading, *told), told  # type: ignore[arg-type]


@settings(deadline=None, max_examples=25)
@given(steps, st.randoms(use_true_random=False))
def test_whatever_was_coded_and_judged(done: list[tuple[str, object, object]], some: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder, a_book(folder) as book:
        for number, step in enumerate(done):
            do(book, step, number)
        assert sum_up(book._store, link.threads)
        with book._store.reading() as reading:
            check(reading, some)
        followed = dumped(book._store.path)
        with book._store.writing() as writing:
            writing.begin_anew("other rules")
            writing.begin_anew("these rules")
        sum_up(book._store, link.threads)
        anew = dumped(book._store.path)
        assert [row for row in followed if row[0] != "meta"] == [row for row in anew if row[0] != "meta"]


@settings(deadline=None, max_examples=25)
@given(st.lists(code, min_size=3, max_size=8), st.randoms(use_true_random=False))
def test_pages_of_books_too_large_to_be_gone_through(
    done: list[tuple[str, object, object]], some: random.Random
) -> None:
    bounds = {"COUNTED": 4, "_ENOUGH": 1, "_AT_ONCE": 1, "_AT_FIRST": 3, "_FEW": 1, "_SCANNED": 2}
    with tempfile.TemporaryDirectory() as folder, a_book(folder) as book, pytest.MonkeyPatch.context() as patched:
        for number, step in enumerate(done):
            do(book, step, number)
        for name, most in bounds.items():
            patched.setattr(f"rejoinder.store.paging.{name}", most)
        with book._store.reading() as reading:
            for named, span, order, answered, _ in some.sample(LISTS, 60):
                if answered == "threads":
                    continue
                since, until = days(*span)
                query = ActQuery(**{**named, "since": since, "until": until})  # type: ignore[arg-type]
                limit, offset = some.randint(1, 3), some.randint(0, 3)
                quick_page = reading.page(query, answered=answered, order=order, limit=limit, offset=offset)  # type: ignore[arg-type]
                slow = reference.leaf(reading, query, answered=answered, limit=99, offset=0, order=order)  # type: ignore[arg-type]
                ids = tuple(act.id for act in slow.acts)
                told = (query, answered, order, limit, offset)
                assert quick_page.total == len(ids) if quick_page.exact else quick_page.total <= len(ids), told
                if quick_page.exact or offset + limit <= quick_page.total:
                    assert quick_page.ids == ids[offset : offset + limit], told


def test_pages_follow_a_judgement_at_once(tmp_path: Path) -> None:
    with a_book(str(tmp_path)) as book:
        book.code_documents([document(SENTENCES[0], "a", "2016-05-20"), document(SENTENCES[2], "b", "2016-05-22")])
        assert [thread.status for thread in book.thread_leaf(status="rejected").threads] == ["rejected"]
        (joined,) = book.links()
        book.judge(joined.id, False, by="ann")
        assert book.thread_leaf(status="rejected").total == 0
        assert book.leaf(answered=False, kind="OFFER").total == 1


def test_a_book_summed_up_by_other_rules_is_summed_up_anew(tmp_path: Path) -> None:
    with a_book(str(tmp_path)) as book:
        book.code_documents([document(SENTENCES[0], "a", "2016-05-20")])
        sum_up_anew(book._store, link.threads, "some rules")
        sum_up_anew(book._store, lambda *_: (), "other rules")
        assert book.overview().threads == 0
        assert book.overview().acts == 1


def test_while_another_program_writes_pages_show_what_was_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rejoinder.book.desk.sum_up", lambda *_: False)  # it was cut short
    with a_book(str(tmp_path)) as book:
        book.code_documents([document(SENTENCES[0], "a", "2016-05-20"), document(SENTENCES[2], "b", "2016-05-22")])
        (joined,) = book.links()
        other = Store.open(tmp_path / "book.db")
        with other.writing() as writing:
            writing.decide([joined.answer], [], [], {})
        with other.writing():
            assert book.leaf(answered=True).total == 1
        other.close()
        assert book.leaf(answered=True).total == 0


def test_what_lies_beyond_what_is_counted_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("COUNTED", 1), ("_ENOUGH", 1), ("_AT_ONCE", 0)):
        monkeypatch.setattr(f"rejoinder.store.paging.{name}", most)
    with a_book(str(tmp_path)) as book:
        book.code_documents([document(" ".join(SENTENCES[:4]), "a", "2016-05-20")])
        found = book.leaf(limit=1)
        assert (found.total, found.exact, len(found.acts)) == (1, False, 1)
        with pytest.raises(UsageError, match="Only the first 1 acts"):
            book.leaf(limit=1, offset=1)


def test_what_was_judged_elsewhere_since_is_known(tmp_path: Path) -> None:
    with a_book(str(tmp_path)) as book:
        book.code_documents([document(SENTENCES[0], "a", "2016-05-20"), document(SENTENCES[2], "b", "2016-05-22")])
        (joined,) = book.links()
        book.judge(joined.id, False, by="ann")
        assert book.links() == []
        other = a_second(tmp_path)
        other.judge(joined.id, True, by="bob")
        assert [one.score for one in book.links()] == [1.0]
        other.undo(by="bob")
        assert book.links() == []
        other.close()


def a_second(folder: Path) -> Book:
    """The same book, opened once more."""
    tools = Tools(coder=FakePipeline, linker=eager_linker, threads=link.threads, run=lambda: RUN)
    return Book(Store.open(folder / "book.db"), tools)


@pytest.mark.parametrize(
    ("when", "realis", "done"),
    [
        (When(dt.date(2016, 5, 21), dt.date(2016, 5, 21)), "actual", True),
        (When(dt.date(2016, 5, 20), dt.date(2016, 5, 25)), "actual", True),
        (When(dt.date(2016, 5, 19), dt.date(2016, 5, 19)), "actual", False),
        (When(dt.date(2016, 5, 26), dt.date(2016, 5, 26)), "actual", False),
        (When(dt.date(2016, 5, 21), dt.date(2016, 5, 21)), "planned", False),
        (When(dt.date(2016, 5, 19), dt.date(2016, 5, 21)), "actual", False),
        (When(dt.date(2016, 5, 21), None), "actual", False),
        (When(None, dt.date(2016, 5, 21)), "actual", False),
        (When(), "actual", False),
    ],
)
def test_only_what_certainly_was_done_then_was_done_meanwhile(
    tmp_path: Path, when: When, realis: Realis, *, done: bool
) -> None:
    with a_book(str(tmp_path)) as book:
        source = document(SENTENCES[6], "a", "2016-05-21")
        coded = FakePipeline().code(source)
        acts = tuple(replace(act, when=when, realis=realis) for act in coded.acts)
        with book._store.writing() as writing:
            writing.keep(source, replace(coded, acts=acts), RUN)
        sum_up(book._store, link.threads)
        days = dt.date(2016, 5, 20), dt.date(2016, 5, 25)
        with book._store.reading() as reading:
            assert bool(reading.done_between(("PRK-?",), ("MOBILIZE",), *days, most=5)) is done
