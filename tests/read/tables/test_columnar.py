"""Parquet and Arrow tables."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.records import Document
from tests.read.helpers import documents, failure, items, short


@pytest.fixture(params=["parquet", "arrow"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def write(path: Path, table: pa.Table, form: str) -> None:
    if form == "parquet":
        parquet.write_table(table, path)
    else:
        feather.write_feather(table, str(path))


def test_types_of_columns(tmp_path: Path, form: str) -> None:
    late = dt.datetime(2016, 5, 13, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    columns = {
        "Body": pa.array(["a", None, "c"]).dictionary_encode(),
        "date": pa.array([late, None, late], pa.timestamp("ns", "Asia/Seoul")),
        "id": pa.array([1, 2, 3], pa.int32()),
        "authors": pa.array([["A", "B"], [], None]),
        "title": pa.array([None, None, None], pa.null()),
        "source": pa.array([1.5, 2.5, 3.5]),
        "unread": pa.array([b"x", b"y", b"z"]),
    }
    path = tmp_path / "table"
    write(path, pa.table(columns), form)
    first, second, third = items(path)
    assert (
        str(second)
        == f"{path}, row 2: it has no text in the column 'Body'. Put the article there, or take the row out."
    )
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert (first.name, first.published, first.author, first.outlet, first.origin) == (
        *("1", dt.date(2016, 5, 13), "A, B", None),
        f"{path}, row 1",
    )
    assert first.dated_by == "the column 'date'"


@pytest.mark.parametrize(
    ("columns", "mapping", "said"),
    [
        ({"a": ["x"]}, {}, "no column is called 'text'"),
        ({"text": ["x"]}, {"text": "body"}, "no column 'body' for text. The columns are: 'text'."),
        ({"text": [1]}, {}, "holds int64, which is no text"),
        ({"body": [1]}, {}, "holds no text"),
        ({"text": ["x"], "published": [1.5]}, {}, "which is no published"),
        ({"text": pa.array([], pa.string())}, {}, "no rows"),
    ],
)
def test_what_gives_no_document(
    tmp_path: Path, form: str, columns: dict[str, object], mapping: dict[str, str], said: str
) -> None:
    write(tmp_path / "table", pa.table(columns), form)
    assert said in failure(tmp_path / "table", mapping)


def test_broken_tables(tmp_path: Path, form: str) -> None:
    path = tmp_path / "table"
    write(path, pa.table({"text": ["a"]}), form)
    path.write_bytes(path.read_bytes()[:-9])
    assert "is damaged" in failure(path)


def test_old_feather_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"FEA1" + bytes(20))
    assert "first version" in failure(tmp_path / "a")


def test_many_rows_come_batch_by_batch(tmp_path: Path, form: str) -> None:
    texts = [f"text {number}" for number in range(1000)]
    write(tmp_path / "table", pa.table({"text": texts}), form)
    assert short(tmp_path / "table") == texts


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(str.strip)


@settings(deadline=None)
@given(
    st.lists(st.tuples(WORDS, st.none() | st.dates()), min_size=1, max_size=5), st.sampled_from(["parquet", "arrow"])
)
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, dt.date | None]], form: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "round"
    days = pa.array([day for _, day in rows], pa.date32())
    write(path, pa.table({"text": [text for text, _ in rows], "published": days}), form)
    assert [(item.text, item.published) for item in documents(path)] == rows


@settings(deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=3), st.sampled_from(["parquet", "arrow"]))
def test_damage_never_raises(tmp_path_factory: pytest.TempPathFactory, at: int, damage: bytes, form: str) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged"
    write(path, pa.table({"text": ["Seoul refused."] * 3}), form)
    data = bytearray(path.read_bytes())
    at %= len(data)
    data[at : at + len(damage)] = damage
    path.write_bytes(data)
    assert items(path)
