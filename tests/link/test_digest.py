"""What tells one linker's rules from another's."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from rejoinder.link import linker, load_linker, rules_digest


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the linker's data files, which it reads instead."""
    with_data = Path(str(files("rejoinder.link"))) / "data"
    shutil.copytree(with_data, tmp_path / "data")
    monkeypatch.setattr(linker, "files", lambda _package: tmp_path)
    return tmp_path / "data"


def test_the_linker_has_the_digest_of_its_rules() -> None:
    assert load_linker().digest == rules_digest()
    assert len(rules_digest()) == 64


@pytest.mark.parametrize("name", ["across.yaml", "replies.yaml", "reports.yaml", "words.yaml"])
def test_any_point_changes_it(data: Path, name: str) -> None:
    before = rules_digest()
    (data / name).write_bytes((data / name).read_bytes() + b" ")
    assert rules_digest() != before


def test_nothing_moves_from_file_to_file_unseen(data: Path) -> None:
    for name in ("1.yaml", "2.yaml"):
        (data / name).write_bytes(b"a: 1\n")
    before = rules_digest()
    (data / "1.yaml").write_bytes(b"a: 1\n2.yamla: 1\n")
    (data / "2.yaml").unlink()
    assert rules_digest() != before


def test_other_files_and_other_code_do_and_do_not(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rules_digest()
    (data / "words.yaml~").write_text("left by an editor", "utf-8")
    assert rules_digest() == before
    monkeypatch.setattr(linker, "_VERSION", "another")
    assert rules_digest() != before
