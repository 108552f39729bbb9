"""Whether everybody can read a page: WCAG 2.2 AA, as far as a program can tell."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

__all__ = ["check_contrast", "check_everything"]

_STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def check_everything(page: Page) -> None:
    """Fail with what axe finds."""
    _check(page, *_STANDARDS)


def check_contrast(page: Page) -> None:
    """Fail where words stand out too little: all that other colours can change."""
    _check(page, "color-contrast")


def _check(page: Page, *rules: str) -> None:
    found = Axe().run(page, options={"runOnly": list(rules), "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
