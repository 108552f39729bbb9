"""Model files that are broken, or of another kind, are refused by name, with the remedy; nothing pickled is loaded."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.acts.linear import read_model
from rejoinder.acts.net import read_net
from rejoinder.errors import DataError

Reader = Callable[[Path], object]
MODELS = Path(__file__).parents[2] / "src/rejoinder/acts/data/models"
READERS: dict[str, Reader] = {"realis": read_model, "net": read_net}
"""A shipped file of each kind, and what reads it."""
REFUSED = r"broken\.npz .*scripts/train"


@pytest.fixture(params=READERS)
def kind(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.mark.parametrize("rubbish", [b"", b"not a model", b"PK\x03\x04 cut short", b"\x93NUMPY"])
def test_rubbish(kind: str, tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / "broken.npz").write_bytes(rubbish)
    with pytest.raises(DataError, match=REFUSED):
        READERS[kind](tmp_path / "broken.npz")


def test_a_missing_file(kind: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=REFUSED):
        READERS[kind](tmp_path / "broken.npz")


def test_a_lone_array(kind: str, tmp_path: Path) -> None:
    with (tmp_path / "broken.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(DataError, match=REFUSED):
        READERS[kind](tmp_path / "broken.npz")


@settings(max_examples=20, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_cut_file(tmp_path_factory: pytest.TempPathFactory, share: float) -> None:
    path = tmp_path_factory.mktemp("cut") / "broken.npz"
    for name, read in READERS.items():
        whole = (MODELS / f"{name}.npz").read_bytes()
        path.write_bytes(whole[: int(share * len(whole))])
        with pytest.raises(DataError, match=REFUSED):
            read(path)


@pytest.mark.parametrize("other", READERS)
def test_a_model_of_another_kind(kind: str, other: str, tmp_path: Path) -> None:
    if other == kind:
        assert READERS[kind](MODELS / f"{kind}.npz") is not None
        return
    (tmp_path / "broken.npz").write_bytes((MODELS / f"{other}.npz").read_bytes())
    with pytest.raises(DataError, match=REFUSED):
        READERS[kind](tmp_path / "broken.npz")


def test_a_pickled_object_is_not_loaded(kind: str, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    np.save(buffer, np.array([dt.date(2016, 5, 20)], dtype=object), allow_pickle=True)
    with zipfile.ZipFile(MODELS / f"{kind}.npz") as whole, zipfile.ZipFile(tmp_path / "broken.npz", "w") as made:
        for name in whole.namelist():
            made.writestr(name, buffer.getvalue())
    with pytest.raises(DataError, match=REFUSED):
        READERS[kind](tmp_path / "broken.npz")
