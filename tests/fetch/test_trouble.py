"""Servers that are busy, slow, broken or malicious."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable

import pytest
import zstandard

from rejoinder.errors import FetchError
from rejoinder.fetch import Fetcher, FetchRules
from tests.site import Asked, Page, Site, World

Make = Callable[..., Fetcher]
MEGABYTE = 1_000_000


def failing(times: int, page: Page) -> Callable[[Asked], Page]:
    """``page`` so many times, then a good one."""
    left = [page] * times
    return lambda _asked: left.pop() if left else Page(b"at last")


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again_later_and_later(fetcher: Make, site: Site, world: World, status: int) -> None:
    site.pages["/"] = failing(2, Page(b"", status))
    assert fetcher(per_host_seconds=0.0).get("http://news.example/").body == b"at last"
    assert world.slept == [1.0, 2.0]


@pytest.mark.parametrize("said", ["7", "Fri, 20 May 2016 12:00:07 GMT"])
def test_it_is_waited_as_long_as_the_server_asks(fetcher: Make, site: Site, world: World, said: str) -> None:
    site.pages["/"] = failing(1, Page(b"", 429, {"Retry-After": said}))
    assert fetcher(per_host_seconds=0.0).get("http://news.example/").body == b"at last"
    assert world.slept == [7.0]


def test_a_server_that_asks_for_too_long_is_left_alone(fetcher: Make, site: Site, world: World) -> None:
    site.pages["/"] = failing(1, Page(b"", 503, {"Retry-After": "86400"}))
    with pytest.raises(FetchError, match="Try again in 86400 seconds") as caught:
        fetcher(per_host_seconds=0.0).get("http://news.example/")
    assert caught.value.again_in == 86400
    assert caught.value.passing
    assert world.slept == []


@pytest.mark.parametrize("said", ["soon", "-1", "", "Fri, 99 May", "²"])
def test_nonsense_in_retry_after_counts_for_nothing(fetcher: Make, site: Site, world: World, said: str) -> None:
    site.pages["/"] = failing(1, Page(b"", 503, {"Retry-After": said.encode().decode("latin-1")}))
    fetcher(per_host_seconds=0.0).get("http://news.example/")
    assert world.slept == [1.0]


def test_patience_ends(fetcher: Make, site: Site, world: World) -> None:
    site.pages["/"] = Page(b"", 503, {"Retry-After": "100"})
    with pytest.raises(FetchError, match="busy"):
        fetcher(per_host_seconds=0.0, attempts=50, patience_seconds=250.0).get("http://news.example/")
    assert world.slept == [100.0, 100.0]


def test_attempts_are_counted(fetcher: Make, site: Site) -> None:
    site.pages["/"] = Page(b"", 502)
    with pytest.raises(FetchError, match="502"):
        fetcher(attempts=4).get("http://news.example/")
    assert site.paths() == ["/"] * 4


def hang_up(connection: socket.socket) -> None:
    connection.close()


def half(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it")


def half_in_chunks(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")


def no_http(connection: socket.socket) -> None:
    connection.sendall(b"220 mail.example ESMTP\r\n")


@pytest.mark.parametrize("raw", [hang_up, half, half_in_chunks, no_http])
def test_what_breaks_off_is_asked_for_again_and_never_taken_for_whole(
    fetcher: Make, site: Site, raw: Callable[[socket.socket], None]
) -> None:
    site.pages["/"] = failing(1, Page(raw=raw))
    assert fetcher().get("http://news.example/").body == b"at last"
    site.pages["/"] = Page(raw=raw)
    with pytest.raises(FetchError, match=r"broke off|failed"):
        fetcher().get("http://news.example/")


def trickle_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    trickle(connection)


def trickle_body(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")  # without a length: it would end anywhere
    trickle(connection)


def trickle(connection: socket.socket) -> None:
    try:
        for _ in range(200):
            connection.sendall(b"a")
            time.sleep(0.02)
    except OSError:
        return


@pytest.mark.parametrize("raw", [trickle_headers, trickle_body])
def test_an_answer_that_trickles_is_cut_at_its_deadline(
    fetcher: Make, site: Site, raw: Callable[[socket.socket], None]
) -> None:
    site.pages["/"] = Page(raw=raw)
    agent = fetcher(attempts=1, answer_seconds=0.25)
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"not complete after 0\.25 seconds"):
        agent.get("http://news.example/")
    assert time.monotonic() - started < 2


def silence(connection: socket.socket) -> None:
    connection.settimeout(2)
    try:
        connection.recv(1)
    except OSError:
        return


def test_a_silent_server_is_given_up(fetcher: Make, site: Site) -> None:
    site.pages["/"] = Page(raw=silence)
    with pytest.raises(FetchError, match="did not answer in time"):
        fetcher(attempts=1, read_seconds=0.1).get("http://news.example/")


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    try:
        while True:
            connection.sendall(b"a" * 65536)
    except OSError:
        return


def test_a_body_without_end_is_cut(fetcher: Make, site: Site) -> None:
    site.pages["/"] = Page(raw=endless)
    with pytest.raises(FetchError, match="larger than 1 MB"):
        fetcher(max_bytes=MEGABYTE).get("http://news.example/")


def test_a_body_that_says_it_is_too_large_is_not_read(fetcher: Make, site: Site) -> None:
    site.pages["/"] = Page(raw=lambda to: to.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n"))
    with pytest.raises(FetchError, match="larger than 1 MB"):
        fetcher(max_bytes=MEGABYTE).get("http://news.example/")
    assert site.paths() == ["/"]


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(60 * MEGABYTE), 9)),
        ("gzip", gzip.compress(bytes(900_000)) * 40),
        ("deflate", zlib.compress(bytes(60 * MEGABYTE), 9)),
        ("zstd", zstandard.compress(bytes(60 * MEGABYTE))),
    ],
    ids=["gzip", "many gzips", "deflate", "zstd"],
)
def test_a_bomb_does_not_go_off(fetcher: Make, site: Site, encoding: str, bomb: bytes) -> None:
    assert len(bomb) < MEGABYTE
    site.pages["/"] = Page(bomb, headers={"Content-Encoding": encoding})
    with pytest.raises(FetchError, match="larger than 1 MB"):
        fetcher(max_bytes=MEGABYTE).get("http://news.example/")


def test_endless_headers_are_refused(fetcher: Make, site: Site) -> None:
    lines = b"".join(b"X-%d: a\r\n" % number for number in range(500))
    site.pages["/"] = Page(raw=lambda to: to.sendall(b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n"))
    with pytest.raises(FetchError, match="broke off"):
        fetcher(attempts=1).get("http://news.example/")


def test_a_resolver_in_trouble_may_get_better(world: World) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    outside = world.outside()
    agent = Fetcher(FetchRules(), type(outside)(resolve=resolve, sleep=world.sleep, monotonic=lambda: world.clock))
    with pytest.raises(FetchError, match="cannot be looked up") as caught:
        agent.get("http://news.example/")
    assert caught.value.passing
