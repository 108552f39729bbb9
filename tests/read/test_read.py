"""Files and folders in, documents or one clear line out."""

import datetime as dt
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rejoinder.errors import InputError, UsageError
from rejoinder.read import Facts, Format, InputFailure, Item, Settings, Source, read
from rejoinder.records import Document

TEXT = "Seoul turned the offer down on Friday.\n"


def only_failure(path: Path) -> InputFailure:
    (item,) = read([path])
    assert isinstance(item, InputFailure)
    assert "\n" not in str(item)
    assert str(item).startswith(str(path))
    assert item.message.endswith(".")
    return item


def refusing(path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """Let ``path`` alone be refused by the system with ``error``."""
    opened = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self == path:
            raise error
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)


def names(paths: list[Path]) -> list[str]:
    return [item.name if isinstance(item, Document) else "!" + item.origin for item in read(paths)]


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.txt", "a/c.TXT", "a/b/y.txt"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n')
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "style.css").write_text("body {}")
    (tmp_path / ".hidden.txt").write_text(TEXT)
    (tmp_path / "README.md").write_text(TEXT)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_text(TEXT)
    assert names([tmp_path]) == ["y", "c", "z", "a:1", "b"]


def test_paths_keep_their_order_and_failures_their_place(tmp_path: Path) -> None:
    for name in ["one.txt", "two.txt"]:
        (tmp_path / name).write_text(TEXT)
    gone = tmp_path / "gone.txt"
    assert names([tmp_path / "two.txt", gone, tmp_path / "one.txt"]) == ["two", f"!{gone}", "one"]


def test_the_given_day_fills_only_gaps(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(f"---\npublished: 2016-05-13\n---\n{TEXT}")
    found = [item for item in read([tmp_path], dt.date(2020, 1, 1)) if isinstance(item, Document)]
    assert [(item.published, item.dated_by) for item in found] == [
        (dt.date(2020, 1, 1), "--published"),
        (dt.date(2016, 5, 13), "front matter"),
    ]


def test_a_missing_path(tmp_path: Path) -> None:
    assert "no such file" in only_failure(tmp_path / "gone.txt").message


@pytest.mark.parametrize("inside", [[], ["style.css"]])
def test_a_folder_without_readable_files(tmp_path: Path, inside: list[str]) -> None:
    for name in inside:
        (tmp_path / name).write_text(TEXT)
    assert "holds no file that can be read" in only_failure(tmp_path).message


@pytest.mark.parametrize("name", ["notes.pdf", "notes", "notes.md", "notes.x1"])
def test_the_content_tells_the_kind_and_not_the_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT)
    (document,) = read([tmp_path / name])
    assert isinstance(document, Document)
    assert (document.name, document.text) == ("notes", TEXT)


@pytest.mark.parametrize(
    ("name", "said"), [("photo.png", ".png files"), ("a.css", ".css files"), ("x", "looks binary")]
)
def test_what_is_no_document_is_refused_where_it_is_named(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_bytes(bytes(range(256)))
    assert said in only_failure(tmp_path / name).message


def test_binary_files_in_a_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "x.dat").write_bytes(bytes(range(256)))
    (tmp_path / "y.txt").write_text(TEXT)
    assert names([tmp_path]) == [f"!{tmp_path / 'x.dat'}", "y"]


