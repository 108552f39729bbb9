"""Times in a text: a table of cases, and what holds for any text and any phrase."""

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.dates import find_times, resolve
from rejoinder.draft import Draft, Paragraph, TimeExpression
from rejoinder.records import Document, When

FRIDAY = dt.date(2016, 5, 20)
CASES = [
    (group["published"], text, expected)
    for group in yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
    for text, expected in group["cases"]
]


def run(text: str, published: dt.date | None = FRIDAY) -> Draft:
    return find_times(Draft(Document(text, published=published)))


def shown(one: TimeExpression) -> str:
    """The days of an expression in the notation of cases.yaml."""
    first, last = one.when.earliest, one.when.latest
    alone = str(first) if first else one.when.partial or "open"
    days = alone if first == last else f"{first or '..'}/{last or '..'}"
    if one.kind == "date":
        return days
    return one.kind if days == "open" else f"{one.kind} {days}"


def words(draft: Draft) -> dict[str, str]:
    return {draft.text[one.start : one.end]: shown(one) for one in draft.times}


@pytest.mark.parametrize(("published", "text", "expected"), CASES)
def test_case(published: dt.date | None, text: str, expected: dict[object, object]) -> None:
    found = words(run(text, published))
    assert list(found.items()) == [(str(key), str(value)) for key, value in expected.items()]


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 150


def test_only_codable_paragraphs_are_read() -> None:
    text = "By a writer, January 6\n\nThey met on Friday."
    paragraphs = (Paragraph(0, 22, "byline"), Paragraph(24, len(text)))
    draft = find_times(Draft(Document(text, published=FRIDAY), paragraphs))
    assert words(draft) == {"Friday": "2016-05-20"}


def test_without_any_day_of_writing_there_is_one_problem() -> None:
    draft = run("They met on Friday and on Monday and in January.", None)
    assert [(one.code, one.stage) for one in draft.problems] == [("NO_DATE_ANCHOR", "dates")]
    assert draft.problems[0].span is not None
    assert draft.problems[0].span.quote == "Friday"


def test_with_a_day_of_writing_there_is_no_problem() -> None:
    draft = run("They met on Friday.")
    assert draft.problems == ()


def test_a_day_taken_from_the_dateline_is_noted() -> None:
    draft = run("SEOUL, May 20, 2016 (Agency) -- They met on Thursday.", None)
    assert words(draft) == {"Thursday": "2016-05-19"}
    (problem,) = draft.problems
    assert problem.code == "DATE_FROM_TEXT"
    assert problem.span is not None
    assert "SEOUL, May 20, 2016" in problem.span.quote


def test_publication_day_outranks_the_dateline() -> None:
    draft = run("SEOUL, May 13, 2016 (Agency) -- They met on Thursday.")
    assert words(draft) == {"Thursday": "2016-05-19"}
    assert draft.problems == ()


def test_a_relative_day_without_a_day_of_writing_is_noted() -> None:
    draft = run("They met on January 6, 2016. The next day they parted.", None)
    assert words(draft)["The next day"] == "2016-01-07"
    assert [(one.code, one.span.quote) for one in draft.problems if one.span] == [("DATE_FROM_TEXT", "The next day")]


def test_a_full_date_from_which_nothing_counts_is_not_noted() -> None:
    draft = run("They met on January 6, 2016. They parted in March.", None)
    assert words(draft)["March"] == "XXXX-03"
    assert [one.code for one in draft.problems] == ["NO_DATE_ANCHOR"]


def test_the_words_are_kept() -> None:
    (one,) = run("They met early on Friday.").times
    assert one.when.said is not None
    assert one.when.said.quote == "early on Friday"


def test_a_phrase_may_run_over_a_line_break() -> None:
    assert words(run("They met last\nFriday.")) == {"last\nFriday": "2016-05-13"}


