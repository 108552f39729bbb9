"""The review desk: what is judged follows at once, is told, and can be undone; all of it by plain forms."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import rejoinder
from rejoinder.book import Book
from rejoinder.web import Settings, application
from tests.makers import document

NASTY = '<script>alert(1)</script>"><img onerror=x>'


@pytest.fixture
def desk(client: TestClient) -> TestClient:
    """The application as ann sees it."""
    answer = client.post("/review/name", data={"token": "secret", "name": "ann", "back": "/review"})
    assert answer.status_code == 200
    return client


def say(desk: TestClient, deed: str, where: str = "/review", **more: object) -> str:
    """Send a form, and give back the page that follows."""
    answer = desk.post(where, data={"token": "secret", "do": deed, **more})
    assert answer.status_code == 200, answer.text
    return answer.text


def upcoming(desk: TestClient, query: str = "") -> list[str]:
    found: list[str] = desk.get(f"/review.json{query}").json()["next"]
    return found


def test_who_judges_is_asked_once(client: TestClient, book: Book) -> None:
    assert "Who judges?" in client.get("/review").text
    assert 'data-key="a"' not in client.get("/review").text
    first = upcoming(client)[0]
    asked = client.post("/review", data={"token": "secret", "do": "accept", "subject": first})
    assert "Who judges?" in asked.text
    assert book.judgements() == []
    client.post("/review/name", data={"token": "secret", "name": "  Ann   Lee ", "back": "//evil.example/"})
    page = client.get("/review").text
    assert "You judge as <b>Ann Lee</b>" in page
    assert 'data-key="a"' in page


def test_a_name_is_needed_and_foreign_addresses_are_not_gone_to(client: TestClient) -> None:
    assert client.post("/review/name", data={"token": "secret", "name": " "}).status_code == 404
    sent = {"token": "secret", "name": "ann", "back": "//evil.example/"}
    answer = client.post("/review/name", data=sent, follow_redirects=False)
    assert answer.headers["location"] == "/review"


def test_nothing_is_judged_without_the_token(desk: TestClient, book: Book) -> None:
    answer = desk.post("/review", data={"do": "accept", "subject": upcoming(desk)[0]})
    assert answer.status_code == 403
    assert book.judgements() == []


def test_what_is_accepted_leaves_the_queue_with_name_and_note(desk: TestClient, book: Book) -> None:
    before = upcoming(desk)
    page = say(desk, "accept", subject=before[0], note="plain")
    assert "Accepted." in page
    assert f"1 of {len(before)} judged" in page
    assert upcoming(desk) == before[1:]
    (judgement,) = book.judgements(before[0])
    assert (judgement.by, judgement.note, judgement.value) == ("ann", "plain", "yes")


def test_what_was_rejected_is_gone_counts_as_judged_and_comes_back(desk: TestClient, book: Book) -> None:
    first, *rest = upcoming(desk)
    page = say(desk, "reject", subject=first)
    assert f"1 of {len(rest) + 1} judged" in page
    assert first not in {act.id for act in book.acts(every=True)}
    assert "not in the book" in desk.get(f"/review?act={first}").text
    page = say(desk, "undo")
    assert "Undone." in page
    assert f'data-id="{first}"' in page
    assert upcoming(desk) == [first, *rest]


def test_undo_goes_back_step_by_step_and_says_when_nothing_is_left(desk: TestClient) -> None:
    first, second, *_ = upcoming(desk)
    say(desk, "accept", subject=first)
    say(desk, "reject", subject=second)
    assert f'data-id="{second}"' in say(desk, "undo")
    assert f'data-id="{first}"' in say(desk, "undo")
    answer = desk.post("/review", data={"token": "secret", "do": "undo"})
    assert answer.status_code == 404
    assert "nothing" in answer.text


def test_a_kind_is_set_by_its_number(desk: TestClient, book: Book) -> None:
    first = upcoming(desk)[0]
    page = desk.get(f"/review?act={first}").text
    numbered = dict(re.findall(r'name="kind" value="(\w+)" data-key="(\d)"', page))
    assert sorted(numbered.values()) == [str(number) for number in range(1, 10)]
    assert numbered[book.act(first).kind] == "1"
    other = next(kind for kind, number in numbered.items() if number == "2")
    page = say(desk, "kind", subject=first, kind=other)
    assert book.act(first).kind == other
    assert "Corrected." in page
    assert f'data-id="{first}"' in page


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [("date", "2016-05-01", "1 May 2016"), ("actor", "USA MIL", "United States"), ("channel", "fax", "fax")],
)
def test_a_field_is_edited_and_the_page_shows_it(desk: TestClient, field: str, value: str, shown: str) -> None:
    first = upcoming(desk)[0]
    page = say(desk, "correct", subject=first, field=field, value=value)
    recorded = page[page.index('id="fields-title"') :]
    assert shown in recorded
    assert "What was said of it" in page


def test_a_value_that_is_none_is_told_and_nothing_is_kept(desk: TestClient, book: Book) -> None:
    sent = {"token": "secret", "do": "correct", "subject": upcoming(desk)[0], "field": "date", "value": "soon"}
    answer = desk.post("/review", data=sent)
    assert answer.status_code == 404
    assert "soon" in answer.text
    assert book.judgements() == []


def test_an_act_is_added_on_selected_words(desk: TestClient, book: Book) -> None:
    doc = book.document("third")
    start = doc.text.index("sanctions")
    sent = {
        "document": doc.id,
        "trigger": f"{start}-{start + 9}",
        "kind": "COERCE",
        "actor": "USA GOV",
        "target": "PRK",
    }
    page = say(desk, "add", **sent)
    assert "Added." in page
    (added,) = book.acts(document="third", kind="COERCE")
    assert (added.trigger.quote, added.actor.state, added.coder) == ("sanctions", "USA", "ann")


def test_what_is_skipped_comes_last_and_lives_in_the_address(desk: TestClient) -> None:
    first, *rest = upcoming(desk)
    page = desk.get("/review").text
    assert f'href="/review?skip={first}"' in page
    assert upcoming(desk, f"?skip={first}") == rest
    skipped = "&".join(f"skip={one}" for one in [first, *rest])
    assert "Take up the skipped ones" in desk.get(f"/review?{skipped}").text


def test_filters_and_orders_live_in_the_address(desk: TestClient, book: Book) -> None:
    offers = {act.id for act in book.acts(kind="OFFER", every=True)}
    assert set(upcoming(desk, "?kind=OFFER")) == offers
    assert set(upcoming(desk, "?document=third")) == {act.id for act in book.acts(document="third", every=True)}
    days = [book.act(one).when.earliest for one in upcoming(desk, "?order=newest&dyad=KOR-PRK")]
    assert days == sorted(days, key=str, reverse=True)
    assert desk.get("/review?order=best").status_code == 404


def test_several_are_judged_at_once_and_undone_in_one_step(desk: TestClient, book: Book) -> None:
    ids = upcoming(desk)[:3]
    page = desk.get("/review?view=list").text
    assert all(f'form="ticked" name="subject" value="{one}"' in page for one in ids)
    say(desk, "accept", subject=ids, back="/review?view=list")
    assert {one.subject for one in book.judgements()} == set(ids)
    say(desk, "undo", back="/review?view=list")
    assert set(ids) <= set(upcoming(desk))


def test_on_the_search_page_too(desk: TestClient, book: Book) -> None:
    page = desk.get("/search?kind=OFFER").text
    ids = re.findall(r'form="ticked" name="subject" value="(\w+)"', page)
    assert set(ids) == {act.id for act in book.acts(kind="OFFER")}
    answer = desk.post(
        "/review", data={"token": "secret", "do": "reject", "subject": ids, "back": "/search?kind=OFFER"}
    )
    assert answer.url.path == "/search"
    assert len(book.acts(kind="OFFER")) == 0


def test_nothing_ticked_is_told(desk: TestClient) -> None:
    answer = desk.post("/review", data={"token": "secret", "do": "accept", "back": "/search"})
    assert "Tick" in answer.text


def test_a_link_is_judged_side_by_side(desk: TestClient, book: Book) -> None:
    (link, *_) = book.links()
    page = desk.get(f"/review?what=links&pair={link.id}").text
    assert f"The program says it <em>{link.how}</em> it" in page
    assert book.act(link.offer).id[:8] in page
    say(desk, "how", "/review?what=links", subject=link.id, how="evades")
    said = {one.how for one in book.links() if one.ends == link.ends}
    assert said == {"evades"}
    say(desk, "undo", "/review?what=links")
    assert {one.how for one in book.links() if one.ends == link.ends} == {link.how}


def test_an_act_is_linked_to_an_offer_found_for_it(desk: TestClient, book: Book) -> None:
    answer = next(act for act in book.acts(document="third"))
    offer = next(act for act in book.acts(kind="OFFER"))
    assert offer.id in desk.get(f"/review/link/{answer.id}?text=letter").text
    page = say(desk, "link", "/review", answer=answer.id, offer=offer.id, how="rejects")
    assert "Linked." in page
    assert (answer.id, offer.id) in {link.ends for link in book.links()}
    assert f'data-id="{answer.id}"' in say(desk, "undo", here=answer.id)


def test_two_reports_are_merged(desk: TestClient, book: Book) -> None:
    report = next(act for act in book.acts(document="third"))
    act = next(act for act in book.acts(document="first"))
    assert desk.get(f"/review/merge/{report.id}").status_code == 200
    say(desk, "merge", report=report.id, act=act.id)
    assert [set(one.ends) for one in book.merges()] == [{report.id, act.id}]
    (merge,) = book.merges()
    page = desk.get(f"/review?what=merges&pair={merge.id}").text
    assert "Do both tell of the same act?" in page


def test_where_coders_differ_comes_first_and_is_settled(desk: TestClient, book: Book) -> None:
    first, second, *_ = upcoming(desk)
    book.judge(first, True, by="bob")
    book.judge(first, False, by="cleo")
    book.judge(second, True, by="bob")
    assert upcoming(desk, "?order=differ") == [first]
    say(desk, "accept", "/review?order=differ", subject=first)
    assert upcoming(desk, "?order=differ") == []
    assert book.judgements(first)[-1].final


def test_blind_coders_see_only_what_they_said_themselves(desk: TestClient, book: Book) -> None:
    book.assign(["third"], ["ann", "bob"], double=1, blind=True, by="lead")
    acts = [act.id for act in book.acts(document="third", every=True)]
    book.judge(acts[0], False, by="bob", note="bob's secret")
    assert upcoming(desk) == acts
    page = desk.get("/review").text
    assert f'data-id="{acts[0]}"' in page
    assert "bob" not in page
    say(desk, "accept", subject=acts[0])
    page = desk.get(f"/review?act={acts[0]}").text
    assert "accepted by ann" in page
    assert "bob" not in page


def test_who_is_done_with_a_document_goes_on_with_the_others(desk: TestClient, book: Book) -> None:
    book.assign(["third", "first"], ["ann"], double=0, by="lead")
    assert "assigned to me (2)" in desk.get("/review").text
    say(desk, "done", document=book.document("third").id)
    assert set(upcoming(desk)) == {act.id for act in book.acts(document="first", every=True)}
    assert len(upcoming(desk, "?mine=no")) > len(upcoming(desk))


def test_texts_are_text_whatever_they_hold(book: Book) -> None:
    text = f"{NASTY} North Korea proposed talks with South Korea on Friday {NASTY}."
    book.code_documents([document(text, NASTY, title=NASTY, outlet=NASTY)])
    client = TestClient(application(book, Settings(token="secret")), base_url="http://127.0.0.1:8350")
    client.post("/review/name", data={"token": "secret", "name": NASTY})
    (act, *_) = book.acts(document=NASTY)
    book.judge(act.id, True, by=NASTY, note=NASTY)
    for path in (f"/review?act={act.id}", f"/review?document={act.doc}&view=list", f"/review/link/{act.id}"):
        page = client.get(path).text
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "<img" not in page


def test_a_book_for_reading_is_not_judged(book: Book) -> None:
    settings = Settings(token="secret", readonly=True)
    client = TestClient(application(book, settings), base_url="http://127.0.0.1:8350")
    page = client.get("/review").text
    assert "shown for reading only" in page
    assert 'name="do"' not in page
    assert client.post("/review", data={"token": "secret", "do": "undo"}).status_code == 403


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    with rejoinder.open(tmp_path / "empty.db") as book:
        yield TestClient(application(book, Settings(token="secret")), base_url="http://127.0.0.1:8350")


def test_an_empty_book_says_what_to_do(empty: TestClient) -> None:
    assert "rejoinder code articles/" in empty.get("/review").text
    for what in ("links", "merges"):
        assert empty.get(f"/review?what={what}").status_code == 200
