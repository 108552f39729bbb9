"""Rows of one bucket are read alone, as they were written."""

import io

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.spread.scattered import read_scattered, write_scattered

SCHEMA = pa.schema([("bucket", pa.int64()), ("word", pa.string())])


@given(rows=st.lists(st.tuples(st.integers(0, 5), st.text("ab", max_size=3)), max_size=30))
def test_each_bucket_has_its_rows_in_their_order(rows: list[tuple[int, str]]) -> None:
    file = io.BytesIO()
    write_scattered(pa.Table.from_pylist([{"bucket": at, "word": word} for at, word in rows], schema=SCHEMA), file)
    for bucket in range(7):
        found = read_scattered(file, bucket)
        told = [] if found is None else found.column("word").to_pylist()
        assert told == [word for at, word in rows if at == bucket]


def test_an_index_longer_than_the_tail_is_read_in_full() -> None:
    file = io.BytesIO()
    write_scattered(pa.table({"bucket": range(10_000), "word": ["x"] * 10_000}, schema=SCHEMA), file)
    found = read_scattered(file, 9_999)
    assert found is not None
    assert found.to_pylist() == [{"bucket": 9_999, "word": "x"}]
