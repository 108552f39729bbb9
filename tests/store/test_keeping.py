"""One text from many places, coded again where that changes something, and never half kept."""

import datetime as dt
import itertools
from pathlib import Path

import pytest

from rejoinder.draft import Coded
from rejoinder.errors import StoreError
from rejoinder.records import Document, Link, Merge
from rejoinder.store import ActQuery, Run, Store
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
            dumps.append([row for row in dumped(store.path, numbered=False) if row[0] != "stale"])
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
            writing.relink("KOR-PRK", [Merge(other.id, offer.id)], [Link(other.id, offer.id, "rejects", ())])
        with filled.writing() as writing:
            writing.keep(doc, Coded(doc), Run("2"))
        with filled.reading() as reading:
            assert (reading.merges(), reading.links()) == ([], [])


class TestStale:
    def test_touched_dyads_wait_to_be_linked(self, filled: Store) -> None:
        with filled.reading() as reading:
            assert list(reading.stale()) == ["KOR-?", "KOR-PRK", "PRK-?", "PRK-USA"]
        with filled.writing() as writing:
            for dyad in writing.stale():
                writing.relink(dyad, [], [])
        with filled.reading() as reading:
            assert reading.stale() == {}

    def test_an_act_without_target_touches_all_dyads_of_its_actor(self, filled: Store) -> None:
        with filled.writing() as writing:
            for dyad in writing.stale():
                writing.relink(dyad, [], [])
        doc = document("Washington tested a rocket.")
        with filled.writing() as writing:
            writing.keep(doc, FakePipeline().code(doc), RUN)
            assert list(writing.stale()) == ["PRK-USA", "USA-?"]

    def test_a_dyad_is_compared_with_what_names_no_target(self, filled: Store) -> None:
        with filled.reading() as reading:
            crossings = reading.crossings(["KOR-PRK", "PRK-?"])
            crossing = crossings["KOR-PRK"]
            assert sorted(act.kind for act in crossing.acts) == ["MOBILIZE", "OFFER", "REJECT", "REJECT"]
            assert [act.kind for act in crossings["PRK-?"].acts] == ["MOBILIZE"]
            assert crossing.linked == {link.answer for link in reading.links()}
            assert sorted(crossing.published.values(), key=str) == [dt.date(2016, 5, 20), dt.date(2016, 5, 22), None]

    def test_linking_again_replaces(self, filled: Store) -> None:
        with filled.reading() as reading:
            offer = reading.acts(ActQuery(kinds=("OFFER",)))[0]
            other = reading.acts(ActQuery(actor="USA"))[0]
        for how in ("rejects", "evades"):
            with filled.writing() as writing:
                writing.relink("KOR-PRK", [], [Link(other.id, offer.id, how, ())])
        with filled.reading() as reading:
            assert [link.how for link in reading.links([other.id])] == ["evades"]

    def test_of_two_merges_of_one_report_the_more_certain_counts(self, filled: Store) -> None:
        with filled.reading() as reading:
            one, two, three = (act.id for act in reading.acts()[:3])
        with filled.writing() as writing:
            writing.relink("KOR-PRK", [Merge(one, two, 0.6)], [])
            writing.relink("PRK-USA", [Merge(one, three, 0.9)], [])
        with filled.reading() as reading:
            assert [merge.act for merge in reading.merges()] == [three]
            assert reading.merge_pairs()[0] == (one, three)
