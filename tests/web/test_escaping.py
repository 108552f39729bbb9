"""Whatever stands in a record or in an address is shown as text on every page, and never becomes part of the page."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from rejoinder.book import Book
from rejoinder.draft import Coded
from rejoinder.records import Document, Problem, Side, Span, Voice, When
from rejoinder.web import Settings
from rejoinder.web.events import Event
from rejoinder.web.pages import ROUTES
from tests.book.desks import opened
from tests.makers import FakePipeline, document
from tests.web.records import reading

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"
RUNS = "javascript:alert(1)//"
DAY = dt.date(2016, 5, 20)
FIELDS = {"name": EVIL, "title": EVIL, "outlet": EVIL, "url": RUNS, "author": EVIL, "origin": EVIL, "dated_by": EVIL}
DOCUMENTS = (
    document(f"{EVIL}\n\nPyongyang offered Seoul talks {EVIL}. Tokyo offered help {EVIL}.", **FIELDS),
    document(
        f"Seoul rejected Pyongyang {EVIL}.", day="2016-05-23", **FIELDS | {"name": f"{EVIL} 2", "url": RUNS.upper()}
    ),
    document(f"On Friday Pyongyang offered Seoul talks {EVIL}.", **FIELDS | {"name": f"{EVIL} 3", "url": f" {RUNS}"}),
    document(f"A garble {EVIL}.", **FIELDS | {"name": f"{EVIL} 4", "url": f"https://wire.example/{EVIL}"}),
)


class Hostile(FakePipeline):
    """Finds acts each field of which holds hostile words, and problems that tell them."""

    def code(self, doc: Document, /) -> Coded:
        coded, at = super().code(doc), doc.text.index(EVIL)
        words = Span.of(doc, at, at + len(EVIL))
        somebody = Side(EVIL, None, "UNK", party=EVIL, span=words)
        acts = tuple(
            replace(
                act,
                actor=somebody if act.actor.state is None else replace(act.actor, text=EVIL, party=EVIL, span=None),
                target=replace(act.target, text=EVIL, party=EVIL, span=None) if act.target else somebody,
                when=When(act.when.earliest, act.when.latest, words, EVIL),
                voice=Voice(somebody, "letter", (EVIL, EVIL)),
                conditions=(words,),
                evidence=(*act.evidence, ("via", words)),
                coder=EVIL,
                rule=EVIL,
                steps=(EVIL,),
            )
            for act in coded.acts
        )
        said = (Problem(doc.id, EVIL, "ODD", EVIL, words), Problem(doc.id, EVIL, f"ODD {EVIL}", EVIL))
        return replace(coded, acts=acts, problems=(*coded.problems, *said))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A book that says hostile words wherever somebody can say any."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    with opened(folder / "hostile.db", coder=Hostile()) as made:
        made.code_documents(DOCUMENTS)
        for act in made.acts(every=True)[1:]:  # one is left for the desk
            made.judge(act.id, True, by=EVIL, note=EVIL)
            made.correct(act.id, {"via": EVIL, "issue": "talks"}, by=EVIL, note=EVIL)
        joined = [*(one.id for one in made.links()), *(one.id for one in made.merges())]
        for number, one in enumerate(joined):
            made.judge(one, number % 2 == 0, by=EVIL, note=EVIL)
        made.assign([DOCUMENTS[0].id], [EVIL], double=0, by="lead")
        yield made


@pytest.fixture(scope="module", params=["", EVIL], ids=["nobody", "somebody hostile"])
def client(book: Book, request: pytest.FixtureRequest) -> TestClient:
    settings = Settings(token="secret", events=(Event(DAY, DAY, EVIL), Event(DAY, DAY, EVIL, "KOR-PRK")))
    return reading(book, quote(request.param), settings)


def places(book: Book) -> dict[str, list[str]]:
    """What the named parts of an address stand for, among them hostile words."""
    evil = quote(EVIL, safe="")
    return {
        "{document}": [*(doc.id for doc in DOCUMENTS), evil],
        "{act}": [*(act.id for act in book.acts(every=True)), evil],
        "{thread}": [*(thread.id for thread in book.threads()), evil],
        "{dyad}": ["PRK-KOR", evil],
    }


QUERIES = (
    "",
    *(
        f"?{name}={quote(EVIL)}"
        for name in ("text", "dyad", "kind", "document", "since", "code", "said", "back", "with", "state")
    ),
)


class Seen(HTMLParser):
    """What of a page would run, or leads to what would."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in ("img", "iframe", "object", "embed", "style", "base"):
            self.wrong.append(tag)
        if tag == "script" and not (told.get("src") or "").startswith("/static/"):
            self.wrong.append(f"script {told}")
        for name, value in attrs:
            target = re.sub(r"[\s\0-\x1f]", "", value or "").lower()
            if name.startswith(("on", "hx-on")) or name == "style" or not re.fullmatch(r"[a-z_:][-a-z0-9_:.]*", name):
                self.wrong.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "formaction", "xlink:href") and target.startswith(
                ("javascript:", "data:", "vbscript:", "//")
            ):
                self.wrong.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("path", [route.path for route in ROUTES])
def test_nothing_becomes_part_of_a_page(client: TestClient, book: Book, path: str) -> None:
    (name,) = re.findall(r"\{\w+\}", path) or [""]
    ways = [path.replace(name, place) for place in places(book)[name]] if name else [path]
    for way in [f"{one}{query}" for one in ways[:1] + ways[-1:] for query in QUERIES] + ways:
        page = client.get(way).text
        assert Seen(page).wrong == [], way
        assert "<script>" not in page
        assert "<img" not in page
        assert "49" not in re.findall(r"onerror=alert\(1\)&gt;(\S*)", page), "templates are not filled twice"


@pytest.mark.parametrize(
    "path", ["/search", "/doc/{document}", "/act/{act}", "/thread/{thread}", "/review", "/problems"]
)
def test_it_is_shown_as_text(client: TestClient, book: Book, path: str) -> None:
    (name,) = re.findall(r"\{\w+\}", path) or [""]
    page = client.get(path.replace(name, places(book)[name][0]) if name else path).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_address_that_runs_is_shown_but_not_followed(client: TestClient) -> None:
    for doc in DOCUMENTS[:3]:
        page = client.get(f"/doc/{doc.id}").text
        assert "alert(1)//" in page.lower()
    page = client.get(f"/doc/{DOCUMENTS[3].id}").text
    assert not re.search(r'href="https://wire\.example/[^"]*<', page)


def test_unknown_pages_tell_their_address_as_text(client: TestClient) -> None:
    page = client.get(f"/{quote(EVIL, safe='')}")
    assert page.status_code == 404
    assert Seen(page.text).wrong == []
    assert "&lt;script&gt;" in page.text


def test_the_picture_of_a_dyad_is_one(client: TestClient) -> None:
    drawn = ElementTree.fromstring(client.get("/dyad/PRK-KOR.svg").text)
    tags = {element.tag.rpartition("}")[2] for element in drawn.iter()}
    assert tags.isdisjoint({"script", "img", "image", "foreignObject", "a"})
    assert EVIL[:20] in "".join(drawn.itertext())
