"""Several coders of one book: documents dealt out, marked as done, and taken as one of them alone left them."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder import link
from rejoinder.book import Book
from rejoinder.book.assigning import deal
from rejoinder.book.tools import Tools
from rejoinder.errors import StoreError, UsageError
from rejoinder.store import Store
from tests.makers import RUN, FakePipeline, document, eager_linker

OFFER = document("Pyongyang offered Seoul talks. Seoul rejected the offer.", "offer")
TEST = document("Pyongyang tested a missile.", "test", "2016-06-01")
RAIN = document("It rained.", "rain", "2016-07-01")


def opened(path: Path, *, readonly: bool = False) -> Book:
    tools = Tools(coder=FakePipeline, linker=eager_linker, threads=link.threads, run=lambda: RUN)
    return Book(Store.open(path, readonly=readonly), tools)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Three documents, with two acts, one, and none."""
    with opened(tmp_path / "book.db") as made:
        made.code_documents([OFFER, TEST, RAIN])
        yield made


def acts(book: Book, doc: str) -> list[str]:
    return [act.id for act in book.acts(document=doc, every=True)]


class TestDealing:
    IDS = st.sets(st.text("0123456789abcdef", min_size=16, max_size=16), max_size=40)

    @given(IDS, st.integers(2, 5), st.floats(0, 1))
    def test_everybody_gets_as_many_and_the_share_goes_to_two(self, ids: set[str], many: int, double: float) -> None:
        coders = ["ann", "bob", "cem", "dan", "eve"][:many]
        dealt = deal(ids, coders, double)
        assert [*dealt] == sorted(ids)
        firsts = Counter(names[0] for names in dealt.values())
        assert max(firsts.values(), default=0) - min((firsts[name] for name in coders), default=0) <= 1
        twice = [names for names in dealt.values() if len(names) == 2]
        assert len(twice) == pytest.approx(double * len(ids) + 0.5, abs=0.5001)
        assert all(len(set(names)) == len(names) <= 2 for names in dealt.values())

    def test_every_pair_of_coders_meets(self) -> None:
        dealt = deal([f"{n:016x}" for n in range(60)], ["ann", "bob", "cem", "dan"], 1)
        pairs = Counter(tuple(sorted(names)) for names in dealt.values())
        assert len(pairs) == 6
        assert max(pairs.values()) - min(pairs.values()) <= 2

    @given(IDS)
    def test_the_order_of_documents_changes_nothing(self, ids: set[str]) -> None:
        assert deal(sorted(ids), ["ann", "bob"], 0.5) == deal(sorted(ids, reverse=True), ["ann", "bob"], 0.5)

    def test_one_coder_gets_all_once(self) -> None:
        assert deal(["a", "b"], ["ann"], 0.5) == {"a": ("ann",), "b": ("ann",)}


class TestAssigning:
    def test_what_was_assigned_is_kept(self, book: Book, tmp_path: Path) -> None:
        made = book.assign(None, ["ann", "bob"], double=0.3, by="lead", note="first round")
        assert [one.document for one in made] == sorted(one.id for one in (OFFER, TEST, RAIN))
        assert sorted(len(one.coders) for one in made) == [1, 1, 2]
        assert {(one.blind, one.by) for one in made} == {(True, "lead")}
        with opened(tmp_path / "book.db", readonly=True) as again:
            assert again.assignments() == made

    def test_those_assigned_before_are_left_alone_unless_they_are_named(self, book: Book) -> None:
        book.assign(["offer", "test"], ["ann"], double=0, blind=False, by="lead")
        (new,) = book.assign(None, ["bob"], double=0, by="lead")
        assert (new.document, new.coders, new.blind) == (RAIN.id, ("bob",), True)
        book.assign([OFFER.id[:8]], ["cem"], double=0, by="lead")
        told = {one.document: (one.coders, one.blind) for one in book.assignments()}
        assert told == {OFFER.id: (("cem",), True), TEST.id: (("ann",), False), RAIN.id: (("bob",), True)}
        assert [said.value for said in book.notes("offer")] == ["ann", "blind: cem"]
        assert len(book.notes()) == 4
        assert book.judgements() == []

    def test_nothing_is_assigned_before_somebody_assigns(self, book: Book) -> None:
        assert book.assignments() == []

    @pytest.mark.parametrize(
        ("documents", "coders", "double", "by", "says"),
        [
            (None, [], 0.2, "lead", "Nobody is named"),
            (None, ["ann"], 0.2, "lead", "second coder"),
            (None, ["ann", "ann"], 0.2, "lead", "'ann' is named twice"),
            (None, ["ann", " "], 0.2, "lead", "empty name"),
            (None, ["ann", "b;c"], 0.2, "lead", "'b;c'"),
            (None, ["ann", "blind:bob"], 0.2, "lead", "'blind:bob'"),
            (None, ["ann", "bob"], 1.2, "lead", "1.2 is no share"),
            (None, ["ann", "bob"], 0.2, "", "empty name"),
            (None, ["ann", "bob"], 0.2, "\udcff", "UTF-8"),
            (["snow"], ["ann", "bob"], 0.2, "lead", "'snow'"),
            ([], ["ann", "bob"], 0.2, "lead", "no document left"),
        ],
    )
    def test_a_slip_assigns_nothing(
        self, book: Book, documents: list[str] | None, coders: list[str], double: float, by: str, says: str
    ) -> None:
        with pytest.raises(UsageError, match=says):
            book.assign(documents, coders, double=double, by=by)
        assert book.assignments() == []

    def test_a_book_for_reading_is_not_written(self, book: Book, tmp_path: Path) -> None:
        with opened(tmp_path / "book.db", readonly=True) as again, pytest.raises(StoreError, match="reading only"):
            again.assign(None, ["ann"], double=0, by="lead")


