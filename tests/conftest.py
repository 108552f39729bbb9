"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold and data that is not part of the project; the test is skipped where it is absent."""
    folder = Path(os.environ.get("REJOINDER_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip("the gold folder is not here (set REJOINDER_SHARED to its parent)")
    return folder
