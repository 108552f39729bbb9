"""Tables in text form: found by content, and a bad row costs only itself."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.read import InputFailure
from rejoinder.read.tables.dialect import is_table, sniffed
from rejoinder.records import Document
from tests.read.helpers import documents, failure, items, short


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.csv"


def test_all_fields_under_their_usual_names(path: Path) -> None:
    rows = 'ID,Headline,Body,Publish Date,Source,Link,byline\n7,H,"one, ""two""\nthree",13 May 2016,AFP,u,Jo\n'
    path.write_text(rows, "utf-8-sig")
    assert documents(path) == [
        Document(
            *('one, "two"\nthree', "7", "H", "AFP", "u", dt.date(2016, 5, 13), f"{path}, row 2", "Jo"),
            dated_by="the column 'Publish Date'",
        )
    ]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("name", ["file.csv", "file", "file.txt"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings(tmp_path: Path, separator: str, name: str, codec: str) -> None:
    path = tmp_path / name
    rows = [["title", "text", "more"], ["a", "Seoul’s reply, in full; and more than enough words | here", "x"]]
    path.write_text("\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows), codec, newline="")
    assert [(item.title, item.text) for item in documents(path)] == [("a", rows[1][1])]


def test_a_wrong_row_costs_only_itself(path: Path) -> None:
    rows = ["id,text", "a,one", "b,two,three", "", "c", 'd,"four" five', 'e,"six', "f,seven", 'g,"eight"', 'h,"nine']
    path.write_text("\n".join(rows), "utf-8")
    found = short(path)
    assert found[:2] == ["one", "!, row 3"]
    assert {"!, row 5", "!, row 6", "!, row 7", "seven", "eight", "!, row 10"} == set(found[2:])


def test_cells_left_empty_at_the_end_do_no_harm(path: Path) -> None:
    path.write_text("id,text\na,one,,\n", "utf-8")
    assert short(path) == ["one"]


def test_tabs_without_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "file.tsv"
    path.write_text('text\ttitle\n"Yes," he said\tT\n5" of snow\tU\n', "utf-8")
    assert [item.text for item in documents(path)] == ['"Yes," he said', '5" of snow']


def test_backslashes_before_quotation_marks_and_a_first_line_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text('sep=;\nid;text\na;"one; two"\n', "utf-8")
    assert short(path) == ["one; two"]
    path.write_text('id,text\na,"he said \\"yes\\", twice"\n', "utf-8")
    assert short(path) == ['he said "yes", twice']


def test_a_mapping_decides(path: Path) -> None:
    path.write_text("text,story,when\nsummary,full text,2016-05-13\n", "utf-8")
    (document,) = documents(path, {"text": "story", "published": "when"})
    assert (document.text, document.published) == ("full text", dt.date(2016, 5, 13))
    assert "no column 'storys' for text. The columns are: 'text', 'story', 'when'." in failure(path, {"text": "storys"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "no column is called 'text'"),
        ("\n\n", "the table is empty"),
        ("id,text\n", "no rows below its header"),
        ("text,text\na,b\n", "two columns are called 'text'"),
        ("id,text\na, \n", "row 2: it has no text in the column 'text'"),
        ("id,text,published\na,b,13/05/2016\n", "row 2: 'published': '13/05/2016' is no date"),
        (b"id,text\na,Zo\xeb\n", "not UTF-8"),
        (b"id,text\na,\0\n", "binary"),
        ('id,"text\n', "quotation marks"),
    ],
)
def test_what_gives_no_document(path: Path, content: str | bytes, said: str) -> None:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    assert said in failure(path)


def test_an_id_given_twice(path: Path) -> None:
    path.write_text("id,text\nx,a\nx,a\nx,b\n", "utf-8")
    assert short(path) == ["a", "a", "!, row 4"]


def test_a_cell_larger_than_the_standard_limit(path: Path) -> None:
    text = "Seoul refused. " * 20_000
    path.write_text(f"id,text\na,{text}\n", "utf-8")
    assert short(path) == [text]


def test_a_line_too_long_is_never_held(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.read.tables.csv.MAX_BYTES", 100)
    path.write_text(f"id,text\na,{'x' * 500}\nb,two\n", "utf-8")
    first, second = items(path)
    assert isinstance(first, InputFailure)
    assert "longer than" in first.message
    assert isinstance(second, Document)


@pytest.mark.parametrize("text", ["Seoul, Jan 5 - The South refused.\nIt said so, twice.\n", "text, body\n", "id,text"])
def test_prose_is_no_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert short(tmp_path / "a.txt") == [text]


@given(st.text(max_size=200), st.sampled_from(["", ".csv", ".tsv", ".txt"]))
def test_sniffing_never_raises(text: str, suffix: str) -> None:
    is_table(text, suffix)
    assert len(sniffed(text, suffix).separator) == 1


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=60).filter(str.strip)


@given(st.lists(CELL, min_size=1, max_size=5), st.sampled_from(",\t;|"))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, texts: list[str], separator: str) -> None:
    path = tmp_path_factory.getbasetemp() / "round.csv"
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([["id", "text", "title"], *([number, text, "t"] for number, text in enumerate(texts))])
    path.write_bytes(file.getvalue().encode())
    assert [(item.name, item.text) for item in documents(path)] == [(str(n), text) for n, text in enumerate(texts)]
