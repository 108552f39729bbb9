"""Acts as rows, frames and tables."""

import datetime as dt
import sys
from dataclasses import replace

import pyarrow as pa
import pytest

from rejoinder.book.table import COLUMNS, Acts, time_precision
from rejoinder.errors import UsageError
from rejoinder.records import When
from tests.makers import FakePipeline, document

DOC = document("Washington and Seoul offered Pyongyang talks by letter. Pyongyang rejected it.", "a", outlet="Daily")


@pytest.fixture
def acts() -> Acts:
    return Acts.of([FakePipeline().code(DOC)])


def test_a_row_holds_what_is_known(acts: Acts) -> None:
    offer, reject = acts.to_dicts()
    assert list(offer) == list(COLUMNS)
    expected = {
        "act_id": acts[0].id,
        "doc_id": DOC.id,
        "document": "a",
        "outlet": "Daily",
        "event_date": dt.date(2016, 5, 20),
        "time_precision": 1,
        "kind": "OFFER",
        "quad_class": 1,
        "actor": "Washington and Seoul",
        "actor_state": "USA",
        "actor_states": "USA; KOR",
        "target_state": "PRK",
        "channel": "letter",
        "issue": "talks",
        "answers": None,
        "answered_by": f"rejects {acts[1].id}",
        "reports": 1,
        "outlets": 1,
        "start": 0,
        "quote": DOC.text.split(".")[0],
    }
    assert {name: offer[name] for name in expected} == expected
    assert (reject["quad_class"], reject["target"], reject["target_state"]) == (3, None, None)
    assert reject["answers"] == f"rejects {acts[0].id}"


def test_an_arrow_table_is_typed(acts: Acts) -> None:
    table = acts.to_arrow()
    assert table.column_names == list(COLUMNS)
    assert table.schema.field("event_date").type == pa.date32()
    assert table.schema.field("background").type == pa.bool_()
    assert table.to_pylist() == acts.to_dicts()
    assert Acts(()).to_arrow().schema == table.schema


def test_polars_where_it_is_installed(acts: Acts) -> None:
    pytest.importorskip("polars", reason="polars is no dependency")
    assert acts.to_polars().to_dicts() == acts.to_dicts()


def test_without_polars_it_says_what_to_do(acts: Acts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(UsageError, match=r"polars is not installed\. Install it"):
        acts.to_polars()


def test_acts_are_a_sequence(acts: Acts) -> None:
    assert [act.kind for act in acts] == ["OFFER", "REJECT"]
    assert acts[1:].to_dicts() == acts.to_dicts()[1:]
    assert acts[0] in acts
    assert len({acts, acts[:]}) == 1
    assert acts != acts[:1]


@pytest.mark.parametrize(
    ("first", "last", "precision"),
    [(20, 20, 1), (19, 20, 2), (14, 20, 2), (13, 20, 3), (None, 20, None), (20, None, None)],
)
def test_time_precision(first: int | None, last: int | None, precision: int | None) -> None:
    earliest, latest = (None if day is None else dt.date(2016, 5, day) for day in (first, last))
    assert time_precision(When(earliest, latest)) == precision


def test_unknown_codes_have_no_quad_class(acts: Acts) -> None:
    assert Acts([replace(acts[0], kind="SHRUG")]).to_dicts()[0]["quad_class"] is None


def test_the_day_on_which_an_answer_is_due_stands_in_a_column(acts: Acts) -> None:
    due = dt.date(2016, 5, 24)
    first, second = Acts([replace(acts[0], due=due), acts[1]]).to_dicts()
    assert (first["due"], second["due"]) == (due, None)
