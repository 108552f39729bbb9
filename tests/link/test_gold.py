"""Floors under the linker's agreement with gold, on gold's own acts."""

from pathlib import Path

import link_gold
import pytest

from rejoinder.link import within


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("linked", 0.58),
        ("answers", 0.58),
        ("linked precision", 0.74),
        ("same_as pairwise", 0.85),
        ("same_as precision", 0.86),
        ("same_as b-cubed (non-singletons)", 0.86),
    ],
)
def test_agreement_with_gold(shared: Path, name: str, floor: float) -> None:
    found = link_gold.score(
        (gold, *within(gold.document, gold.acts)[:2]) for gold in link_gold.load(shared / "gold" / "dev")
    )
    assert found[name] >= floor
