"""No link leads inside."""

from collections.abc import Callable

import pytest

from rejoinder.errors import FetchError
from rejoinder.fetch import Fetcher, FetchRules
from rejoinder.fetch.address import unfit
from tests.site import PUBLIC, Page, Site, World

Make = Callable[..., Fetcher]

INSIDE = [
    "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "100.127.255.255",
    "192.0.2.1", "198.18.0.1", "::1", "fc00::1", "fd12:3456::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a00:1",
]  # fmt: skip
NOWHERE = [
    "0.0.0.0", "0.1.2.3", "169.254.169.254", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
    "::", "fe80::1", "fe80::1%eth0", "ff02::1", "2002:7f00:1::", "2002:808:808::", "2001:0:4136:e378::1",
    "2001:db8::1", "::7f00:1", "64:ff9b:1::7f00:1", "::ffff:169.254.169.254", "::ffff:0.0.0.0", "64:ff9b::a9fe:a9fe",
    "100::1", "5f00::1", "x",
]  # fmt: skip
OUTSIDE = [PUBLIC, "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", [*INSIDE, *NOWHERE])
def test_addresses_inside_are_refused(address: str) -> None:
    assert unfit(address) is not None


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_pass(address: str) -> None:
    assert unfit(address) is None


@pytest.mark.parametrize("address", INSIDE)
def test_the_own_network_may_be_allowed(address: str) -> None:
    assert unfit(address, allow_private=True) is None


@pytest.mark.parametrize("address", NOWHERE)
def test_addresses_that_are_nobodys_are_never_allowed(address: str) -> None:
    assert unfit(address, allow_private=True) is not None


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]:8080/", "http://localhost/", "http://metadata/"])
def test_a_url_that_leads_inside_is_refused(world: World, url: str) -> None:
    world.hosts = {"localhost": [["127.0.0.1", "::1"]], "metadata": [["169.254.169.254"]]}
    with pytest.raises(FetchError, match=r"which is not fetched from. Allow private"):
        Fetcher(FetchRules(), world.outside()).get(url)
    assert world.dialled == []


@pytest.mark.parametrize("number", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1"])
def test_odd_ways_of_writing_loopback_are_seen_through(number: str) -> None:
    with pytest.raises(FetchError, match="loopback"):
        Fetcher(FetchRules(attempts=1)).get(f"http://{number}/")


def test_one_bad_address_among_good_ones_is_enough(world: World, site: Site) -> None:
    world.host("news.example", site)
    world.hosts["news.example"] = [[PUBLIC, "10.0.0.1"]]
    with pytest.raises(FetchError, match=r"a private address \(10\.0\.0\.1\)"):
        Fetcher(FetchRules(), world.outside()).get("http://news.example/")
    assert world.dialled == []


def test_a_name_that_changes_its_meaning_reaches_only_what_was_checked(world: World, site: Site) -> None:
    """DNS rebinding: public when it is checked, loopback a moment later."""
    world.host("evil.example", site)
    site.pages["/"] = Page(b"public")
    agent = Fetcher(FetchRules(), world.outside())
    agent.get("http://evil.example/")  # knows its robots.txt now
    world.dialled.clear()
    world.looked_up.clear()
    world.hosts["evil.example"] = [[PUBLIC], ["127.0.0.1"]]
    assert agent.get("http://evil.example/").body == b"public"
    assert world.looked_up == ["evil.example"]
    assert world.dialled == [(PUBLIC, 80)]
    with pytest.raises(FetchError, match="loopback"):
        agent.get("http://evil.example/")
    assert world.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:9999/",
        "//[::1]/",
        "http://inside.example/",
        "http://[::ffff:10.0.0.1]/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:25/",
        "http://ann:pw@news.example/",
        "http://news.example:25/",
        "http://[/",
    ],
)
def test_redirections_are_checked_like_urls(fetcher: Make, site: Site, world: World, place: str) -> None:
    world.hosts["inside.example"] = [["192.168.0.7"]]
    site.pages["/a"] = Page(status=302, headers={"Location": place})
    with pytest.raises(FetchError, match=r"http://news.example/a: .*leads to") as caught:
        fetcher(per_host_seconds=0.0).get("http://news.example/a")
    assert "pw" not in str(caught.value)
    assert {address for address, _ in world.dialled} == {PUBLIC}


def test_redirections_are_followed_so_far(fetcher: Make, site: Site) -> None:
    for number in range(10):
        site.pages[f"/{number}"] = Page(status=301, headers={"Location": f"/{number + 1}"})
    site.pages["/10"] = Page(b"end")
    agent = fetcher()
    assert agent.get("http://news.example/5").final_url == "http://news.example/10"
    with pytest.raises(FetchError, match="more than 5 times"):
        agent.get("http://news.example/4")


def test_a_circle_of_redirections_is_seen(fetcher: Make, site: Site) -> None:
    site.pages |= {
        "/a": Page(status=302, headers={"Location": "/b"}),
        "/b": Page(status=302, headers={"Location": "/a#again"}),
    }
    with pytest.raises(FetchError, match="circle"):
        fetcher().get("http://news.example/a")
    assert site.paths() == ["/a", "/b"]


def test_other_ports_need_leave(world: World, site: Site) -> None:
    site.pages["/"] = Page(b"inside")
    with pytest.raises(FetchError, match=f"port {site.port}"):
        Fetcher(FetchRules(), world.outside()).get(site.url())
    assert Fetcher(FetchRules(allow_private=True), world.outside()).get(site.url()).body == b"inside"
