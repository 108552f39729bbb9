"""A run in pieces leaves behind what a book finds."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

pytest.importorskip("fsspec", reason="dask, which brings fsspec, is not installed")

from rejoinder.errors import UnknownPipeline, UsageError
from rejoinder.read import read
from rejoinder.read.source import Settings as Columns
from rejoinder.spread import SUCCESS, Settings, coding, here, spread
from rejoinder.spread.job import WORK, Done, Each, Job
from rejoinder.spread.pieces import Piece, cut, rows_of
from tests.spread.made import by_a_book, documents, records, rows, write_files

T = TypeVar("T")
TABLES = ("acts", "links", "merges", "problems")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    found = by_a_book(tmp_path_factory.mktemp("book") / "book.db", documents())
    assert len(found["merges"]) > 3
    assert len(found["links"]) > 20
    return found


@pytest.mark.parametrize(("files", "buckets"), [(1, 1), (3, 4), (7, 11)])
def test_whatever_the_number_of_files_and_buckets_it_is_what_a_book_finds(
    files: int, buckets: int, expected: dict[str, list[str]], tmp_path: Path
) -> None:
    write_files(tmp_path / "in", documents(), files)
    told = spread([str(tmp_path / "in")], str(tmp_path / "out"), here, Settings(rows=20, buckets=buckets))
    assert {table: records(tmp_path / "out", table) for table in TABLES} == expected
    distinct = {one.id for one in documents()}
    assert sum(told.counts["documents"].values()) == len(documents())
    assert told.counts["documents"]["unchanged"] == len(documents()) - len(distinct)
    assert {row["doc_id"] for row in rows(tmp_path / "out", "documents")} == distinct
    assert len(rows(tmp_path / "out", "sources")) == len(documents())
    assert sum(told.acts.values()) == len(
        {row["act_id"] for row in rows(tmp_path / "out", "acts") if row["same_as"] is None}
        - {row["report"] for row in rows(tmp_path / "out", "merges")}
    )
    note = json.loads((tmp_path / "out" / SUCCESS).read_text())
    assert note["counts"]["acts"] == told.acts
    assert not (tmp_path / "out" / WORK).exists()
    (failure,) = told.failures
    assert "row" in failure
    assert told.counts["documents"]["failed"] == 1


class Lost(Exception):
    """What a machine that goes down raises here."""


def test_a_run_cut_short_goes_on_and_codes_nothing_twice(
    expected: dict[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = str(write_files(tmp_path / "in", documents(), 3))
    coded: list[int] = []

    def until(most: int) -> Each:
        def each(task: Callable[[Job, T], Done], job: Job, over: Sequence[T]) -> Iterator[Done]:
            for one in over:
                if task is coding.code and len(coded) >= most:
                    raise Lost
                yield task(job, one)
                if task is coding.code and isinstance(one, Piece):
                    coded.append(one.number)

        return each

    output = str(tmp_path / "out")
    with pytest.raises(Lost):
        spread([source], output, until(2), Settings(buckets=2))
    assert coded == [0, 1]
    with pytest.raises(UsageError, match="other input or settings"):
        spread([source], output, here, Settings(buckets=2, min_score=0.9))
    monkeypatch.setattr(coding, "_code", _only_piece(2, coding._code))
    spread([source], output, here, Settings(buckets=2))
    assert {table: records(tmp_path / "out", table) for table in TABLES} == expected
    with pytest.raises(UsageError, match="finished run"):
        spread([source], output, here)


def _only_piece(number: int, work: Callable[[Job, Piece], Done]) -> Callable[[Job, Piece], Done]:
    def checked(job: Job, piece: Piece) -> Done:
        assert piece.number == number, "what was coded before is coded again"
        return work(job, piece)

    return checked


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "broken.parquet").write_bytes(b"PAR1 no more")
    pq.write_table(pa.table({"story": ["x"]}), folder / "other.parquet")
    rows_in = {"text": ["North Korea offered talks.", None, "x"], "published": ["20/5/2016", None, "2016-05-20"]}
    pq.write_table(pa.table(rows_in), folder / "b.parquet")
    told = spread([str(folder)], str(tmp_path / "out"), here)
    assert sorted(Path(failure.origin).name for failure in told.unreadable) == ["broken.parquet", "other.parquet"]
    first, second = sorted(told.failures)
    assert "b.parquet, row 1: 'published': '20/5/2016' is no date" in first
    assert "b.parquet, row 2: it has no text" in second
    assert len(rows(tmp_path / "out", "unreadable")) == 2
    assert rows(tmp_path / "out", "acts") == []


def test_rows_are_what_one_machine_reads_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "news.parquet"
    columns = {"story": ["One.", "Two.", "Three."], "Headline": ["A", None, "C"], "date": ["13 May 2016", None, ""]}
    pq.write_table(pa.table(columns), file, row_group_size=2)
    mapping = {"text": "story"}
    pieces, failures = cut([str(file)], mapping, rows=1)
    assert failures == ()
    assert [row.item for piece in pieces for row in rows_of(piece, mapping)] == list(
        read([file], settings=Columns(mapping))
    )


def test_a_day_for_those_that_do_not_say_theirs(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"text": ["Seoul rebuffed the North's offer of talks on Friday."]}), tmp_path / "in.parquet"
    )
    spread([str(tmp_path / "*.parquet")], str(tmp_path / "out"), here, Settings(published=dt.date(2016, 5, 20)))
    assert {row["event_date"] for row in rows(tmp_path / "out", "acts")} == {dt.date(2016, 5, 20)}
    assert {row["published"] for row in rows(tmp_path / "out", "sources")} == {dt.date(2016, 5, 20)}


def test_a_pipeline_that_is_not_installed_begins_nothing(tmp_path: Path) -> None:
    write_files(tmp_path / "in", documents(), 1)
    with pytest.raises(UnknownPipeline):
        spread([str(tmp_path / "in")], str(tmp_path / "out"), here, Settings(pipeline="nosuch"))
    assert not (tmp_path / "out").exists()


def test_urls_that_name_nothing_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no \.parquet files"):
        spread([str(tmp_path / "nowhere")], str(tmp_path / "out"), here)
    with pytest.raises(UsageError, match="no URL that can be read"):
        spread(["nosuch://bucket/a.parquet"], str(tmp_path / "out"), here)


@pytest.mark.skipif(find_spec("s3fs") is not None, reason="s3fs is installed")
def test_an_object_store_whose_package_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="s3fs"):
        spread(["s3://bucket/a.parquet"], str(tmp_path / "out"), here)
