"""What is written can be read, by this program and by others, and is whole or not there."""

import csv
import datetime as dt
import io
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pyarrow.parquet
import pytest

from rejoinder.book.table import COLUMNS, Acts
from rejoinder.draft import Coded
from rejoinder.errors import RejoinderError, UsageError
from rejoinder.export import document_to_json, write_csv, write_jsonl, write_parquet
from rejoinder.measure import read_coded, score
from rejoinder.records import Link, Problem, Span, Voice, When
from tests.makers import FakePipeline, document

TEXT = "Seoul rejected it. Washington and Seoul offered Pyongyang talks by letter on Friday. Seoul rejected it again."
DOC = document(TEXT, "a")


@pytest.fixture
def coded() -> Coded:
    found = FakePipeline().code(DOC)
    offer = next(act for act in found.acts if act.kind == "OFFER")
    friday = TEXT.index("on Friday")
    full = replace(
        offer,
        alt_kind="REQUEST",
        mutual=True,
        when=When(dt.date(2016, 5, 20), None, Span.of(DOC, friday, friday + 9), partial="2016-05-20/.."),
        voice=Voice(channel="letter", via=("KCNA",)),
        conditions=(Span.of(DOC, 0, 5),),
        actor=replace(offer.actor, party="USA.POTUS"),
        score=0.25,
        rule="OFFER/offer.verb",
    )
    acts = tuple(full if act is offer else act for act in reversed(found.acts))
    return replace(found, acts=acts)


class TestJsonl:
    def test_every_field_of_the_codebook(self, coded: Coded) -> None:
        acts = document_to_json(coded)["acts"]
        assert isinstance(acts, list)
        reject, offer, again = acts
        assert offer == {
            "id": "a2",
            "start": 19,
            "end": 83,
            "quote": TEXT[19:83],
            "trigger": "offered",
            "trigger_start": 40,
            "trigger_end": 47,
            "kind": "OFFER",
            "actor": {
                "text": "Washington and Seoul",
                "state": "USA",
                "role": "GOV",
                "also": ["KOR"],
                "party": "USA.POTUS",
                "start": 19,
                "end": 39,
            },
            "target": {"text": "Pyongyang", "state": "PRK", "role": "GOV", "start": 48, "end": 57},
            "realis": "actual",
            "background": False,
            "date": {"text": "on Friday", "earliest": "2016-05-20", "latest": None, "partial": "2016-05-20/.."},
            "channel": "letter",
            "via": ["KCNA"],
            "conditions": ["Seoul"],
            "issue": "talks",
            "answers": [],
            "sure": False,
            "score": 0.25,
            "coder": "fake",
            "rule": "OFFER/offer.verb",
            "mutual": True,
            "alt_kind": "REQUEST",
        }
        assert reject["answers"] == [{"to": "a2", "how": "rejects"}]
        assert (again["same_as"], again["target"]) == ("a1", None)
        assert "same_as" not in reject

    def test_a_side_that_is_only_implied_has_no_place(self, coded: Coded) -> None:
        (offer,) = [act for act in coded.acts if act.trigger.start == 40]
        implied = replace(offer, actor=replace(offer.actor, span=None))
        acts = document_to_json(replace(coded, acts=(implied,), links=()))["acts"]
        assert isinstance(acts, list)
        assert (acts[0]["actor"]["start"], acts[0]["actor"]["end"]) == (None, None)

    def test_ids_follow_the_text_and_quotes_fit(self, coded: Coded) -> None:
        acts = document_to_json(coded)["acts"]
        assert isinstance(acts, list)
        assert [act["id"] for act in acts] == ["a1", "a2", "a3"]
        for act in acts:
            assert TEXT[act["start"] : act["end"]] == act["quote"]
            assert TEXT[act["trigger_start"] : act["trigger_end"]] == act["trigger"]

    def test_a_link_to_another_document_has_no_place(self, coded: Coded) -> None:
        far = replace(coded, links=(Link(coded.acts[0].id, "elsewhere", "rejects", ()),))
        acts = document_to_json(far)["acts"]
        assert isinstance(acts, list)
        assert all(act["answers"] == [] for act in acts)

    def test_problems_are_not_hidden(self, coded: Coded) -> None:
        assert set(document_to_json(coded)) == {"id", "acts"}
        problem = Problem(DOC.id, "parse", "TOO_LONG", "Too long.", Span.of(DOC, 0, 5))
        line = document_to_json(replace(coded, problems=(problem,), status="partly"))
        assert line["status"] == "partly"
        assert line["problems"] == [
            {"stage": "parse", "code": "TOO_LONG", "message": "Too long.", "start": 0, "end": 5}
        ]

    def test_documents_come_in_the_order_given_and_score_full_marks(self, coded: Coded, tmp_path: Path) -> None:
        other = FakePipeline().code(document("Pyongyang offered Seoul talks.", "0"))
        assert write_jsonl([coded, other], tmp_path / "out.jsonl") == 2
        found = read_coded(tmp_path / "out.jsonl")
        assert list(found) == ["a", "0"]
        scores = score(found, found)
        assert scores.rates["full"].f1 == 1
        assert scores.answers.f1 == 1

    def test_half_characters_are_escaped(self, tmp_path: Path) -> None:
        broken = FakePipeline().code(document("Seoul offered \ud83d now.", "b"))
        write_jsonl([broken], tmp_path / "out.jsonl")
        line = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
        assert line["acts"][0]["quote"] == "Seoul offered \ud83d now"

    def test_standard_output(self, coded: Coded, capsys: pytest.CaptureFixture[str]) -> None:
        write_jsonl([coded], "-")
        assert json.loads(capsys.readouterr().out)["id"] == "a"


