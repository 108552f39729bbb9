"""Mentions of one act share the day that one of them says."""

import datetime as dt
from dataclasses import replace

from rejoinder.link.days import share_days
from rejoinder.records import Act, Document, Side, Span, When

TEXT = Document("North Korea urged talks on Friday. The call came late. Another call came on Monday.")
FRIDAY = When(dt.date(2016, 5, 20), dt.date(2016, 5, 20), Span.of(TEXT, 27, 33))
MONDAY = When(dt.date(2016, 5, 16), dt.date(2016, 5, 16), Span.of(TEXT, 76, 82))


def _act(name: str, start: int, end: int, when: When, same_as: str | None = None) -> Act:
    span = Span.of(TEXT, start, end)
    return Act(name, TEXT.id, "REQUEST", span, span, Side("North Korea", "PRK"), when=when, same_as=same_as)


FIRST = _act("a", 12, 17, FRIDAY)
LATER = _act("b", 39, 43, When(), same_as="a")
OTHER = _act("c", 63, 67, MONDAY)


def test_a_later_mention_takes_the_day_said_elsewhere() -> None:
    assert [act.when for act in share_days([FIRST, LATER, OTHER])] == [FRIDAY, FRIDAY, MONDAY]


def test_the_first_mention_takes_the_day_of_a_later_one() -> None:
    undated = replace(FIRST, when=When(dt.date(2016, 5, 19), dt.date(2016, 5, 20)))
    dated = replace(LATER, when=FRIDAY)
    assert [act.when for act in share_days([undated, dated])] == [FRIDAY, FRIDAY]


def test_what_a_mention_says_of_its_own_day_stands() -> None:
    assert share_days([FIRST, replace(LATER, when=MONDAY)])[1].when == MONDAY


def test_an_act_by_itself_stays_open() -> None:
    assert share_days([replace(LATER, same_as=None), FIRST])[0].when == When()
