"""Plain text files, with and without front matter."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import InputError
from rejoinder.read import InputFailure, Settings
from rejoinder.read.characters import MAX_BYTES, decoded
from rejoinder.read.places import file_source
from rejoinder.read.plain import read_plain
from rejoinder.records import Document

TEXT = "Seoul turned the offer down on Friday.\n"


def one(path: Path, content: str | bytes) -> Document:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (item,) = read_plain(file_source(path), Settings())
    assert isinstance(item, Document), item
    return item


def failure(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (item,) = read_plain(file_source(path), Settings())
    assert isinstance(item, InputFailure), item
    assert "\n" not in item.message
    assert item.origin == str(path)
    return item.message


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "story.txt"


def test_the_text_is_kept_as_it_is(path: Path) -> None:
    text = "  Kim’s “offer”\r\n\r\nwas\trefused.\rIt said\u2028so. \n\n"
    document = one(path, text)
    assert (document.text, document.name, document.origin) == (text, "story", str(path))
    assert (document.published, document.title, document.outlet, document.url) == (None, None, None, None)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter(path: Path, end: str) -> None:
    head = [
        "---",
        "id: a-1",
        "Published: 2016-05-13T10:00:00+09:00",
        'title: "North: yes, South: no"',
        "",
        "outlet: AFP",
        "url:",
        "author: Jo Roe",
        "---",
    ]
    text = f"{end}  Seoul refused.{end}---{end}id: 3{end}"
    document = one(path, end.join(head) + end + text)
    assert document == Document(
        text, "a-1", "North: yes, South: no", "AFP", None, dt.date(2016, 5, 13), str(path), "Jo Roe", "front matter"
    )


@pytest.mark.parametrize("text", ["---\nSeoul refused.\n---\n", "---\n", "----\nid: 3\n---\nSeoul", "id: 3\nSeoul"])
def test_dashes_that_are_text(path: Path, text: str) -> None:
    assert one(path, text).text == text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("---\npublshed: 2016-05-13\n---\nSeoul", "unknown key 'publshed'. Known: id, published"),
        ("---\npublished: 2016-05-13\nSeoul refused.\n", "not closed"),
        ("---\npublished: 2016-05-13\n", "not closed"),
        ("---\npublished: 2016-13-40\n---\nSeoul", "'published': '2016-13-40' is no date"),
        ("---\nid: 3\n---\n \n", "no text"),
        (" \n\t\n", "no text"),
        ("", "empty"),
        (b"%PDF\x00\x01\x02", "binary"),
        (b"\x01\x02\x03\x04abc", "binary"),
        (b"a" * 9000 + b"\x00", "binary"),
        ("Zoë".encode("cp1252"), "not UTF-8 (byte 3 is 0xeb): convert it, e.g. iconv -f WINDOWS-1252 -t UTF-8"),
        (b"\xff\xfea\x00b", "UTF-16"),
        ("Seoul refused.".encode("utf-16-le"), "binary"),
    ],
)  # fmt: skip
def test_what_gives_no_document(path: Path, content: str | bytes, said: str) -> None:
    assert said in failure(path, content)


def test_a_file_too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"Seoul refused.\n")
        file.truncate(2 * MAX_BYTES)
    (item,) = read_plain(file_source(path), Settings())
    assert isinstance(item, InputFailure)
    assert "larger than 20 MB" in item.message


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks(path: Path, codec: str) -> None:
    assert one(path, "Kim’s offer 제안".encode(codec)).text == "Kim’s offer 제안"


def test_big_endian(path: Path) -> None:
    assert one(path, b"\xfe\xff" + "Kim’s offer".encode("utf-16-be")).text == "Kim’s offer"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_decoding_turns_encoding_back(text: str) -> None:
    assert decoded(text.encode()) == decoded(text.encode("utf-8-sig")) == decoded(text.encode("utf-16")) == text


@given(st.binary(max_size=60))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = decoded(data)
    except InputError:
        return
    assert text.encode() in (data, data[3:]) or data[:2] in (b"\xff\xfe", b"\xfe\xff")
