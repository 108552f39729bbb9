"""Frames of every kind in, the acts as the same kind out."""

import datetime as dt
import warnings
from collections.abc import Callable, Iterator

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import rejoinder as rj
from rejoinder.book.table import COLUMNS
from rejoinder.errors import UsageError

OFFER = "North Korea offered South Korea military talks on Friday."
REFUSAL = "Seoul rebuffed the North's offer of talks on Friday."
DAY = dt.date(2016, 5, 20)
FRAME = pl.DataFrame(
    {
        "n": [11, 12, 13],
        "body": [OFFER, REFUSAL, OFFER],
        "date": [DAY, DAY, None],
        "paper": ["AFP", "Yonhap", None],
        "rest": [1.0, 2.0, 3.0],
    }
)


class Handed:
    """Something that hands out Arrow, as a DuckDB relation does."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return FRAME.to_arrow().__arrow_c_stream__(requested_schema)


def reader() -> pa.RecordBatchReader:
    table = FRAME.to_arrow()
    return pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=2))


def as_polars(frame: object) -> pl.DataFrame:
    """Any frame, to be compared."""
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if isinstance(frame, pd.DataFrame):
        return pl.from_pandas(frame).with_columns(pl.col(pl.Datetime).cast(pl.Date))
    if isinstance(frame, pa.RecordBatchReader):
        frame = frame.read_all()
    found = frame if isinstance(frame, pl.DataFrame) else pl.from_arrow(frame)
    assert isinstance(found, pl.DataFrame)
    return found


KINDS: dict[str, tuple[Callable[[], object], type]] = {
    "polars": (lambda: FRAME, pl.DataFrame),
    "lazy": (FRAME.lazy, pl.LazyFrame),
    "pandas": (FRAME.to_pandas, pd.DataFrame),
    "arrow table": (FRAME.to_arrow, pa.Table),
    "reader": (reader, pa.RecordBatchReader),
    "record batch": (lambda: FRAME.to_arrow().combine_chunks().to_batches()[0], pa.Table),
    "anything with a stream": (Handed, pa.Table),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("batch", [1, 1000])
def test_every_kind_of_frame_gives_its_own_kind_and_the_same_acts(kind: str, batch: int) -> None:
    make, expected = KINDS[kind]
    found = rj.frames.code(make(), id="n", outlet="paper", batch=batch)
    assert type(found) is expected
    acts = as_polars(found)
    one_by_one = [
        act.id
        for text, day in zip(FRAME["body"], FRAME["date"], strict=True)
        for act in rj.code(text, published=day).acts
    ]
    assert acts["act_id"].to_list() == one_by_one
    assert tuple(acts.columns) == COLUMNS
    assert acts["document"].unique(maintain_order=True).to_list() == [11, 12, 13]
    joined = FRAME.join(acts, left_on="n", right_on="document", how="inner")
    assert joined.height == acts.height > 3


def test_columns_and_types_are_those_of_the_table_of_a_book(tmp_path: object) -> None:
    acts = rj.frames.code(FRAME.to_arrow())
    with rj.open(f"{tmp_path}/book.db") as book:
        expected = book.acts().to_arrow().schema
    assert acts.schema.names == expected.names
    differing = [name for name in expected.names if acts.schema.field(name) != expected.field(name)]
    assert differing == ["document"]
    assert acts.schema.field("document").type == pa.int64()


def test_the_same_text_twice_keeps_the_day_and_name_of_each_row() -> None:
    frame = FRAME.filter(pl.col("n") != 12)
    acts = rj.frames.code(frame, id="n", outlet="paper")
    told = acts.select("document", "event_date", "outlet").unique().sort("document")
    assert told.rows() == [(11, DAY, "AFP"), (13, None, None)]


def test_without_an_id_documents_are_row_numbers_across_batches() -> None:
    acts = rj.frames.code(FRAME, batch=2)
    assert acts["document"].unique(maintain_order=True).to_list() == [0, 1, 2]
    assert acts.schema["document"] == pl.Int64


def test_an_id_of_text_stays_text_and_acts_say_what_they_answer() -> None:
    text = "North Korea offered talks to South Korea on Monday. Seoul rejected the offer of talks on Tuesday."
    acts = rj.frames.code(pl.DataFrame({"body": [text], "key": ["a-1"]}), published=None, id="key")
    assert set(acts["document"]) == {"a-1"}
    answer = acts.filter(pl.col("kind") == "REJECT")["answers"][0]
    assert answer is None or answer.startswith("rejects ")


DATES: dict[str, pa.Array] = {
    "date32": pa.array([DAY], pa.date32()),
    "date64": pa.array([DAY], pa.date64()),
    "text": pa.array(["2016-05-20"]),
    "text with time": pa.array(["2016-05-20T23:30:00+09:00"]),
    "large text": pa.array(["2016-05-20"], pa.large_string()),
    "dictionary": pa.array(["2016-05-20"]).dictionary_encode(),
    "number": pa.array([20160520]),
    "naive": pa.array([dt.datetime(2016, 5, 20, 23, 30)], pa.timestamp("ns")),  # noqa: DTZ001 (what is tested)
    # 23:30 in Seoul is 14:30 in London: the day is the one of the column's own zone
    "zone": pa.array([dt.datetime(2016, 5, 19, 16, 30, tzinfo=dt.UTC)], pa.timestamp("us", "Asia/Seoul")),
    "nanoseconds": pa.array([1463750000123456789], pa.timestamp("ns")),
}


@pytest.mark.parametrize("kind", sorted(DATES))
def test_days_are_read_from_every_type(kind: str) -> None:
    table = pa.table({"body": pa.array([REFUSAL]), "date": DATES[kind]})
    acts = rj.frames.code(table)
    assert set(acts["event_date"].to_pylist()) == {DAY}
    assert set(acts["published"].to_pylist()) == {DAY}


@pytest.mark.parametrize("date", [None, "", "  "])
def test_a_null_or_blank_date_leaves_days_open(date: str | None) -> None:
    acts = rj.frames.code(pl.DataFrame({"body": [REFUSAL], "date": [date]}, schema_overrides={"date": pl.String}))
    assert acts["event_date"].to_list() == [None] * acts.height


def test_rows_without_a_document_are_counted_and_the_rest_is_coded() -> None:
    texts = [None, OFFER, OFFER, "Le Nord a proposé au Sud des pourparlers militaires, que celui-ci a refusés hier."]
    frame = pl.DataFrame({"body": texts, "date": ["2016-05-20", "20 May", "2016-05-20", "2016-05-20"]})
    with pytest.warns(UserWarning, match="3 of 4 rows were not coded") as told:
        acts = rj.frames.code(frame)
    assert set(acts["document"]) == {2}
    message = str(told[0].message)
    assert "no text 1" in message
    assert "bad date 1" in message
    assert "NOT_ENGLISH 1" in message
    assert "First: row 0" in message


def test_nothing_in_gives_nothing_out_with_the_same_columns() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for empty in (FRAME.clear(), FRAME.clear().lazy(), FRAME.clear().to_arrow(), FRAME.clear().to_pandas()):
            acts = as_polars(rj.frames.code(empty, id="n"))
            assert acts.height == 0
            assert tuple(acts.columns) == COLUMNS


@pytest.mark.parametrize("frame", [FRAME, FRAME.lazy(), FRAME.to_pandas(), FRAME.to_arrow()])
def test_a_missing_column_is_named_with_those_there_are(frame: object) -> None:
    with pytest.raises(UsageError, match=r"no column 'story'.*n, body, date, paper, rest"):
        rj.frames.code(frame, text="story")


def test_slips_of_the_caller_are_told() -> None:
    with pytest.raises(UsageError, match="'n' holds int64"):
        rj.frames.code(FRAME, text="n")
    with pytest.raises(UsageError, match="'rest' holds double"):
        rj.frames.code(FRAME, published="rest")
    with pytest.raises(UsageError, match="list is no table"):
        rj.frames.code([OFFER])
    with pytest.raises(UsageError, match="0 rows at a time"):
        rj.frames.code(FRAME, batch=0)
    with pytest.raises(UsageError, match="no score"):
        rj.frames.code(FRAME, min_score=7)
    with pytest.raises(UsageError, match="mix types"):
        rj.frames.code(pd.DataFrame({"body": [OFFER, OFFER], "date": ["2016-05-20", DAY]}))
    with pytest.raises(UsageError, match="several columns 'body'"):
        rj.frames.code(pa.table([[OFFER], [OFFER]], names=["body", "body"]), published=None)


def test_a_reader_is_coded_as_it_is_read() -> None:
    pulled: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for number in range(3):
            pulled.append(number)
            yield pa.record_batch({"body": [OFFER]})

    schema = pa.schema([("body", pa.string())])
    acts = rj.frames.code(pa.RecordBatchReader.from_batches(schema, batches()), published=None)
    assert pulled == []
    first = acts.read_next_batch()
    assert first.num_rows >= 1
    assert pulled == [0]


def test_input_without_an_end_is_coded_batch_by_batch() -> None:
    def endless() -> Iterator[pa.RecordBatch]:
        while True:
            yield pa.record_batch({"body": [OFFER, "Nothing was said."]})

    found = rj.frames.batches(endless(), published=None)
    told = [next(found) for _ in range(3)]
    assert [set(batch["document"].to_pylist()) for batch in told] == [{0}, {2}, {4}]
    assert list(rj.frames.batches(iter(()), published=None)) == []
    (whole,) = rj.frames.batches(FRAME, id="n")
    assert set(whole["document"].to_pylist()) == {11, 12, 13}
    with pytest.raises(UsageError, match="no column 'story'"):
        rj.frames.batches(endless(), text="story")
