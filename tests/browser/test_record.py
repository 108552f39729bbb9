"""The pages of a document and an act in a browser: an address shows exactly its words, and everybody can read them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

import rejoinder
from rejoinder.records import Act
from tests.browser.conftest import serve
from tests.browser.reading import check_everything
from tests.makers import document

TEXT = (
    "Talks 🙂🙂 at last\n\n🕊 North Korea proposed military talks with South Korea on Friday in an open letter.\n\n"
    "“🙂” South Korea rejected the North's offer of military talks on Friday & demanded an apology."
)
HIGHLIGHTED = "[...(CSS.highlights.get('address') ?? [])].map((range) => range.toString())"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, list[Act]]]:
    """The address of a server over a book with one judged act; the document's id and its acts."""
    path: Path = tmp_path_factory.mktemp("record") / "record.db"
    doc = document(TEXT, "emoji", title="Talks 🙂 at last")
    with rejoinder.open(path) as book:
        book.code_documents([doc])
        acts = list(book.article(doc.id).acts)
        book.judge(acts[0].id, True, by="ann", note="plain enough")
        book.correct(acts[0].id, {"issue": "nuclear"}, by="bob")
    server: subprocess.Popen[str]
    server, address = serve(path)
    yield address, doc.id, acts
    server.terminate()
    server.wait(timeout=20)


def test_the_words_of_an_address_are_highlighted_and_no_others(page: Page, told: tuple[str, str, list[Act]]) -> None:
    site, doc, acts = told
    assert len(acts) >= 2
    page.goto(f"{site}/doc/{doc}")
    assert page.evaluate(HIGHLIGHTED) == []
    for act in acts:
        page.goto(f"{site}/doc/{doc}#c{act.span.start}-{act.span.end}")
        page.wait_for_function("CSS.highlights.has('address')")
        assert page.evaluate(HIGHLIGHTED) == [act.span.quote]
        assert act.span.quote == TEXT[act.span.start : act.span.end]
        expect(page.locator(f"#act-{act.id}")).to_have_class("card on")
        expect(page.locator(f"mark[data-act='{act.id}']").first).to_be_in_viewport()


@pytest.mark.parametrize("words", ["🙂 at", "🙂", "“🙂” South", "letter.\n\n“🙂"])
def test_any_words_have_an_address(page: Page, told: tuple[str, str, list[Act]], words: str) -> None:
    site, doc, _ = told
    start = TEXT.index(words)
    page.goto(f"{site}/doc/{doc}#c{start}-{start + len(words)}")
    page.wait_for_function("CSS.highlights.has('address')")
    (shown,) = page.evaluate(HIGHLIGHTED)
    assert "".join(shown.split()).startswith("".join(words.split())[:2])
    if "\n" not in words:
        assert shown == words


def test_words_that_are_selected_show_their_address(page: Page, told: tuple[str, str, list[Act]]) -> None:
    site, doc, acts = told
    trigger = acts[0].trigger
    page.goto(f"{site}/doc/{doc}")
    page.locator(f"b.trigger[data-act='{acts[0].id}']").dblclick()
    expect(page.locator(".picked")).to_be_visible()
    expect(page.locator(".picked span")).to_have_text(f"{trigger.start}–{trigger.end}")


@pytest.mark.parametrize("address", ["#c0-0", "#c9-3", "#c99999-100000", "#act-nowhere"])
def test_an_address_of_no_words_does_no_harm(page: Page, told: tuple[str, str, list[Act]], address: str) -> None:
    site, doc, _ = told
    page.goto(f"{site}/doc/{doc}{address}")
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate(HIGHLIGHTED) == []


def test_an_act_shows_its_actor_in_the_text_and_leads_to_the_desk(page: Page, told: tuple[str, str, list[Act]]) -> None:
    site, doc, acts = told
    page.goto(f"{site}/doc/{doc}")
    act, actor = next((one, one.actor.span) for one in acts if one.actor.span)
    card = page.locator(f"#act-{act.id}")
    card.hover()
    shown = page.evaluate("[...CSS.highlights.get('actor')].map((range) => range.toString())")
    assert shown == [actor.quote]
    card.get_by_role("link", name="Judge this act").click()
    page.wait_for_url(f"**/review?act={act.id}")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("where", ["doc", "act"])
def test_everybody_can_read_both(
    page: Page, told: tuple[str, str, list[Act]], where: str, width: int, colours: Literal["light", "dark"]
) -> None:
    site, doc, acts = told
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": width, "height": 900})
    span = acts[0].span
    page.goto(f"{site}/doc/{doc}#c{span.start}-{span.end}" if where == "doc" else f"{site}/act/{acts[0].id}")
    for folded in page.locator("details").all():
        folded.evaluate("(one) => { one.open = true; }")
    check_everything(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
