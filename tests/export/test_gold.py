"""Gold from a book, and the loop: what people judged is read by the scores and learnt from by the training."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from training.gold import read_gold
from training.taught import taught

from rejoinder import link
from rejoinder.book import Book
from rejoinder.book.tools import Tools
from rejoinder.draft import Coded
from rejoinder.errors import UsageError
from rejoinder.export import document_to_json, gold, write_gold
from rejoinder.measure import CodedAct, agreement, coded_act, read_coded, recorded, score
from rejoinder.measure.layers import codings
from rejoinder.store import Store
from tests.makers import RUN, FakePipeline, document, eager_linker
from tests.test_training_taught import folder, names

LETTER = document("Pyongyang offered Seoul “talks” in a letter.\r\nSeoul rejected the offer.", "letter", outlet="Wire")
TEST = document("Pyongyang tested a missile.", "test", None)
RAIN = document("It rained.", "rain", "2016-07-01")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Three documents, with two acts, one, and none."""
    tools = Tools(coder=FakePipeline, linker=eager_linker, threads=link.threads, run=lambda: RUN)
    with Book(Store.open(tmp_path / "book.db"), tools) as made:
        made.code_documents([LETTER, TEST, RAIN])
        yield made


def acts(book: Book, doc: str) -> list[str]:
    return [act.id for act in book.acts(document=doc, every=True)]


def judge_all(book: Book) -> None:
    """Ann accepts the offer, corrects the refusal and the test, adds an act, and finds nothing in the rain."""
    offer, answer = acts(book, "letter")
    book.judge(offer, True, by="ann")
    book.correct(answer, {"kind": "ACCUSE", "issue": "talks"}, by="ann")
    book.correct(acts(book, "test")[0], {"kind": "THREATEN", "target": "KOR GOV"}, by="ann")
    book.add_act("test", (19, 26), "MOBILIZE", {"actor": "PRK"}, by="ann")
    book.mark_done("rain", by="ann")


def scored(coded: list[Coded]) -> dict[str, list[CodedAct]]:
    """Documents as a file of the program would hold them."""
    found = {}
    for one in coded:
        told = document_to_json(one)["acts"]
        assert isinstance(told, list)
        found[one.document.name] = [coded_act(act) for act in told]
    return found


class TestWhatIsGold:
    def test_nothing_before_it_was_judged(self, book: Book) -> None:
        assert gold(book).documents == ()
        assert gold(book).left_out == ()

    def test_what_was_judged_in_part_is_left_out_and_named(self, book: Book) -> None:
        book.judge(acts(book, "letter")[0], True, by="ann")
        book.judge(acts(book, "test")[0], True, by="ann")
        found = gold(book)
        assert [one.document.name for one in found.documents] == ["test"]
        assert [(one.coded.document.name, one.left) for one in found.left_out] == [("letter", 1)]

    def test_of_one_coder_what_he_alone_left(self, book: Book) -> None:
        (act,) = acts(book, "test")
        book.correct(act, {"kind": "THREATEN"}, by="ann")
        book.correct(act, {"kind": "ASSAULT"}, by="bob")
        kinds = {name: gold(book, by=name).documents[0].acts[0].kind for name in ("ann", "bob")}
        assert kinds == {"ann": "THREATEN", "bob": "ASSAULT"}

    def test_documents_that_share_a_name_or_have_none_are_called_by_id(self, book: Book) -> None:
        other, nameless = document("It snowed.", "rain"), document("It thawed.", "")
        book.code_documents([other, nameless])
        for doc in (RAIN, other, nameless, TEST):
            book.mark_done(doc.id, by="ann")
        found = [one.document.name for one in gold(book).documents]
        assert found == ["test", RAIN.id, other.id, nameless.id]


class TestFiles:
    def test_texts_and_codes_stand_side_by_side(self, book: Book, tmp_path: Path) -> None:
        judge_all(book)
        codes, texts = write_gold(gold(book).documents, tmp_path / "gold")
        assert (codes, texts) == (tmp_path / "gold" / "gold.jsonl", tmp_path / "gold" / "docs.jsonl")
        rows = [json.loads(line) for line in texts.read_text("utf-8").splitlines()]
        assert rows[0] == {"id": "letter", "published": "2016-05-20", "outlet": "Wire", "text": LETTER.text}
        assert rows[1] == {"id": "test", "text": TEST.text}
        assert {name: len(acts) for name, acts in read_coded(codes).items()} == {"letter": 2, "test": 2, "rain": 0}

    def test_a_gold_file_may_have_any_name(self, book: Book, tmp_path: Path) -> None:
        judge_all(book)
        codes, texts = write_gold(gold(book).documents, tmp_path / "mine.jsonl")
        assert (codes.name, texts.name, sorted(read_coded(codes))) == (
            "mine.jsonl",
            "docs.jsonl",
            ["letter", "rain", "test"],
        )

    def test_a_later_export_takes_the_place_of_the_earlier(self, book: Book, tmp_path: Path) -> None:
        judge_all(book)
        documents = gold(book).documents
        write_gold(documents, tmp_path / "gold")
        before = (tmp_path / "gold" / "gold.jsonl").read_bytes()
        write_gold(documents[:1], tmp_path / "gold")
        write_gold(documents, tmp_path / "gold")
        assert (tmp_path / "gold" / "gold.jsonl").read_bytes() == before

    def test_texts_of_others_are_not_overwritten(self, book: Book, tmp_path: Path) -> None:
        judge_all(book)
        (tmp_path / "docs.jsonl").write_text("mine\n", "utf-8")
        for place in (tmp_path, tmp_path / "gold.jsonl"):
            with pytest.raises(UsageError, match=r"docs\.jsonl is there already"):
                write_gold(gold(book).documents, place)
        assert (tmp_path / "docs.jsonl").read_text("utf-8") == "mine\n"

    @pytest.mark.parametrize("place", ["docs.jsonl", "no/such/gold", "no/gold.jsonl"])
    def test_where_nothing_can_be_written(self, book: Book, tmp_path: Path, place: str) -> None:
        judge_all(book)
        with pytest.raises(UsageError, match=r"[Nn]ame"):
            write_gold(gold(book).documents, tmp_path / place)
        assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".db" and "db-" not in path.name) == []


