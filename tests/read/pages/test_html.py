"""Web pages: the article's text, and what the page says of itself."""

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.read.pages.html import FORMATS
from rejoinder.read.pages.words import page_words
from rejoinder.read.source import Facts, Settings
from rejoinder.records import Document
from tests.read.sources import chosen, document, failure, sound, source

PAGES = Path(__file__).parent / "saved"
EXPECTED = yaml.safe_load((PAGES / "expected.yaml").read_text(encoding="utf-8"))
FACTS = ("title", "outlet", "author", "url", "dated_by")
LONG = (
    "<p>The ministry said on Friday that it had taken note of the letter and would answer in due course, after talks "
    "with its allies and with the parties in parliament.</p>"
)


def page(name: str, encoding: str | None = None) -> bytes:
    return (PAGES / name).read_text(encoding="utf-8").encode(encoding or "utf-8")


def read(markup: str, **facts: str) -> Document:
    return document(FORMATS, source(markup.encode(), facts=Facts(**facts)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_page_gives_its_article_and_its_facts(name: str) -> None:
    expected = EXPECTED[name]
    found = document(FORMATS, source(page(name, expected.get("encoding")), name))
    assert {fact: getattr(found, fact) for fact in FACTS} == {fact: expected.get(fact) for fact in FACTS}
    assert (found.published.isoformat() if found.published else None) == expected.get("published")
    paragraphs = found.text.split("\n\n")
    assert paragraphs[0] == expected["title"]
    assert paragraphs[1] != expected["title"]
    assert paragraphs[-1] == expected["last"]
    if "paragraphs" in expected:
        assert len(paragraphs) == expected["paragraphs"]
    assert [words for words in expected.get("holds", []) if words not in found.text] == []
    assert [words for words in expected.get("leaves", []) if words in found.text] == []
    assert not set(found.text) & set("\u00ad\u200b\u00a0\r\t")
    assert found.origin == f"box/{name}"
    assert found.name == Path(name).stem


def test_the_server_charset_goes_before_the_page_and_a_wrong_one_is_not_believed() -> None:
    korean = page("korean.html", "euc-kr")
    undeclared = korean.replace(b"charset=euc-kr", b"charset=").replace(b"<html>", b'<html lang="ko">')
    wanted = document(FORMATS, source(korean)).text
    assert document(FORMATS, source(undeclared, content_type="text/html; charset=EUC-KR")).text == wanted
    assert document(FORMATS, source(undeclared)).text == wanted
    assert document(FORMATS, source(korean, content_type="text/html; charset=utf-8")).text == wanted
    assert document(FORMATS, source(page("korean.html"))).text == wanted  # says EUC-KR, is UTF-8
    assert document(FORMATS, source("\ufeff".encode("utf-16-le") + page("korean.html", "utf-16-le"))).text == wanted


@pytest.mark.parametrize(
    ("name", "says"),
    [("index.html", "a list of links"), ("paywall.html", "for subscribers")],
)
def test_a_page_without_an_article_is_refused(name: str, says: str) -> None:
    assert says in failure(FORMATS, source(page(name), name))


@pytest.mark.parametrize(
    ("markup", "says"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("<html></html>", "no text"),
        ("<html><body><script>x = '" + "long words " * 50 + "'</script></body></html>", "no text"),
        ("<html><body><p>Too short.</p></body></html>", "no article"),
        ("<html><title>404 Not Found</title><body><h1>Not Found</h1></body></html>", "error page"),
        (
            "<html><body><noscript>Please enable JavaScript to go on.</noscript><div id=app></div></body></html>",
            "script",
        ),
        ("<html><title>Just a moment</title><body>Verify you are human by ticking the box.</body></html>", "human"),
    ],
)
def test_empty_pages_and_excuses_say_what_they_are(markup: str, says: str) -> None:
    assert says in failure(FORMATS, source(markup.encode()))


def test_every_refusal_takes_its_example() -> None:
    for refusal in page_words().refusals:
        assert refusal.pattern.search(refusal.takes), refusal.name
        assert refusal.message.endswith(".")


def test_what_surrounds_a_page_fills_what_it_leaves_open_and_no_more() -> None:
    around = Facts(
        name="n",
        title="T",
        outlet="Feed",
        author="A",
        url="https://a.example/x",
        published=dt.date(2020, 1, 2),
        dated_by="b",
    )
    bare = document(FORMATS, source(f"<html><body>{LONG}</body></html>".encode(), facts=around))
    assert (bare.name, bare.title, bare.outlet, bare.author) == ("n", "T", "Feed", "A")
    assert (bare.url, bare.published, bare.dated_by) == ("https://a.example/x", dt.date(2020, 1, 2), "b")
    full = document(FORMATS, source(page("graph.html"), facts=around))
    assert (full.title, full.outlet, full.published) == (
        "Seoul turns down North’s offer of talks on the border",
        "The Morning Ledger",
        dt.date(2016, 5, 20),
    )


def test_the_host_of_the_address_is_the_outlet_where_nothing_names_one() -> None:
    assert read(f"<body>{LONG}</body>", url="https://www.quay.example/2016/05/20/x").outlet == "quay.example"


@pytest.mark.parametrize(
    ("head", "body", "day", "by"),
    [
        ('<meta name="pubdate" content="Fri, 20 May 2016 23:50:00 GMT">', "", "2016-05-20", "pubdate"),
        ('<meta property="article:modified_time" content="2016-05-26">', "", "2016-05-26", "last changed"),
        ('<meta property="article:published_time" content="1970-01-01">', "", None, None),
        ('<meta property="article:published_time" content="soon">', "", None, None),
        ('<meta name="copyright" content="2016-05-20">', "", None, None),
        ("", "<p>Posted : May 20, 2016 17:32</p>", "2016-05-20", "Posted : May 20, 2016"),
        ("", "<p>05/04/2016</p>", None, None),
        ("", "<p>25/04/2016</p>", "2016-04-25", "25/04/2016"),
        ("", "<p>On 20 May 2016 the two sides agreed to meet at the village for a day of talks.</p>", None, None),
        ("", "<p>Released prisoners came home on 20 May 2016.</p>", None, None),
        ("", "<p>By Hana Brook | Seoul | May 20, 2016</p>", "2016-05-20", "By Hana Brook"),
        ("", "<p>Updated: 26 May 2016</p>", "2016-05-26", "last changed"),
        ("", "<p>20 Mai</p><footer>3 March 2020</footer>", None, None),
        ("", '<aside class="related"><time datetime="2016-05-20">x</time></aside>', None, None),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle",'
            '"datePublished":"2016-05-20T23:59:00-10:00",}</script>',
            "",
            "2016-05-20",
            "JSON-LD",
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", [</script>', "", None, None),
        (
            '<script type="application/ld+json">[{"@type":"NewsArticle","datePublished":"2016-05-20"},'
            '{"@type":"NewsArticle","datePublished":"2016-05-21"}]</script>',
            "",
            None,
            None,
        ),
    ],
)
def test_a_day_is_taken_from_what_states_it_and_never_guessed(
    head: str, body: str, day: str | None, by: str | None
) -> None:
    title = "Ministry takes note of letter"
    found = read(
        f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}{LONG}"
        "<p>It met on 3 March 2011.</p><div>Copyright 2021</div></body></html>"
    )
    assert (found.published.isoformat() if found.published else None) == day
    assert (by is None) == (found.dated_by is None)
    assert by is None or by in (found.dated_by or "")


def test_a_page_is_known_by_what_it_begins_with() -> None:
    assert chosen(FORMATS, source(b"\n<!-- saved --><!DOCTYPE HTML><p>x", "x"))
    assert chosen(FORMATS, source(b"\xef\xbb\xbf<?xml version='1.0'?>\n<html xmlns='x'>", "x.txt"))
    assert chosen(FORMATS, source("\ufeff<html>".encode("utf-16-le"), "x"))
    assert chosen(FORMATS, source(b"<custom-tag>text", "x", content_type="text/html; charset=utf-8"))
    assert not chosen(FORMATS, source(b"Seoul said <p> is a tag", "x.txt"))
    assert not chosen(FORMATS, source(b"<?xml version='1.0'?><rss><channel>", "x.html"))
    assert not chosen(FORMATS, source(b"%PDF-1.4\0<html>", "x.html"))


def test_pre_lists_and_quotations_keep_their_lines() -> None:
    text = read(
        f"<body><h1>A statement in three points</h1>{LONG}<ul><li>The first point is peace.</li>"
        "<li>The second is rice.</li></ul><blockquote><p>We will talk.</p></blockquote><p>That is all.</p></body>"
    ).text
    assert "\n\nThe first point is peace.\n\nThe second is rice.\n\nWe will talk.\n\n" in text


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    for given_ in (source(data), source(b"<html>" + data), source(data, content_type="text/html; charset=base64")):
        sound(list(FORMATS[0].read(given_, Settings())))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(EXPECTED)), st.floats(0, 1), st.binary(max_size=30), st.floats(0, 1))
def test_broken_pages_do_not_raise(name: str, cut: float, junk: bytes, at: float) -> None:
    data = page(name)
    data = data[: int(cut * len(data))]
    place = int(at * len(data))
    sound(list(FORMATS[0].read(source(data[:place] + junk + data[place + len(junk) :]), Settings())))


def test_an_archive_of_links_and_a_page_far_too_large_are_refused() -> None:
    links = "".join(
        f"<div><a href=/{n}>Ministry answers letter number {n} of the committee</a></div>" for n in range(300)
    )
    assert "a list of links" in failure(FORMATS, source(f"<html><body>{links}</body></html>".encode()))
    assert "elements" in failure(FORMATS, source(b"<html><body>" + b"<br>" * 100_001))


def test_a_page_nested_without_end_does_not_raise() -> None:
    sound(list(FORMATS[0].read(source(b"<div>" * 50_000 + b"text " * 100 + b"</div>" * 50_000), Settings())))
    nested = '{"@graph":' * 5_000 + "1" + "}" * 5_000
    sound(
        list(FORMATS[0].read(source(f"<script type=application/ld+json>{nested}</script>{LONG}".encode()), Settings()))
    )
