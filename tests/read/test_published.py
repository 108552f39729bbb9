"""Publication dates."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import BadDate
from rejoinder.read import parse_date


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
