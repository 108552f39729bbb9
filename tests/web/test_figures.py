"""Networks and maps: nothing is counted twice or lost, and all that is drawn lies inside the drawing."""

import re

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.book.overview import Pair
from rejoinder.web.figures.arrows import arrows
from rejoinder.web.figures.circle import SIZE, circle
from rejoinder.web.figures.world import outlines, world_map

STATES = ("PRK", "KOR", "USA", "CHN", "JPN", "IGO:UN", "NGO", "?")
PAIRS = st.lists(
    st.builds(
        Pair,
        actor=st.sampled_from(STATES),
        target=st.sampled_from(STATES),
        quad=st.sampled_from((1, 2, 3, 4, None)),
        acts=st.integers(1, 500),
        reports=st.integers(1, 900),
    ),
    max_size=30,
)


@given(PAIRS)
def test_arrows_count_every_act_between_two_known_sides_once(pairs: list[Pair]) -> None:
    known = [pair for pair in pairs if "?" not in (pair.actor, pair.target) and pair.actor != pair.target]
    told = arrows(pairs)
    assert sum(one.acts for one in told) == sum(pair.acts for pair in known)
    assert sum(one.reports for one in told) == sum(pair.reports for pair in known)
    assert len({(one.actor, one.target) for one in told}) == len(told)
    assert arrows(reversed(pairs)) == told


@given(PAIRS)
def test_a_circle_shows_or_counts_every_arrow_and_stays_inside(pairs: list[Pair]) -> None:
    told = arrows(pairs)
    drawn = circle(told, states=4, most=5)
    assert len(drawn.bows) + drawn.left_out == len(told)
    assert len({(node.x, node.y) for node in drawn.nodes}) == len(drawn.nodes) <= 4
    for bow in drawn.bows:
        assert all(0 <= float(number) <= SIZE for number in re.findall(r"-?\d+\.?\d*", bow.path))


@given(PAIRS)
def test_a_map_places_or_names_every_state(pairs: list[Pair]) -> None:
    told, base = arrows(pairs), outlines()
    drawn = world_map(told, base)
    states = {state for one in told for state in (one.actor, one.target)}
    assert {state for state, _ in drawn.missing} == {state for state in states if state not in base.points}
    x, y, width, height = map(float, drawn.box.split())
    for line in drawn.lines:
        for state in line.states:
            at_x, at_y = base.points[state]
            assert x <= at_x <= x + width
            assert y <= at_y <= y + height


def test_every_state_on_the_basemap_has_a_point_inside_it() -> None:
    base = outlines()
    assert {state for state in base.outlines if not state.startswith("?")} <= base.points.keys()
    assert all(0 <= x <= base.width and 0 <= y <= base.height for x, y in base.points.values())
