"""Where chains of reports end."""

import pytest

from rejoinder.link.heads import head_of


@pytest.mark.parametrize(
    ("above", "heads"),
    [
        ({}, "abcd"),
        ({"d": "c", "c": "b"}, "abbb"),
        ({"a": "a", "b": "a"}, "aacd"),
        ({"d": "c", "c": "b", "b": "c"}, "abbb"),
        ({"a": "c", "c": "b", "b": "c"}, "bbbd"),
    ],
)
def test_each_act_has_the_head_of_its_chain_or_the_least_of_its_circle(above: dict[str, str], heads: str) -> None:
    assert "".join(head_of(act, above) for act in "abcd") == heads
