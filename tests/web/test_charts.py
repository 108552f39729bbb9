"""Charts: every act stands in one place, inside the drawing, whatever the dates."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.book.overview import Count
from rejoinder.web.charts import windows
from rejoinder.web.charts.chart import Dyad, charts
from rejoinder.web.charts.periods import BY, MOST, Period, parted, suited
from rejoinder.web.charts.scales import Across
from rejoinder.web.charts.tally import tallied

DAYS = st.dates() | st.dates(dt.date(2015, 1, 1), dt.date(2017, 12, 31))


@st.composite
def _counts(draw: st.DrawFn) -> Count:
    ends = sorted((draw(DAYS), draw(DAYS)))
    first, last = draw(
        st.sampled_from([(ends[0], ends[1]), (ends[0], ends[0]), (ends[0], None), (None, ends[1]), (None, None)])
    )
    kind = draw(st.sampled_from(("OFFER", "REJECT", "AID", "FIGHT", "NOVEL")))
    acts = draw(st.integers(1, 90))
    return Count(
        first,
        draw(st.sampled_from(("PRK", "KOR", "?"))),
        kind,
        draw(st.booleans()),
        acts,
        acts + draw(st.integers(0, 9)),
        last,
    )


COUNTS = st.lists(_counts(), max_size=25)


@given(COUNTS, st.sampled_from((None, *BY)), st.booleans())
def test_every_act_is_somewhere_once(counts: list[Count], by: str | None, reports: bool) -> None:
    whole = windows.extent(counts) or Period(dt.date(2016, 1, 1), dt.date(2016, 1, 1))
    asked = next((one for one in BY if one == by), None)
    parts = parted(windows.shown_around(whole), suited(whole, asked))
    assert len(parts.parts) <= MOST
    told = tallied(counts, parts, reports=reports)
    assert told.total == sum(one.reports if reports else one.acts for one in counts)
    assert told.outside == 0


@given(COUNTS)
def test_what_is_drawn_lies_inside(counts: list[Count]) -> None:
    whole = windows.shown_around(windows.extent(counts) or Period(dt.date(2016, 1, 1), dt.date(2016, 1, 1)))
    dyad = Dyad("PRK-KOR", ("PRK", "KOR", "?"), {"PRK": "a", "KOR": "b", "?": "c"}, counts)
    (chart,) = charts((dyad,), parted(whole, suited(whole)), whole, width=100.0)
    for panel in chart.panels:
        for box in panel.boxes:
            assert box.x >= -0.01
            assert box.x + box.width <= 100.01
            assert -0.01 <= box.y <= panel.height
            assert box.y + box.height <= panel.height + 0.01
    for tick in chart.ticks:
        assert -0.01 <= tick.at <= 100.01
    for band in chart.bands:
        assert all(one.x >= -0.01 and one.x + one.width <= 100.01 for one in band.lying)


@given(DAYS, DAYS)
def test_later_days_stand_further_right(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    across = Across(Period(first, last), 100.0)
    assert across.at(first) <= across.at(last) < across.after(last)


@given(DAYS, DAYS)
def test_parts_cover_the_whole_without_gaps(one: dt.date, other: dt.date) -> None:
    whole = Period(*sorted((one, other)))
    for by in BY:
        if by == "day" and whole.days > MOST:
            continue
        parts = parted(whole, by).parts
        assert parts[0].first == whole.first
        assert parts[-1].last == whole.last
        assert all(after.first.toordinal() == before.last.toordinal() + 1 for before, after in pairwise(parts))


@pytest.mark.parametrize(
    ("period", "code", "name"),
    [
        (Period(dt.date(2016, 1, 1), dt.date(2016, 12, 31)), "2016", "2016"),
        (Period(dt.date(2016, 5, 1), dt.date(2016, 5, 31)), "2016-05", "May 2016"),
        (Period(dt.date(2016, 5, 20), dt.date(2016, 5, 20)), "2016-05-20", "20 May 2016"),
        (Period(dt.date(2010, 1, 1), dt.date(2019, 12, 31)), "2010/2019", "2010–2019"),
    ],
)
def test_periods_in_words(period: Period, code: str, name: str) -> None:
    assert (period.code, period.name) == (code, name)