class TestDone:
    def test_each_says_it_for_himself_and_may_take_it_back(self, book: Book) -> None:
        book.mark_done("rain", by="bob")
        book.mark_done("rain", by="ann", note="no act")
        assert book.done() == {RAIN.id: ("ann", "bob")}
        book.mark_done("rain", False, by="bob")
        assert book.done() == {RAIN.id: ("ann",)}
        book.mark_done("rain", False, by="ann")
        assert book.done() == {}

    def test_two_documents_of_one_name_are_told_apart_by_id(self, book: Book) -> None:
        book.code_documents([document("It snowed.", "rain")])
        with pytest.raises(UsageError, match=r"Several documents are called 'rain'.*Give the id"):
            book.mark_done("rain", by="ann")
        assert book.mark_done(RAIN.id, by="ann").subject == RAIN.id

    def test_coders_of_acts_are_not_joined_by_who_assigns(self, book: Book) -> None:
        book.assign(None, ["ann"], double=0, by="lead")
        book.mark_done("rain", by="ann")
        book.judge(acts(book, "test")[0], True, by="bob")
        assert book.coders() == ["bob"]


class TestJudged:
    def test_a_document_counts_when_every_act_was_judged(self, book: Book) -> None:
        offer, answer = acts(book, "offer")
        book.judge(offer, True, by="ann")
        (one,) = book.judged()
        assert (one.coded.document, one.left, one.done, one.whole) == (OFFER, 1, (), False)
        book.correct(answer, {"kind": "DEMAND"}, by="bob")
        (one,) = book.judged()
        assert (one.left, one.whole) == (0, True)
        assert [act.kind for act in one.coded.acts] == ["OFFER", "DEMAND"]

    def test_or_when_somebody_says_that_it_is_done(self, book: Book) -> None:
        book.judge(acts(book, "offer")[0], False, by="ann")
        book.mark_done("offer", by="ann")
        book.mark_done("rain", by="bob")
        offer, rain = book.judged()
        assert [(one.left, one.done, one.whole) for one in (offer, rain)] == [(1, ("ann",), True), (0, ("bob",), True)]
        assert [act.kind for act in offer.coded.acts] == ["REJECT"]
        assert rain.coded.acts == ()

    def test_an_act_rejected_leaves_nothing_to_judge(self, book: Book) -> None:
        book.judge(acts(book, "test")[0], False, by="ann")
        (one,) = book.judged()
        assert (one.coded.acts, one.whole) == ((), True)

    def test_what_was_undone_was_not_judged(self, book: Book) -> None:
        book.judge(acts(book, "test")[0], False, by="ann")
        book.undo(by="ann")
        assert [*book.judged()] == [*book.judged(by="ann")] == []

    def test_each_coder_is_taken_alone(self, book: Book) -> None:
        (act,) = acts(book, "test")
        book.correct(act, {"kind": "THREATEN"}, by="ann")
        book.correct(act, {"kind": "ASSAULT"}, by="bob")
        book.correct(act, {"kind": "COERCE"}, by="ann", final=True)
        alone = {name: [act.kind for one in book.judged(by=name) for act in one.coded.acts] for name in ("ann", "bob")}
        assert alone == {"ann": ["THREATEN"], "bob": ["ASSAULT"]}
        assert [act.kind for one in book.judged() for act in one.coded.acts] == ["COERCE"]

    def test_who_marks_a_document_says_that_the_program_is_right(self, book: Book) -> None:
        (act,) = acts(book, "test")
        book.correct(act, {"kind": "THREATEN"}, by="ann")
        book.mark_done("test", by="bob")
        (bob,) = book.judged(by="bob")
        assert ([act.kind for act in bob.coded.acts], bob.left, bob.whole) == (["MOBILIZE"], 1, True)
        (ann,) = book.judged(by="ann")
        assert (ann.done, ann.whole) == ((), True)

    def test_one_who_judged_nothing_has_nothing(self, book: Book) -> None:
        book.judge(acts(book, "test")[0], True, by="ann")
        assert [*book.judged(by="zoe")] == []

    def test_an_earlier_state_is_not_troubled_by_what_was_said_of_documents(self, book: Book) -> None:
        book.mark_done("rain", by="ann")
        book.judge(acts(book, "test")[0], False, by="ann")
        with book.as_of("2001-01-01") as before:
            assert [act.kind for act in before.acts(document="test")] == ["MOBILIZE"]
        book.undo(by="ann")
        with pytest.raises(UsageError):  # what is undone step by step are judgements of acts, links and merges
            book.undo(by="ann")
        assert book.done() == {RAIN.id: ("ann",)}
