"""What each command prints and writes, and its exit status."""

import csv
import io
import json
import sys
import zipfile
from pathlib import Path

import pyarrow.parquet
import pytest

import rejoinder as package
from rejoinder.cli import main
from tests.cli.conftest import Rejoinder
from tests.makers import FakePipeline

SUMMARY = """\
documents  3  coded 3
acts       4  OFFER 2, MOBILIZE 1, REJECT 1
links      1  rejects 1
threads    2  open 1, rejected 1
problems   0
book       rejoinder.db
"""


@pytest.fixture
def book(rejoinder: Rejoinder, texts: Path) -> Rejoinder:
    """The program, with ``texts`` in its book."""
    ran = rejoinder("code", texts, "--published", "2016-05-20")
    assert ran.status == 0
    return rejoinder


def test_code_prints_a_summary(rejoinder: Rejoinder, texts: Path) -> None:
    ran = rejoinder("code", texts, "--published", "2016-05-20")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == SUMMARY


def test_code_may_be_quiet(rejoinder: Rejoinder, texts: Path) -> None:
    ran = rejoinder("code", texts, "--published", "2016-05-20", "--quiet")
    assert (ran.status, ran.out, ran.err) == (0, "", "")


def test_what_is_known_is_not_coded_again(book: Rejoinder, texts: Path, fake_pipeline: FakePipeline) -> None:
    before = fake_pipeline.calls
    ran = book("code", texts, "--published", "2016-05-20")
    assert fake_pipeline.calls == before
    assert "unchanged 3" in ran.out


def test_code_with_to_writes_the_export_as_well(rejoinder: Rejoinder, texts: Path, tmp_path: Path) -> None:
    ran = rejoinder("code", texts, "--published", "2016-05-20", "--to", "jsonl", "-o", "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert ran.status == 0
    assert {line["id"]: len(line["acts"]) for line in lines} == {"first": 2, "second": 1, "third": 1}
    assert "documents  3" in ran.out


def test_an_export_on_standard_output_is_not_mixed_with_the_summary(rejoinder: Rejoinder, texts: Path) -> None:
    ran = rejoinder("code", texts, "--to", "jsonl")
    assert all(json.loads(line)["acts"] for line in ran.out.splitlines())
    assert "documents  3" in ran.err


def test_settings_reach_the_pipeline(rejoinder: Rejoinder, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415 (the stand-in, whatever module it is by now)

    asked: list[object] = []

    def load(parser: str | None = None, floor: float | None = None, *, gate: bool = True) -> FakePipeline:
        asked.append((parser, floor, gate))
        return FakePipeline()

    monkeypatch.setattr(sys.modules["rejoinder.pipeline"], "load_pipeline", load)
    rejoinder("code", texts, "--pipeline", "en_other", "--min-score", "0.4", "--no-gate")
    assert asked == [("en_other", 0.4, False)]


def test_acts_lists_acts_by_day(book: Rejoinder) -> None:
    ran = book("acts")
    kinds = [line.split()[2] for line in ran.out.splitlines() if line[:1].strip() and "  20" in line]
    assert kinds == ["OFFER", "REJECT", "OFFER", "MOBILIZE"]
    assert ran.out.splitlines()[-1] == "4 acts"
    assert ran.status == 0


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--kind", "offer"], 2),
        (["--kind", "OFFER", "--kind", "REJECT"], 3),
        (["--dyad", "kor-prk"], 2),
        (["--actor", "KOR"], 2),
        (["--target", "PRK"], 1),
        (["--since", "2016-05-21"], 2),
        (["--until", "2016-05-20"], 2),
        (["--since", "2017"], 0),
        (["--issue", "talks"], 1),
        (["--channel", "letter"], 1),
        (["--background"], 0),
        (["--no-background"], 4),
        (["--kind", "OFFER", "--unanswered"], 1),
        (["--document", "third"], 1),
        (["--text", "missile"], 1),
        (["--min-score", "1"], 4),
        (["--limit", "3"], 3),
    ],
)
def test_acts_can_be_chosen(book: Rejoinder, options: list[str], count: int) -> None:
    ran = book("acts", "--to", "csv", *options)
    assert len(list(csv.DictReader(io.StringIO(ran.out)))) == count


