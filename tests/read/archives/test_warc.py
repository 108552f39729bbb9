"""Web archives: pages come with their address and the day of capture; what is no page is passed over."""

import datetime as dt
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.records import Document
from tests.read.helpers import TEXT, documents, failure, items

DATA = TEXT.encode()


def record(kind: str, address: str, body: bytes, media: str = "application/http; msgtype=response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:12345678-0000-0000-0000-000000000000>\r\n"
        f"WARC-Date: 2016-05-21T10:00:00Z\r\nWARC-Target-URI: {address}\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def answer(body: bytes, status: str = "200 OK", media: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body


RECORDS = (
    record("warcinfo", "", b"software: x\r\n", "application/warc-fields"),
    record("request", "http://a.kr/x", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
    record("response", "http://www.A.kr:80/news/x.php?q=1", answer(DATA)),
    record("response", "http://a.kr/z", answer(gzip.compress(DATA), more="Content-Encoding: gzip\r\n")),
    record("response", "http://a.kr/404", answer(DATA, "404 Not Found")),
    record("response", "http://a.kr/301", answer(b"", "301 Moved", more="Location: /\r\n")),
    record("response", "http://a.kr/p.png", answer(b"\x89PNG", media="image/png")),
    record("response", "http://a.kr/robots.txt", answer(b"User-agent: *")),
    record("response", "http://[a/", answer(DATA)),
    record("revisit", "http://a.kr/r", answer(DATA)),
    record("resource", "metadata://gnu.org/wget/log", DATA, "text/plain"),
    record("conversion", "http://a.kr/wet", DATA, "text/plain"),
)
PAGES = ["http://www.A.kr:80/news/x.php?q=1", "http://a.kr/z", "http://a.kr/wet"]


def plain(data: bytes) -> bytes:
    return data


@pytest.mark.parametrize("pack", [plain, gzip.compress, zstandard.compress])
def test_pages_and_nothing_else(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "crawl"
    path.write_bytes(b"".join(map(pack, RECORDS)))
    found = documents(path)
    assert [item.url for item in found] == PAGES
    assert found[0] == Document(
        *(TEXT, PAGES[0], None, "a.kr", PAGES[0], dt.date(2016, 5, 21), f"{path}, {PAGES[0]}"),
        dated_by="the archive's capture date",
    )


def test_what_a_page_says_of_its_day_goes_before_the_capture(tmp_path: Path) -> None:
    body = b"---\npublished: 2016-05-13\n---\n" + DATA
    (tmp_path / "a.warc").write_bytes(record("response", "http://a.kr/x", answer(body)))
    (document,) = documents(tmp_path / "a.warc")
    assert (document.published, document.dated_by) == (dt.date(2016, 5, 13), "front matter")


@pytest.mark.parametrize("pack", [plain, gzip.compress, zstandard.compress])
def test_an_archive_cut_off(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / "a").write_bytes(b"".join(map(pack, RECORDS))[:-20])
    *_, last = items(tmp_path / "a")
    assert "is damaged" in str(last)


def test_an_archive_without_pages(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(RECORDS[0] + RECORDS[4])
    assert "nothing that can be read" in failure(tmp_path / "a")


@settings(deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4), st.sampled_from([plain, gzip.compress]))
def test_damage_never_raises(
    tmp_path_factory: pytest.TempPathFactory, at: int, damage: bytes, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged"
    data = bytearray(b"".join(map(pack, RECORDS)))
    at %= len(data)
    data[at : at + len(damage)] = damage
    path.write_bytes(data)
    assert items(path)
