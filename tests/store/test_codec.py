"""Every record comes back as it went in."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import StoreError
from rejoinder.records import Act, Link, Merge, Problem, Side, Span, Voice, When
from rejoinder.store.codec import dump, load

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
maybe = st.none() | words
days = st.dates(dt.date(1000, 1, 1))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    quote, start = draw(words), draw(st.integers(0, 10**6))
    return Span(draw(words), start, start + len(quote), quote)


@st.composite
def whens(draw: st.DrawFn) -> When:
    ends = sorted([draw(days), draw(days)])
    earliest, latest = (draw(st.sampled_from([None, end])) for end in ends)
    return When(earliest, latest, draw(st.none() | spans()), draw(maybe))


many = st.lists(words, max_size=3).map(tuple)
sides = st.builds(Side, words, maybe, words, maybe, st.none() | spans(), many)
some_spans = st.lists(spans(), max_size=2).map(tuple)
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "id": words,
    "doc": words,
    "kind": words,
    "span": spans(),
    "trigger": spans(),
    "actor": sides,
    "target": st.none() | sides,
    "alt_kind": maybe,
    "mutual": st.booleans(),
    "realis": st.sampled_from(["actual", "planned", "possible", "negated", "general"]),
    "background": st.booleans(),
    "when": whens(),
    "voice": st.builds(Voice, st.none() | sides, maybe, many),
    "issue": words,
    "conditions": some_spans,
    "due": st.none() | days,
    "evidence": st.lists(st.tuples(words, spans()), max_size=2).map(tuple),
    "coder": words,
    "rule": words,
    "score": st.floats(0, 1),
    "same_as": maybe,
    "steps": many,
}
acts = st.builds(Act, **FIELDS)


def test_every_field_of_an_act_is_tried() -> None:
    assert set(FIELDS) == {field.name for field in dataclasses.fields(Act)}


@given(acts)
def test_acts(act: Act) -> None:
    assert load(Act, dump(act)) == act


@given(st.builds(Link, words, words, st.sampled_from(["accepts", "evades"]), some_spans, words, st.floats(0, 1)))
def test_links(link: Link) -> None:
    assert load(Link, dump(link)) == link


@given(st.builds(Merge, words, words, st.floats(0, 1), some_spans, words))
def test_merges(merge: Merge) -> None:
    assert load(Merge, dump(merge)) == merge


@given(st.builds(Problem, words, words, words, words, st.none() | spans()))
def test_problems(problem: Problem) -> None:
    assert load(Problem, dump(problem)) == problem


def test_a_field_that_came_later_takes_its_default() -> None:
    assert load(Side, '{"text":"Seoul","state":"KOR"}') == Side("Seoul", "KOR")


def test_a_field_that_is_gone_is_passed_over() -> None:
    assert load(Side, '{"text":"Seoul","mood":"bad"}') == Side("Seoul")


@pytest.mark.parametrize("text", ["", "7", "[]", "{}", '{"text":'])
def test_what_is_no_record_is_a_damaged_book(text: str) -> None:
    with pytest.raises(StoreError, match="A stored Side cannot be read"):
        load(Side, text)