def test_a_limit_says_how_many_there_are(book: Rejoinder) -> None:
    assert book("acts", "--limit", 1).out.splitlines()[-1] == "1 act of 4"


def test_acts_as_jsonl_are_documents_with_the_acts_chosen(book: Rejoinder) -> None:
    lines = [json.loads(line) for line in book("acts", "--to", "jsonl", "--kind", "OFFER").out.splitlines()]
    assert [(line["id"], [act["kind"] for act in line["acts"]]) for line in lines] == [
        ("first", ["OFFER"]),
        ("second", ["OFFER"]),
    ]


def test_acts_as_parquet(book: Rejoinder, tmp_path: Path) -> None:
    assert book("acts", "--to", "parquet", "-o", "acts.parquet").status == 0
    assert pyarrow.parquet.read_table(tmp_path / "acts.parquet").num_rows == 4


def test_threads_show_offer_answer_and_status(book: Rejoinder) -> None:
    out = book("threads").out
    first, second, count = out.split("\n\n")
    assert "OFFER  PRK North Korea → KOR South Korea" in first
    assert "└─ rejects  2016-05-20  KOR South Korea" in first
    assert "rejected · answered the same day" in first
    assert "open · 1 day of silence until 2016-05-22" in second
    assert count == "2 threads\n"


@pytest.mark.parametrize(
    ("options", "count"),
    [(["--status", "open"], 1), (["--dyad", "PRK-USA"], 1), (["--issue", "talks"], 1), (["--since", "2016-06"], 0)],
)
def test_threads_can_be_chosen(book: Rejoinder, options: list[str], count: int) -> None:
    assert book("threads", *options).out.splitlines()[-1].split()[0] == str(count)


def test_one_thread_by_the_beginning_of_its_id_or_of_its_act(book: Rejoinder) -> None:
    thread_id = book("threads").out[:8]
    assert book("threads", thread_id).out.startswith(thread_id)
    with package.open("rejoinder.db", readonly=True) as opened:
        act = opened.acts(kind="OFFER")[0].id
    assert book("threads", act).out.startswith(thread_id)


def test_why_takes_the_id_of_a_thread_too(book: Rejoinder) -> None:
    thread = book("threads").out[:8]
    act = book("acts", "--kind", "OFFER", "--limit", 1).out[:8]
    assert thread != act
    assert book("why", thread) == book("why", act)


def test_why_shows_words_rule_document_and_answer(book: Rejoinder) -> None:
    act = book("acts", "--kind", "OFFER", "--limit", 1).out[:8]
    ran = book("why", act)
    assert ran.status == 0
    for words in (
        "OFFER  PRK North Korea → KOR South Korea  2016-05-20",
        "trigger     Pyongyang [offered] Seoul talks in a letter.",
        "verb, by fake",
        "first.txt",
        "answered by",
        "rejects",
    ):
        assert words in ran.out


def test_why_marks_reports_that_are_copies(rejoinder: Rejoinder, tmp_path: Path) -> None:
    story = "Pyongyang offered Seoul talks. " + " ".join(f"word{number}" for number in range(60))
    (tmp_path / "first.txt").write_text(story, "utf-8")
    (tmp_path / "copy.txt").write_text(f"{story} In other news, it rained.", "utf-8")
    (tmp_path / "other.txt").write_text("Pyongyang offered Seoul talks, it said.", "utf-8")
    rejoinder("code", "first.txt", "copy.txt", "other.txt", "--published", "2016-05-20")
    told = {}
    with package.open("rejoinder.db", readonly=True) as opened:
        for act in opened.acts(every=True):
            told[opened.why(act.id).document.name] = rejoinder("why", act.id).out
    assert "in copy, a copy\n" in told["first"] or "in first, a copy\n" in told["copy"]
    assert "a copy\n" not in told["other"]


