"""The whole program, real pipeline and all, in a process of its own: what users meet on the first day."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import rejoinder as package

OFFER = "SEOUL -- South Korea on Monday offered North Korea talks on the reunions of separated families."
KOREAN = "남한은 월요일 북한에 이산가족 상봉을 위한 적십자 회담을 제의했다. 북한은 아직 답하지 않았다. " * 4
GERMAN = (
    "Die Regierung in Seoul hat dem Norden am Montag Gespräche über die Zusammenführung getrennter Familien angeboten. "
    "Eine Antwort aus Pjöngjang steht noch aus, sagte ein Sprecher des Ministeriums in der Hauptstadt. "
)


def _run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "rejoinder", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> "tuple[Path, subprocess.CompletedProcess[str]]":
    """One run over good and bad files together, and the folder it ran in."""
    folder = tmp_path_factory.mktemp("real")
    texts = folder / "texts"
    texts.mkdir()
    (texts / "a_good.txt").write_text(OFFER, "utf-8")
    (texts / "b_korean.txt").write_text(KOREAN, "utf-8")
    (texts / "c_german.txt").write_text(GERMAN * 3, "utf-8")
    (texts / "d_huge.txt").write_text((OFFER + "\n\n") * (50_000_000 // (len(OFFER) + 2) + 1), "utf-8")
    (texts / "e_noise.txt").write_bytes(bytes(range(256)) * 16)
    row = {"id": "z_last", "published": "2016-05-21", "text": OFFER.replace("Monday", "Tuesday")}
    (texts / "f_more.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    return folder, _run(folder, "code", "texts", "--published", "2016-05-20")


def test_bad_files_are_named_in_a_line_each_and_good_ones_are_coded(
    ran: "tuple[Path, subprocess.CompletedProcess[str]]",
) -> None:
    folder, done = ran
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert len(lines) == 4, done.stderr
    for name in ("b_korean.txt", "c_german.txt", "d_huge.txt", "e_noise.txt"):
        assert sum(name in line for line in lines) == 1, done.stderr
    with package.open(folder / "rejoinder.db", readonly=True) as book:
        assert {"a_good", "z_last"} <= {document.name for document in book.documents()}
        offers = book.acts(kind="OFFER", dyad="PRK-KOR", every=True)
        assert {book.document(act.doc).name for act in offers} == {"a_good", "z_last"}


def test_what_is_not_english_is_a_problem_that_can_be_asked_for(
    ran: "tuple[Path, subprocess.CompletedProcess[str]]",
) -> None:
    folder, _ = ran
    listed = _run(folder, "problems", "--code", "NOT_ENGLISH")
    assert listed.returncode == 0
    assert "b_korean" in listed.stdout
    assert "c_german" in listed.stdout


@pytest.mark.parametrize("number", range(4))
def test_what_is_not_coded_is_listed_with_the_reason_why(tmp_path: Path, number: int) -> None:
    # undated texts have a problem more, and of the two only one is the reason
    (tmp_path / "german.txt").write_text(f"{GERMAN * 3}{number}", "utf-8")
    done = _run(tmp_path, "code", "german.txt")
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if "not look English" not in line] == []
    assert "not look English" in done.stderr


def test_an_unknown_pipeline_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(OFFER, "utf-8")
    done = _run(tmp_path, "code", "good.txt", "--pipeline", "no_such_pipeline")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "no_such_pipeline" in done.stderr


def test_code_without_a_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    coded = package.code(OFFER, published="2016-05-20")
    assert [act.kind for act in coded.acts] == ["OFFER"]
    assert coded.acts[0].span.quote in OFFER
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("day", ["2016", "2016-13-40", "soon"])
def test_code_without_a_book_refuses_a_date_that_is_none(day: str) -> None:
    with pytest.raises(package.BadDate):
        package.code(OFFER, published=day)
    with pytest.raises(package.UsageError):
        package.code(OFFER, min_score=2)
