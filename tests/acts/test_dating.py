"""Which words date an act, and what its date is without any."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from rejoinder.acts.dating import date_features, near_time, settle
from rejoinder.acts.find import scene_of
from rejoinder.acts.lexicon import load_lexicon
from rejoinder.dates import find_times
from rejoinder.draft import Draft, TimeExpression
from rejoinder.records import When

DAY = dt.date(2016, 5, 20)


@pytest.mark.parametrize(
    ("text", "word", "dated"),
    [
        ("Seoul rejected the offer on Friday.", "rejected", "Friday"),
        ("On Friday, Seoul rejected the offer.", "rejected", "Friday"),
        ("Seoul said on Friday that it rejected the offer.", "rejected", "Friday"),
        ("Seoul rejected the offer.", "rejected", None),
        ("Seoul rejected the offer. Tokyo met Moscow on Friday.", "rejected", None),
        ("The January 6 test angered Tokyo.", "test", "January 6"),
        ("Seoul launched an attack on Friday.", "attack", "Friday"),
        ("Seoul met the envoy who had arrived on Friday.", "met", None),
        ("Seoul met Tokyo on Monday and rejected the plan on Friday.", "met", "Monday"),
        ("Seoul met Tokyo on Monday and rejected the plan on Friday.", "rejected", "Friday"),
    ],
)
def test_nearest_time(parsed: Callable[[str], Draft], text: str, word: str, dated: str | None) -> None:
    draft = parsed(text)
    draft = find_times(replace(draft, document=replace(draft.document, published=DAY)))
    found = near_time(scene_of(draft, load_lexicon()), next(t.i for t in draft.tokens if t.text == word))
    assert (found and text[found.start : found.end]) == dated


def said(earliest: dt.date | None, latest: dt.date | None) -> TimeExpression:
    return TimeExpression(0, 1, When(earliest, latest))


@pytest.mark.parametrize("background", [True, False])
def test_words_decide_the_date(background: bool) -> None:
    when = When(dt.date(2009, 1, 1), dt.date(2009, 12, 31))
    assert settle(DAY, TimeExpression(0, 4, when), background) == when


def test_an_undated_act_of_the_news_happened_on_the_day_or_the_day_before() -> None:
    assert settle(DAY, None, background=False) == When(dt.date(2016, 5, 19), DAY)


@pytest.mark.parametrize(("published", "background"), [(DAY, True), (None, False), (None, True)])
def test_other_undated_acts_stay_open(published: dt.date | None, background: bool) -> None:
    assert settle(published, None, background) == When()


@pytest.mark.parametrize(
    ("published", "time", "expected"),
    [
        (DAY, None, ["time=none"]),
        (None, said(DAY, DAY), ["time=open"]),
        (DAY, said(DAY, None), ["time=open"]),
        (DAY, said(DAY, DAY), ["time=within 1", "time=said"]),
        (DAY, said(dt.date(2016, 5, 18), dt.date(2016, 5, 18)), ["time=within 3", "time=said"]),
        (DAY, said(None, dt.date(2009, 12, 31)), ["time=older", "time=said"]),
        (DAY, said(dt.date(2016, 5, 21), dt.date(2016, 5, 21)), ["time=future"]),
    ],
)
def test_date_features(published: dt.date | None, time: TimeExpression | None, expected: list[str]) -> None:
    assert date_features(published, time) == expected
