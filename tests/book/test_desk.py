"""The review desk: acts accepted, rejected, corrected and added; whose word counts; and what a later coder says."""

import datetime as dt
import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from rejoinder.book import Book
from rejoinder.book.judging import FIELDS
from rejoinder.errors import BadDate, StoreError, UsageError
from rejoinder.records import Act, Side, Span, When
from rejoinder.store import Run
from tests.book.desks import DOCUMENTS, Blind, Other, answers, opened

WAIT = 60.0
PROCESSES = multiprocessing.get_context("spawn")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with opened(tmp_path / "book.db") as made:
        made.code_documents(DOCUMENTS)
        yield made


def offer(book: Book, document: str = "first") -> Act:
    return next(act for act in book.acts(document=document, every=True) if act.kind == "OFFER")


def refusal(book: Book, document: str = "first") -> Act:
    return next(act for act in book.acts(document=document, every=True) if act.kind == "REJECT")


def recoded(book: Book, coder: Blind | Other, version: str = "2.0") -> list[str]:
    """What the Problems say after another coder went over the book."""
    with opened(book._store.path, run=Run(version), coder=coder) as again:
        again.code_documents(DOCUMENTS)
    return [problem.message for problem in book.problems(code="JUDGED_OTHERWISE")]


class TestRejecting:
    def test_the_act_goes_with_its_links_and_comes_back(self, book: Book) -> None:
        act, before = offer(book), answers(book)
        made = book.judge(act.id[:10], False, by="ann", note="no offer")
        assert (made.subject, made.field, made.value, made.note) == (act.id, "stands", "no", "no offer")
        with pytest.raises(UsageError, match=f"The act {act.id} was rejected"):
            book.act(act.id)
        assert [one.id for one in book.rejected("first")] == [act.id]
        assert all(act.id not in link.ends for link in book.links())
        assert book.judged_act(act.id) == act
        book.judge(act.id, None, by="bob")
        assert answers(book) == before

    def test_the_next_mention_takes_the_place_of_a_first_one(self, book: Book) -> None:
        first, again = book.acts(document="answer", every=True)
        assert again.same_as == first.id
        book.judge(first.id, False, by="ann")
        assert book.act(again.id).same_as is None

    def test_what_was_rejected_cannot_be_corrected(self, book: Book) -> None:
        act = offer(book)
        book.judge(act.id, False, by="ann")
        with pytest.raises(UsageError, match="was rejected, or undone"):
            book.correct(act.id, {"kind": "DEMAND"}, by="ann")


