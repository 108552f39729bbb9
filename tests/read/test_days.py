"""Publication days as users and data files write them."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import BadDate
from rejoinder.read.days import day_said, parse_date

DAY = dt.date(2016, 5, 13)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2016-05-13",
            "20160513",
            "20160513103000",
            "2016-05-13T10:00:00Z",
            "2016/5/13",
            "2016.05.13",
            "2016/05/13 10:00",
        ),
        *("13 May 2016", "13-May-2016", "May 13, 2016", "Friday, May 13, 2016", "MAY 13 2016", "13th May, 2016"),
        *("Fri, 13 May 2016 10:00:00 GMT", "Fri, 13 May 2016 23:30:00 +0900", "Fri 13 May 2016", "Sept. 1, 2016"),
        "May 13, 2016 at 10:00 a.m.",
    ],
)
def test_a_day(text: str) -> None:
    assert day_said(text) == (dt.date(2016, 9, 1) if text.startswith("Sept") else DAY)


@pytest.mark.parametrize("value", [DAY, dt.datetime(2016, 5, 13, 23, 30, tzinfo=dt.UTC)])
def test_a_day_as_python_has_it(value: dt.date) -> None:
    assert type(day_said(value)) is dt.date
    assert day_said(value) == DAY


@pytest.mark.parametrize(
    "text",
    ["13/05/2016", "05/06/2016", "5.6.16", "May 2016", "13 May", "31 June 2016", "soon", "", "1463133600", "x" * 999],
)
def test_what_is_in_doubt_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        day_said(text)


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    with contextlib.suppress(BadDate):
        assert day_said(text)


@pytest.mark.parametrize(
    "text",
    [
        "2016-05-13",
        "20160513",
        " 2016-05-13 ",
        "2016-05-13T23:30:00Z",
        "2016-05-13T23:30:00+09:00",
        "2016-05-13 23:30:00-05:00",
        "2016-05-13T23:30:00.123456",
        "20160513T233000+0900",
    ],
)
def test_a_date(text: str) -> None:
    assert parse_date(text) == dt.date(2016, 5, 13)


NONE = [
    *("", "2016-13-40", "2016-02-30", "2016-05", "2016", "13/05/2016", "May 13, 2016", "Friday", "0000-01-01"),
    *(
        "2016-05-13 noon",
        "2016-05-131",
        "2016-05-13T25:00:00",
        "２０１６-05-13",
        "2016-05-13\nx",
        "x" * 1000,
        "2016-0513",
    ),
]


@pytest.mark.parametrize("text", NONE)
def test_no_date(text: str) -> None:
    with pytest.raises(BadDate, match="Write it as YYYY-MM-DD") as caught:
        parse_date(text)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 250
    assert repr(text.strip()[:40])[:-1] in message


@given(st.dates())
def test_round_trip(day: dt.date) -> None:
    assert parse_date(day.isoformat()) == parse_date(day.strftime("%Y%m%d").zfill(8)) == day
