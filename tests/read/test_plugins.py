"""Readers of other packages, as installed packages bring them."""

from pathlib import Path

import pytest

from rejoinder.errors import UsageError
from rejoinder.read import read
from rejoinder.records import Document

MODULE = """
from rejoinder.read import Format
from rejoinder.records import Document

def fits(head, source):
    return head.startswith(b"LOTUS")

def give(source, settings):
    yield Document("from " + source.name, dated_by=None)

FORMAT = Format("lotus", "Lotus note", fits, give)
FORMATS = [FORMAT, Format("none", "nothing", lambda head, source: False, give)]
WRONG = 3
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where packages are installed, with one whose entry point is still to be written."""
    folder = tmp_path / "site"
    (folder / "lotus_reader-1.0.dist-info").mkdir(parents=True)
    (folder / "lotus_reader-1.0.dist-info" / "METADATA").write_text("Name: lotus-reader\nVersion: 1.0\n")
    (folder / "lotus_reader_of_tests.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(folder))
    return folder


def point(folder: Path, value: str) -> None:
    text = f"[rejoinder.readers]\nlotus = {value}\n"
    (folder / "lotus_reader-1.0.dist-info" / "entry_points.txt").write_text(text)


@pytest.mark.parametrize("name", ["FORMAT", "FORMATS"])
def test_a_package_brings_a_reader(installed: Path, tmp_path: Path, name: str) -> None:
    point(installed, f"lotus_reader_of_tests:{name}")
    (tmp_path / "a.txt").write_text("LOTUS 1-2-3")
    assert list(read([tmp_path / "a.txt"])) == [Document("from a.txt", "a", origin=str(tmp_path / "a.txt"))]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("no_such_module_at_all:FORMAT", "cannot be loaded (ModuleNotFoundError"),
        ("lotus_reader_of_tests:MISSING", "cannot be loaded (AttributeError"),
        ("lotus_reader_of_tests:WRONG", "gives no rejoinder.read.Format but a int"),
    ],
)
def test_a_broken_package_is_named(installed: Path, value: str, said: str) -> None:
    point(installed, value)
    with pytest.raises(UsageError) as caught:
        read([])
    assert "the reader 'lotus' of the package lotus-reader" in str(caught.value)
    assert said in str(caught.value)