class TestCorrecting:
    def test_every_field_can_be_given_as_text(self, book: Book) -> None:
        act, text = offer(book, "again"), book.document("again").text
        at = text.index("letter")
        book.correct(
            act.id,
            {
                "kind": "request",
                "alt_kind": "offer",
                "span": '"Pyongyang offered Seoul talks"',
                "trigger": "20-27",
                "actor": 'PRK+USA GOV "Pyongyang"',
                "target": "? CVL",
                "mutual": "yes",
                "realis": "Planned",
                "background": "yes",
                "date": '2016-05 "On Friday"',
                "channel": f"fax @{at}-{at + 6}",
                "speaker": 'PRK MED "Pyongyang"',
                "via": "KCNA; Yonhap",
                "issue": "nuclear",
                "conditions": '"by letter" "On Friday"',
                "due": "2016-06-01",
            },
            by="ann",
        )
        got = book.act(act.id)
        assert (got.kind, got.alt_kind, got.realis, got.issue, got.coder) == (
            "REQUEST",
            "OFFER",
            "planned",
            "nuclear",
            "ann",
        )
        assert (got.span.quote, got.trigger.quote) == ("Pyongyang offered Seoul talks", "offered")
        assert (got.actor.state, got.actor.also, got.actor.role) == ("PRK", ("USA",), "GOV")
        assert got.target is not None
        assert (got.target.state, got.target.role, got.target.text) == (None, "CVL", "Seoul")
        assert (got.mutual, got.background, got.due) == (True, True, dt.date(2016, 6, 1))
        assert (got.when.earliest, got.when.latest) == (dt.date(2016, 5, 1), dt.date(2016, 5, 31))
        assert got.when.said is not None
        assert got.when.said.quote == "On Friday"
        assert got.voice.speaker is not None
        assert (got.voice.channel, got.voice.speaker.role, got.voice.via) == ("fax", "MED", ("KCNA", "Yonhap"))
        assert [span.quote for span in got.conditions] == ["On Friday", "by letter"]
        rests = {name: span.quote for name, span in got.evidence}
        assert (rests["channel"], rests["date"], rests["actor"]) == ("letter", "On Friday", "Pyongyang")
        assert list(rests) == sorted(rests)

    def test_every_field_can_be_given_as_it_is(self, book: Book) -> None:
        act, document = offer(book), book.document("first")
        words = Span.of(document, 0, 9)
        values: dict[str, object] = {
            "kind": "DEMAND",
            "actor": Side("Pyongyang", "PRK", "MIL", span=words),
            "target": None,
            "mutual": False,
            "background": True,
            "date": When(dt.date(2016, 5, 1), None, words),
            "channel": None,
            "speaker": None,
            "via": ["KCNA"],
            "conditions": [(10, 17), words],
            "due": dt.date(2016, 6, 1),
            "trigger": words,
            "span": (0, 29),
        }
        book.correct(act.id, values, by="ann")  # type: ignore[arg-type]
        got = book.act(act.id)
        assert (got.kind, got.actor, got.target) == ("DEMAND", values["actor"], None)
        assert (got.when, got.conditions, got.trigger) == (values["date"], (words, Span.of(document, 10, 17)), words)
        assert (got.voice.channel, got.voice.via, got.due) == (None, ("KCNA",), values["due"])
        assert "target" not in dict(got.evidence)

    def test_it_is_filed_and_linked_anew(self, book: Book) -> None:
        assert [thread.offer.kind for thread in book.threads()] == ["OFFER"]
        book.correct(offer(book).id, {"kind": "SUPPORT"}, by="ann")
        book.correct(offer(book, "again").id, {"kind": "SUPPORT"}, by="ann")
        assert book.threads() == []
        assert len(book.acts(kind="SUPPORT")) == 1

    def test_a_later_mention_and_an_act_of_its_own(self, book: Book) -> None:
        first, again = book.acts(document="answer", every=True)
        book.correct(again.id, {"same_as": None}, by="ann")
        assert book.act(again.id).same_as is None
        book.merge(again.id, first.id, by="ann")
        assert book.act(again.id).same_as == first.id

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("colour", "red", "'colour' is no field of an act that can be judged. It is one of: kind,"),
            ("kind", "OFER", "kind: 'OFER' is no kind. It is one of: OFFER,"),
            ("kind", "none", "kind: 'none' is no kind"),
            ("kind", 3, "kind: 3 is no text"),
            ("actor", "KRO", "actor: 'KRO' is no state. Give an ISO 3166"),
            ("actor", '"Tokyo"', "actor: The words 'Tokyo' do not stand in the text"),
            ("target", Side("x", span=Span("d", 0, 1, "x")), "target: 'x' does not stand at 0 in this text"),
            ("date", "2016-13", "date: '2016-13' is no date. Write it as"),
            ("date", "2016-06/2016-05", "date: 2016-06-01 lies after 2016-05-31. Swap them"),
            ("due", "2016-05", "due: '2016-05' is no single day"),
            ("span", "9-9", "span: 9-9 are no words of the text. Give a first and a last offset from 0 to"),
            ("trigger", "31-36", "The trigger 'Seoul' lies outside of the clause"),
            ("conditions", 7, "conditions: 7 are no words"),
            ("channel", "pigeon", "channel: 'pigeon' is no channel"),
            ("mutual", "perhaps", "mutual: 'perhaps' is no answer. It is one of: yes, no"),
            ("same_as", "ffff", "There is no act of this document 'ffff'"),
            ("issue", "\udcff", "is no text that can be kept"),
        ],
    )
    def test_what_a_field_cannot_have(self, book: Book, field: str, value: str, message: str) -> None:
        before = answers(book)
        with pytest.raises(UsageError) as caught:
            book.correct(offer(book).id, {"realis": "planned", field: value}, by="ann")
        assert message in str(caught.value)
        assert (answers(book), book.judgements()) == (before, [])


