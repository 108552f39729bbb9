"""The handle a user holds, with stand-ins for the pipeline and the linker."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import rejoinder
from rejoinder import link
from rejoinder.book import Acts, Book
from rejoinder.book.comparing import compare_changes
from rejoinder.book.groups import Groups
from rejoinder.book.results import Progress, explain
from rejoinder.book.tools import Tools
from rejoinder.errors import BadDate, StoreError, UsageError
from rejoinder.link import Linker
from rejoinder.read import InputFailure
from rejoinder.records import Document, Link, Span
from rejoinder.store import Run, Store
from tests.dumps import dumped
from tests.makers import RUN, FakePipeline, act, document, eager_linker, fake_threads

OFFER = document("Pyongyang offered Seoul talks. Pyongyang offered it in vain.", "offer", "2016-05-20", outlet="Daily")
AGAIN = document("On Friday Pyongyang offered Seoul talks by letter.", "again", "2016-05-20", outlet="Times")
ANSWER = document("Seoul rejected Pyongyang again.", "answer", "2016-05-23")
LONELY = document("Washington offered Pyongyang food.", "lonely", "2016-05-25")
UNDATED = document("Washington offered Pyongyang fuel.", "undated", None)
GARBLED = document("garbled", "garbled", "2016-05-21")
ALL = (OFFER, AGAIN, ANSWER, LONELY, UNDATED, GARBLED)


def tools(pipeline: FakePipeline, run: Run = RUN) -> Tools:
    return Tools(
        coder=lambda: pipeline,
        linker=eager_linker,
        threads=fake_threads,
        run=lambda: run,
    )


@pytest.fixture
def pipeline() -> FakePipeline:
    return FakePipeline()


@pytest.fixture
def make(tmp_path: Path, pipeline: FakePipeline) -> Iterator[Callable[..., Book]]:
    books: list[Book] = []

    def made(name: str = "book.db", run: Run = RUN) -> Book:
        books.append(Book(Store.open(tmp_path / name), tools(pipeline, run)))
        return books[-1]

    yield made
    for book in books:
        book.close()


@pytest.fixture
def book(make: Callable[..., Book]) -> Book:
    filled = make()
    filled.code_documents(ALL)
    return filled


def names(book: Book, **asked: object) -> list[str]:
    """Document and kind of each act found."""
    found = book.acts(**asked)  # type: ignore[arg-type]
    return [f"{found.about(one).document} {one.kind}" for one in found]


class TestCode:
    def test_the_report_counts_what_was_done(self, make: Callable[..., Book]) -> None:
        report = make().code_documents(ALL)
        assert (report.documents, report.coded, report.partly, report.unchanged, report.failed) == (6, 5, 0, 0, 1)
        assert report.acts == {"OFFER": 3, "REJECT": 1}
        assert report.links == {"rejects": 1}
        assert report.threads == {"open": 2, "rejected": 1}
        assert report.problems == {"NO_DATE_ANCHOR": 1, "TOO_LONG": 1}
        assert report.failures == ()

    def test_the_same_again_changes_nothing(self, book: Book, tmp_path: Path, pipeline: FakePipeline) -> None:
        before, calls = dumped(tmp_path / "book.db"), pipeline.calls
        report = book.code_documents(ALL)
        assert (report.documents, report.coded, report.unchanged, report.failed) == (6, 0, 5, 1)
        assert report.acts == {"OFFER": 3, "REJECT": 1}
        assert pipeline.calls == calls
        assert dumped(tmp_path / "book.db") == before

    def test_the_order_of_feeding_does_not_matter(self, make: Callable[..., Book], tmp_path: Path) -> None:
        dumps = []
        for number, order in enumerate(itertools.islice(itertools.permutations(ALL), 0, None, 97)):
            book = make(f"{number}.db")
            for part in (order[:2], order[2:]):
                book.code_documents(part)
            dumps.append(dumped(tmp_path / f"{number}.db", numbered=False))
        assert len(dumps) > 5
        assert all(dump == dumps[0] for dump in dumps)

    def test_a_new_version_codes_anew(self, book: Book, make: Callable[..., Book], pipeline: FakePipeline) -> None:
        calls = pipeline.calls
        assert make(run=Run("2.0")).code_documents([OFFER, ANSWER]).coded == 2
        assert pipeline.calls == calls + 2

    def test_progress_is_told_after_each_document(self, make: Callable[..., Book]) -> None:
        told: list[Progress] = []
        make().code_documents([OFFER, GARBLED, OFFER], told.append)
        assert told == [
            Progress(1, "offer", "coded"),
            Progress(2, "garbled", "failed"),
            Progress(3, "offer", "unchanged"),
        ]

    def test_files_are_read_and_what_cannot_be_is_told(self, make: Callable[..., Book], tmp_path: Path) -> None:
        (tmp_path / "one.txt").write_text(OFFER.text, encoding="utf-8")
        book = make()
        report = book.code([tmp_path / "one.txt", str(tmp_path / "two.txt")], published="2016-05-20")
        assert report.documents == 1
        assert [Path(failure.origin).name for failure in report.failures] == ["two.txt"]
        assert book.document("one").published == dt.date(2016, 5, 20)
        assert book.code(str(tmp_path / "one.txt"), published=dt.date(2016, 5, 20)).unchanged == 1

    def test_columns_of_tables_may_be_mapped(self, make: Callable[..., Book], tmp_path: Path) -> None:
        book = make("new.db")
        (tmp_path / "a.csv").write_text("key,story\nx,Seoul rejected Pyongyang again.\n", "utf-8")
        assert book.code(tmp_path / "a.csv", columns={"text": "story", "id": "key"}).coded == 1
        assert [each.name for each in book.documents()] == ["x"]
        with pytest.raises(UsageError, match="'body' is no field"):
            book.code(tmp_path / "a.csv", columns={"body": "story"})

    def test_half_a_character_is_a_failure_not_a_crash(self, make: Callable[..., Book]) -> None:
        broken = Document("Seoul \ud83d offered", name="broken", origin="broken.jsonl, line 3")
        report = make().code_documents([broken, OFFER])
        assert report.documents == 1
        (failure,) = report.failures
        assert isinstance(failure, InputFailure)
        assert failure.origin == "broken.jsonl, line 3"
        assert "offset 6" in failure.message

    def test_an_interrupted_run_is_finished_by_the_next(
        self, make: Callable[..., Book], tmp_path: Path, pipeline: FakePipeline
    ) -> None:
        def interrupted() -> Iterator[Document]:
            yield from (OFFER, ANSWER)
            raise KeyboardInterrupt

        book = make()
        with pytest.raises(KeyboardInterrupt):
            book.code_documents(interrupted())
        assert len(book.documents()) == 2
        assert book.links() == []
        book.code_documents([])
        assert [link.how for link in book.links()] == ["rejects"]
        make("whole.db").code_documents([OFFER, ANSWER])
        assert dumped(tmp_path / "book.db") == dumped(tmp_path / "whole.db")

    def test_another_writer_between_comparing_and_writing_is_not_lost(self, tmp_path: Path) -> None:
        store = Store.open(tmp_path / "book.db")
        pipeline = FakePipeline()

        def keep(doc: Document) -> None:
            with store.writing() as writing:
                writing.keep(doc, pipeline.code(doc), RUN)

        keep(OFFER)
        late = [ANSWER]

        def linker() -> Linker:
            while late:
                keep(late.pop())
            return eager_linker()

        compare_changes(store, linker)
        compare_changes(store, linker)
        with store.reading() as reading:
            assert len(reading.links()) == 1
            assert reading.changes() == []
        store.close()


class TestActs:
    def test_an_act_told_of_several_times_comes_once(self, book: Book) -> None:
        found = book.acts(kind="OFFER", dyad="PRK-KOR")
        assert len(found) == 1
        about = found.about(found[0])
        assert (about.reports, about.outlets) == (2, 2)
        assert [link.how for link in about.answered_by] == ["rejects"]

    def test_every_mention_on_demand(self, book: Book) -> None:
        found = book.acts(kind="OFFER", actor="PRK", every=True)
        assert sorted(found.about(one).document for one in found) == ["again", "offer", "offer"]

    def test_by_document_it_comes_though_another_tells_of_it_too(self, book: Book) -> None:
        assert names(book, document="offer") == ["offer OFFER"]
        assert names(book, document="again") == ["again OFFER"]
        assert names(book, document=ANSWER.id[:8]) == ["answer REJECT"]

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"kind": "reject"}, ["answer REJECT"]),
            ({"kind": ["REJECT", "Offer"], "actor": "kor"}, ["answer REJECT"]),
            ({"dyad": "USA-PRK"}, ["lonely OFFER", "undated OFFER"]),
            ({"dyad": "prk-usa", "since": "2016"}, ["lonely OFFER"]),
            ({"since": "2016-05-23", "until": "2016-05"}, ["answer REJECT", "lonely OFFER"]),
            ({"since": dt.date(2016, 5, 24)}, ["lonely OFFER"]),
            ({"text": "fuel"}, ["undated OFFER"]),
            ({"kind": "OFFER", "answered": False}, ["lonely OFFER", "undated OFFER"]),
            ({"issue": "Talks", "document": "offer"}, ["offer OFFER"]),
            ({"channel": "letter", "every": True}, ["again OFFER"]),
            ({"min_score": 0.5, "background": True}, []),
        ],
    )
    def test_filters(self, book: Book, asked: dict[str, object], expected: list[str]) -> None:
        assert names(book, **asked) == expected

    def test_an_answer_in_another_document_counts(self, book: Book) -> None:
        (name,) = names(book, kind="OFFER", answered=True)
        assert name in {"offer OFFER", "again OFFER"}

    @pytest.mark.parametrize(
        ("asked", "error", "message"),
        [
            ({"kind": "SHRUG"}, UsageError, "'SHRUG' is no kind. It is one of: OFFER, REQUEST,"),
            ({"dyad": "North-South"}, UsageError, "is no dyad. Give two state codes"),
            ({"actor": "North Korea"}, UsageError, "is no state. Give an ISO 3166"),
            ({"issue": "weather"}, UsageError, "'weather' is no issue. It is one of: talks,"),
            ({"channel": "pigeon"}, UsageError, "'pigeon' is no channel. It is one of: speech,"),
            ({"since": "2016-13-40"}, BadDate, "'2016-13-40' is no date. Write it as"),
            ({"until": "yesterday"}, BadDate, "'yesterday' is no date"),
            ({"since": "2016-02-30"}, BadDate, "is no date"),
            ({"since": "0000"}, BadDate, "is no date"),
            ({"since": "2017", "until": "2016"}, UsageError, "lies after until"),
            ({"min_score": 3}, UsageError, "3 is no score"),
            ({"text": "?!"}, UsageError, "holds no word"),
            ({"document": "nowhere"}, UsageError, "There is no document 'nowhere'"),
        ],
    )
    def test_slips_are_told(self, book: Book, asked: dict[str, object], error: type[Exception], message: str) -> None:
        with pytest.raises(error) as caught:
            names(book, **asked)
        assert message in str(caught.value)


class TestOne:
    def test_an_act_by_the_beginning_of_its_id(self, book: Book) -> None:
        one = book.acts(kind="REJECT")[0]
        assert book.act(one.id) == book.act(one.id[:10]) == one

    def test_no_act_and_several(self, book: Book) -> None:
        with pytest.raises(UsageError, match="There is no act 'zzz' in the book"):
            book.act("zzz")
        with pytest.raises(UsageError, match="There is no act '' in the book"):
            book.act("")

    def test_several_acts_of_one_beginning(self, make: Callable[..., Book]) -> None:
        book = make()
        book.code_documents(
            document(f"Pyongyang offered Seoul talks, for the time number {number}.", f"d{number}")
            for number in range(40)
        )
        ids = sorted(one.id for one in book.acts(every=True))
        twice = next(a[0] for a, b in itertools.pairwise(ids) if a[0] == b[0])
        with pytest.raises(UsageError, match=f"Several acts begin with '{twice}'"):
            book.act(twice)

    def test_a_document_by_id_or_name(self, book: Book) -> None:
        assert book.document(OFFER.id) == book.document(OFFER.id[:10]) == book.document("offer") == OFFER

    def test_problems_by_code_and_document(self, book: Book) -> None:
        assert [problem.code for problem in book.problems()] == ["NO_DATE_ANCHOR", "TOO_LONG"]
        assert [problem.doc for problem in book.problems(code="too_long")] == [GARBLED.id]
        assert [problem.code for problem in book.problems(document="undated")] == ["NO_DATE_ANCHOR"]
        assert book.problems(code="TOO_LONG", document="undated") == []


class TestThreads:
    def test_filters(self, book: Book) -> None:
        assert len(book.threads()) == 3
        assert [thread.status for thread in book.threads(dyad="KOR-PRK")] == ["rejected"]
        assert len(book.threads(dyad="PRK-USA", status="open")) == 2
        assert len(book.threads(status=["open", "Rejected"])) == 3
        assert len(book.threads(since="2016-05-25")) == 1
        assert len(book.threads(issue="talks")) == 1
        assert book.threads(dyad="JPN-CHN") == []

    def test_of_a_dyad_they_are_as_among_all(self, book: Book) -> None:
        every = {thread.id: thread for thread in book.threads()}
        for dyad in ("KOR-PRK", "PRK-USA"):
            for thread in book.threads(dyad=dyad):
                assert thread == every[thread.id]

    def test_the_newest_day_is_that_of_the_newest_document(self, book: Book) -> None:
        assert {thread.until for thread in book.threads()} == {dt.date(2016, 5, 25)}

    def test_one_by_its_id_or_an_act_of_it(self, book: Book) -> None:
        (thread,) = book.threads(dyad="KOR-PRK")
        assert book.thread(thread.id) == book.thread(thread.id[:9]) == book.thread(thread.reports[-1]) == thread
        with pytest.raises(UsageError, match="There is no thread 'zzz'"):
            book.thread("zzz")
        with pytest.raises(UsageError, match="no thread ''"):
            book.thread("")

    @pytest.mark.parametrize(
        ("newest", "answer", "status"),
        [
            ("2016-05-25", "", "lapsed"),
            ("2016-05-24", "", "open"),
            ("2016-05-25", "Seoul rejected Pyongyang again.", "rejected"),
        ],
    )
    def test_an_offer_lapses_when_its_term_has_passed_without_an_answer(
        self, tmp_path: Path, pipeline: FakePipeline, newest: str, answer: str, status: str
    ) -> None:
        offer = document("Pyongyang offered Seoul talks by 2016-05-24.", "offer", "2016-05-20")
        later = document(answer or "Nothing was heard.", "later", newest)
        with Book(Store.open(tmp_path / "due.db"), replace(tools(pipeline), threads=link.threads)) as book:
            book.code_documents([offer, later])
            (thread,) = book.threads()
            assert thread.offer.due == dt.date(2016, 5, 24)
            assert thread.status == status
            assert [one.status for one in book.threads(dyad="PRK-KOR")] == [status]

    def test_a_status_that_is_none(self, book: Book) -> None:
        with pytest.raises(UsageError, match=r"is no status of a thread\. It is one of: open, answered"):
            book.threads(status="closed")


class TestWhy:
    def test_everything_an_act_rests_on(self, book: Book) -> None:
        why = book.why(book.acts(document="offer")[0].id)
        assert (why.document.name, why.rule) == ("offer", "verb")
        assert [source.outlet for source in why.sources] == ["Daily"]
        assert [one.span.quote for one in why.mentions] == ["Pyongyang offered it in vain"]
        assert {(joined.other.document, joined.other.act.kind) for joined in why.answered_by} == {("answer", "REJECT")}
        assert {joined.other.document for joined in why.reports} == {"again"}
        assert why.answers == ()
        assert why.problems == ()

    def test_what_it_answers(self, book: Book) -> None:
        why = book.why(book.acts(kind="REJECT")[0].id)
        assert {joined.other.document for joined in why.answers} == {"offer"}
        assert all(isinstance(joined.by, Link) for joined in why.answers)

    def test_problems_of_its_document(self, book: Book) -> None:
        why = book.why(book.acts(document="undated")[0].id)
        assert [problem.code for problem in why.problems] == ["NO_DATE_ANCHOR"]

    def test_words_stand_in_their_sentence(self) -> None:
        doc = document('It rained. "N. Korea has offered talks," Gen. Kim said. Nobody came.')
        start = doc.text.index("offered")
        made = act(
            doc,
            start,
            start + 13,
            (start, start + 7),
            kind="OFFER",
            actor=rejoinder.Side("N. Korea", span=Span.of(doc, 12, 20)),
        )
        evidence = explain(made, doc.text)
        assert [one.field for one in evidence] == ["act", "trigger", "actor"]
        sentence = '"N. Korea has offered talks," Gen. Kim said.'
        assert all(one.before + one.span.quote + one.after == sentence for one in evidence)


class TestCoded:
    def test_each_document_as_it_was_coded(self, book: Book, pipeline: FakePipeline) -> None:
        assert list(book.coded()) == [pipeline.code(doc) for doc in ALL]

    def test_once_for_each_name(self, book: Book) -> None:
        book.code_documents([replace(OFFER, name="copy"), replace(OFFER, origin="elsewhere")])
        told = [coded.document.name for coded in book.coded()]
        assert told == [*(doc.name for doc in ALL), "copy"]


class TestGroups:
    def test_reports_and_mentions_meet(self) -> None:
        groups = Groups({"b": "a", "d": "c"}, [("c", "a"), ("e", "c")])
        assert groups.members("d") == ("a", "b", "c", "d", "e")
        assert groups.root("x") == "x"
        assert groups.members("x") == ("x",)

    def test_a_circle_ends(self) -> None:
        groups = Groups({}, [("a", "b"), ("b", "a")])
        assert groups.root("a") == groups.root("b") == "a"


class TestOpening:
    def test_a_closed_book_says_so(self, tmp_path: Path) -> None:
        with rejoinder.open(tmp_path / "k.db") as book:
            assert book.acts() == Acts(())
        with pytest.raises(StoreError, match="is closed"):
            book.acts()

    def test_what_other_rules_decided_is_decided_anew_once(
        self, tmp_path: Path, book: Book, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Book(Store.open(tmp_path / "fresh.db"), replace(tools(pipeline), linker=link.load_linker)) as fresh:
            fresh.code_documents(ALL)
        rejoinder.open(tmp_path / "fresh.db").close()  # which says by which rules it was summed up
        before = dumped(tmp_path / "book.db", numbered=False)
        rejoinder.open(tmp_path / "book.db", readonly=True).close()
        assert dumped(tmp_path / "book.db", numbered=False) == before
        rejoinder.open(tmp_path / "book.db").close()
        assert dumped(tmp_path / "book.db", numbered=False) == dumped(tmp_path / "fresh.db", numbered=False) != before
        monkeypatch.setattr("rejoinder.book.tools.load_linker", lambda: pytest.fail("nothing is to be compared"))
        rejoinder.open(tmp_path / "book.db").close()

    def test_reading_only(self, tmp_path: Path, book: Book) -> None:
        with rejoinder.open(tmp_path / "book.db", readonly=True) as other:
            assert len(other.acts()) == len(book.acts())
        with pytest.raises(StoreError, match="There is no book"):
            rejoinder.open(tmp_path / "none.db", readonly=True)
