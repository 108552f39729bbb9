"""One text from many places, coded again where that changes something, and never half kept."""

import datetime as dt
import itertools
from pathlib import Path

import pytest

from rejoinder.draft import Coded
from rejoinder.errors import StoreError
from rejoinder.records import Document, Judgement, Link, Merge
from rejoinder.store import ActQuery, Filed, Place, Run, Store
from tests.dumps import dumped
from tests.makers import RUN, FakePipeline, document

TEXT = "Pyongyang offered Seoul talks."


def keep(store: Store, source: Document, run: Run = RUN) -> int:
    """Keep ``source`` as a book does; how often it had to be coded."""
    pipeline = FakePipeline()
    coded: Coded | None = None
    while True:
        with store.writing() as writing:
            wanted = writing.keep(source, coded, run)
        if wanted is None:
            return pipeline.calls
        coded = pipeline.code(wanted)


class TestTheSameTextAgain:
    def test_from_the_same_place_changes_nothing(self, store: Store) -> None:
        assert keep(store, document(TEXT)) == 1
        before = dumped(store.path)
        assert keep(store, document(TEXT)) == 0
        assert dumped(store.path) == before

    def test_from_another_place_adds_a_source(self, store: Store) -> None:
        keep(store, document(TEXT, "a", outlet="Daily"))
        assert keep(store, document(TEXT, "b", outlet="Times")) == 0
        with store.reading() as reading:
            (only,) = reading.documents()
            assert [source.name for source in reading.sources(only.id)] == ["a", "b"]
            assert reading.headings([only.id])[only.id].outlets == ("Daily", "Times")
            assert reading.named("b") == [only.id]

    def test_with_an_earlier_date_is_coded_anew(self, store: Store) -> None:
        keep(store, document(TEXT, day="2016-05-20"))
        assert keep(store, document(TEXT, day="2016-05-18")) == 1
        with store.reading() as reading:
            (act,) = reading.acts()
            assert act.when.earliest == dt.date(2016, 5, 18)
            assert reading.documents()[0].published == dt.date(2016, 5, 18)

    def test_with_a_later_date_is_not(self, store: Store) -> None:
        keep(store, document(TEXT, day="2016-05-20"))
        assert keep(store, document(TEXT, day="2016-05-22")) == 0
        assert keep(store, document(TEXT, day=None)) == 0

    def test_by_another_version_or_settings_is_coded_anew(self, store: Store) -> None:
        keep(store, document(TEXT))
        assert keep(store, document(TEXT), Run("1.1", "rules")) == 1
        assert keep(store, document(TEXT), Run("1.1", "model")) == 1
        assert keep(store, document(TEXT), Run("1.1", "model")) == 0

    def test_what_was_coded_with_a_date_since_outdated_is_not_kept(self, store: Store) -> None:
        early, late = document(TEXT, day="2016-05-18"), document(TEXT, day="2016-05-20")
        coded = FakePipeline().code(late)
        keep(store, early)
        with store.writing() as writing:
            assert writing.keep(late, coded, Run("2")) == early
        with store.reading() as reading:
            assert len(reading.sources(early.id)) == 1

    def test_the_order_of_places_does_not_matter(self, tmp_path: Path) -> None:
        places = [
            document(TEXT, "a", "2016-05-20", outlet="Daily"),
            document(TEXT, "b", "2016-05-18", title="Talks"),
            document(TEXT, "c", None, url="u"),
        ]
        dumps = []
        for number, order in enumerate(itertools.permutations(places)):
            store = Store.open(tmp_path / f"{number}.db")
            for place in order:
                keep(store, place)
            store.close()
            dumps.append([row for row in dumped(store.path, numbered=False) if row[0] != "changes"])
        assert all(dump == dumps[0] for dump in dumps)


class TestWhole:
    def test_an_exception_undoes_the_document(self, filled: Store) -> None:
        before = dumped(filled.path)
        doc = document("Seoul offered Washington fish.")

        def interrupted() -> None:
            with filled.writing() as writing:
                writing.keep(doc, FakePipeline().code(doc), RUN)
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert dumped(filled.path) == before

    def test_a_link_to_an_act_that_is_not_there_is_refused(self, filled: Store) -> None:
        before = dumped(filled.path)
        doc = document("Seoul offered Washington fish.")
        coded = FakePipeline().code(doc)
        broken = Coded(doc, coded.acts, (Link(coded.acts[0].id, "nowhere", "accepts", ()),))
        with pytest.raises(StoreError, match="cannot be used"), filled.writing() as writing:
            writing.keep(doc, broken, RUN)
        assert dumped(filled.path) == before

    def test_coding_anew_leaves_nothing_of_the_old(self, store: Store) -> None:
        doc = document("Pyongyang offered Seoul talks. Seoul rejected the overture.", day=None)
        keep(store, doc)
        with store.writing() as writing:
            assert writing.keep(doc, Coded(doc, status="failed"), Run("2")) is None
        with store.reading() as reading:
            assert (reading.acts(), reading.links(), reading.problems(), reading.status(doc.id)) == (
                [],
                [],
                [],
                "failed",
            )
            assert reading.acts(ActQuery(dyad="KOR-PRK")) == []

    def test_what_was_linked_across_goes_with_its_act(self, filled: Store) -> None:
        with filled.reading() as reading:
            offer = reading.acts(ActQuery(kinds=("OFFER",)))[0]
            other = reading.acts(ActQuery(actor="USA"))[0]
            doc = reading.document(offer.doc)
        assert doc is not None
        with filled.writing() as writing:
            writing.decide([other.id], [Merge(other.id, offer.id)], [Link(other.id, offer.id, "rejects", ())], {})
        with filled.writing() as writing:
            writing.keep(doc, Coded(doc), Run("2"))
        with filled.reading() as reading:
            assert (reading.merges(), reading.links()) == ([], [])


