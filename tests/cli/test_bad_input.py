"""Bad input through the whole program: one clear line, the right exit status, nothing lost, never a traceback."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import rejoinder as package
from rejoinder.cli import main
from rejoinder.draft import Coded
from rejoinder.records import Document
from tests.cli.conftest import Ran, Rejoinder

GOOD = "Pyongyang offered Seoul talks."


def _one_line(ran: Ran, status: int, *words: str) -> None:
    assert ran.status == status
    assert "Traceback" not in ran.out + ran.err
    assert len(ran.errors) == 1, ran.err
    for each in words:
        assert each in ran.errors[0]


def _kept(folder: Path) -> list[str]:
    with package.open(folder / "rejoinder.db", readonly=True) as book:
        return sorted(document.name for document in book.documents())


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "no text"),
        ("binary.txt", bytes(range(256)) * 8, "binary"),
        ("picture.png", b"\x89PNG\r\n", ".png"),
        ("broken.jsonl", b'{"id": "x", "text": \n', "line 1"),
        ("no_text.jsonl", b'{"id": "x"}\n', "line 1"),
        ("bad_day.jsonl", b'{"id": "x", "text": "Seoul spoke.", "published": "20 May"}\n', "line 1"),
        ("list.jsonl", b"[1, 2]\n", "line 1"),
    ],
)
def test_a_bad_file_is_named_and_the_rest_goes_on(
    rejoinder: Rejoinder, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    ran = rejoinder("code", name, "good.txt")
    _one_line(ran, 1, name, words)
    assert _kept(tmp_path) == ["good"]
    assert "coded 1" in ran.out


def test_text_in_another_encoding_is_read_or_refused_never_garbled(rejoinder: Rejoinder, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("Pyongyang offered Séoul talks.".encode("latin-1"))
    ran = rejoinder("code", "latin.txt")
    if ran.status:
        _one_line(ran, 1, "latin.txt")
    else:
        with package.open("rejoinder.db", readonly=True) as book:
            assert "Séoul" in book.documents()[0].text


def test_a_broken_line_costs_only_itself(rejoinder: Rejoinder, tmp_path: Path) -> None:
    lines = ['{"id": "a", "text": "Seoul offered aid."}', "{", '{"id": "b", "text": "Seoul offered rice."}']
    (tmp_path / "some.jsonl").write_text("\n".join(lines), "utf-8")
    _one_line(rejoinder("code", "some.jsonl"), 1, "some.jsonl, line 2")
    assert _kept(tmp_path) == ["a", "b"]


def test_a_path_that_is_not_there(rejoinder: Rejoinder) -> None:
    _one_line(rejoinder("code", "nowhere"), 1, "nowhere", "no such file")


def test_a_document_that_cannot_be_coded_is_kept_with_its_reason(rejoinder: Rejoinder, tmp_path: Path) -> None:
    (tmp_path / "noise.txt").write_text("Seoul garble.", "utf-8")
    _one_line(rejoinder("code", "noise.txt"), 1, "noise.txt", "could not be parsed")
    assert _kept(tmp_path) == ["noise"]
    assert "TOO_LONG" in rejoinder("problems").out


def test_an_undated_text_is_coded_and_says_so(rejoinder: Rejoinder, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text(GOOD, "utf-8")
    ran = rejoinder("code", "undated.txt")
    assert (ran.status, ran.err) == (0, "")
    assert "NO_DATE_ANCHOR 1" in ran.out


@pytest.mark.parametrize("day", ["2016-13-40", "yesterday", "2016", "", "20/05/2016"])
def test_a_date_that_is_none_touches_nothing(rejoinder: Rejoinder, texts: Path, tmp_path: Path, day: str) -> None:
    _one_line(rejoinder("code", texts, "--published", day), 2, repr(day))
    assert not (tmp_path / "rejoinder.db").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["code"],
        ["code", "texts", "--min-score", "2"],
        ["code", "texts", "--column", "body"],
        ["code", "texts", "--column", "body=text"],
        ["code", "texts", "--column", "text="],
        ["code", "texts", "--column", "text=a", "--column", "text=b"],
        ["code", "texts", "--to", "xls"],
        ["code", "texts", "--to", "parquet"],
        ["code", "texts", "-o", "out.csv"],
        ["code", "texts", "--to", "csv", "-o", "nowhere/out.csv"],
        ["code", "texts", "--to", "csv", "-o", "texts"],
        ["acts", "--kind", "GIFT"],
        ["acts", "--dyad", "PRK"],
        ["acts", "--actor", "Korea"],
        ["acts", "--since", "2016-02-30"],
        ["acts", "--since", "2017", "--until", "2016"],
        ["acts", "--issue", "weather"],
        ["acts", "--channel", "owl"],
        ["acts", "--limit", "-1"],
        ["acts", "--limit", "many"],
        ["acts", "--text", "..."],
        ["acts", "--document", "nobody"],
        ["acts", "--wrong"],
        ["threads", "--status", "lost"],
        ["threads", "ffffffffffffffff"],
        ["why", "ffffffffffffffff"],
        ["why", ""],
        ["why"],
        ["problems", "--document", "nobody"],
        ["score", "gold.jsonl", "--min-score", "7"],
        ["score", "gold.jsonl", "system.jsonl", "--min-score", "0.5"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_what_is_impossible_is_said_in_one_line(rejoinder: Rejoinder, texts: Path, arguments: list[str]) -> None:
    rejoinder("code", texts)
    _one_line(rejoinder(*arguments), 2, "rejoinder: ")


def test_reading_a_book_that_is_not_there_makes_none(rejoinder: Rejoinder, tmp_path: Path) -> None:
    _one_line(rejoinder("acts", "--db", "none.db"), 1, "none.db")
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_book_stays_as_it_is(rejoinder: Rejoinder, texts: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.db"
    notes.write_text("my notes\n" * 50, "utf-8")
    _one_line(rejoinder("code", texts, "--db", "notes.db"), 1, "notes.db")
    assert notes.read_text("utf-8") == "my notes\n" * 50


def test_another_programs_database_stays_as_it_is(rejoinder: Rejoinder, texts: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = (tmp_path / "other.db").read_bytes()
    _one_line(rejoinder("code", texts, "--db", "other.db"), 1, "other.db")
    assert (tmp_path / "other.db").read_bytes() == before


def test_a_book_in_a_folder_that_is_not_there(rejoinder: Rejoinder, texts: Path) -> None:
    _one_line(rejoinder("code", texts, "--db", "nowhere/my.db"), 1, "nowhere")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_book_that_may_not_be_written(rejoinder: Rejoinder, texts: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    _one_line(rejoinder("code", texts, "--db", "closed/my.db"), 1, "closed")


def test_a_folder_is_no_book(rejoinder: Rejoinder, texts: Path) -> None:
    _one_line(rejoinder("code", texts, "--db", texts), 1, "folder")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "lacks"),
        ("{", "line 1"),
        ('{"id": "a"}', "line 1"),
        ('{"id": "a", "acts": [{"start": 0, "end": 1, "kind": "GIFT"}]}', "GIFT"),
    ],
)
def test_a_gold_file_that_is_none(rejoinder: Rejoinder, tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "gold.jsonl").write_text(content, "utf-8")
    (tmp_path / "docs.jsonl").write_text('{"id": "a", "text": "Seoul spoke."}\n', "utf-8")
    ran = rejoinder("score", "gold.jsonl")
    if content:
        _one_line(ran, 1, words)
    else:
        assert ran.status == 0


def test_our_own_mistakes_name_the_document_and_show_a_traceback_only_when_asked(
    rejoinder: Rejoinder, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def ahead(self, documents: Sequence[Document], /) -> None:
            """Nothing breaks yet."""

        def code(self, document: Document, /) -> Coded:
            raise ZeroDivisionError("as if")

    monkeypatch.setattr(sys.modules["rejoinder.pipeline"], "load_pipeline", lambda *_, **__: Broken())
    _one_line(
        rejoinder("code", texts),
        1,
        "first.txt",
        "ZeroDivisionError: as if",
        "this is a bug; run with --debug to see it",
    )
    assert "Traceback" in rejoinder("code", texts, "--debug").err


def test_an_interruption_says_what_is_left(rejoinder: Rejoinder, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped:
        def ahead(self, documents: Sequence[Document], /) -> None:
            """Nothing stops yet."""

        def code(self, document: Document, /) -> Coded:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["rejoinder.pipeline"], "load_pipeline", lambda *_, **__: Stopped())
    ran = rejoinder("code", texts)
    assert ran.status == 130
    assert "interrupted" in ran.err
    assert "Traceback" not in ran.err


def test_words_of_a_text_cannot_reach_the_terminal_as_commands(rejoinder: Rejoinder, tmp_path: Path) -> None:
    (tmp_path / "sly.txt").write_text("Pyongyang offered Seoul \x1b[2J talks \x9b31m here.", "utf-8")
    rejoinder("code", "sly.txt")
    out = "".join(rejoinder(*command).out for command in (["acts"], ["threads"]))
    assert "Pyongyang offered" in out or not out.strip()
    assert not {"\x1b", "\x9b"} & set(out)


def _program(*arguments: str, **settings: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "COLUMNS": "80", **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "rejoinder", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )


@pytest.mark.parametrize("form", [[], ["--to", "csv"], ["--to", "jsonl"]])
def test_a_reader_that_goes_away_is_no_error(rejoinder: Rejoinder, tmp_path: Path, form: list[str]) -> None:
    (tmp_path / "long.txt").write_text(
        "Pyongyang offered Seoul talks number. Pyongyang tested a missile. " * 1500, "utf-8"
    )
    rejoinder("code", "long.txt")
    with _program("acts", *form, "--db", str(tmp_path / "rejoinder.db")) as program:
        assert program.stdout
        assert program.stderr
        program.stdout.read(10)
        program.stdout.close()
        assert program.stderr.read() == ""
        assert program.wait() in (0, -signal.SIGPIPE)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no file here is always full")
@pytest.mark.parametrize("form", [[], ["--to", "csv"]])
def test_a_full_disk_is_no_bug(rejoinder: Rejoinder, texts: Path, tmp_path: Path, form: list[str]) -> None:
    rejoinder("code", texts)
    command = [sys.executable, "-m", "rejoinder", "acts", *form, "--db", str(tmp_path / "rejoinder.db")]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    _one_line(Ran(done.returncode, "", done.stderr), 1, "could not be written", "Make room")
    assert "bug" not in done.stderr


@pytest.mark.parametrize("form", [[], ["--to", "csv"], ["--to", "jsonl"]])
def test_a_closed_standard_output_is_no_bug(
    rejoinder: Rejoinder, texts: Path, monkeypatch: pytest.MonkeyPatch, form: list[str]
) -> None:
    rejoinder("code", texts)
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["acts", *form]) == 0


def test_output_in_a_pipe_has_neither_colour_nor_wrapped_lines(rejoinder: Rejoinder, tmp_path: Path) -> None:
    words = "Pyongyang offered Seoul talks on " + "very " * 40 + "many things"
    (tmp_path / "long.txt").write_text(words + ".", "utf-8")
    rejoinder("code", "long.txt")
    with _program("acts", "--db", str(tmp_path / "rejoinder.db")) as program:
        out, err = program.communicate()
    assert f"“{words}”" in out
    assert "\x1b" not in out
    assert err == ""


def test_a_terminal_that_knows_ascii_only_gets_ascii(rejoinder: Rejoinder, texts: Path, tmp_path: Path) -> None:
    rejoinder("code", texts)
    with _program("threads", "--db", str(tmp_path / "rejoinder.db"), PYTHONIOENCODING="ascii") as program:
        out, err = program.communicate()
    assert program.returncode == 0
    assert "PRK North Korea -> KOR South Korea" in out
    assert out.isascii()
    assert err == ""


@pytest.mark.parametrize(
    "asked", [("acts", "--dyad", "PKR-KOR"), ("threads", "--dyad", "KOR-PKR"), ("acts", "--actor", "pkr")]
)
def test_a_code_of_no_state_is_named_with_what_may_be_meant(
    rejoinder: Rejoinder, texts: Path, asked: tuple[str, ...]
) -> None:
    rejoinder("code", texts)
    _one_line(rejoinder(*asked), 2, "PKR", "PRK (North Korea)")


def test_codes_of_organisations_are_not_looked_up(rejoinder: Rejoinder, texts: Path) -> None:
    rejoinder("code", texts)
    assert rejoinder("acts", "--dyad", "IGO:UN-PRK").status == 0
    assert rejoinder("acts", "--target", "NGO").status == 0
