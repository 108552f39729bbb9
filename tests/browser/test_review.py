"""The review desk by keys: what is judged is kept in order, undone, and not lost while the server is away."""

import json
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.reading import check_contrast, check_everything


@pytest.fixture
def lenient(browser: Browser) -> Iterator[Page]:
    """A page of which the browser may complain: it names each answer of the server that refuses something."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def begin(page: Page, desk: str, query: str = "") -> None:
    """Sit down at the desk as ann."""
    page.goto(f"{desk}/review/name")
    page.get_by_label("Your name").fill("ann")
    page.get_by_role("button", name="Begin").click()
    page.goto(f"{desk}/review{query}")
    expect(page.get_by_role("button", name="Keys")).to_be_visible()


def current(page: Page) -> str:
    return page.locator("#case").get_attribute("data-id") or ""


def upcoming(desk: str) -> list[str]:
    with urllib.request.urlopen(f"{desk}/review.json") as answer:
        found: list[str] = json.load(answer)["next"]
    return found


def moved(page: Page, before: str) -> str:
    """The case that has come after ``before``."""
    expect(page.locator("#case")).not_to_have_attribute("data-id", before)
    return current(page)


def test_an_act_is_corrected_with_the_keyboard_undone_and_its_history_seen(page: Page, desk: str) -> None:
    begin(page, desk)
    first = current(page)
    kind = page.locator('[data-key="2"]').get_attribute("value") or ""
    page.keyboard.press("2")
    expect(page.locator("#said")).to_have_text("Corrected.")
    expect(page.locator("#case-title .kind")).to_have_text(kind.lower())
    page.keyboard.press("e")
    page.keyboard.press("d")
    page.keyboard.type("2016-05-01")
    page.keyboard.press("Enter")
    expect(page.locator("#case-title")).to_contain_text("1 May 2016")
    expect(page.locator(".said li")).to_have_count(2)
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text("Undone.")
    expect(page.locator("#case-title")).not_to_contain_text("1 May 2016")
    page.keyboard.press("a")
    moved(page, first)
    page.goto(f"{desk}/review?act={first}")
    expect(page.locator("#case-title")).to_contain_text("accepted by ann")
    expect(page.locator(".said")).to_contain_text("undone since")


def test_the_next_one_is_shown_at_once_and_all_is_kept(page: Page, desk: str) -> None:
    begin(page, desk)
    queue = upcoming(desk)
    seen = []
    for key in "arsa":
        seen.append(current(page))
        page.keyboard.press(key)
        moved(page, seen[-1])
    assert seen == queue[:4]
    expect(page.locator("#count")).to_contain_text("3 of ")
    page.keyboard.press("u")
    expect(page.locator("#case")).to_have_attribute("data-id", seen[3])
    assert set(seen) & set(upcoming(desk)) == {seen[2], seen[3]}
    page.keyboard.press("j")
    after = moved(page, seen[3])
    page.keyboard.press("k")
    expect(page.locator("#case")).to_have_attribute("data-id", seen[3])
    assert after == queue[4]


def test_nothing_is_lost_while_the_server_is_away(lenient: Page, desk: str) -> None:
    page = lenient
    begin(page, desk)
    first, second = upcoming(desk)[:2]
    refused = 0

    def refuse(route: object) -> None:
        nonlocal refused
        refused += 1
        route.fulfill(status=503, body="busy")  # type: ignore[attr-defined]

    page.route("**/review", lambda route: refuse(route) if route.request.method == "POST" else route.continue_())
    page.keyboard.press("a")
    moved(page, first)
    page.keyboard.press("r")
    moved(page, second)
    expect(page.locator("#waiting")).to_contain_text("2 not yet kept")
    assert upcoming(desk)[:2] == [first, second]
    page.unroute("**/review")
    expect(page.locator("#waiting")).to_be_empty(timeout=15_000)
    assert not {first, second} & set(upcoming(desk))
    assert refused


def test_what_the_server_refuses_is_told(lenient: Page, desk: str) -> None:
    page = lenient
    begin(page, desk)
    page.keyboard.press("e")
    page.keyboard.press("d")
    page.keyboard.type("soon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("'soon' is no date")


def test_an_act_is_added_on_words_selected_with_the_keyboard(page: Page, desk: str) -> None:
    begin(page, desk)
    page.locator(".pane .text").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    words = page.evaluate("getSelection().toString().trim()")
    assert words
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#said")).to_have_text("Added.")
    expect(page.locator(".passage .w-trigger")).to_have_text(words)


def test_an_answer_is_linked_from_the_list(page: Page, desk: str) -> None:
    begin(page, desk, "?kind=REJECT")
    page.keyboard.press("l")
    expect(page.get_by_role("dialog")).to_contain_text("What does this answer?")
    page.get_by_role("dialog").locator("select[name=how]").select_option("counters")
    page.get_by_role("dialog").get_by_role("button", name="Link").click()
    expect(page.locator("#said")).to_have_text("Linked.")
    expect(page.locator(".others").first).to_contain_text("counters")


def test_single_keys_can_be_switched_off_and_never_fire_in_fields(page: Page, desk: str) -> None:
    begin(page, desk)
    first = current(page)
    page.keyboard.press("c")
    page.keyboard.type("a r s")
    assert current(page) == first
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_label("Single keys do something").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert current(page) == first
    assert upcoming(desk)[0] == first


@pytest.mark.parametrize("query", ["", "?what=links", "?what=merges", "?view=list", "?order=differ"])
def test_everybody_can_judge(page: Page, site: str, query: str) -> None:
    begin(page, site)
    page.goto(f"{site}/review{query}")
    for key in ("", "e", "?") if query == "" else ("",):
        if key:
            page.keyboard.press(key)
        page.emulate_media(color_scheme="light")
        check_everything(page)
        page.emulate_media(color_scheme="dark")
        check_contrast(page)
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_desk_can_be_read_before_one_says_who_one_is(page: Page, site: str) -> None:
    page.goto(f"{site}/review")
    expect(page.get_by_label("Who judges?")).to_be_visible()
    check_everything(page)
    page.emulate_media(color_scheme="dark")
    check_contrast(page)


def test_it_works_without_scripts(browser: Browser, desk: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{desk}/review/name")
    page.get_by_label("Your name").fill("ann")
    page.get_by_role("button", name="Begin").click()
    page.goto(f"{desk}/review")
    first = current(page)
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.locator("#said")).to_have_text("Accepted.")
    assert current(page) != first
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#said")).to_have_text("Undone.")
    assert current(page) == first
    page.context.close()
