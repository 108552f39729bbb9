"""Feeds and sitemaps: entries, addresses, and what harms nobody."""

import contextlib
import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.errors import InputError
from rejoinder.read.lists import feed, sitemap
from rejoinder.read.lists.listing import Location
from rejoinder.read.source import Facts, Settings
from rejoinder.records import Document
from tests.read.sources import chosen, failure, items, sound, source

LONG = (
    "<p>The North offered talks on Thursday, in a letter that its committee sent by the western hotline; it named the "
    "last week of May.</p><p>The South said on Friday that it would not answer the letter as long as the North goes on "
    "with its tests, and called the offer “insincere”.</p><p>It was the third offer since the congress, and the first "
    "in which the committee named a day.</p>"
)
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Quay &amp; Harbour</title><link>https://quay.example/</link>
<item><title>Offer &amp; answer</title><link>https://quay.example/1</link><guid>q-1</guid>
<dc:creator>Hana Brook</dc:creator>
<pubDate>Fri, 20 May 2016 23:30:00 -1000</pubDate><description>Short.</description>
<content:encoded><![CDATA[{LONG}]]></content:encoded></item>
<item><title>Envoy to go north</title><link>/2</link><pubDate>Sat, 21 May 2016 10:00:00 GMT</pubDate>
<description><![CDATA[<p>An envoy will go north <b>next week</b>.</p>]]></description></item>
<item><title>Cut off</title><link>https://quay.example/3</link>
<content:encoded><![CDATA[{LONG}<p>And then [&#8230;]</p>]]></content:encoded></item>
<item></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Tidings</title><entry><title>T</title><id>t:1</id>
<link href="https://tidings.example/1"/><updated>2016-05-22T00:10:00+09:00</updated><author><name>A</name></author>
<content type="html">{LONG.replace("&", "&amp;").replace("<", "&lt;")}</content></entry></feed>"""
BOMB = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
)
MAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://quay.example/1 </loc>
<lastmod>2016-05-23</lastmod><news:news><news:publication><news:name>Quay</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2016-05-20T23:30:00-10:00</news:publication_date>
<news:title>Offer &amp; answer</news:title></news:news></url>
<url><loc>ftp://quay.example/x</loc></url><url><loc>https://quay.example/2</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://quay.example/a.xml</loc>
<lastmod>2016-05-23T01:00:00Z</lastmod></sitemap></sitemapindex>"""


def test_entries_with_their_text_and_without() -> None:
    first, second, cut, empty = feed.entries(RSS.encode(), "https://quay.example/rss")
    assert (first.title, first.link, first.published) == (
        "Offer & answer",
        "https://quay.example/1",
        dt.date(2016, 5, 20),
    )
    assert (first.author, first.outlet, first.id) == ("Hana Brook", "Quay & Harbour", "q-1")
    assert first.text is not None
    assert first.text.startswith("Offer & answer\n\nThe North offered talks on Thursday,")
    assert len(first.text.split("\n\n")) == 4
    assert (second.text, second.summary, second.link) == (
        None,
        "An envoy will go north next week.",
        "https://quay.example/2",
    )
    assert cut.text is None
    assert (empty.link, empty.title, empty.text, empty.summary) == (None, None, None, "")


def test_a_feed_read_gives_documents_and_leaves_what_is_to_be_followed() -> None:
    first, second, cut, empty = items(feed.FORMATS, source(RSS.encode(), "f.xml"))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.name, first.dated_by, first.origin) == ("q-1", "the feed's day of publication", "box/f.xml, entry 1")
    assert second.text == "Envoy to go north\n\nAn envoy will go north next week."
    assert isinstance(cut, Document)
    assert "neither text nor title" in str(empty)
    followed = items(feed.FORMATS, source(RSS.encode(), "f.xml"), Settings(follow=True))
    assert [item.origin for item in followed] == ["box/f.xml, entry 1", "box/f.xml, entry 2", "box/f.xml, entry 4"]


def test_atom_and_what_surrounds_a_feed() -> None:
    (entry,) = items(feed.FORMATS, source(ATOM.encode(), "a", facts=Facts(outlet="X")))
    assert isinstance(entry, Document)
    assert (entry.title, entry.outlet, entry.author, entry.published) == ("T", "Tidings", "A", dt.date(2016, 5, 22))
    assert "last change" in (entry.dated_by or "")
    assert len(entry.text.split("\n\n")) == 4


def test_a_feed_in_another_encoding() -> None:
    data = RSS.replace("UTF-8", "EUC-KR").replace("Envoy to go north", "특사 방북").replace("“", '"').replace("”", '"')
    assert feed.entries(data.encode("euc-kr"), "x")[1].title == "특사 방북"


@pytest.mark.parametrize("tail", ["]><rss><channel><title>&j;</title><item><title>&j;</title></item></channel></rss>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs_and_external_entities_are_refused_at_once(tail: str, encoding: str, tmp_path: object) -> None:
    started = time.perf_counter()
    outside = '<?xml version="1.0"?><!-- <rss> --><!DOCTYPE rss [<!ENTITY j SYSTEM "file:///etc/passwd">' + tail
    for bomb in (BOMB + tail, outside):
        assert "entities" in failure(feed.FORMATS, source(bomb.encode(encoding), "x"))
        with pytest.raises(InputError, match="entities"):
            sitemap.locations(bomb.replace("rss", "urlset").encode(encoding))
    assert time.perf_counter() - started < 5


def test_an_external_dtd_is_not_fetched() -> None:
    with_dtd = RSS.replace("<rss", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss')
    assert len(feed.entries(with_dtd.encode(), "x")) == 4


def test_a_sitemap_gives_its_addresses() -> None:
    first, second = sitemap.locations(MAP.encode())
    assert first == Location(
        "https://quay.example/1", dt.date(2016, 5, 23), "Offer & answer", dt.date(2016, 5, 20), "Quay"
    )
    assert second == Location("https://quay.example/2")
    (part,) = sitemap.locations(INDEX.encode())
    assert part == Location("https://quay.example/a.xml", dt.date(2016, 5, 23), is_index=True)
    assert len(sitemap.locations(MAP.removesuffix("</urlset>").encode())) == 2  # cut off: what came before is kept
    assert "--follow" in failure(sitemap.FORMATS, source(MAP.encode(), "sitemap.xml"))
    with pytest.raises(InputError, match="no sitemap"):
        sitemap.locations(b"<html>")


def test_they_are_told_from_each_other_by_their_root() -> None:
    formats = (*sitemap.FORMATS, *feed.FORMATS)
    named = {data: chosen(formats, source(data.encode(), "x.xml")) for data in (RSS, ATOM, MAP, INDEX, "<html>", "{}")}
    names = [found.name if found else None for found in named.values()]
    assert names == [
        "feed",
        "feed",
        "sitemap",
        "sitemap",
        None,
        None,
    ]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([RSS, ATOM, MAP, INDEX]), st.floats(0, 1), st.binary(max_size=40), st.floats(0, 1))
def test_broken_feeds_do_not_raise(text: str, cut: float, junk: bytes, at: float) -> None:
    data = text.encode()
    data = data[: int(cut * len(data))]
    place = int(at * len(data))
    data = data[:place] + junk + data[place + len(junk) :]
    sound(list(feed.FORMATS[0].read(source(data), Settings())))
    sound(list(sitemap.FORMATS[0].read(source(data), Settings())))
    with contextlib.suppress(InputError):
        sitemap.locations(data)