class TestDecisions:
    def test_what_came_waits_to_be_compared_until_it_is_settled(self, filled: Store) -> None:
        with filled.reading() as reading:
            firsts = {act.id for act in reading.acts() if act.same_as is None}
            changes = reading.changes()
            assert {change.act for change in changes} == firsts
        with filled.writing() as writing:
            writing.settle(changes[-2].n)
            assert writing.changes() == changes[-1:]

    def test_what_is_gone_leaves_its_place(self, filled: Store) -> None:
        with filled.writing() as writing:
            offer = writing.acts(ActQuery(kinds=("OFFER",)))[0]
            writing.file([Filed(offer.id, "OFFER", dt.date(2016, 5, 20), (("PRK", "KOR"), ("PRK", "USA")))])
            writing.settle(writing.changes()[-1].n)
            document = writing.document(offer.doc)
            assert document is not None
            writing.keep(document, Coded(document), Run("2"))
            places = [change.place for change in writing.changes()]
        day = dt.date(2016, 5, 20)
        assert places == [Place("PRK", "KOR", "OFFER", day), Place("PRK", "USA", "OFFER", day)]

    def test_deciding_again_replaces(self, filled: Store) -> None:
        with filled.reading() as reading:
            offer = reading.acts(ActQuery(kinds=("OFFER",)))[0]
            other = reading.acts(ActQuery(actor="USA"))[0]
        for how in ("rejects", "evades"):
            with filled.writing() as writing:
                writing.decide([other.id], [], [Link(other.id, offer.id, how, ())], {})
        with filled.reading() as reading:
            assert [link.how for link in reading.links([other.id])] == ["evades"]

    def test_what_names_an_act_that_is_gone_is_left_out(self, filled: Store) -> None:
        with filled.writing() as writing:
            offer = writing.acts(ActQuery(kinds=("OFFER",)))[0]
            before = writing.links()
            writing.decide([offer.id], [Merge(offer.id, "gone")], [Link(offer.id, "gone", "rejects", ())], {})
            assert writing.merges() == []
            assert writing.links() == before

    def test_the_latest_come_first_and_joint_sides_once(self, filled: Store) -> None:
        with filled.writing() as writing:
            ids = [act.id for act in writing.acts()[:3]]
            for number, act in enumerate(ids):
                pairs = (("PRK", "KOR"), ("PRK", "USA"))
                writing.file([Filed(act, "OFFER", dt.date(2016, 5, 20 + number), pairs)])
            days = dt.date(2016, 5, 20), dt.date(2016, 5, 22)
            assert writing.filed(("PRK", None, "OFFER"), *days, most=2) == [ids[2], ids[1]]
            assert writing.filed(("PRK", "USA", "OFFER"), days[0], days[0], most=9) == [ids[0]]
            assert writing.filed((None, "CHN", "OFFER"), *days, most=9) == []
            place = Place("PRK", "KOR", "OFFER", days[0])
            assert writing.day_of_later(place, ("PRK", None, "OFFER"), 2) == days[1]
            assert writing.day_of_later(place, ("PRK", None, "OFFER"), 3) is None


class TestJudgements:
    NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)

    def test_the_last_word_counts_and_all_are_kept(self, filled: Store) -> None:
        with filled.writing() as writing:
            link = writing.links()[0]
            settled = writing.changes()[-1].n
            for minute, value in enumerate(("yes", "no")):
                said = Judgement(link.id, "stands", value, "ann", self.NOW + dt.timedelta(minutes=minute))
                writing.judge(said, link)
            assert writing.links() == []
            assert writing.judged() == {link.id: (False, link)}
            assert [change.act for change in writing.changes() if change.n > settled] == [link.answer] * 2
            writing.judge(Judgement(link.id, "stands", None, "bob", self.NOW + dt.timedelta(hours=1)), link)
            assert writing.links() == [link]
            assert writing.judged() == {}
            assert [said.value for said in writing.judgements(link.id)] == ["yes", "no", None]

    def test_what_was_refused_is_still_found_by_its_id(self, filled: Store) -> None:
        with filled.writing() as writing:
            link = writing.links()[0]
            writing.judge(Judgement(link.id, "stands", "no", "ann", self.NOW), link)
            assert writing.joined(link.id[:6]) == [link]
