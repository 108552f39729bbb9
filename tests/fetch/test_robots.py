"""What a server's robots.txt asks for is done."""

from collections.abc import Callable

import pytest

from rejoinder.errors import FetchError
from rejoinder.fetch import Fetcher
from tests.site import Page, Site, World

Make = Callable[..., Fetcher]
ROBOTS = b"User-agent: *\nDisallow: /\n\nUser-agent: rejoinder\nDisallow: /private/\nCrawl-delay: 5\n"


def test_the_part_for_us_is_obeyed_with_its_delay(fetcher: Make, site: Site, world: World) -> None:
    site.pages |= {"/robots.txt": Page(ROBOTS), "/open": Page(b"x"), "/private/a": Page(b"x")}
    agent = fetcher()
    agent.get("http://news.example/open")
    agent.get("http://news.example/open")
    with pytest.raises(FetchError, match=r"http://news.example/private/a: robots.txt of its server"):
        agent.get("http://news.example/private/a")
    assert site.paths() == ["/open", "/open"]
    assert world.slept == [5.0, 5.0]


def test_the_file_is_asked_for_once_and_again_when_it_is_old(fetcher: Make, site: Site, world: World) -> None:
    site.pages |= {"/robots.txt": Page(b""), "/": Page(b"x")}
    agent = fetcher(robots_seconds=3600.0)
    for _ in range(3):
        agent.get("http://news.example/")
    assert [one.path for one in site.asked].count("/robots.txt") == 1
    world.clock += 3601
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /\n")
    with pytest.raises(FetchError, match="robots"):
        agent.get("http://news.example/")


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_server_without_the_file_allows_all(fetcher: Make, site: Site, status: int) -> None:
    site.pages |= {"/robots.txt": Page(b"User-agent: *\nDisallow: /", status), "/": Page(b"x")}
    assert fetcher().get("http://news.example/").body == b"x"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_allows_nothing_for_now(fetcher: Make, site: Site, world: World, status: int) -> None:
    site.pages |= {"/robots.txt": Page(b"", status), "/": Page(b"x")}
    agent = fetcher()
    with pytest.raises(FetchError, match=r"robots\.txt") as caught:
        agent.get("http://news.example/")
    assert caught.value.passing
    asked = len(site.asked)
    with pytest.raises(FetchError, match=r"robots\.txt"):
        agent.get("http://news.example/")
    assert len(site.asked) == asked  # and is not asked again at once
    site.pages["/robots.txt"] = Page(b"")
    world.clock += 601
    assert agent.get("http://news.example/").body == b"x"


def test_a_server_that_cannot_be_reached_is_said_to_be_so(fetcher: Make, site: Site, world: World) -> None:
    world.ports["93.184.216.34"] = 1
    with pytest.raises(FetchError, match=r"no server listens on port 80.*robots") as caught:
        fetcher().get("http://news.example/")
    assert caught.value.passing


def test_the_file_may_be_elsewhere_and_very_long(fetcher: Make, site: Site) -> None:
    long = b"User-agent: *\nDisallow: /a\n" + b"# talk\n" * 200_000
    site.pages |= {
        "/robots.txt": Page(status=301, headers={"Location": "/r.txt"}),
        "/r.txt": Page(long),
        "/a": Page(b"x"),
        "/b": Page(b"x"),
    }
    agent = fetcher(max_bytes=1000)
    assert agent.get("http://news.example/b").body == b"x"
    with pytest.raises(FetchError, match="robots"):
        agent.get("http://news.example/a")


def test_each_server_on_the_way_is_asked(fetcher: Make, site: Site, world: World) -> None:
    world.host("other.example", site)
    site.pages |= {
        "/a": Page(status=302, headers={"Location": "http://other.example/private/a"}),
        "/robots.txt": Page(b"User-agent: *\nDisallow: /private/\n"),
    }
    with pytest.raises(FetchError, match=r"it leads to http://other.example/private/a: robots"):
        fetcher().get("http://news.example/a")
    assert [one.headers["host"] for one in site.asked if one.path == "/robots.txt"] == ["news.example", "other.example"]


def test_a_delay_longer_than_we_wait_puts_the_page_off(fetcher: Make, site: Site, world: World) -> None:
    site.pages |= {"/robots.txt": Page(b"User-agent: *\nCrawl-delay: 600\n"), "/": Page(b"x")}
    agent = fetcher()
    with pytest.raises(FetchError, match="600 seconds between") as caught:
        agent.get("http://news.example/")
    assert caught.value.again_in == 600
    world.clock += 600
    assert agent.get("http://news.example/").body == b"x"
