"""JSON values: one document, a list of them, a list wrapped in an object."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.records import Document
from tests.read.helpers import documents, failure, short


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.json"


def test_one_object(path: Path) -> None:
    path.write_text(json.dumps({"headline": "T", "body": "a", "date": "2016-05-13", "authors": ["A", "B"]}, indent=2))
    assert documents(path) == [
        Document("a", "file", "T", None, None, dt.date(2016, 5, 13), str(path), "A, B", "the field 'date'")
    ]


def test_the_answer_of_a_search_service(path: Path) -> None:
    article = {"source": {"id": None, "name": "AFP"}, "content": "a", "publishedAt": "2016-05-13T10:00:00Z", "url": "u"}
    path.write_text(json.dumps({"status": "ok", "articles": [article, {"content": None}]}))
    assert short(path) == ["a", "!, item 2"]
    path.write_text(json.dumps({"articles": [article]}))
    (document,) = documents(path)
    assert (document.name, document.outlet, document.origin) == ("file:1", "AFP", f"{path}, item 1")


def test_a_bad_item_costs_only_itself(path: Path) -> None:
    path.write_text('[{"text": "a"}, 3, {"text": 3}, {"text": "b", "id": "x"}, {"text": "c", "id": "x"}]')
    assert short(path) == ["a", "!, item 2", "!, item 3", "b", "!, item 5"]


def test_what_follows_a_break_is_lost_and_what_stands_before_it_is_not(path: Path) -> None:
    path.write_text('[{"text": "a"}, {"text": "b",, {"text": "c"}]')
    assert short(path) == ["a", "!"]


def test_lines_of_objects_under_another_name(tmp_path: Path) -> None:
    for name in ["file.json", "file.txt", "file"]:
        (tmp_path / name).write_text('{"text": "a"}\n{"text": "b"}\n')
        assert short(tmp_path / name) == ["a", "b"]
        long = "a" * 10_000
        (tmp_path / name).write_text(f'\n{{"text": "{long}"}}\n{{"text": "b"}}\n')
        assert short(tmp_path / name) == [long, "b"]


def test_a_mapping_decides(path: Path) -> None:
    path.write_text('[{"text": "summary", "story": "full"}]')
    assert [item.text for item in documents(path, {"text": "story"})] == ["full"]
    assert "'storys' is missing" in failure(path, {"text": "storys"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not JSON"),
        ("3", "it is a number"),
        ("[]", "the list is empty"),
        ("[{", "not JSON"),
        ('{"title": "T"}', "'text' is missing"),
        ('{"date": "13/05/2016", "text": "a"}', "'date': '13/05/2016' is no date"),
        ('{"text": "Zo\xeb"}'.encode("latin-1"), "not UTF-8"),
        (b'{"text": "\0"}', "binary"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_what_gives_no_document(path: Path, content: str | bytes, said: str) -> None:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    assert said in failure(path)


@pytest.mark.parametrize("text", ["[Seoul, Jan 5] The South refused.", "[1] A note", "{curly} Seoul refused."])
def test_brackets_of_prose(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert short(tmp_path / "a.txt") == [text]


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from([None, 1]), st.booleans(), st.integers(1, 50))
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], indent: int | None, ascii_only: bool, chunk: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.json"
    path.write_text(json.dumps([{"text": text} for text in texts], indent=indent, ensure_ascii=ascii_only), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rejoinder.read.json.objects._CHUNK", chunk)  # whatever is cut off at whichever place
        assert [item.text for item in documents(path)] == texts
