"""Pages come whole, once, and no more often than asked."""

import gzip
import zlib
from collections.abc import Callable

import pytest
import zstandard

import rejoinder
from rejoinder.errors import FetchError, InputError, UsageError
from rejoinder.fetch import Fetcher, FetchRules
from tests.site import Asked, Page, Site, World, serving

Make = Callable[..., Fetcher]


def test_a_page_comes_with_what_its_server_says_of_it(fetcher: Make, site: Site) -> None:
    site.pages["/a?b=1"] = Page(
        b"<p>Talks", headers={"Content-Type": "text/html; charset=utf-8", "Last-Modified": "x"}, etag='"1"'
    )
    got = fetcher().get("http://News.Example/a?b=1#part")
    assert (got.status, got.body, got.content_type) == (200, b"<p>Talks", "text/html; charset=utf-8")
    assert (got.etag, got.last_modified, got.not_modified) == ('"1"', "x", False)
    assert got.final_url == "http://news.example/a?b=1"
    assert got.url == "http://News.Example/a?b=1#part"


def test_we_say_who_we_are(fetcher: Make, site: Site) -> None:
    site.pages["/"] = Page(b"x")
    fetcher(contact="mailto:ann@example.org").get("http://news.example/")
    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert agents == {f"rejoinder/{rejoinder.__version__} (+mailto:ann@example.org)"}
    assert all("cookie" not in asked.headers for asked in site.asked)
    assert {asked.headers["host"] for asked in site.asked} == {"news.example"}


def test_a_contact_cannot_smuggle_a_header() -> None:
    with pytest.raises(UsageError, match="contact"):
        FetchRules(contact="ann\r\nCookie: x")


def test_what_has_not_changed_is_not_sent_again(fetcher: Make, site: Site) -> None:
    site.pages["/"] = Page(b"feed", etag='"7"')
    agent = fetcher()
    first = agent.get("http://news.example/")
    second = agent.get("http://news.example/", etag=first.etag, modified="Fri, 20 May 2016 10:00:00 GMT")
    assert (second.not_modified, second.body, second.status, second.etag) == (True, b"", 304, '"7"')
    assert site.asked[-1].headers["if-modified-since"] == "Fri, 20 May 2016 10:00:00 GMT"


def test_304_to_an_unconditional_request_is_no_page(fetcher: Make, site: Site) -> None:
    site.pages["/"] = Page(status=304)
    with pytest.raises(FetchError, match="304"):
        fetcher().get("http://news.example/")


def test_requests_to_one_host_keep_their_distance(fetcher: Make, site: Site, world: World) -> None:
    site.pages["/robots.txt"] = Page(b"")
    site.pages["/"] = Page(b"x")
    agent = fetcher()
    for _ in range(3):
        agent.get("http://news.example/")
    assert world.slept == [1.0, 1.0, 1.0]
    world.host("other.example", site)
    agent.get("http://other.example/robots.txt")  # another host need not wait for this one
    assert world.slept[3:] == [1.0]


def test_the_pace_is_that_of_the_host_whatever_the_port(site: Site, world: World) -> None:
    world.host("news.example", site)
    site.pages["/"] = Page(b"x")
    agent = Fetcher(FetchRules(), world.outside())
    agent.get("http://news.example/")
    agent.get("http://news.example:8080/")
    assert world.slept == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"talks " * 50)),
        ("gzip", gzip.compress(b"talks " * 20) + gzip.compress(b"talks " * 30)),
        ("gzip", gzip.compress(b"talks " * 50) + b"\0\0\0"),
        ("x-gzip", gzip.compress(b"talks " * 50)),
        ("deflate", zlib.compress(b"talks " * 50)),
        ("deflate", zlib.compress(b"talks " * 50)[2:-4]),
        ("ZSTD", zstandard.compress(b"talks " * 50)),
        ("identity", b"talks " * 50),
    ],
)
def test_packed_bodies_are_unpacked(fetcher: Make, site: Site, encoding: str, packed: bytes) -> None:
    site.pages["/"] = Page(packed, headers={"Content-Encoding": encoding})
    assert fetcher().get("http://news.example/").body == b"talks " * 50


@pytest.mark.parametrize(
    ("encoding", "packed", "said"),
    [
        ("gzip", gzip.compress(b"talks " * 500)[:-10], "breaks off"),
        ("gzip", b"plain", "not packed"),
        ("zstd", b"plain", "not packed"),
        ("br", b"plain", "'br', which was not asked for"),
    ],
)
def test_what_cannot_be_unpacked_is_no_page(fetcher: Make, site: Site, encoding: str, packed: bytes, said: str) -> None:
    site.pages["/"] = Page(packed, headers={"Content-Encoding": encoding})
    with pytest.raises(FetchError, match=said):
        fetcher(attempts=1).get("http://news.example/")


