"""Conditions that are put, put again, met, or still stand."""

import datetime as dt
from dataclasses import replace

import pytest

from rejoinder.link.terms import Word, once, standing, word
from rejoinder.records import Act, Condition, How, Side, Span

from .build import offer

DAY = dt.date(2016, 5, 20)


def put(side: str, words: str, doc: str = "d", act: str = "a", start: int = 0) -> Condition:
    return Condition(side, act, Span(doc, start, start + len(words), words))


def words(conditions: tuple[Condition, ...]) -> list[str]:
    return [one.words.quote for one in conditions]


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("if the North stops its nuclear tests", "if Pyongyang stops nuclear testing", True),
        ("if the North stops its nuclear tests", "unless the North apologizes", False),
        ("if the South stops the drills", "if the South stops the loudspeakers", False),
        ("if they do so", "If they do so", True),
        ("if they do so", "if it is", False),
    ],
)
def test_a_side_puts_a_condition_once(first: str, second: str, together: bool) -> None:
    told = once([put("KOR", first), put("KOR", second, "e")])
    assert words(told) == ([first] if together else [first, second])


def test_words_of_one_document_that_overlap_are_one_condition() -> None:
    assert len(once([put("KOR", "if talks begin"), put("KOR", "begin after the vote", start=9)])) == 1
    assert len(once([put("KOR", "if talks begin"), put("KOR", "begin after the vote", start=19)])) == 2


def test_both_sides_may_put_the_same() -> None:
    assert len(once([put("KOR", "if the drills stop"), put("PRK", "if the drills stop")])) == 2


def made(how: str = "OFFER", **other: object) -> Act:
    return offer("a", "x", DAY, "Pyongyang proposed military talks", kind=how, **other)


def test_who_counters_without_a_condition_puts_his_own_words() -> None:
    act = made("DEMAND")
    assert words(word(act, [act], "counters").conditions) == ["Pyongyang proposed military talks"]
    assert word(act, [act], "reaffirms").conditions == ()
    held = replace(act, conditions=(put("", "if the drills stop").words,))
    assert words(word(held, [held], "counters").conditions) == ["if the drills stop"]


@pytest.mark.parametrize(
    ("actor", "side"),
    [(Side("the allies", "KOR", also=("USA",)), "KOR+USA"), (Side("gunmen"), "gunmen"), (Side("Seoul", "KOR"), "KOR")],
)
def test_a_side_is_named_by_its_states_or_its_words(actor: Side, side: str) -> None:
    act = replace(made(), actor=actor, conditions=(put("", "if the drills stop").words,))
    assert [one.side for one in word(act, [act]).conditions] == [side]


def said(how: How | None, *conditions: Condition) -> Word:
    return Word(how, conditions)


def test_the_newest_word_of_each_side_comes_first() -> None:
    found = standing(
        [
            said(None, put("PRK", "if drills stop", "1")),
            said("rejects", put("KOR", "unless missiles go", "2")),
            said("reaffirms", put("PRK", "if sanctions end", "3")),
            said("reaffirms", put("PRK", "if loudspeakers fall silent", "4")),
        ]
    )
    assert words(found) == [
        "if loudspeakers fall silent",
        "unless missiles go",
        "if sanctions end",
        "if drills stop",
    ]


def test_what_is_put_again_counts_by_the_newest_words() -> None:
    again = put("PRK", "if all drills stop", act="b")
    assert standing([said(None, put("PRK", "if the drills stop")), said("reaffirms", again)]) == (again,)


@pytest.mark.parametrize("how", ["accepts", "fulfils"])
def test_a_condition_is_met_by_what_follows(how: How) -> None:
    before, after = put("PRK", "if the drills stop"), put("KOR", "unless the missiles go")
    assert standing([said(None, before), said(how), said("rejects", after)]) == (after,)


def test_nothing_put_nothing_stands() -> None:
    assert standing([said(None)]) == ()
