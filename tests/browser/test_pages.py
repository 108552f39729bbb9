"""Each page in a browser: it can be read by everybody, in light and dark, on a desk and on a phone, without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.reading import check_contrast, check_everything

PATHS = (
    "/",
    "/threads",
    "/search?kind=OFFER&kind=REJECT",
    "/network",
    "/network?since=2016&until=2016",
    "/map",
    "/live",
    "/problems",
    "/examples",
    "/dyad/PRK-KOR",
    "/dyad/PRK-KOR?since=2016-05&until=2016-05&with=PRK-USA&show=reports",
    "/dyad/PRK-JPN",
    "/dyad/PRK-KOR/nowhere",
)
REACHED = ("thread", "doc", "act")
PAGES = (*PATHS, *REACHED)
"""Addresses, and pages that are reached from others; the desk has tests of its own."""


def go(page: Page, site: str, name: str) -> None:
    """Open the page ``name``, by a link where its address is not known."""
    if name in REACHED:
        page.goto(f"{site}/threads?status=rejected" if name == "thread" else f"{site}/search?kind=OFFER")
        page.locator(f"main a[href^='/{name}/']").first.click()
        page.wait_for_url(f"**/{name}/**")
    else:
        page.goto(site + name)
    expect(page.locator("h1")).to_be_visible()


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """A page where no script runs."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_it(page: Page, site: str, name: str, complaints: list[str]) -> None:
    go(page, site, name)
    expect(page.locator('a[href=""]'), "an empty address leads nowhere else").to_have_count(0)
    check_everything(page)
    page.emulate_media(color_scheme="dark")
    check_contrast(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if name.endswith("nowhere"):
        complaints.clear()  # the browser tells that there is no such page


@pytest.mark.parametrize("name", PAGES)
def test_it_reads_without_scripts(plain: Page, site: str, name: str) -> None:
    go(plain, site, name)
    expect(plain.get_by_role("navigation", name="Pages", exact=True)).to_be_visible()
    expect(plain.locator("main")).not_to_be_empty()
