"""Files and folders in, documents or one clear line out."""

import datetime as dt
import os
from pathlib import Path

import pytest

from rejoinder.read import InputFailure, read
from rejoinder.records import Document

TEXT = "Seoul turned the offer down on Friday.\n"


def only_failure(path: Path) -> InputFailure:
    (item,) = read([path])
    assert isinstance(item, InputFailure)
    assert "\n" not in str(item)
    assert str(item).startswith(str(path))
    assert item.message.endswith(".")
    return item


def names(paths: list[Path]) -> list[str]:
    return [item.name if isinstance(item, Document) else "!" + item.origin for item in read(paths)]


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.txt", "a/c.TXT", "a/b/y.txt"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n')
    (tmp_path / "notes.pdf").write_text("not read in a folder")
    (tmp_path / ".hidden.txt").write_text(TEXT)
    assert names([tmp_path]) == ["y", "c", "z", "a:1", "b"]


def test_paths_keep_their_order_and_failures_their_place(tmp_path: Path) -> None:
    for name in ["one.txt", "two.txt"]:
        (tmp_path / name).write_text(TEXT)
    gone = tmp_path / "gone.txt"
    assert names([tmp_path / "two.txt", gone, tmp_path / "one.txt"]) == ["two", f"!{gone}", "one"]


def test_the_given_day_fills_only_gaps(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(f"---\npublished: 2016-05-13\n---\n{TEXT}")
    days = [item.published for item in read([tmp_path], dt.date(2020, 1, 1)) if isinstance(item, Document)]
    assert days == [dt.date(2020, 1, 1), dt.date(2016, 5, 13)]


def test_a_missing_path(tmp_path: Path) -> None:
    assert "no such file" in only_failure(tmp_path / "gone.txt").message


@pytest.mark.parametrize("inside", [[], ["notes.pdf"]])
def test_a_folder_without_readable_files(tmp_path: Path, inside: list[str]) -> None:
    for name in inside:
        (tmp_path / name).write_text(TEXT)
    assert ".txt (plain text) and .jsonl" in only_failure(tmp_path).message


@pytest.mark.parametrize(("name", "said"), [("notes.pdf", ".pdf files"), ("notes", "files without a suffix")])
def test_another_suffix(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / name).write_text(TEXT)
    message = only_failure(tmp_path / name).message
    assert said in message
    assert ".txt (plain text) and .jsonl" in message


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_permission_denied(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / name
    path.write_text(TEXT)

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    assert "permission denied" in only_failure(path).message


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(os, "scandir", refuse)
    assert "permission denied" in only_failure(tmp_path).message


def test_another_error_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(5, "Input/output error", str(path))

    monkeypatch.setattr(Path, "open", fail)
    assert "Input/output error" in only_failure(path).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    assert "neither a file nor a folder" in only_failure(path).message