@pytest.mark.parametrize(
    ("phrase", "future", "days"),
    [
        ("Friday", False, (FRIDAY, FRIDAY)),
        ("Monday", True, (dt.date(2016, 5, 23), dt.date(2016, 5, 23))),
        ("since 2008", False, (dt.date(2008, 1, 1), FRIDAY)),
        ("2013", False, (dt.date(2013, 1, 1), dt.date(2013, 12, 31))),
        ("May", False, (dt.date(2016, 5, 1), dt.date(2016, 5, 31))),
        ("October", True, (dt.date(2016, 10, 1), dt.date(2016, 10, 31))),
        ("the late 2000s", False, (dt.date(2006, 1, 1), dt.date(2009, 12, 31))),
    ],
)
def test_resolve(phrase: str, future: bool, days: tuple[dt.date, dt.date]) -> None:
    assert resolve(phrase, FRIDAY, future=future) == When(*days)


def test_resolve_counts_from_a_previous_time() -> None:
    previous = When(dt.date(2016, 1, 6), dt.date(2016, 1, 6))
    assert resolve("the following day", FRIDAY, previous=previous) == When(dt.date(2016, 1, 7), dt.date(2016, 1, 7))


def test_resolve_leaves_open_what_is_open() -> None:
    assert resolve("January", None) == When(partial="XXXX-01")
    assert resolve("Friday", None) == When()


def test_resolve_knows_what_is_no_time() -> None:
    assert resolve("the ministry", FRIDAY) is None


PIECES = st.sampled_from(
    """Friday;last Friday;on Monday;January;in May;May 20;January 6, 2016;6-8 January;2016-01-06;31 April;
    February 29;since;until;by;before;after;from;to;and;between;the;
    a day;two weeks;ago;later;earlier;the next day;that month;for years;
    in 900 decades;999 centuries ago;99 years ago;the 1990s;in 2000;1950-53;next year;the end of;early;late;mid-;will;
    met;said;talks;.;,;“;’s;9/11;tomorrow;every day;the 6th;for three days;Christmas;over the weekend;soon;
    SEOUL;\n\n""".replace("\n    ", "").split(";")
)
TEXTS = st.lists(PIECES, max_size=25).map(" ".join)
DAYS = st.none() | st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@given(TEXTS, DAYS)
def test_times_are_in_order_apart_and_inside_the_text(text: str, published: dt.date | None) -> None:
    draft = run(text, published)
    end = 0
    for one in draft.times:
        assert end <= one.start < one.end <= len(text)
        assert one.when.said is not None
        assert one.when.said.quote == text[one.start : one.end]
        if one.when.earliest and one.when.latest:
            assert one.when.earliest <= one.when.latest
        end = one.end


@given(TEXTS, DAYS)
def test_the_same_text_gives_the_same_times(text: str, published: dt.date | None) -> None:
    assert run(text, published) == run(text, published)


@given(TEXTS)
def test_no_year_is_made_up(text: str) -> None:
    """Without a day of writing, days come from a year in the text, or from an event that everybody knows."""
    has_year = any(word in text for word in ("2016", "2000", "199", "195", "9/11"))
    assert has_year or all(not one.when.earliest and not one.when.latest for one in run(text, None).times)


@given(st.text(max_size=60), DAYS)
def test_any_text_is_read(text: str, published: dt.date | None) -> None:
    for one in run(text, published).times:
        assert text[one.start : one.end].strip()


WEEKLY = st.sampled_from(
    [
        "on Friday",
        "last Tuesday",
        "next Monday",
        "this Sunday",
        "yesterday",
        "last week",
        "over the weekend",
        "two days ago",
    ]
)


@given(
    WEEKLY, st.sampled_from(["They met {}.", "They will meet {}."]), st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
)
def test_a_week_later_means_a_week_later(phrase: str, frame: str, published: dt.date) -> None:
    week = dt.timedelta(days=7)
    (now,), (then,) = (run(frame.format(phrase), day).times for day in (published, published + week))
    assert now.when.earliest is not None
    assert now.when.latest is not None
    assert (then.when.earliest, then.when.latest) == (now.when.earliest + week, now.when.latest + week)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_a_weekday_in_the_past_is_at_most_six_days_ago(published: dt.date) -> None:
    (one,) = run("They met on Friday.", published).times
    assert one.when.earliest is not None
    assert one.when.earliest.isoweekday() == 5
    assert 0 <= (published - one.when.earliest).days <= 6
