"""Charts: every act stands in one place, inside the drawing, whatever the dates."""

import datetime as dt
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.book.overview import Count
from rejoinder.web.charts import windows
from rejoinder.web.charts.band import LANES, band
from rejoinder.web.charts.bars import HEIGHT, highest
from rejoinder.web.charts.chart import Dyad, charts
from rejoinder.web.charts.notes import Note, noted
from rejoinder.web.charts.periods import BY, MOST, Period, fits, parted, suited
from rejoinder.web.charts.scales import Across, Down
from rejoinder.web.charts.tally import Direction, Span, tallied
from rejoinder.web.events import Event

DAYS = st.dates() | st.dates(dt.date(2015, 1, 1), dt.date(2017, 12, 31))


@st.composite
def _counts(draw: st.DrawFn) -> Count:
    ends = sorted((draw(DAYS), draw(DAYS)))
    first, last = draw(
        st.sampled_from([(ends[0], ends[1]), (ends[0], ends[0]), (ends[0], None), (None, ends[1]), (None, None)])
    )
    kind = draw(st.sampled_from(("OFFER", "REJECT", "AID", "ASSAULT", "NOVEL")))
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
    for lines in chart.bands:
        assert all(one.x >= -0.01 and one.x + one.width <= 100.01 for one in lines.lying)


@given(DAYS, DAYS)
def test_later_days_stand_further_right(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    across = Across(Period(first, last), 100.0)
    assert across.at(first) <= across.at(last) < across.after(last)


@given(DAYS, DAYS)
def test_parts_cover_the_whole_without_gaps(one: dt.date, other: dt.date) -> None:
    whole = Period(*sorted((one, other)))
    for by in BY:
        if not fits(whole, by):
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


EVENTS = st.lists(
    st.builds(
        lambda first, days, label: Event(first, min(first + dt.timedelta(days), dt.date(2017, 12, 31)), label),
        st.dates(dt.date(2015, 1, 1), dt.date(2017, 12, 31)),
        st.integers(0, 60),
        st.text("abc ", min_size=1, max_size=60),
    ),
    max_size=30,
)


@given(EVENTS)
def test_labels_of_events_never_lie_on_each_other(events: list[Event]) -> None:
    across = Across(Period(dt.date(2015, 1, 1), dt.date(2017, 12, 31)), 1000.0)
    notes = noted(events, across)
    assert [note.event for note in notes] == events
    placed = [(note, *_ends(note)) for note in notes if note.row is not None]
    for (one, begins, ends), (other, other_begins, other_ends) in combinations(placed, 2):
        assert one.row != other.row or ends <= other_begins or other_ends <= begins
    assert all(note.label == note.event.label or note.label.endswith("…") for note in notes)


def _ends(note: Note) -> tuple[float, float]:
    long = 6.2 * len(note.label)
    return (note.x - long, note.x) if note.leftward else (note.x, note.x + long)


def test_what_lies_in_a_longer_stretch_than_a_bar_is_no_bar() -> None:
    year = Count(dt.date(2016, 1, 1), "PRK", "OFFER", False, 3, 4, dt.date(2016, 12, 31))
    open_end = Count(dt.date(2016, 3, 1), "PRK", "REJECT", False, 1, 1, None)
    day = Count(dt.date(2016, 5, 20), "KOR", "AGREE", False, 2, 2, dt.date(2016, 5, 20))
    unknown = Count(None, "KOR", "AGREE", False, 5, 5, None)
    whole = Period(dt.date(2016, 1, 1), dt.date(2017, 12, 31))
    by_month = tallied((year, open_end, day, unknown), parted(whole, "month"))
    assert list(by_month.bars) == [(4, "KOR")]
    assert sorted(span.number for span in by_month.spans) == [1, 3]
    assert by_month.without_date == 5
    by_year = tallied((year, open_end, day, unknown), parted(whole, "year"))
    assert set(by_year.bars) == {(0, "PRK"), (0, "KOR")}
    assert [span.number for span in by_year.spans] == [1]


@given(COUNTS)
def test_bars_and_lines_show_all_that_has_a_side(counts: list[Count]) -> None:
    whole = windows.extent(counts)
    if whole is None:
        return
    parts = parted(whole, suited(whole))
    dyad = Dyad("PRK-KOR", ("PRK", "KOR", "?"), {"PRK": "a", "KOR": "b", "?": "c"}, counts)
    (chart,) = charts((dyad,), parts, whole)
    most = highest([chart.tally])
    unit = Down.of(HEIGHT, *most).unit
    drawn = sum(box.height for panel in chart.panels for box in panel.boxes) / unit
    lying = sum(one.span.number for band in chart.bands for one in band.lying) + chart.left_out
    sided = sum(one.acts for one in counts if one.kind != "NOVEL" and (one.day or one.last))
    if unit > 0.7:  # smaller ones are drawn larger, to be seen at all
        assert lying + drawn == pytest.approx(sided)
    else:
        assert lying + drawn >= sided - 1e-6


def test_an_end_outside_the_chart_is_not_marked_in_it() -> None:
    year = Period(dt.date(2017, 1, 1), dt.date(2017, 12, 31))
    before = Span(dt.date(2010, 5, 24), None, "KOR", Direction.COOPERATION, {("OFFER", False): 1})
    within = Span(None, dt.date(2017, 5, 24), "KOR", Direction.CONFLICT, {("REJECT", False): 1})
    marked = {one.span.first: one.marked for one in band([before, within], "KOR", Across(year, 100.0), 0.0).lying}
    assert [marked[before.first], marked[within.first]] == [False, True]


def test_intervals_without_room_are_counted() -> None:
    year = Period(dt.date(2017, 1, 1), dt.date(2017, 12, 31))
    spans = [
        Span(dt.date(2010 - n, 1, 1), None, "KOR", Direction.COOPERATION, {("OFFER", False): n}) for n in range(1, 20)
    ]
    made = band(spans, "KOR", Across(year, 100.0), 0.0)
    assert len(made.lying) == LANES
    assert sum(one.span.number for one in made.lying) + made.left_out == sum(range(1, 20))