@pytest.mark.parametrize(
    ("status", "said", "passing"),
    [(404, "Check the spelling", False), (410, "gone for good", False), (403, "browser", False), (500, "later", True)],
)
def test_a_status_that_is_no_page(fetcher: Make, site: Site, status: int, said: str, passing: bool) -> None:
    site.pages["/a"] = Page(b"x", status)
    with pytest.raises(InputError, match=f"http://news.example/a: .*{status}.*{said}") as caught:
        fetcher().get("http://news.example/a")
    assert isinstance(caught.value, FetchError)
    assert caught.value.passing is passing


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://news.example/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("news.example", "only http and https"),
        ("http://", "names no host"),
        ("http://news.example:x/", "no URL"),
        ("http://news.example:22/", "port 22"),
        ("http://news.example/a b", "space"),
        ("http://news.example\\@evil.example/", "space or control"),
        ("http://[::1%25eth0]/", "no URL|names no host|address"),
        ("http://nobody.example/", "nobody knows this host"),
    ],
)
def test_what_is_not_asked_for(fetcher: Make, site: Site, url: str, said: str) -> None:
    with pytest.raises(FetchError, match=said):
        fetcher().get(url)
    assert not site.asked


def test_a_password_in_a_url_is_refused_and_not_shown(fetcher: Make) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher().get("http://ann:secret@news.example/")
    assert "password" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_letters_beyond_ascii_are_encoded(site: Site, world: World) -> None:
    world.host("xn--mnchen-3ya.example", site)
    site.pages["/%EC%84%9C%EC%9A%B8?q=%EB%82%A8"] = Page(b"x")
    assert Fetcher(FetchRules(), world.outside()).get("http://München.example/서울?q=남").body == b"x"


def test_ipv6_works(world: World) -> None:
    with serving(six=True) as site:
        site.pages["/"] = Page(b"six")
        agent = Fetcher(FetchRules(allow_private=True), world.outside())
        assert agent.get(f"http://[::1]:{site.port}/").body == b"six"
        assert site.asked[-1].headers["host"] == f"[::1]:{site.port}"


def test_the_next_address_is_tried_where_the_first_does_not_answer(site: Site, world: World) -> None:
    world.host("news.example", site, "93.184.216.35")
    world.hosts["news.example"] = [["93.184.216.36", "93.184.216.35"]]
    with serving() as gone:
        world.ports["93.184.216.36"] = gone.port
    site.pages["/"] = Page(b"x")
    assert Fetcher(FetchRules(), world.outside()).get("http://news.example/").body == b"x"


def test_proxies_of_the_environment_are_not_used(fetcher: Make, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.pages["/"] = Page(b"x")
    assert fetcher().get("http://news.example/").body == b"x"


def test_a_post_goes_out_once_and_is_not_redirected(fetcher: Make, site: Site) -> None:
    site.pages["/hook/secret"] = Page(b"thanks")
    site.pages["/moved/secret"] = Page(status=307, headers={"Location": "/hook/secret"})
    agent = fetcher()
    assert agent.post("http://news.example/hook/secret", b'{"a": 1}', {"Content-Type": "application/json"}) == 200
    (asked,) = site.asked
    assert (asked.method, asked.body, asked.headers["content-length"]) == ("POST", b'{"a": 1}', "8")
    with pytest.raises(FetchError) as caught:
        agent.post("http://news.example/moved/secret", b"{}", {})
    assert "secret" not in str(caught.value)
    assert site.paths() == ["/hook/secret", "/moved/secret"]


def test_an_error_of_a_redirection_names_both_ends(fetcher: Make, site: Site) -> None:
    site.pages["/a"] = lambda _asked: Page(status=302, headers={"Location": "http://nobody.example/b"})
    with pytest.raises(FetchError) as caught:
        fetcher().get("http://news.example/a")
    assert caught.value.url == "http://news.example/a"
    assert "it leads to http://nobody.example/b: nobody knows" in str(caught.value)


def test_requests_are_recorded_in_small_letters(site: Site, fetcher: Make) -> None:
    seen: list[Asked] = []

    def note(asked: Asked) -> Page:
        seen.append(asked)
        return Page(b"x")

    site.pages["/"] = note
    fetcher().get("http://news.example/")
    assert seen[0].headers["accept-encoding"] == "gzip, deflate, zstd"
    assert seen[0].headers["connection"] == "close"