class TestTheLoop:
    def test_the_judged_book_is_right_by_its_own_gold_and_the_machine_where_it_was_not_corrected(
        self, book: Book, tmp_path: Path
    ) -> None:
        machine = scored([*book.coded()])
        judge_all(book)
        codes, _ = write_gold(gold(book).documents, tmp_path / "gold")
        right = read_coded(codes)
        own = score(right, scored([*book.coded()]))
        assert {name: rate.f1 for name, rate in own.rates.items()} == dict.fromkeys(own.rates, 1)
        assert set(own.accuracy.values()) == {1}
        assert own.misses == ()
        before = score(right, machine)
        assert (before.rates["found"].hit, before.rates["kind"].hit, before.rates["found"].gold) == (3, 1, 4)
        assert [(miss.document, miss.what, miss.gold, miss.system) for miss in before.misses] == [
            ("letter", "kind", "ACCUSE", "REJECT"),
            ("test", "kind", "THREATEN", "MOBILIZE"),
            ("test", "missed", "MOBILIZE", ""),
        ]

    def test_the_training_learns_from_it(self, book: Book, tmp_path: Path) -> None:
        shared, training = folder(tmp_path / "shared" / "gold" / "train", {"s": "Oslo waited."}), tmp_path / "training"
        (training / "codes").mkdir(parents=True)
        for name in ("articles", "codes/articles", "codes/white_house", "codes/wikipedia_current_events"):
            (training / f"{name}.jsonl").write_text("", "utf-8")
        judge_all(book)
        write_gold(gold(book).documents, tmp_path / "gold")
        found = taught(training, shared.parents[1], [tmp_path / "gold"])
        assert names(found) == ["s", "letter", "test", "rain"]
        read = {one.document.name: one for one in found}
        assert [read[doc.name].document.id for doc in (LETTER, TEST, RAIN)] == [LETTER.id, TEST.id, RAIN.id]
        assert read["letter"].document.published == LETTER.published
        kinds = [(act["kind"], act["trigger"], act["trigger_start"]) for act in read["test"].acts]
        assert kinds == [("THREATEN", "tested", 10), ("MOBILIZE", "missile", 19)]
        assert read["test"].acts[0]["target"]["state"] == "KOR"
        assert [*read_gold(tmp_path / "gold")] == found[1:]

    def test_two_coders_of_a_book_are_compared(self, book: Book) -> None:
        judge_all(book)
        offer, answer = acts(book, "letter")
        (added,) = [act for act in acts(book, "test") if book.act(act).kind == "MOBILIZE"]
        book.judge_all([offer, answer], True, by="bob")
        book.judge(acts(book, "test")[0], True, by="bob")
        found = agreement(codings(book))
        assert (found.coders, found.documents) == (("ann", "bob"), 2)
        told = {(one.field, one.words[:8]): dict(one.said) for one in found.disagreements}
        assert told["found", book.act(added).span.quote[:8]] == {"ann": "MOBILIZE", "bob": None}
        assert ("kind", "Seoul re") in told

    def test_what_an_adjudicator_decides_is_in_the_gold_and_not_in_the_agreement(self, book: Book) -> None:
        (act,) = acts(book, "test")
        book.correct(act, {"kind": "THREATEN"}, by="ann")
        book.correct(act, {"kind": "ASSAULT"}, by="bob")
        before = agreement(codings(book))
        book.correct(act, {"kind": "COERCE"}, by="lead", final=True)
        assert agreement(codings(book)) == before
        assert [one.kind for one in gold(book).documents[0].acts] == ["COERCE"]

    def test_only_coders_who_coded_something_to_the_end_are_compared(self, book: Book) -> None:
        book.judge(acts(book, "letter")[0], True, by="zoe")
        book.mark_done("rain", by="ann")
        assert codings(book) == {"ann": {RAIN.id: []}}
        with pytest.raises(UsageError, match="'zoe' has coded no document to the end"):
            codings(book, ["ann", "zoe"])

    def test_a_book_and_its_file_say_the_same(self, book: Book) -> None:
        judge_all(book)
        for coded in book.coded():
            here, there = recorded(coded.acts, coded.links), scored([coded])[coded.document.name]
            assert [(act.kind, act.actor, act.target, act.dates, act.trigger) for act in here] == [
                (act.kind, act.actor, act.target, act.dates, act.trigger) for act in there
            ]