class TestAdding:
    def test_what_is_not_given_is_unknown(self, book: Book) -> None:
        act = book.add_act("first", '"talks"', "CONSULT", by="ann")
        assert act == book.act(act.id)
        assert (act.actor, act.target, act.when, act.voice.channel, act.coder) == (Side(""), None, When(), None, "ann")
        assert (act.span.quote, act.trigger.quote) == ("Pyongyang offered Seoul talks.", "talks")
        assert [one.id for one in book.acts(document="first", every=True)][-1] == act.id, "it has no date"
        assert [one.kind for one in next(book.coded()).acts] == ["OFFER", "CONSULT", "REJECT"]

    def test_an_id_is_the_one_that_the_coder_would_give_it(self, book: Book) -> None:
        act = book.add_act("first", (24, 29), "CONSULT", {"actor": "PRK", "date": "2016"}, by="ann")
        with pytest.raises(UsageError, match=f"That act is there already: {act.id}"):
            book.add_act("first", (24, 29), "consult", by="bob")

    def test_words_that_stand_there_more_than_once(self, book: Book) -> None:
        with pytest.raises(UsageError, match=r"The words 'Seoul' stand in the text 2 times\. Give their offsets"):
            book.add_act("first", "Seoul", "CONSULT", by="ann")

    def test_it_takes_part_in_threads_and_is_undone(self, book: Book) -> None:
        before = answers(book)
        act = book.add_act("answer", '"Later"', "OFFER", {"actor": "KOR GOV", "target": "PRK"}, by="ann")
        book.link(refusal(book).id, act.id, "rejects", by="ann")
        assert "rejected" in [thread.status for thread in book.threads() if thread.offer.id == act.id]
        book.undo(by="ann")
        book.undo(by="ann")
        assert answers(book) == before
        with pytest.raises(UsageError, match="was rejected, or the adding of it undone"):
            book.act(act.id)
        assert book.add_act("answer", '"Later"', "OFFER", by="ann").id == act.id


class TestJoining:
    def test_a_link_inside_a_document_and_two_of_one_answer_across(self, book: Book) -> None:
        answer, other = refusal(book, "answer"), book.add_act("again", '"talks"', "DEMAND", {"actor": "PRK"}, by="bob")
        made = book.link(offer(book).id, refusal(book).id, "counters", by="ann")
        assert book.joined([made.subject])[made.subject].coder == "ann"
        assert made.subject in {link.id for coded in book.coded() for link in coded.links}
        ids = {book.link(answer.id, one.id, "evades", by="ann").subject for one in (offer(book), other)}
        assert ids <= {link.id for link in book.links()}

    def test_a_merge_that_was_not_found(self, book: Book) -> None:
        made = book.merge(refusal(book, "answer").id, offer(book, "again").id, by="ann")
        assert made.subject in {merge.id for merge in book.merges()}
        assert book.queue_merges() == [merge for merge in book.merges() if merge.id != made.subject]

    def test_the_other_way_round_it_is_the_one_that_was_found(self, book: Book) -> None:
        (found,) = [merge for merge in book.merges() if {*merge.ends} == {offer(book).id, offer(book, "again").id}]
        assert book.merge(found.act, found.report, by="ann").subject == found.id

    def test_nothing_is_joined_to_itself(self, book: Book) -> None:
        first, again = book.acts(document="answer", every=True)
        with pytest.raises(UsageError, match="tell of one act"):
            book.link(again.id, first.id, "reaffirms", by="ann")
        with pytest.raises(UsageError, match="tell of one act already"):
            book.merge(again.id, first.id, by="ann")
        with pytest.raises(UsageError, match=r"'shrugs' is no way of answering\. It is one of: accepts"):
            book.link(first.id, offer(book).id, "shrugs", by="ann")


