"""Acts are compared with those of other documents little by little, and it comes to the same as all at once."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.book import comparing
from rejoinder.book.comparing import compare_changes
from rejoinder.draft import Coded
from rejoinder.link import Across, Card, Linker, Shelf, Verdicts
from rejoinder.records import Act, Document, Judgement, Link, Merge, Side, Span, When
from rejoinder.store import Ruling, Run, Store
from tests.dumps import dumped
from tests.makers import RUN, eager_linker

DAY = dt.date(2016, 5, 20)
WORDS = ("offered military talks at Panmunjom", "turned down the offer of military talks", "renewed its offer")

ROWS = st.tuples(
    st.sampled_from(["OFFER", "REJECT", "DEMAND", "ACCEPT"]),
    st.sampled_from([("PRK", "KOR"), ("KOR", "PRK"), ("PRK", None), ("USA", "PRK"), ("KOR+USA", "PRK")]),
    st.integers(0, 130),
    st.sampled_from(WORDS),
    st.booleans(),
)


def coded(number: int, rows: Sequence[Any]) -> Coded:
    """A document of acts, one a row: kind, sides, day, words, whether it is undated."""
    text = "; ".join(f"{number} {words}" for *_, words, _ in rows)
    day = DAY + dt.timedelta(max((row[2] for row in rows), default=0))
    document = Document(text, name=str(number), published=day)
    acts, at = [], 0
    for place, row in enumerate(rows):
        acts.append(_act(document, at, place, row))
        at += len(f"{number} {row[3]}; ")
    return Coded(document, tuple(acts))


def _act(document: Document, at: int, place: int, row: Any) -> Act:
    kind, (actor, target), days, words, undated = row
    start = document.text.index(words, at)
    states = actor.split("+")
    day = None if undated else DAY + dt.timedelta(days)
    return Act(
        id=f"{document.id[:8]}{place:08}",
        doc=document.id,
        kind=kind,
        span=Span.of(document, start, start + len(words)),
        trigger=Span.of(document, start, start + len(words.split()[0])),
        actor=Side("", states[0], "GOV", also=tuple(states[1:])),
        target=Side("", target, "GOV") if target else None,
        when=When(day, day),
        issue="talks",
    )


def vague(one: Coded) -> Coded:
    """``one`` with acts that may have happened a day earlier."""
    whens = [(act, act.when.earliest) for act in one.acts]
    acts = (replace(act, when=When(day - dt.timedelta(1), day)) if day else act for act, day in whens)
    return replace(one, acts=tuple(acts))


def keep(store: Store, documents: Sequence[Coded], run: Run = RUN) -> None:
    with store.writing() as writing:
        for one in documents:
            assert writing.keep(one.document, one, run) is None


def decided(store: Store) -> tuple[list[Merge], list[Link], list[str]]:
    with store.reading() as reading:
        assert reading.changes() == []
        problems = sorted(problem.message for problem in reading.problems())
        return reading.merges(), reading.links(), problems


def few(linker: Linker) -> Linker:
    """One that takes only the two latest under a key, so that some hide others."""
    return replace(linker, near=2)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty book: to copy one is quicker than to make one."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    Store.open(path).close()
    return path


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.lists(ROWS, min_size=1, max_size=3), min_size=2, max_size=9), data=st.data())
@pytest.mark.parametrize("worth", [10**9, 0])
def test_one_by_one_in_any_order_is_all_at_once(
    worth: int, rows: list[list[Any]], data: st.DataObject, blank: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole, parts, again = (Store.open(shutil.copy(blank, tmp_path_factory.mktemp("book"))) for _ in range(3))
    documents = [coded(number, acts) for number, acts in enumerate(rows)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparing, "_WORTH", 10**9)
        keep(whole, documents)
        compare_changes(whole, lambda: few(eager_linker()))
        patch.setattr(comparing, "_WORTH", worth)
        for one in data.draw(st.permutations(documents)):
            keep(parts, [one])
            if data.draw(st.booleans()):
                compare_changes(parts, lambda: few(eager_linker()))
        compare_changes(parts, lambda: few(eager_linker()))
    assert decided(parts) == decided(whole)
    taken = data.draw(st.sampled_from(documents))
    for store in (whole, parts):
        keep(store, [Coded(taken.document)], Run("2"))
        compare_changes(store, lambda: few(eager_linker()))
    keep(again, [one if one is not taken else Coded(taken.document) for one in documents])
    compare_changes(again, lambda: few(eager_linker()))
    assert decided(parts) == decided(whole) == decided(again)
    for store in (whole, parts, again):
        store.close()


class TestJudgements:
    OFFER = coded(1, [("OFFER", ("PRK", "KOR"), 0, WORDS[0], False)])
    COPY = coded(2, [("OFFER", ("PRK", "KOR"), 0, WORDS[0], False)])
    THIRD = coded(3, [("OFFER", ("PRK", "KOR"), 0, WORDS[2], False)])

    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        store = Store.open(tmp_path / "book.db")
        keep(store, [self.OFFER, self.COPY])
        compare_changes(store, eager_linker)
        return store

    def judge(self, store: Store, merge: Merge, value: str | None, minute: int = 0) -> None:
        at = dt.datetime(2026, 1, 1, 12, minute, tzinfo=dt.UTC)
        with store.writing() as writing:
            writing.judge([Ruling(Judgement(merge.id, "stands", value, "ann", at), merge)], None)
        compare_changes(store, eager_linker)

    def test_a_merge_that_was_refused_does_not_come_back_until_that_is_undone(self, store: Store) -> None:
        (merge,), *_ = decided(store)
        self.judge(store, merge, "no")
        assert decided(store)[0] == []
        keep(store, [self.THIRD])
        compare_changes(store, eager_linker)
        assert merge.id not in [one.id for one in decided(store)[0]]
        self.judge(store, merge, None, 1)
        assert merge in decided(store)[0]

    def test_a_merge_that_was_confirmed_outlives_a_linker_that_finds_none(self, store: Store) -> None:
        (merge,), *_ = decided(store)
        self.judge(store, merge, "yes")
        timid = eager_linker()
        timid = replace(timid, rules=replace(timid.rules, merges=replace(timid.rules.merges, threshold=1.1)))
        keep(store, [self.THIRD])
        compare_changes(store, lambda: timid)
        assert decided(store)[0] == [replace(merge, score=1.0)]

    def test_another_writer_who_is_quicker_is_not_written_over(self, store: Store) -> None:
        keep(store, [self.THIRD])
        late = [coded(4, [("OFFER", ("PRK", "KOR"), 0, WORDS[0], False)])]

        class Slow(Linker):
            """One during whose work another writer keeps and compares a document."""

            def decide(self, one: Card, shelf: Shelf, verdicts: Verdicts) -> Across:
                while late:
                    keep(store, [late.pop()])
                    compare_changes(store, eager_linker)
                return super().decide(one, shelf, verdicts)

        compare_changes(store, lambda: Slow(eager_linker().rules))
        found = decided(store)
        with store.writing() as writing:
            for act in writing.acts():
                said = Judgement("nothing", "stands", None, "ann", dt.datetime.now(dt.UTC))
                writing.judge([Ruling(said, Merge(act.id, act.id))], None)
        compare_changes(store, eager_linker)
        assert decided(store) == found

    def test_what_was_joined_by_hand_comes_back_with_its_act(self, store: Store) -> None:
        (merge,), *_ = decided(store)
        self.judge(store, merge, "yes")
        timid = eager_linker()
        timid = replace(timid, rules=replace(timid.rules, merges=replace(timid.rules.merges, threshold=1.1)))
        first = next(one for one in (self.OFFER, self.COPY) if one.acts[0].id == merge.act)
        keep(store, [first], Run("2"))
        compare_changes(store, lambda: timid)
        assert [(one.report, one.act) for one in decided(store)[0]] == [(merge.report, merge.act)]


class TestRules:
    """A book that was compared by other rules is compared anew, as if by these from the beginning."""

    ROWS = (
        [("OFFER", ("PRK", "KOR"), 0, WORDS[0], False), ("DEMAND", ("USA", "PRK"), 1, WORDS[2], False)],
        [("OFFER", ("PRK", "KOR"), 0, WORDS[0], False), ("REJECT", ("KOR", "PRK"), 3, WORDS[1], False)],
        [("REJECT", ("KOR", "PRK"), 3, WORDS[1], True), ("ACCEPT", ("PRK", "USA"), 9, WORDS[1], False)],
    )

    @staticmethod
    def eager() -> Linker:
        return replace(eager_linker(), digest="eager")

    @staticmethod
    def timid() -> Linker:
        """One that finds no merge, looks less far back, and files otherwise: for it, two days are too many."""
        rules = eager_linker().rules
        merges = replace(rules.merges, threshold=1.1)
        return Linker(replace(rules, merges=merges, wide_days=0, patience_days=2), digest="timid")

    def made(self, path: Path, linker: Callable[[], Linker]) -> Store:
        store = Store.open(path)
        keep(store, [vague(coded(number, rows)) for number, rows in enumerate(self.ROWS)])
        compare_changes(store, linker, linker().digest)
        return store

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        made = self.made(tmp_path / "book.db", self.eager)
        yield made
        made.close()

    @pytest.mark.parametrize("worth", [10**9, 0])
    def test_the_decisions_are_those_of_the_new_rules_from_the_beginning(
        self, store: Store, tmp_path: Path, worth: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(comparing, "_WORTH", worth)
        before = dumped(store.path, numbered=False)
        compare_changes(store, self.timid, "timid")
        fresh = self.made(tmp_path / "fresh.db", self.timid)
        assert decided(store) == decided(fresh) != ([], [], [])
        assert before != dumped(store.path, numbered=False) == dumped(fresh.path, numbered=False)
        compare_changes(store, self.eager, "eager")
        assert dumped(store.path, numbered=False) == before
        fresh.close()

    def test_what_comes_later_is_decided_by_the_rules_of_all(self, store: Store, tmp_path: Path) -> None:
        more = coded(7, [("REJECT", ("KOR", "PRK"), 2, WORDS[1], False)])
        fresh = self.made(tmp_path / "fresh.db", self.timid)
        for one in (store, fresh):
            keep(one, [more])
            compare_changes(one, self.timid)
        assert dumped(store.path, numbered=False) == dumped(fresh.path, numbered=False)
        fresh.close()

    def test_judgements_hold(self, store: Store) -> None:
        merges, links, _ = decided(store)
        assert merges
        assert links
        at = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
        with store.writing() as writing:
            writing.judge([Ruling(Judgement(merges[0].id, "stands", "yes", "ann", at), merges[0])], None)
            writing.judge([Ruling(Judgement(links[0].id, "stands", "no", "ann", at), links[0])], None)
        for linker in (self.timid, self.eager):
            compare_changes(store, linker, linker().digest)
            assert replace(merges[0], score=1.0) in decided(store)[0]
            assert links[0].id not in [one.id for one in decided(store)[1]]

    def test_the_same_rules_are_no_work(self, store: Store) -> None:
        before = dumped(store.path)
        with store.reading() as reading:
            last = reading.last_change()

        def never() -> Linker:
            raise AssertionError("nothing is to be compared")

        compare_changes(store, never, "eager")
        assert dumped(store.path) == before
        with store.reading() as reading:
            assert reading.last_change() == last
            assert reading.rules() == "eager"

    def test_comparing_anew_that_was_cut_short_is_finished_by_the_next(self, store: Store, tmp_path: Path) -> None:
        class Cut(Linker):
            def decide(self, one: Card, shelf: Shelf, verdicts: Verdicts) -> Across:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            compare_changes(store, lambda: Cut(self.timid().rules, digest="timid"), "timid")
        compare_changes(store, self.timid, "timid")
        fresh = self.made(tmp_path / "fresh.db", self.timid)
        assert dumped(store.path, numbered=False) == dumped(fresh.path, numbered=False)
        fresh.close()

    def test_two_programs_of_different_rules_leave_no_mixture(self, store: Store, tmp_path: Path) -> None:
        ours = [self.eager]

        class Slow(Linker):
            """One during whose work another program compares by its own rules."""

            def decide(self, one: Card, shelf: Shelf, verdicts: Verdicts) -> Across:
                while ours:
                    compare_changes(store, ours.pop(), "eager")
                return super().decide(one, shelf, verdicts)

        compare_changes(store, lambda: Slow(self.timid().rules, digest="timid"), "timid")
        fresh = self.made(tmp_path / "fresh.db", self.timid)
        assert dumped(store.path, numbered=False) == dumped(fresh.path, numbered=False)
        fresh.close()
