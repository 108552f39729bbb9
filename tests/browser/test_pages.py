"""Each page in a browser: it can be read by everybody, in light and dark, on a desk and on a phone."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PATHS = ("/", "/threads", "/search?kind=OFFER&kind=REJECT", "/network", "/map", "/review", "/live", "/problems")
PAGES = (*PATHS, "dyad", "thread", "doc", "act")
"""Addresses, and pages that are reached from others."""


def go(page: Page, site: str, name: str) -> None:
    """Open the page ``name``, by a link where its address is not known."""
    if name.startswith("/"):
        page.goto(site + name)
    elif name == "dyad":
        page.goto(f"{site}/dyad/PRK-KOR")
    else:
        page.goto(f"{site}/threads?status=rejected" if name == "thread" else f"{site}/search?kind=OFFER")
        page.locator(f"main a[href^='/{name}/']").first.click()
        page.wait_for_url(f"**/{name}/**")
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_it(page: Page, site: str, name: str, colours: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=colours)
    go(page, site, name)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_it_fits_a_phone(page: Page, site: str, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, site, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", PAGES)
def test_it_reads_without_scripts(browser: object, page: Page, site: str, name: str) -> None:
    assert page.context.browser is not None
    plain = page.context.browser.new_context(java_script_enabled=False).new_page()
    go(plain, site, name)
    plain.context.close()