class TestWhoseWord:
    def test_the_newest_counts_unless_an_adjudicator_spoke(self, book: Book) -> None:
        act = offer(book).id
        for by, kind, final in (("ann", "DEMAND", False), ("cid", "REQUEST", True), ("bob", "THREATEN", False)):
            book.correct(act, {"kind": kind}, by=by, final=final)
        assert book.act(act).kind == "REQUEST"
        with pytest.raises(UsageError, match="one by an adjudicator"):
            book.take_back(act, "kind", by="ann")
        book.take_back(act, "kind", by="cid", final=True)
        assert book.act(act).kind == "THREATEN"
        book.undo(by="bob")
        assert book.act(act).kind == "DEMAND"

    def test_the_layer_of_one_alone(self, book: Book) -> None:
        act = offer(book).id
        book.correct(act, {"kind": "DEMAND", "issue": "nuclear"}, by="ann")
        book.judge(act, False, by="bob", final=True)
        book.judge(refusal(book, "answer").id, True, by="bob")
        (ann,), bob = list(book.coded_by("ann")), list(book.coded_by("bob"))
        assert [(one.kind, one.issue) for one in ann.acts] == [("DEMAND", "nuclear"), ("REJECT", "other")]
        assert [[one.kind for one in coded.acts] for coded in bob] == [["REJECT"], ["REJECT", "REJECT"]]
        assert [coded.document.name for coded in book.machine()] == ["first", "answer"]
        assert [one.kind for one in next(book.machine()).acts] == ["OFFER", "REJECT"]
        assert (book.coders(), list(book.coded_by("cid"))) == (["ann", "bob"], [])

    def test_a_step_is_undone_as_one_and_the_one_before_after_it(self, book: Book) -> None:
        before, ids = answers(book), [act.id for act in book.acts(every=True)]
        first = book.correct(ids[0], {"kind": "DEMAND", "issue": "nuclear"}, by="ann")
        held = answers(book)
        book.judge_all(ids, False, by="ann")
        book.judge(ids[1], True, by="bob")
        assert len({one.batch for one in first} - {None}) == 1
        assert len(book.undo(by="ann")) == len(ids)
        book.undo(by="bob")
        assert answers(book) == held
        back = book.undo(by="ann", subject=ids[0])
        assert {one.undoes for one in back} == {one.id for one in first}
        assert answers(book) == before

    def test_all_or_nothing(self, book: Book) -> None:
        with pytest.raises(UsageError, match="There is no act, merge or link 'ffff'"):
            book.judge_all([offer(book).id, "ffff"], False, by="ann")
        assert book.judgements() == []

    def test_who_said_what(self, book: Book) -> None:
        act = offer(book).id
        book.correct(act, {"kind": "DEMAND", "target": "USA"}, by="ann", note="must")
        book.judge(act, True, by="bob")
        book.undo(by="ann")
        told = [(one.judgement.by, one.judgement.field, one.before, one.after, one.undone) for one in book.history(act)]
        assert told == [
            ("ann", "kind", "OFFER", "DEMAND", True),
            ("ann", "target", "KOR GOV “Seoul”", "USA GOV “Seoul”", True),
            ("bob", "stands", "not judged", "stands", False),
            ("ann", "target", "USA GOV “Seoul”", "KOR GOV “Seoul”", False),
            ("ann", "kind", "DEMAND", "OFFER", False),
        ]
        assert book.why(act).history == book.history(act[:8])
        assert [one.value for one in book.judgements(act)][3:] == [None, None]


class TestAnotherCoder:
    """What people judged stands, whatever a later coder finds, and it is said where that differs."""

    def test_an_act_that_was_rejected_stays_out(self, book: Book) -> None:
        act = offer(book)
        book.judge(act.id, False, by="ann")
        (message,) = recoded(book, Other(lambda one: one))
        assert "fake/2 finds this act (OFFER) that ann rejected" in message
        assert [one.id for one in book.rejected()] == [act.id]
        assert recoded(book, Blind(), "3.0") == []

    def test_an_act_that_was_accepted_or_corrected_stays(self, book: Book) -> None:
        accepted, corrected = offer(book), refusal(book)
        book.judge(accepted.id, True, by="ann")
        book.correct(corrected.id, {"issue": "nuclear"}, by="bob")
        messages = recoded(book, Blind())
        assert [act.id for act in book.acts(every=True)] == [accepted.id, corrected.id]
        assert book.act(accepted.id) == accepted
        assert book.act(corrected.id).issue == "nuclear"
        assert ["no longer finds this act (OFFER) that ann judged" in one for one in messages].count(True) == 1
        assert len(messages) == 2

    def test_it_is_known_again_under_another_id(self, book: Book) -> None:
        act, others = offer(book), len(book.acts(every=True))
        book.correct(act.id, {"kind": "REQUEST"}, by="ann")
        other = Other(lambda one: replace(one, kind="THREATEN", issue="nuclear") if one.kind == "OFFER" else one)
        (message,) = recoded(book, other)
        assert "kind is REQUEST by ann, THREATEN by fake/2" in message
        assert (book.act(act.id).kind, book.act(act.id).issue) == ("REQUEST", "nuclear")
        assert len(book.acts(every=True)) == others
        assert any(act.id in link.ends for coded in book.coded() for link in coded.links)
        book.undo(by="ann")
        assert [one.kind for one in book.acts(document="first", every=True)] == ["THREATEN", "REJECT"]

    def test_what_was_accepted_stays_as_it_was(self, book: Book) -> None:
        act = offer(book)
        book.judge(act.id, True, by="ann")
        (message,) = recoded(book, Other(lambda one: replace(one, realis="planned") if one.kind == "OFFER" else one))
        assert "realis is actual by ann, planned by fake/2" in message
        assert book.act(act.id) == act
        book.judge(act.id, True, by="bob")
        assert book.problems(code="JUDGED_OTHERWISE") == [], "he has seen what the coder says"
        assert book.act(act.id) == act

    def test_it_may_come_to_agree(self, book: Book) -> None:
        book.correct(offer(book).id, {"kind": "DEMAND"}, by="ann")
        added = book.add_act("first", '"talks"', "CONSULT", {"actor": "PRK"}, by="ann")
        assert recoded(book, Other(lambda one: replace(one, kind="DEMAND") if one.kind == "OFFER" else one)) == []
        assert [one.kind for one in book.acts(document="first", every=True)] == ["DEMAND", "REJECT", "CONSULT"]
        assert book.act(added.id) == added

    def test_an_act_beside_is_not_taken_for_it(self, book: Book) -> None:
        act = offer(book)
        added = book.add_act("first", act.trigger, "DEMAND", {"actor": "PRK"}, by="ann")
        assert recoded(book, Other(lambda one: one)) == []
        assert {one.id for one in book.acts(document="first", every=True)} >= {act.id, added.id}

    def test_links_that_people_made_stay(self, book: Book) -> None:
        inner = book.link(offer(book).id, refusal(book).id, "counters", by="ann").subject
        across = book.link(refusal(book, "answer").id, offer(book, "again").id, "evades", by="ann").subject
        recoded(book, Other(lambda one: one))
        assert {inner, across} <= {link.id for link in book.links()}


