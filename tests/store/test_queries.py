"""What is asked for is what is found."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.draft import Coded
from rejoinder.errors import UsageError
from rejoinder.records import When
from rejoinder.store import ActQuery, Store
from rejoinder.store.query import words_query
from tests.makers import RUN, FakePipeline, document

DAY = dt.date(2016, 5, 20)


def found(store: Store, query: ActQuery) -> list[str]:
    """Document and kind of each act found."""
    with store.reading() as reading:
        names = {doc.id: doc.name for doc in reading.documents()}
        return [f"{names[act.doc]} {act.kind}" for act in reading.acts(query)]


def test_acts_come_by_day_and_place_undated_last(filled: Store) -> None:
    assert found(filled, ActQuery()) == ["a OFFER", "a REJECT", "b REJECT", "c MOBILIZE"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (ActQuery(kinds=("OFFER", "MOBILIZE")), ["a OFFER", "c MOBILIZE"]),
        (ActQuery(dyad="KOR-PRK"), ["a OFFER", "b REJECT"]),
        (ActQuery(dyad="PRK-USA"), ["b REJECT"]),
        (ActQuery(dyad="PRK-?"), ["c MOBILIZE"]),
        (ActQuery(actor="KOR"), ["a REJECT", "b REJECT"]),
        (ActQuery(target="PRK"), ["b REJECT"]),
        (ActQuery(actor="USA", target="KOR"), []),
        (ActQuery(channel="letter"), ["b REJECT"]),
        (ActQuery(issue="talks"), ["a OFFER"]),
        (ActQuery(background=True), []),
        (ActQuery(min_score=1.0, kinds=("OFFER",)), ["a OFFER"]),
        (ActQuery(since=dt.date(2016, 5, 21)), ["b REJECT"]),
        (ActQuery(until=dt.date(2016, 5, 21)), ["a OFFER", "a REJECT"]),
        (ActQuery(text="letters"), ["b REJECT"]),
        (ActQuery(text="offering TALK"), ["a OFFER", "a REJECT"]),
        (ActQuery(text='"Seoul talks"'), ["a OFFER", "a REJECT"]),
        (ActQuery(text='"talks Seoul rocket"'), []),
        (ActQuery(text="talks rocket"), []),
        (ActQuery(documents=()), []),
    ],
)
def test_filters(filled: Store, query: ActQuery, expected: list[str]) -> None:
    assert found(filled, query) == expected


def test_the_words_follow_a_change_of_title(filled: Store) -> None:
    doc = document("Pyongyang tested a rocket.", "z", "2016-05-01", title="Blastoff")
    assert found(filled, ActQuery(text="blastoff")) == []
    with filled.writing() as writing:
        writing.keep(doc, FakePipeline().code(doc), RUN)
    assert found(filled, ActQuery(text="blastoff")) == ["z MOBILIZE"]


@given(st.text(max_size=30))
def test_any_words_can_be_looked_for(text: str) -> None:
    try:
        query = words_query(text)
    except UsageError:
        assert not any(char.isalnum() for char in text)
    else:
        assert query.count('"') % 2 == 0
        assert not set(query.replace('"', "")) - set(text) - {" "}


@pytest.mark.parametrize(
    "text", ["AND", 'a"b', "N. Korea", "talks-offer", "NEAR(x y)", "title:x", "x*", "^x", '"unfinished']
)
def test_signs_of_the_query_language_are_words(filled: Store, text: str) -> None:
    assert isinstance(found(filled, ActQuery(text=text)), list)


def test_intervals_open_at_one_end_reach_as_far_as_asked(store: Store) -> None:
    doc = document("Pyongyang tested one. Seoul tested two.")
    first, second = FakePipeline().code(doc).acts
    open_start = replace(first, when=When(None, DAY))
    open_end = replace(second, when=When(DAY, None))
    with store.writing() as writing:
        writing.keep(doc, Coded(doc, (open_start, open_end)), RUN)

    def ids(since: dt.date | None, until: dt.date | None) -> set[str]:
        with store.reading() as reading:
            return {act.id for act in reading.acts(ActQuery(since=since, until=until))}

    long_ago, far = dt.date(1950, 1, 1), dt.date(2050, 1, 1)
    assert ids(None, long_ago) == {first.id}
    assert ids(far, None) == {second.id}
    assert ids(DAY, DAY) == {first.id, second.id}


def test_the_beginning_of_an_id_is_enough(filled: Store) -> None:
    with filled.reading() as reading:
        act = reading.acts()[0]
        assert reading.act_ids(act.id[:9]) == [act.id]
        assert len(reading.act_ids("")) == 2
        assert reading.act_ids("%") == []
        assert reading.document_ids(act.doc[:9]) == [act.doc]


def test_records_come_back_as_coded(filled: Store) -> None:
    doc = document("Pyongyang offered Seoul talks. Seoul rejected the overture.", "a", "2016-05-20")
    with filled.reading() as reading:
        assert reading.coded(doc.id, "a") == FakePipeline().code(doc)


def test_text_comes_back_character_for_character(store: Store) -> None:
    doc = document("Pyongyang\u2019s \U0001f680 \u0000 e\u0301\r\n\u00a0offer.\u2028Seoul rejected it.")
    with store.writing() as writing:
        writing.keep(doc, FakePipeline().code(doc), RUN)
    with store.reading() as reading:
        kept = reading.document(doc.id)
        assert kept == doc
        assert all(kept and kept.text[act.span.start : act.span.end] == act.span.quote for act in reading.acts())
