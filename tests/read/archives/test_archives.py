"""Files packed alone and together; traps for those who unpack."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.read import dispatch
from rejoinder.records import Document
from tests.read.helpers import TEXT, documents, failure, items, short

PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.compress,
}
DATA = TEXT.encode()


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return file.getvalue()


@pytest.mark.parametrize("suffix", PACKERS)
def test_one_file_packed(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(PACKERS[suffix](DATA))
    (document,) = documents(path)
    assert (document.text, document.name, document.origin) == (TEXT, "a", str(path))
    path.write_bytes(PACKERS[suffix](DATA[:9]) + PACKERS[suffix](DATA[9:]))  # two streams are one file
    assert short(path) == [TEXT]
    path.write_bytes(PACKERS[suffix](DATA * 50)[:-9])
    assert "are damaged" in failure(path)


MEMBERS = {
    "../../etc/a.txt": DATA,
    "korea/b.csv": b"id,text\nx,one\ny,two,three\n",
    "c.jsonl": b'{"text": "three"}',
    "photo.png": b"\x89PNG",
    "style.css": b"p {}",
    "__MACOSX/._a.txt": b"x",
    ".hidden": b"x",
    "x.dat": bytes(range(256)),
    "empty/": b"",
}


@pytest.mark.parametrize("suffix", ["", *PACKERS, ".zip"])
def test_archives_of_many_files(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    files = {name: data for name, data in MEMBERS.items() if not name.endswith("/")}
    path.write_bytes(zipped(MEMBERS) if suffix == ".zip" else PACKERS.get(suffix, bytes)(tarred(files)))
    assert short(path) == [TEXT, "one", "!, korea/b.csv, row 3", "three", "!, x.dat"]
    first = next(item for item in items(path) if isinstance(item, Document))
    assert (first.origin, first.name) == (f"{path}, ../../etc/a.txt", "a")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", ["", ".gz", ".zip"])
def test_damaged_archives(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    members = {"a.txt": DATA, "b.txt": DATA * 100}
    whole = zipped(members) if suffix == ".zip" else PACKERS.get(suffix, bytes)(tarred(members))
    path.write_bytes(whole[: len(whole) // 2])
    assert any("is damaged" in str(item) for item in items(path))


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": DATA, "b.txt": DATA}, zipfile.ZIP_STORED))
    data[40] ^= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert short(tmp_path / "a.zip") == ["!, a.txt", TEXT]


def test_encrypted_archives(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": DATA, "b.txt": DATA}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = data.find(mark) + (6 if mark == b"PK\x03\x04" else 8)
        data[place] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    first, second = items(tmp_path / "a.zip")
    assert "1 of its 2 files are encrypted" in str(first)
    assert second.origin.endswith("b.txt")


def test_an_archive_without_texts(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"photo.png": b"\x89PNG"}))
    assert "holds nothing that can be read" in failure(tmp_path / "a.zip")


@pytest.mark.parametrize(
    ("name", "member", "said"),
    [
        ("a.xlsx", "[Content_Types].xml", "an Excel workbook. Save the sheet as CSV"),
        ("a.odt", "mimetype", "OpenDocument"),
    ],
)
def test_office_documents_are_no_archives(tmp_path: Path, name: str, member: str, said: str) -> None:
    (tmp_path / name).write_bytes(zipped({member: b"application/x", "a.txt": DATA}, zipfile.ZIP_STORED))
    assert said in failure(tmp_path / name)


def test_archives_in_archives_have_an_end(tmp_path: Path) -> None:
    data = DATA
    for depth in range(1, dispatch.MAX_DEPTH + 2):
        data = zipped({"a": data})
        (tmp_path / "a.zip").write_bytes(data)
        if depth <= dispatch.MAX_DEPTH:
            assert short(tmp_path / "a.zip") == [TEXT]
    assert "more than 5 archives" in failure(tmp_path / "a.zip")


@pytest.mark.parametrize("nested", [False, True])
def test_what_is_made_to_fill_the_disk_is_stopped(
    tmp_path: Path, nested: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "FREE_ROOM", 100_000)
    bomb = bytes(80_000) if nested else bytes(50_000_000)
    inner = {f"{number}.bin": bomb for number in range(3)}
    members = {"a.txt": DATA, "b.zip": zipped(inner)} if nested else {"a.txt": DATA, "b.bin": bomb}
    (tmp_path / "a.zip").write_bytes(zipped(members))
    monkeypatch.setattr(dispatch, "MAX_RATIO", 2)
    found = items(tmp_path / "a.zip")
    assert getattr(found[0], "text", "") == TEXT
    assert "fill the disk" in str(found[-1])
    (tmp_path / "b.gz").write_bytes(gzip.compress(bytes(50_000_000)))
    assert "fill the disk" in failure(tmp_path / "b.gz")


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}\.txt", fullmatch=True), st.text(min_size=1), min_size=1, max_size=4))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]) -> None:
    path = tmp_path_factory.getbasetemp() / "round"
    members = {name: f"Seoul said: {text}".encode("utf-8", "replace") for name, text in texts.items()}
    members = {name: data for name, data in members.items() if b"\0" not in data}
    for data in (zipped(members), tarred(members), gzip.compress(tarred(members))):
        path.write_bytes(data)
        if members:
            assert {item.origin.rpartition(", ")[2]: item.text.encode() for item in documents(path)} == members