class TestLists:
    def test_what_was_reviewed(self, book: Book) -> None:
        act = offer(book)
        assert len(book.acts(reviewed=True)) == 0
        book.correct(act.id, {"realis": "planned"}, by="ann")
        (found,) = reviewed = book.acts(reviewed=True, every=True)
        assert found.id == act.id
        assert reviewed.about(found).reviewed
        assert act.id not in {one.id for one in book.acts(reviewed=False, every=True)}
        assert [row["reviewed"] for row in book.acts(every=True).to_dicts()].count(True) == 1
        book.undo(by="ann")
        assert len(book.acts(reviewed=True, every=True)) == 0

    def test_the_queue(self, book: Book) -> None:
        every = [act.id for act in book.queue()]
        assert sorted(every) == sorted(act.id for act in book.acts(every=True))
        book.judge(every[0], True, by="ann")
        assert [act.id for act in book.queue()] == every[1:]
        assert [act.id for act in book.queue(by="bob")] == every
        assert [act.id for act in book.queue(by="ann", without=every[1:2], limit=1)] == every[2:3]
        assert {act.kind for act in book.queue(kind="REJECT", dyad="PRK-KOR")} == {"REJECT"}
        assert {act.doc for act in book.queue(document="answer")} == {DOCUMENTS[2].id}
        assert [act.doc for act in book.queue(order="text", by="bob")] == [
            doc.id for doc in DOCUMENTS for act in book.acts(document=doc.name, every=True)
        ]
        days = [act.when.earliest for act in book.queue(order="day")]
        assert days == sorted(day for day in days if day)
        with pytest.raises(UsageError, match=r"'luck' is no order\. It is one of: uncertain, text, day"):
            book.queue(order="luck")

    def test_links_and_merges_to_be_judged(self, book: Book) -> None:
        links = book.queue_links()
        assert {link.id for link in links} == {link.id for link in book.links()}
        book.judge(links[0].id, False, by="ann")
        assert links[0].id not in {link.id for link in book.queue_links(without=[links[-1].id])}
        assert len(book.queue_links(limit=1)) == 1


class TestAsOf:
    def test_a_day_means_its_end(self, book: Book) -> None:
        before = answers(book)
        book.judge(offer(book).id, False, by="ann")
        with book.as_of("2000") as then:
            assert answers(then) == before
            assert then.judgements() == []
            with pytest.raises(StoreError, match="opened for reading only"):
                then.judge(offer(then).id, False, by="ann")
        with book.as_of(dt.date(2999, 1, 1)) as then:
            assert answers(then) == answers(book)
        for slip in ("soon", "2016-05-20T99", None):
            with pytest.raises(BadDate):
                book.as_of(slip)


def _judge_some(path: Path, start: Barrier, by: str, ids: list[str]) -> None:
    with opened(path) as book:
        start.wait(WAIT)
        for act in ids:
            book.judge(act, True, by=by)
            book.correct(act, {"issue": "nuclear"}, by=by)


def test_two_processes_that_judge_at_once(book: Book) -> None:
    ids = [act.id for act in book.acts(every=True)]
    start = PROCESSES.Barrier(2)
    workers = [PROCESSES.Process(target=_judge_some, args=(book._store.path, start, by, ids)) for by in ("ann", "bob")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(WAIT)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert len(book.judgements()) == 4 * len(ids)
    assert {act.issue for act in book.acts(every=True)} == {"nuclear"}
    assert {act.coder for act in book.acts(every=True)} <= {"ann", "bob"}
    with book._store.reading() as reading:
        assert reading.noted() == 0, "nothing is left to be compared"


def test_every_field_has_a_line_in_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "judging.md").read_text("utf-8")
    assert [field for field in FIELDS if f"| `{field}` |" not in page] == []
