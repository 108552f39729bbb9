"""Floors under the linker's agreement with gold, on gold's own acts."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from rejoinder.link import within

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(scope="module")
def link_gold() -> ModuleType:
    spec = importlib.util.spec_from_file_location("link_gold", SCRIPTS / "link_gold.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("linked", 0.60),
        ("answers", 0.60),
        ("linked precision", 0.76),
        ("same_as pairwise", 0.85),
        ("same_as precision", 0.86),
        ("same_as b-cubed (non-singletons)", 0.86),
    ],
)
def test_agreement_with_gold(shared: Path, link_gold: ModuleType, name: str, floor: float) -> None:
    found = link_gold.score(
        (gold, *within(gold.document, gold.acts)[:2]) for gold in link_gold.load(shared / "gold" / "dev")
    )
    assert found[name] >= floor
