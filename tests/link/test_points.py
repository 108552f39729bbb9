"""Points are the same whether the doubted features are made or only summed."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.link.lexicon import weights
from rejoinder.link.points import doubted, doubted_points, points
from rejoinder.records import Act
from tests import makers

NAMES = ("always", "issue differs", "sides reversed", "time same", "shared words", "rank 0", "unheard of")


def made(score: float) -> Act:
    text = makers.document("Seoul rejected talks.")
    return makers.act(text, 0, 20, (6, 14), kind="REJECT", actor=makers.side(text, "Seoul", 0), score=score)


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(0, 4)), st.sampled_from((0.4, 1.0)))
def test_the_sum_of_what_is_doubted(found: dict[str, float], score: float) -> None:
    table, act = weights("answers"), made(score)
    assert doubted_points(found, table, act) == points(doubted(found, act), table)


def test_a_machine_s_field_gives_its_points_twice() -> None:
    sure, unsure = (doubted({"issue differs": 1.0}, made(score)) for score in (1.0, 0.4))
    assert list(sure) == ["issue differs"]
    assert list(unsure) == ["issue differs", "issue differs, unsure"]