def test_problems_are_listed_with_document_and_code(book: Rejoinder, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("Seoul offered talks.", "utf-8")
    book("code", "undated.txt")
    ran = book("problems")
    assert ran.out.splitlines() == ["NO_DATE_ANCHOR  undated", "  The text has no date.", "1 problem"]
    assert book("problems", "--code", "too_long").out == "0 problems\n"
    assert book("problems", "--document", "first").out == "0 problems\n"


def _gold(folder: Path) -> None:
    document = {"id": "one", "published": "2016-05-20", "text": "Pyongyang offered Seoul talks."}
    act = {
        "id": "g1",
        "start": 0,
        "end": 29,
        "quote": document["text"][:29],
        "trigger": "offered",
        "kind": "OFFER",
        "actor": {"text": "Pyongyang", "state": "PRK", "role": "GOV"},
        "target": {"text": "Seoul", "state": "KOR", "role": "GOV"},
    }
    (folder / "docs.jsonl").write_text(json.dumps(document) + "\n", "utf-8")
    (folder / "gold.jsonl").write_text(json.dumps({"id": "one", "acts": [act]}) + "\n", "utf-8")


def test_score_codes_the_documents_beside_gold(rejoinder: Rejoinder, tmp_path: Path) -> None:
    _gold(tmp_path)
    ran = rejoinder("score", "gold.jsonl")
    assert (ran.status, ran.err) == (0, "")
    assert "tuple       P 1.000  R 1.000  F1 1.000   (1 right, 1 coded, 1 gold)" in ran.out
    assert not (tmp_path / "rejoinder.db").exists()


def test_score_compares_two_files_and_lists_errors(rejoinder: Rejoinder, tmp_path: Path) -> None:
    _gold(tmp_path)
    (tmp_path / "system.jsonl").write_text('{"id": "one", "acts": []}\n', "utf-8")
    ran = rejoinder("score", "gold.jsonl", "system.jsonl", "--errors")
    assert "R 0.000" in ran.out
    assert "missed" in ran.out


def test_score_as_json(rejoinder: Rejoinder, tmp_path: Path) -> None:
    _gold(tmp_path)
    figures = json.loads(rejoinder("score", "gold.jsonl", "--json").out)
    assert figures["tuple"]["f1"] == 1.0


def test_score_says_which_documents_are_missing(rejoinder: Rejoinder, tmp_path: Path) -> None:
    _gold(tmp_path)
    (tmp_path / "docs.jsonl").write_text('{"id": "other", "text": "Seoul offered talks."}\n', "utf-8")
    ran = rejoinder("score", "gold.jsonl")
    assert ran.status == 1
    assert ran.errors == ["rejoinder: docs.jsonl lacks 1 of gold's documents, for instance 'one'. Add them."]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"rejoinder {package.__version__}\n"


def test_without_a_command_the_help_is_shown(rejoinder: Rejoinder) -> None:
    ran = rejoinder()
    assert ran.status == 2
    assert "threads" in ran.out


def test_a_table_with_a_mapping_of_columns_and_standard_input(
    rejoinder: Rejoinder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("key;story;text\nx;Pyongyang offered Seoul talks.;a summary\n", "utf-8")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "a.csv", "in/a.csv")
    assert rejoinder("code", "a.zip", "--column", "text=story", "--column", "id=key").status == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Pyongyang tested a missile.")))
    assert rejoinder("code", "-", "--published", "2016-05-20").status == 0
    with package.open("rejoinder.db", readonly=True) as book:
        assert {(document.name, document.text) for document in book.documents()} == {
            ("x", "Pyongyang offered Seoul talks."),
            ("stdin", "Pyongyang tested a missile."),
        }


def test_coding_a_folder_passes_over_the_book_in_it(rejoinder: Rejoinder, texts: Path) -> None:
    for _ in range(2):
        ran = rejoinder("code", texts, "--db", texts / "rejoinder.db")
        assert (ran.status, ran.err) == (0, "")