class TestCsv:
    def rows(self, text: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def test_a_row_an_act(self, coded: Coded, tmp_path: Path) -> None:
        assert write_csv(Acts.of([coded]), tmp_path / "out.csv") == 3
        rows = self.rows((tmp_path / "out.csv").read_text(encoding="utf-8"))
        assert list(rows[0]) == list(COLUMNS)
        offer = next(row for row in rows if row["kind"] == "OFFER")
        assert offer["event_date"] == "2016-05-20"
        assert (offer["date_latest"], offer["mutual"], offer["quad_class"]) == ("", "true", "1")
        assert offer["conditions"] == "Seoul"

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_no_cell_is_a_formula(self, coded: Coded, tmp_path: Path, start: str) -> None:
        words = f'{start}HYPERLINK("x")'
        trap = replace(coded, document=replace(DOC, name=words, title=words, outlet=words))
        write_csv(Acts.of([trap]), tmp_path / "out.csv")
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
            row = next(csv.DictReader(file))
        assert row["document"] == row["title"] == row["outlet"] == "'" + words

    def test_lines_and_quotes_survive(self, tmp_path: Path) -> None:
        doc = document('Seoul offered "fish,\n\nand" rice.', "b")
        write_csv(Acts.of([FakePipeline().code(doc)]), tmp_path / "out.csv")
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
            (row,) = csv.DictReader(file)
        assert row["quote"] == doc.text[:-1]

    def test_standard_output(self, coded: Coded, capsys: pytest.CaptureFixture[str]) -> None:
        write_csv(Acts.of([coded]), "-")
        assert len(self.rows(capsys.readouterr().out)) == 3


class TestParquet:
    def test_it_holds_the_table(self, coded: Coded, tmp_path: Path) -> None:
        acts = Acts.of([coded])
        assert write_parquet(acts, tmp_path / "out.parquet") == 3
        assert pyarrow.parquet.read_table(tmp_path / "out.parquet").to_pylist() == acts.to_dicts()

    def test_it_is_not_printed(self) -> None:
        with pytest.raises(UsageError, match=r"is not printed\. Name a file"):
            write_parquet(Acts(()), "-")


class TestWholeOrNot:
    def test_a_failure_leaves_the_old_file_and_no_other(self, coded: Coded, tmp_path: Path) -> None:
        place = tmp_path / "out.jsonl"
        place.write_text("old", encoding="utf-8")

        def broken() -> Iterator[Coded]:
            yield coded
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            write_jsonl(broken(), place)
        assert [file.name for file in tmp_path.iterdir()] == ["out.jsonl"]
        assert place.read_text(encoding="utf-8") == "old"

    def test_a_link_stays_a_link(self, coded: Coded, tmp_path: Path) -> None:
        (tmp_path / "real.csv").write_text("old", encoding="utf-8")
        (tmp_path / "link.csv").symlink_to("real.csv")
        write_csv(Acts.of([coded]), tmp_path / "link.csv")
        assert (tmp_path / "link.csv").is_symlink()
        assert (tmp_path / "real.csv").read_text(encoding="utf-8").startswith("act_id,")

    @pytest.mark.skipif(not Path("/dev/null").exists(), reason="no such device")
    def test_a_device_is_written_to(self, coded: Coded) -> None:
        assert write_jsonl([coded], "/dev/null") == 1
        assert not Path("/dev/null").is_file()

    @pytest.mark.parametrize(
        ("name", "message"), [("", "is a folder. Name a file in it"), ("no/out.csv", "does not exist. Make it first")]
    )
    def test_places_that_are_none(self, tmp_path: Path, name: str, message: str) -> None:
        with pytest.raises(UsageError, match=message):
            write_csv(Acts(()), tmp_path / name)

    def test_places_that_may_not_be_written(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "access", lambda *_: False)
        with pytest.raises(UsageError, match="may not be written"):
            write_csv(Acts(()), tmp_path / "out.csv")

    def test_a_full_disk_is_told(self, tmp_path: Path) -> None:
        def full() -> Iterator[Coded]:
            raise OSError(28, "No space left on device")
            yield

        with pytest.raises(RejoinderError, match=r"could not be written \(No space left on device\)\."):
            write_jsonl(full(), tmp_path / "out.jsonl")
        assert list(tmp_path.iterdir()) == []


def test_the_reference_scorer_reads_it(reference: ModuleType, coded: Coded, tmp_path: Path) -> None:
    write_jsonl([coded], tmp_path / "out.jsonl")
    acts = reference.load(tmp_path / "out.jsonl")
    assert reference.score(acts, acts)["full"]["f1"] == 1.0
