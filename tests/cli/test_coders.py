"""Several coders on the command line: ``assign``, ``done``, ``agreement``, ``gold export``; the loop to ``score``."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

import rejoinder as package
from tests.cli.conftest import Rejoinder

TEXTS = {
    "first": "Pyongyang offered Seoul talks.",
    "second": "Pyongyang tested a missile.",
    "third": "Seoul rejected Pyongyang.",
    "fourth": "It rained.",
}


@pytest.fixture
def study(rejoinder: Rejoinder, tmp_path: Path) -> Rejoinder:
    """The program, with four documents in its book, three of them with an act."""
    lines = [json.dumps({"id": name, "published": "2016-05-20", "text": text}) for name, text in TEXTS.items()]
    (tmp_path / "some.jsonl").write_text("\n".join(lines), "utf-8")
    assert rejoinder("code", "some.jsonl", "--quiet").status == 0
    return rejoinder


def act(doc: str) -> str:
    with package.open("rejoinder.db", readonly=True) as book:
        (found,) = book.acts(document=doc, every=True)
    return found.id


@pytest.fixture
def judged(study: Rejoinder) -> Rejoinder:
    """Ann and bob have both coded three documents to the end, and differ on the kind of one act; the third is not."""
    with package.open("rejoinder.db") as book:
        for name in ("ann", "bob"):
            book.judge(act("first"), True, by=name)
            book.mark_done("fourth", by=name)
        book.correct(act("second"), {"kind": "THREATEN"}, by="ann")
        book.judge(act("second"), True, by="bob")
    return study


class TestAssign:
    def test_documents_are_dealt_and_listed(self, study: Rejoinder) -> None:
        ran = study("assign", "--coders", "ann, bob", "--double", "0.5", "--by", "lead")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.splitlines() == [
            "ann  3 documents, 2 of them also for another",
            "bob  3 documents, 2 of them also for another",
        ]
        study("done", "fourth", "--by", "ann")
        *lines, count = study("assign").out.splitlines()
        assert count == "4 assignments"
        assert sorted(line.split()[0] for line in lines) == sorted(TEXTS)
        assert all(line.endswith("  blind") for line in lines)

    def test_who_is_done_is_said(self, study: Rejoinder) -> None:
        study("assign", "fourth", "--coders", "ann", "--open", "--by", "lead")
        assert study("assign").out.splitlines()[0] == "fourth  ann"
        assert study("done", "fourth", "--by", "ann").out == "fourth  done, says ann\n"
        assert study("assign").out.splitlines()[0] == "fourth  ann (done)"
        assert study("done", "fourth", "--by", "ann", "--undo").out == "fourth  not done, says ann\n"
        assert study("assign").out.splitlines()[0] == "fourth  ann"

    @pytest.mark.parametrize(
        "arguments",
        [
            ["assign", "--coders", "ann,bob"],
            ["assign", "--by", "lead"],
            ["assign", "first"],
            ["assign", "--coders", "ann", "--double", "0.5", "--by", "lead"],
            ["assign", "--coders", "", "--by", "lead"],
            ["assign", "snow", "--coders", "ann", "--by", "lead"],
            ["done", "snow", "--by", "ann"],
            ["done", "first"],
            ["done", "first", "--by", " "],
        ],
    )
    def test_a_slip_is_one_line_on_standard_error(self, study: Rejoinder, arguments: list[str]) -> None:
        ran = study(*arguments)
        assert (ran.status, ran.out, len(ran.errors)) == (2, "", 1)
        assert study("assign").out == "0 assignments\n"


class TestAgreement:
    def test_figures_field_by_field(self, judged: Rejoinder) -> None:
        ran = judged("agreement")
        assert (ran.status, ran.err) == (0, "")
        lines = ran.out.splitlines()
        assert lines[0] == "ann and bob on 3 documents coded by two or more of them"
        assert re.search(r"(?m)^ann / bob +3 +2 +2 +2 +1\.000 \(1\.00\.\.1\.00\) +–$", ran.out)
        assert re.search(r"(?m)^kind +2 +0\.500 \(", ran.out)
        assert re.search(r"(?m)^actor +2 +1\.000 \(1\.00\.\.1\.00\) +– +–$", ran.out)
        assert lines[-1] == "1 disagreement"

    def test_disagreements_are_listed_with_how_to_settle_them(self, judged: Rejoinder) -> None:
        start = act("second")[:8]
        out = judged("agreement", "--list", "--field", "kind").out
        assert f"second\n  “Pyongyang tested a missile”  {start}\n    kind  ann: THREATEN  bob: MOBILIZE\n" in out
        command = f"rejoinder judge {start} set kind VALUE --final --by NAME"
        assert command in out
        arguments = command.replace("VALUE", "COERCE").replace("NAME", "lead").split()[1:]
        assert judged(*arguments).status == 0
        assert judged("agreement", "--list", "--field", "kind").out == out

    def test_an_act_that_one_rejects_is_settled_by_a_verdict(self, judged: Rejoinder) -> None:
        with package.open("rejoinder.db") as book:
            offer = act("first")
            book.judge(offer, False, by="bob")
        out = judged("agreement", "--list", "--field", "found").out
        assert "    found  ann: OFFER  bob: no act\n" in out
        assert f"rejoinder judge {offer[:8]} accept (or reject) --final --by NAME" in out
        assert judged("judge", offer[:8], "accept", "--final", "--by", "lead").status == 0
        assert act("first") == offer

    def test_exports(self, judged: Rejoinder, tmp_path: Path) -> None:
        rows = list(csv.DictReader(io.StringIO(judged("agreement", "--to", "csv").out)))
        kinds = {row["figure"]: row for row in rows if row["field"] == "kind"}
        assert set(kinds) == {"raw", "kappa", "alpha"}
        assert (kinds["raw"]["coders"], kinds["raw"]["count"], kinds["raw"]["value"]) == ("ann; bob", "2", "0.5000")
        listed = csv.DictReader(io.StringIO(judged("agreement", "--list", "--to", "csv").out))
        assert [(row["coder"], row["said"]) for row in listed] == [("ann", "THREATEN"), ("bob", "MOBILIZE")]
        assert judged("agreement", "--to", "json", "-o", "all.json").out == ""
        told = json.loads((tmp_path / "all.json").read_text("utf-8"))
        assert (told["coders"], told["documents"]) == (["ann", "bob"], 3)
        assert told["disagreements"][0]["said"] == {"ann": "THREATEN", "bob": "MOBILIZE"}

    def test_files_are_compared_as_coders(self, judged: Rejoinder) -> None:
        for name in ("ann", "bob"):
            assert judged("gold", "export", "--by", name, "--to", name).status == 0
            Path(name, "gold.jsonl").rename(f"{name}.jsonl")
        ran = judged("agreement", "ann.jsonl", "bob.jsonl", "--list", "--field", "kind")
        assert "ann and bob on 3 documents" in ran.out
        assert "  a1\n    kind  ann: THREATEN  bob: MOBILIZE\n" in ran.out
        assert "--final" not in ran.out

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--coders", "ann"],
            ["--coders", "ann,zoe"],
            ["--field", "colour"],
            ["none.jsonl", "some.jsonl"],
            ["some.jsonl"],
            ["-o", "x.csv"],
        ],
    )
    def test_a_slip_is_one_line_on_standard_error(self, judged: Rejoinder, arguments: list[str]) -> None:
        ran = judged("agreement", *arguments)
        assert (ran.status in (1, 2), ran.out, len(ran.errors)) == (True, "", 1)

    def test_a_book_that_nobody_judged(self, study: Rejoinder) -> None:
        ran = study("agreement")
        assert (ran.status, ran.out, len(ran.errors)) == (2, "", 1)


class TestGold:
    def test_what_was_judged_scores_the_program_that_was_corrected(self, judged: Rejoinder) -> None:
        with package.open("rejoinder.db") as book:
            book.correct(act("second"), {"kind": "THREATEN"}, by="lead", final=True)
        ran = judged("gold", "export", "--to", "mine")
        assert (ran.status, ran.err) == (0, "")
        place = Path("mine")
        assert ran.out == f"{place / 'gold.jsonl'}  2 acts of 3 documents; texts in {place / 'docs.jsonl'}\n"
        figures = json.loads(judged("score", place / "gold.jsonl", "--json").out)
        assert (figures["found"]["hit"], figures["kind"]["hit"], figures["kind"]["gold"]) == (2, 1, 2)
        out = judged("score", place / "gold.jsonl", "--errors").out
        assert re.search(r"(?m)^second +kind +THREATEN +MOBILIZE ", out)

    def test_what_is_left_out_is_said(self, study: Rejoinder, tmp_path: Path) -> None:
        more = {"id": "two", "published": "2016-05-21", "text": "Seoul tested a missile. Pyongyang accepted the offer."}
        (tmp_path / "more.jsonl").write_text(json.dumps(more), "utf-8")
        study("code", "more.jsonl", "--quiet")
        with package.open("rejoinder.db", readonly=True) as book:
            first = book.acts(document="two", every=True)[0].id
        with package.open("rejoinder.db") as book:
            book.judge(first, True, by="ann")
        ran = study("gold", "export")
        assert (ran.status, ran.out, len(ran.errors)) == (2, "", 1)
        assert "1 document in part" in ran.err
        assert not Path("gold").exists()
        study("done", "fourth", "--by", "ann")
        _, left, name = study("gold", "export", "--list").out.splitlines()
        assert left == "left out: 1 document judged in part (1 act not judged)"
        assert name == "  two: 1 of 2 acts not judged"

    def test_no_file_of_others_is_overwritten(self, judged: Rejoinder, tmp_path: Path) -> None:
        (tmp_path / "docs.jsonl").write_text("mine\n", "utf-8")
        ran = judged("gold", "export", "--to", "gold.jsonl")
        assert (ran.status, ran.out, len(ran.errors)) == (2, "", 1)

    def test_a_book_that_is_not_there_is_not_made(self, rejoinder: Rejoinder) -> None:
        for arguments in (["gold", "export"], ["agreement"], ["assign"]):
            ran = rejoinder(*arguments, "--db", "none.db")
            assert (ran.status, ran.out, len(ran.errors)) == (1, "", 1)
        for arguments in (["assign", "--coders", "ann", "--by", "lead"], ["done", "first", "--by", "ann"]):
            ran = rejoinder(*arguments, "--db", "none.db")
            assert (ran.status, ran.out, len(ran.errors)) == (1, "", 1)
        assert not Path("none.db").exists()
