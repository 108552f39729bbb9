"""docs/web.md tells of every page."""

from pathlib import Path

import pytest

from rejoinder.web.pages import ROUTES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "web.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [route.path for route in ROUTES])
def test_every_page_is_told(path: str) -> None:
    stem = path.split("{", maxsplit=1)[0]
    assert f"`{stem}" in PAGE or f", `{stem}" in PAGE, f"docs/web.md does not tell of {path}"
