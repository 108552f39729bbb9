"""JSON lines: a bad line costs only itself."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.read import InputFailure, Item, Settings, Source
from rejoinder.read.json.lines import read_jsonl
from rejoinder.read.places import file_source
from rejoinder.records import Document


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "articles.jsonl"


def items(path: Path, content: str | bytes) -> list[Item]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_jsonl(file_source(path), Settings()))


def failure(path: Path, line: str | bytes) -> str:
    good = b'{"text": "Seoul refused."}'
    first, bad, last = items(path, good + b"\n" + (line.encode() if isinstance(line, str) else line) + b"\n" + good)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(bad, InputFailure)
    assert bad.origin == f"{path}, line 2"
    assert "\n" not in bad.message
    return bad.message


def test_all_fields(path: Path) -> None:
    fields = {
        "id": "a-1",
        "published": "2016-05-13 10:00:00+09:00",
        "title": "T",
        "text": " a\r\nb ",
        "url": "u",
        "outlet": "o",
        "author": "A",
        "more": [1],
    }
    origin = f"{path}, line 1"
    assert items(path, json.dumps(fields)) == [
        Document(" a\r\nb ", "a-1", "T", "o", "u", dt.date(2016, 5, 13), origin, "A", "the field 'published'")
    ]


def test_only_text_is_required_and_blank_lines_are_skipped(path: Path) -> None:
    content = '\n{"text": "a", "id": 7}\r\n  \n{"text": "", "published": null, "title": " ", "published": ""}'
    assert items(path, content) == [
        Document("a", "7", origin=f"{path}, line 2"),
        Document("", "articles:4", origin=f"{path}, line 4"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "a"', "not JSON (Expecting ',' delimiter at column 13)"),
        ('["a"]', "it is a list, not an object"),
        ("3", "it is a number, not an object"),
        ("null", "it is null, not an object"),
        ('{"txt": "a"}', "'text' is missing"),
        ('{"text": null}', "'text' is null, not a string"),
        ('{"text": {"a": 1}}', "'text' is an object, not a string"),
        ('{"text": "a", "title": 3}', "'title' is a number, not a string"),
        ('{"text": "a", "id": true}', "'id' is true or false, not a string"),
        ('{"text": "a", "published": 20160513}', "'published' is a number, not a string"),
        ('{"text": "a", "published": "2016-13-40"}', "'published': '2016-13-40' is no date"),
        ('{"text": "a\\u0000b"}', "binary"),
        ('{"text": "a\\ud800b"}', "surrogate"),
        ('{"text": "a", "title": "\\ud800"}', "surrogate"),
        ('{"text": "Zoë"}'.encode("latin-1"), "not UTF-8 (byte 13 is 0xeb): convert it, e.g. iconv"),
        ("[" * 100_000, "no JSON that can be read"),
        ('{"text": "a", "n": ' + "9" * 10_000 + "}", "no JSON that can be read"),
    ],
)
def test_a_bad_line(path: Path, line: str | bytes, said: str) -> None:
    assert said in failure(path, line)


def test_a_line_too_long_is_never_held(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.read.json.lines.MAX_BYTES", 100)
    assert "longer than" in failure(path, json.dumps({"text": "a" * 500}))
    assert [type(item) for item in items(path, json.dumps({"text": "a" * 500}))] == [InputFailure]
    assert [type(item) for item in items(path, json.dumps({"text": "a" * 500}).encode("utf-16"))] == [InputFailure]


def test_an_id_given_twice(path: Path) -> None:
    lines = [
        '{"id": "x", "text": "a"}',
        '{"id": "x", "text": "a"}',
        '{"id": "x", "text": "b"}',
        '{"id": "y", "text": "b"}',
    ]
    found = items(path, "\n".join(lines))
    assert [
        item.name if isinstance(item, Document) else item.message for item in found if not isinstance(item, Source)
    ] == [
        "x",
        "x",
        "id 'x' has another text on line 1. Give each document its own id.",
        "y",
    ]


@pytest.mark.parametrize(("content", "said"), [("", "empty"), (" \n\n", "empty"), (b"PK\x03\x04\x00\x00", "binary")])
def test_a_file_without_documents(path: Path, content: str | bytes, said: str) -> None:
    (item,) = items(path, content)
    assert isinstance(item, InputFailure)
    assert said in item.message
    assert item.origin == str(path)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(path: Path, codec: str) -> None:
    content = '{"text": "Kim’s offer\u2028제안"}\n\n{"text": "b"}\n'.encode(codec)
    assert [item.text for item in items(path, content) if isinstance(item, Document)] == ["Kim’s offer\u2028제안", "b"]


def test_broken_utf16(path: Path) -> None:
    content = '{"text": "a"}\n'.encode("utf-16") + b"\x00\xd8" + '{"text": "b"}\n'.encode("utf-16-le")
    first, second = items(path, content)
    assert isinstance(first, Document)
    assert isinstance(second, InputFailure)
    assert second.origin == f"{path}, line 2"
    assert "not UTF-16" in second.message


def test_utf16_cut_off(path: Path) -> None:
    *_, last = items(path, '{"text": "a"}\n'.encode("utf-16")[:-1])
    assert isinstance(last, InputFailure)
    assert "not UTF-16" in last.message


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.tuples(WORDS, st.dates()), max_size=5))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, documents: list[tuple[str, dt.date]]) -> None:
    path = tmp_path_factory.getbasetemp() / "round.jsonl"
    lines = [
        json.dumps({"id": str(number), "text": text, "published": day.isoformat()}, ensure_ascii=number % 2 == 0)
        for number, (text, day) in enumerate(documents)
    ]
    path.write_bytes("\n".join(lines).encode())
    found = [item for item in read_jsonl(file_source(path), Settings()) if isinstance(item, Document)]
    assert [(item.name, item.text, item.published) for item in found] == [
        (str(number), text, day) for number, (text, day) in enumerate(documents)
    ]
