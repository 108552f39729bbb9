"""The cards beside a text, in a book made by stand-ins: answers stand once, and no line end shifts what is marked."""

from pathlib import Path

from lxml import html
from starlette.testclient import TestClient

from rejoinder.web import Settings, application
from tests.book.desks import opened
from tests.makers import document

OFFER = document(
    "On Friday, as it had said before in a letter, Pyongyang offered Seoul talks about\r\nthe border and the fishing "
    "grounds. Pyongyang offered it in vain.\r\n\r\nNothing else.",
    "offer",
)
ANSWERS = [
    document(f"Seoul rejected Pyongyang{' again' * nth}.", f"answer{nth}", f"2016-05-2{nth}") for nth in range(1, 6)
]


def shown(folder: Path, *documents: object) -> html.HtmlElement:
    with opened(folder / "book.db") as book:
        book.code_documents(documents)  # type: ignore[arg-type]
        client = TestClient(application(book, Settings(token="secret")), base_url="http://127.0.0.1:8350")
        return html.document_fromstring(client.get(f"/doc/{OFFER.id}").text)


def test_a_card_tells_its_answers_where_the_act_is_told_first(tmp_path: Path) -> None:
    first, again = shown(tmp_path, OFFER, ANSWERS[0]).xpath("//li[@data-act]")
    (answered,) = first.find_class("joined")
    assert answered.text_content() == "answered: rejects, 21 May 2016"
    assert not again.find_class("joined")
    assert f"#{first.get('id')}" in again.xpath(".//@href")


def test_many_answers_do_not_push_the_text_apart(tmp_path: Path) -> None:
    card = shown(tmp_path, OFFER, *ANSWERS).xpath("//li[@data-act]")[0]
    (answered,) = card.find_class("joined")
    links = answered.xpath(".//@href")
    assert len(links) == 4
    assert links[-1].endswith("#answered")
    assert answered.text_content().endswith("2 more")


def test_a_return_before_a_newline_is_a_character_of_its_own(tmp_path: Path) -> None:
    parts = shown(tmp_path, OFFER).find_class("part")
    assert any("\r\n" in part.text_content() for part in parts)
    for part in parts:
        start, words = int(part.get("data-start")), part.text_content()
        assert OFFER.text[start : start + len(words)] == words