def test_standard_input_is_told_by_content(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, expected in [(TEXT.encode(), "stdin"), (b'{"text": "a"}\n{"text": "b"}\n', "stdin:1")]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        first, *_ = read(["-"])
        assert isinstance(first, Document)
        assert first.name == expected
        assert first.origin.startswith("standard input")


@pytest.mark.parametrize("stream", [None, io.TextIOWrapper(io.BytesIO())])
def test_standard_input_that_gives_nothing(stream: io.TextIOWrapper | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", stream)
    (item,) = read(["-"])
    assert isinstance(item, InputFailure)
    assert item.origin == "standard input"


ADDRESS = "https://www.example.org/a.txt"


def test_an_address_is_fetched_and_what_is_known_of_it_fills_the_gaps() -> None:
    facts = Facts("a", "Title", "example.org", None, ADDRESS, dt.date(2016, 5, 13), "the server")
    page = Source(ADDRESS, "a.txt", lambda: io.BytesIO(b"---\ntitle: Own\n---\n" + TEXT.encode()), facts)
    (document,) = read([ADDRESS], dt.date(2020, 1, 1), fetch=lambda _: iter((page,)))
    expected = Document(TEXT, "a", "Own", "example.org", ADDRESS, facts.published, ADDRESS, None, "the server")
    assert document == expected


def test_an_address_that_cannot_be_fetched() -> None:
    def refused(_: str) -> Iterator[Source]:
        raise InputError("the server says no. Ask again.")

    def cut(_: str) -> Iterator[Source]:
        raise TimeoutError("timed out")

    for fetch, said in [(None, "not fetched"), (refused, "the server says no"), (cut, "timed out")]:
        (item,) = read([ADDRESS], fetch=fetch)
        assert isinstance(item, InputFailure)
        assert item.origin == ADDRESS
        assert said in item.message


def test_the_formats_of_the_caller_are_asked_first_and_may_break(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)

    def broken(source: Source, settings: Settings) -> Iterator[Item]:
        yield Document("one")
        raise ZeroDivisionError("as if")

    first, second = read([path], more=[Format("own", "own kind", lambda head, _: head.startswith(b"Seoul"), broken)])
    assert first == Document("one", "a", origin=str(path))
    assert isinstance(second, InputFailure)
    assert "own kind (ZeroDivisionError: as if)" in second.message


def test_a_reader_may_not_give_what_no_book_takes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    for document in [Document("a\0b"), Document("a", title="\ud800")]:
        own = Format("own", "own kind", lambda *_: True, lambda *_, given=document: iter([given]))
        (item,) = read([path], more=[own])
        assert isinstance(item, InputFailure)


@pytest.mark.parametrize("columns", [{"body": "x"}, {"text": " "}])
def test_a_mapping_of_columns_that_is_none(columns: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        read([], settings=Settings(columns=columns))


def test_what_reads_rare_formats_is_loaded_only_when_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    rare = "pyarrow", "fastwarc", "zstandard", "charset_normalizer", "lxml", "trafilatura", "docx", "feedparser"
    code = f"import sys, rejoinder.read as r; list(r.read(['a.txt'])); print(*(set({rare}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@given(st.binary(max_size=300), st.sampled_from(["x", "x.txt", "x.csv", "x.json", "x.jsonl", "x.tsv", "x.gz"]))
@example(b"PK\x03\x04" + bytes(40), "x")
@example(b"PAR1" + bytes(40) + b"PAR1", "x")
@example(b"ARROW1\0\0" + bytes(40) + b"ARROW1", "x")
@example(b"WARC/1.0\r\n\r\n", "x")
@example(b"\x1f\x8b\x08" + bytes(40), "x")
@example(b"\x28\xb5\x2f\xfd" + bytes(40), "x")
@example(b"BZh91AY&SY" + bytes(40), "x")
@example(b"\xfd7zXZ\0" + bytes(40), "x")
@example(b"[{" * 20000, "x")
def test_reading_any_bytes_never_raises(data: bytes, name: str) -> None:
    own = Source("x", name, lambda: io.BytesIO(data))
    items = list(read(["http://x"], fetch=lambda _: iter((own,))))
    assert items
    for item in items:
        assert isinstance(item, (Document, InputFailure))
        if isinstance(item, InputFailure):
            assert "\n" not in str(item)
            assert item.message.endswith(".")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_permission_denied(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / name
    path.write_text(TEXT)
    refusing(path, monkeypatch, PermissionError(13, "Permission denied", str(path)))
    assert "permission denied" in only_failure(path).message


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(os, "scandir", refuse)
    assert "permission denied" in only_failure(tmp_path).message


def test_another_error_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    refusing(path, monkeypatch, OSError(5, "Input/output error", str(path)))
    assert "Input/output error" in only_failure(path).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    assert "neither a file nor a folder" in only_failure(path).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "neither a file nor a folder" in next(iter(read([tmp_path]))).message  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000])
def test_what_is_no_path(path: str) -> None:
    (item,) = read([path])
    assert isinstance(item, InputFailure)


@pytest.mark.skipif(sys.platform != "linux", reason="only here a name may be any bytes")
def test_a_name_that_is_no_text_does_not_reach_the_book(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\xff\nb.txt")
    path.write_text(TEXT)
    (document,) = read([tmp_path])
    assert isinstance(document, Document)
    assert document.name == "a\ufffd\ufffdb"
    assert "\n" not in document.origin
