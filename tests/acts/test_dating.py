"""Which words date an act, and what its date is without any."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from rejoinder.acts.dating import date_features, near_time, settle, share_days
from rejoinder.acts.find import scene_of
from rejoinder.acts.lexicon import load_lexicon
from rejoinder.dates import find_times
from rejoinder.draft import Argument, Candidate, Draft, TimeExpression
from rejoinder.records import Document, Realis, Span, When

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
        # what only names a thing, or was done by somebody else, is no date of the act
        ("Ankara rejected the 1923 treaty.", "rejected", None),
        ("Ankara accepted the proposal of May 10.", "accepted", None),
        ("Athens complained that its ship was seized in March.", "complained", None),
        ("Athens condemned the raid which Ankara launched in March.", "condemned", None),
        ("Greece closed the port on Monday, and Turkey expelled the ambassador.", "expelled", None),
        # the occasion's day is the day of what is said there
        ("Athens rejected the plan in a statement on Tuesday.", "rejected", "Tuesday"),
        ("The two leaders agreed at their September summit to open the border.", "agreed", "September"),
        # a noun is dated by what is said of it
        ("Ankara broke the deal that the two sides struck in April.", "deal", "April"),
        # clauses that tell of the same time
        ("The war began on Monday when Ankara shelled the port.", "shelled", "Monday"),
        ("Since 2008, talks have failed and Ankara has tested missiles.", "tested", "Since 2008"),
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


@pytest.mark.parametrize("realis", ["planned", "possible"])
def test_what_is_to_come_begins_on_the_day_of_the_report(realis: Realis) -> None:
    assert settle(DAY, None, background=False, realis=realis) == When(DAY, None)
    assert settle(DAY, None, background=True, realis=realis) == When()


def test_a_denied_act_of_the_news_is_dated_as_one_that_was_done() -> None:
    assert settle(DAY, None, background=False, realis="negated") == When(DAY - dt.timedelta(days=1), DAY)


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


WORDS = Document("on Friday")
FRIDAY = When(DAY, DAY, Span.of(WORDS, 0, 9))
THURSDAY = When(DAY - dt.timedelta(days=1), DAY - dt.timedelta(days=1), Span.of(WORDS, 0, 9))
LAST_YEAR = When(dt.date(2015, 1, 1), dt.date(2015, 12, 31), Span.of(WORDS, 0, 9))
UNDATED = When(DAY - dt.timedelta(days=1), DAY)


def act(state: str | None, when: When, *, background: bool = False, realis: Realis = "actual") -> Candidate:
    return Candidate(
        (0, 1), 0, "REJECT", "", 0, 1, None, Argument("", state=state), None, False, realis, background, when
    )


def shared(*candidates: Candidate, published: dt.date | None = DAY) -> When:
    """The date of the last of ``candidates`` after days are shared."""
    return share_days(published, candidates)[-1].when


def test_an_undated_act_has_the_day_of_its_actors_other_acts_but_not_their_words() -> None:
    assert shared(act("PRK", FRIDAY), act("PRK", UNDATED)) == When(DAY, DAY)


@pytest.mark.parametrize(
    ("others", "undated"),
    [
        ((act("KOR", FRIDAY),), act("PRK", UNDATED)),
        ((act(None, FRIDAY),), act(None, UNDATED)),
        ((act("PRK", FRIDAY), act("PRK", THURSDAY)), act("PRK", UNDATED)),
        ((act("PRK", LAST_YEAR),), act("PRK", UNDATED)),
        ((act("PRK", FRIDAY, background=True),), act("PRK", UNDATED)),
        ((act("PRK", FRIDAY),), act("PRK", When(), background=True)),
        ((act("PRK", FRIDAY),), act("PRK", When(DAY, None), realis="planned")),
        ((act("PRK", FRIDAY),), act("PRK", THURSDAY)),
    ],
)
def test_other_acts_keep_their_dates(others: tuple[Candidate, ...], undated: Candidate) -> None:
    assert shared(*others, undated) == undated.when


def test_days_are_not_shared_where_nobody_knows_the_day_of_the_report() -> None:
    assert shared(act("PRK", FRIDAY), act("PRK", When()), published=None) == When()
