"""What a reader does from the first page on: look, compare, follow an offer to its answer, correct, undo."""

import re

from playwright.sync_api import Locator, Page, expect

CODING = 120_000
"""Milliseconds that coding the examples may take at most."""

LIT = "(() => { const [lit] = CSS.highlights.get('address'); return [`${lit}`, lit.getBoundingClientRect().top]; })()"
"""The words that an address marks, and how far from the top of the window they stand, in pixels."""


def first_figure(page: Page) -> Locator:
    return page.locator("figure.chart").first


def shown(page: Page) -> tuple[str, int]:
    """The list of acts as it stands: its heading, and how many there are."""
    total = re.match(r"[\d,]+", page.locator("#total").inner_text())
    assert total
    return page.get_by_role("heading", name=re.compile("^Acts")).inner_text(), int(total[0].replace(",", ""))


def drag(page: Page, first: int, last: int) -> tuple[str, str]:
    """Drag over the chart from one bar to another; the days on which that begins and ends."""
    bars = page.locator("#chart-1 a.column")
    boxes = [bars.nth(number).bounding_box() for number in (first, last)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    height = boxes[0]["y"] + boxes[0]["height"] / 3
    page.mouse.move(boxes[0]["x"] + boxes[0]["width"] / 2, height)
    page.mouse.down()
    page.mouse.move(boxes[1]["x"] + boxes[1]["width"] / 2, height, steps=4)
    expect(page.locator("#chart-1 .brushed")).not_to_have_attribute("width", "0")
    days = bars.nth(first).get_attribute("data-since"), bars.nth(last).get_attribute("data-until")
    page.mouse.up()
    return days[0] or "", days[1] or ""


def test_the_chart_of_a_dyad_is_zoomed_and_its_list_follows(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="South Korea and North Korea").or_(
        page.get_by_role("link", name="North Korea and South Korea")
    ).first.click()
    page.wait_for_url("**/dyad/**")
    heading, every = shown(page)
    assert heading == "Acts"

    page.get_by_role("link", name="Zoom in").click()
    expect(page).to_have_url(re.compile(r"since=.*until="))
    expect(page.get_by_role("heading", name="Acts, ")).to_be_visible()
    near, fewer = shown(page)
    assert 0 < fewer < every
    page.go_back()
    expect(page.get_by_role("heading", name="Acts", exact=True)).to_be_visible()
    assert shown(page) == (heading, every)

    since, until = drag(page, 80, 110)
    expect(page).to_have_url(re.compile(f"since={since}&until={until}"))
    brushed, some = shown(page)
    assert brushed not in {heading, near}
    assert 0 < some < every

    first_figure(page).focus()
    page.keyboard.press("+")
    expect(page).not_to_have_url(re.compile(f"since={since}&until={until}"))
    assert shown(page)[1] <= some
    expect(first_figure(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Acts", exact=True)).to_be_visible()
    assert shown(page)[1] == every


def test_a_bar_is_chosen_and_shows_its_acts(page: Page, site: str) -> None:
    page.goto(f"{site}/dyad/PRK-KOR")
    bar = page.locator("#chart-1 a.column[data-since='2016-05-01']")
    box = bar.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    expect(page.locator("figure.chart .readout")).to_contain_text("May 2016")
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    expect(page.get_by_role("heading", name="Acts, May 2016")).to_be_visible()
    expect(page.locator(".acts .act .days").first).to_contain_text("May 2016")
    row = page.locator(".acts .act")
    assert row.count() == shown(page)[1]


def test_a_second_dyad_stands_beside_the_first_at_the_same_scale(page: Page, site: str) -> None:
    page.goto(f"{site}/dyad/PRK-KOR")
    page.get_by_label("Compare with").fill("PRK-USA")
    page.get_by_role("button", name="Show").click()
    charts = page.locator("figure.chart svg.plot")
    expect(charts).to_have_count(2)
    expect(page.get_by_role("heading", name="North Korea and United States")).to_be_visible()
    days = [charts.nth(number).locator("a.column").first.get_attribute("data-since") for number in (0, 1)]
    assert days[0] == days[1]
    page.get_by_role("link", name="Take away").click()
    expect(charts).to_have_count(1)


def test_an_offer_is_followed_to_its_answer_and_to_the_words(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("navigation", name="Pages", exact=True).get_by_role("link", name="Threads").click()
    page.get_by_label("Status").select_option("rejected")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("status=rejected"))
    page.locator(".thread-row blockquote a").first.click()
    page.wait_for_url("**/thread/*")
    expect(page.locator(".verdict")).to_contain_text("rejected")
    offer = page.locator("article.entry.offer")
    answer = page.locator("article.entry:not(.offer)", has_text="this decides")
    left, right = offer.bounding_box(), answer.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"], "they face each other"

    words = answer.locator("mark").inner_text()
    answer.get_by_role("link", name=re.compile("^the act")).click()
    page.wait_for_url("**/act/*")
    expect(page.locator("blockquote.clause mark")).to_have_text(words)
    page.get_by_role("table", name="Fields and their words").get_by_role("row", name=re.compile("^kind")).locator(
        "a.words"
    ).click()
    page.wait_for_url("**/doc/**")
    lit, top = page.evaluate(LIT)
    assert lit
    assert lit in words
    assert 0 < top < 900, "what is marked can be seen"


def test_an_act_is_corrected_with_the_keyboard_and_its_history_kept(page: Page, desk: str) -> None:
    page.goto(f"{desk}/review/name")
    page.get_by_label("Your name").fill("ann")
    page.get_by_role("button", name="Begin").click()
    page.goto(f"{desk}/search?kind=REJECT")
    page.locator(".acts blockquote a").first.click()
    page.wait_for_url("**/act/*")
    act = page.url
    fields = page.get_by_role("table", name="Fields and their words")
    before = fields.inner_text()
    expect(page.locator("main")).to_contain_text("Nobody has judged this yet")

    page.get_by_role("link", name="Judge this act").click()
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    page.keyboard.press("e")
    page.keyboard.press("d")
    page.keyboard.type("2016-05-01")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Corrected.")
    page.goto(act)
    expect(fields).to_contain_text("1 May 2016")
    said = page.locator(".said li")
    expect(said).to_have_count(1)
    expect(said).to_contain_text("ann")
    expect(said.locator("ins")).to_contain_text("2016-05-01")

    page.get_by_role("link", name="Judge this act").click()
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text("Undone.")
    page.goto(act)
    expect(said).to_have_count(2)
    expect(page.locator(".said .undone")).to_contain_text("undone since")
    assert fields.inner_text() == before


def test_an_empty_book_says_what_to_do_and_shows_the_examples(page: Page, empty: str) -> None:
    page.goto(empty)
    expect(page.locator("main")).to_contain_text("This book is empty")
    expect(page.locator("main code").first).to_contain_text("rejoinder code")
    page.get_by_role("button", name="Put the examples into this book").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("link", name="See what was found").click(timeout=CODING)
    expect(page.get_by_role("heading", name="Who acts on whom")).to_be_visible()
    expect(page.locator(".dyads tbody tr")).not_to_have_count(0)
    page.get_by_role("navigation", name="Pages", exact=True).get_by_role("link", name="Threads").click()
    expect(page.locator(".thread-row").first).to_be_visible()
