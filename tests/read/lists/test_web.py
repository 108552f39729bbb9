"""Pages from the web as sources; what lists name is fetched, once each and not without bounds."""

import json
from collections.abc import Iterator, Mapping

import pytest

from rejoinder.errors import InputError
from rejoinder.fetch import Fetched, Fetcher, FetchRules
from rejoinder.read.failure import InputFailure
from rejoinder.read.lists.listing import Entry, Listings, Location
from rejoinder.read.lists.web import follow, opener, source_of
from rejoinder.read.source import Facts, Settings, Source
from tests.site import Page, Site, World, serving


def entries(data: bytes, origin: str) -> list[Entry]:
    assert origin.startswith("http")
    return [Entry(**entry) for entry in body(data)]  # type: ignore[arg-type]


def locations(data: bytes) -> list[Location]:
    return [Location(**place) for place in body(data)]  # type: ignore[arg-type]


def body(data: bytes) -> list[dict[str, object]]:
    try:
        return json.loads(data.partition(b">")[2])  # type: ignore[no-any-return]
    except ValueError as error:
        raise InputError("it is no list. Ask its keeper.") from error


LISTINGS = Listings(entries, locations)


def listing(root: str, *items: Mapping[str, object]) -> Page:
    return Page(f"<{root}>".encode() + json.dumps(items).encode())


@pytest.fixture
def site(world: World) -> Iterator[Site]:
    with serving() as one:
        world.host("news.example", one)
        one.pages |= {f"/{name}": Page(name.encode(), headers={"Content-Type": "text/plain"}) for name in "abc"}
        yield one


@pytest.fixture
def world() -> World:
    return World()


def got(world: World, url: str, *, wanted: bool = True, limit: int = 200) -> list[Source | InputFailure]:
    agent = Fetcher(FetchRules(), world.outside())
    return list(follow(url, agent, Settings(follow=wanted), LISTINGS, limit))


def texts(items: list[Source | InputFailure]) -> list[str]:
    return [item.open().read().decode() if isinstance(item, Source) else str(item) for item in items]


def test_a_page_is_a_source_that_can_be_read_again_and_again() -> None:
    page = Fetched("http://a.example/x", "http://a.example/y/talks.html?p=1", 200, "text/html", b"<p>Talks")
    source = source_of(page, Facts(title="Talks", url="http://elsewhere.example/"))
    assert (source.origin, source.name) == ("http://a.example/y/talks.html?p=1", "talks.html")
    assert source.facts == Facts(title="Talks", url="http://a.example/y/talks.html?p=1")
    assert source.content_type == "text/html"
    assert source.open().read() == source.open().read() == b"<p>Talks"
    assert source_of(Fetched("http://a.example/", "http://a.example/", 200, None, b"")).name == "a.example"


def test_a_plain_page_gives_one_source(world: World, site: Site) -> None:
    assert texts(got(world, "http://news.example/a")) == ["a"]


def test_what_cannot_be_fetched_gives_a_failure(world: World, site: Site) -> None:
    (failure,) = got(world, "http://news.example/none")
    assert isinstance(failure, InputFailure)
    assert failure.origin == "http://news.example/none"
    assert "404" in failure.message


def test_the_pages_of_a_feed_come_with_what_the_feed_says(world: World, site: Site) -> None:
    first = {"link": "http://news.example/b", "title": "B", "author": "Ann", "outlet": "AFP"}
    site.pages["/feed"] = listing("rss", first, {"link": "http://news.example/gone"}, first)
    items = got(world, "http://news.example/feed")
    assert texts(items)[0] == "b"
    assert isinstance(items[0], Source)
    assert items[0].facts == Facts(title="B", author="Ann", outlet="AFP", url="http://news.example/b")
    assert "404" in texts(items)[1]
    assert site.paths() == ["/feed", "/b", "/gone"]


def test_what_a_feed_carries_in_full_is_not_fetched(world: World, site: Site) -> None:
    full = {"link": "http://news.example/a", "text": "All of it."}
    site.pages["/feed"] = listing("rss", full, {"link": "http://news.example/b"})
    first, second = got(world, "http://news.example/feed")
    assert isinstance(first, Source)
    assert first.origin == "http://news.example/feed"  # whose reader gives the entry
    assert texts([second]) == ["b"]
    assert site.paths() == ["/feed", "/b"]


def test_a_feed_that_is_not_followed_is_a_source_itself(world: World, site: Site) -> None:
    site.pages["/feed"] = listing("feed", {"link": "http://news.example/b"})
    assert len(got(world, "http://news.example/feed", wanted=False)) == 1
    assert site.paths() == ["/feed"]


def test_no_more_pages_than_allowed(world: World, site: Site) -> None:
    site.pages["/feed"] = listing("rdf:RDF", *({"link": f"http://news.example/{name}"} for name in "abc"))
    items = texts(got(world, "http://news.example/feed", limit=1))
    assert items[0] == "a"
    assert "2 of its pages were left out" in items[1]
    assert len(items) == 2


def test_a_sitemap_speaks_for_its_own_host_and_may_lead_to_others(world: World, site: Site) -> None:
    world.host("other.example", site)
    site.pages["/map.xml"] = listing(
        "sitemapindex",
        {"url": "http://news.example/news.xml", "is_index": True},
        {"url": "http://news.example/map.xml", "is_index": True},
        {"url": "http://news.example/gone.xml", "is_index": True},
    )
    site.pages["/news.xml"] = listing(
        "urlset", {"url": "http://other.example/a"}, {"url": "http://news.example/a", "title": "A"}
    )
    items = got(world, "http://news.example/map.xml")
    assert "may not name pages of others" in texts(items)[0]
    assert texts(items)[1] == "a"
    assert "404" in texts(items)[2]
    assert len(items) == 3
    assert "other.example" not in world.looked_up


def test_an_index_without_end_is_left(world: World, site: Site) -> None:
    for number in range(60):
        site.pages[f"/{number}.xml"] = listing(
            "sitemapindex", {"url": f"http://news.example/{number + 1}.xml", "is_index": True}
        )
    (failure,) = got(world, "http://news.example/0.xml")
    assert "more than 20 sitemaps" in str(failure)


def test_a_list_that_cannot_be_read_is_a_failure(world: World, site: Site) -> None:
    site.pages |= {"/feed": Page(b"<rss>not a list"), "/map": Page(b"<urlset>nor this")}
    for path in ("/feed", "/map"):
        (failure,) = got(world, f"http://news.example{path}")
        assert isinstance(failure, InputFailure)
        assert "no list" in failure.message


def test_a_list_cannot_lead_inside(world: World, site: Site) -> None:
    site.pages["/feed"] = listing("rss", {"link": "http://127.0.0.1/"}, {"link": "file:///etc/passwd"})
    items = texts(got(world, "http://news.example/feed"))
    assert "loopback" in items[0]
    assert "only http" in items[1]


def test_an_opener_fetches_by_its_rules(site: Site) -> None:
    fetch = opener(FetchRules(allow_private=True, per_host_seconds=0.0), LISTINGS, Settings(follow=True))
    assert texts(list(fetch(site.url("/a")))) == ["a"]
