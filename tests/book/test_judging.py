"""Merges and links that people judge, and what follows."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rejoinder import link
from rejoinder.book import Book
from rejoinder.book.tools import Coder, Tools
from rejoinder.draft import Coded
from rejoinder.errors import StoreError, UsageError
from rejoinder.link import Linker
from rejoinder.records import Document, Link, Merge
from rejoinder.store import Run, Store
from tests.makers import RUN, FakePipeline, document, eager_linker

FIRST = document("Pyongyang offered Seoul talks.", "first", "2016-05-20")
AGAIN = document("On Friday Pyongyang offered Seoul talks by letter.", "again", "2016-05-20")
ONCE_MORE = document("It rained when Pyongyang offered Seoul talks.", "once more", "2016-05-20")
ANSWER = document("Seoul rejected Pyongyang.", "answer", "2016-05-23")


def timid_linker() -> Linker:
    """A linker that finds no merge."""
    eager = eager_linker()
    return replace(eager, rules=replace(eager.rules, merges=replace(eager.rules.merges, threshold=1.1)))


class Blind:
    """A coder that finds nothing."""

    def code(self, doc: Document, /) -> Coded:
        return Coded(doc)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Book]]:
    books: list[Book] = []

    def make(
        linker: Callable[[], Linker] = eager_linker,
        *,
        readonly: bool = False,
        run: Run = RUN,
        coder: Coder = FakePipeline(),  # noqa: B008 (it only counts)
    ) -> Book:
        tools = Tools(coder=lambda: coder, linker=linker, threads=link.threads, run=lambda: run)
        books.append(Book(Store.open(tmp_path / "book.db", readonly=readonly), tools))
        return books[-1]

    yield make
    for book in books:
        book.close()


@pytest.fixture
def book(opened: Callable[..., Book]) -> Book:
    """An offer told of twice, and its refusal."""
    made = opened()
    made.code_documents([FIRST, AGAIN, ANSWER])
    return made


@pytest.fixture
def merge(book: Book) -> Merge:
    (found,) = book.merges()
    return found


def reports(book: Book) -> list[int]:
    """How many documents tell of each offer."""
    found = book.acts(kind="OFFER")
    return [found.about(act).reports for act in found]


class TestMerges:
    def test_one_judged_wrong_parts_two_acts_until_that_is_taken_back(self, book: Book, merge: Merge) -> None:
        assert reports(book) == [2]
        book.judge(merge.id, False, by="ann")
        assert (book.merges(), reports(book)) == ([], [1, 1])
        book.code_documents([document("It rained.", "rain")])
        assert reports(book) == [1, 1]
        book.judge(merge.id, None, by="bob")
        assert (book.merges(), reports(book)) == ([merge], [2])

    def test_one_judged_to_stand_outlives_a_linker_that_finds_none(
        self, book: Book, merge: Merge, opened: Callable[..., Book]
    ) -> None:
        timid = opened(timid_linker)
        timid.judge(merge.id, True, by="ann")
        assert timid.merges() == [replace(merge, score=1.0)]
        timid.judge(merge.id, None, by="ann")
        assert timid.merges() == []
        assert timid.joined([merge.id]) == {}
        assert [one.value for one in timid.judgements(merge.id)] == ["yes", None]

    def test_the_newest_judgement_counts(self, book: Book, merge: Merge) -> None:
        book.judge(merge.id, False, by="ann")
        book.judge(merge.id, True, by="bob")
        assert book.merges() == [replace(merge, score=1.0)]

    def test_the_beginning_of_an_id_is_enough_also_of_one_judged_wrong(self, book: Book, merge: Merge) -> None:
        for stands in (False, True, False, None):
            assert book.judge(merge.id[:8], stands, by="ann").subject == merge.id
        assert book.merges() == [merge]


class TestLinks:
    def test_one_judged_wrong_answers_nothing_until_that_is_taken_back(self, book: Book) -> None:
        (found,) = book.links()
        assert [thread.status for thread in book.threads()] == ["rejected"]
        book.judge(found.id, False, by="ann")
        assert [one for one in book.links() if one.id == found.id] == []
        book.judge(found.id, None, by="ann")
        assert book.links() == [found]

    def test_one_inside_a_document(self, opened: Callable[..., Book]) -> None:
        book = opened()
        book.code_documents([document("Pyongyang offered Seoul talks. Seoul rejected Pyongyang.", "one")])
        (found,) = book.links()
        book.judge(found.id, False, by="ann")
        assert book.links() == []
        assert [thread.status for thread in book.threads()] == ["open"]
        book.judge(found.id, True, by="ann")
        assert book.links() == [found]


class TestRecords:
    def test_what_is_kept(self, book: Book, merge: Merge) -> None:
        before = dt.datetime.now(dt.UTC)
        made = book.judge(merge.id, False, by=" ann ", note=" another letter ")
        assert (made.subject, made.field, made.value, made.by, made.note) == (
            merge.id,
            "stands",
            "no",
            "ann",
            "another letter",
        )
        assert before <= made.at <= dt.datetime.now(dt.UTC)
        assert made.at.utcoffset() == dt.timedelta(0)

    def test_they_come_in_the_order_they_were_made(self, book: Book, merge: Merge) -> None:
        (answer,) = book.links()
        made = [book.judge(merge.id, False, by="ann"), book.judge(answer.id, True, by="bob")]
        made.append(book.judge(merge.id, None, by="cid"))
        assert book.judgements() == made
        assert book.judgements(merge.id[:8]) == [made[0], made[2]]

    def test_what_nobody_judged_has_none(self, book: Book, merge: Merge) -> None:
        assert book.judgements() == book.judgements(merge.id) == []

    def test_joined_knows_those_judged_wrong(self, book: Book, merge: Merge) -> None:
        (answer,) = book.links()
        book.judge(merge.id, False, by="ann")
        assert book.joined([merge.id, answer.id, merge.id[:8]]) == {merge.id: merge, answer.id: answer}

    def test_they_outlive_the_acts(self, book: Book, merge: Merge, opened: Callable[..., Book]) -> None:
        made = book.judge(merge.id, False, by="ann")
        again = opened(run=Run("2.0"), coder=Blind())
        again.code_documents([AGAIN])
        assert len(again.acts(kind="OFFER", every=True)) == 1
        assert again.judgements() == [made]
        assert again.joined([merge.id]) == {merge.id: merge}
        assert again.why(again.acts(kind="OFFER")[0].id).refused == ()
        again.judge(merge.id, None, by="ann")
        opened(run=Run("3.0")).code_documents([AGAIN])
        assert again.merges() == [merge]


class TestSlips:
    def test_what_is_in_no_book(self, book: Book) -> None:
        for subject in ("ffffffffffffffff", ""):
            for asked in (lambda: book.judge(subject, False, by="ann"), lambda: book.judgements(subject)):  # noqa: B023
                with pytest.raises(UsageError, match=rf"There is no act, merge or link '{subject}' in the book\. Give"):
                    asked()

    def test_several_that_begin_alike(self, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
        (found,), (answer,) = book.merges(), book.links()
        monkeypatch.setattr("rejoinder.store.Reading.joined", lambda *_: [found, answer])
        for asked in (lambda: book.judge("1", False, by="ann"), lambda: book.judgements("1")):
            with pytest.raises(
                UsageError, match=r"Several acts, merges or links begin with '1': .* Give more of the id\."
            ):
                asked()

    @pytest.mark.parametrize(("by", "note"), [("", ""), (" \n", ""), ("\udcff", ""), ("ann", "\udcff")])
    def test_no_name_and_no_text(self, book: Book, merge: Merge, by: str, note: str) -> None:
        with pytest.raises(UsageError):
            book.judge(merge.id, False, by=by, note=note)
        assert book.judgements() == []

    def test_nothing_to_take_back(self, book: Book, merge: Merge) -> None:
        for _ in range(2):
            with pytest.raises(UsageError, match=r"No judgement of \w+ is in force that could be taken back\. Say"):
                book.judge(merge.id, None, by="ann")
            book.judge(merge.id, True, by="ann")
            book.judge(merge.id, None, by="ann")

    def test_a_book_opened_for_reading(self, book: Book, merge: Merge, opened: Callable[..., Book]) -> None:
        other = opened(readonly=True)
        with pytest.raises(StoreError, match="opened for reading only"):
            other.judge(merge.id, False, by="ann")
        assert other.judgements() == []


class TestWhy:
    def test_a_judgement_stands_beside_what_was_judged(self, book: Book, merge: Merge) -> None:
        (answer,) = book.links()
        made = [book.judge(one, True, by="ann") for one in (merge.id, answer.id)]
        why = book.why(merge.act)
        assert [one.judgement for one in (*why.reports, *why.answered_by)] == made
        book.judge(merge.id, None, by="ann")
        assert [one.judgement for one in book.why(merge.act).reports] == [None]

    @pytest.mark.parametrize("end", ["report", "act"])
    def test_what_was_judged_wrong_is_told_at_both_ends(self, book: Book, merge: Merge, end: str) -> None:
        made = book.judge(merge.id, False, by="ann", note="another letter")
        why = book.why(getattr(merge, end))
        (refused,) = why.refused
        assert (refused.by, refused.judgement, why.reports) == (merge, made, ())
        assert refused.other.act.id == ({merge.report, merge.act} - {why.act.id}).pop()

    def test_a_link_judged_wrong(self, book: Book) -> None:
        (answer,) = book.links()
        book.judge(answer.id, False, by="ann")
        offer, reply = book.why(answer.offer), book.why(answer.answer)
        assert [(one.by, one.other.act.id) for one in offer.refused] == [(answer, answer.answer)]
        assert [(one.by, one.other.act.id) for one in reply.refused] == [(answer, answer.offer)]
        assert isinstance(offer.refused[0].by, Link)

    def test_each_merge_of_many_reports_is_told_once_with_the_act_it_adds(self, book: Book) -> None:
        book.code_documents([ONCE_MORE])
        merges = {merge.id for merge in book.merges()}
        told = {merge.report for merge in book.merges()} | {merge.act for merge in book.merges()}
        assert len(told) == 3
        for act in told:
            found = book.why(act).reports
            assert {one.by.id for one in found} == merges
            assert sorted(one.other.act.id for one in found) == sorted(told - {act})
