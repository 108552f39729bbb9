"""``rejoinder thread``: one offer and all that came of it."""

import json
from pathlib import Path

import pytest

import rejoinder as package
from tests.cli.conftest import Rejoinder


@pytest.fixture
def book(rejoinder: Rejoinder, tmp_path: Path) -> Rejoinder:
    """The program, with an offer, its answer, and a deed between them in its book."""
    rows = [
        ("one", "2016-05-20", "Pyongyang offered Seoul talks. Seoul rejected Pyongyang."),
        ("two", "2016-05-20", "Pyongyang tested Seoul."),
        ("three", "2016-05-22", "Washington offered Pyongyang aid."),
    ]
    lines = [json.dumps({"id": name, "published": day, "text": text}) for name, day, text in rows]
    (tmp_path / "some.jsonl").write_text("\n".join(lines), "utf-8")
    assert rejoinder("code", "some.jsonl", "--quiet").status == 0
    return rejoinder


def _ids(book: Rejoinder) -> list[str]:
    return [line[:8] for line in book("threads").out.splitlines() if "  20" in line[:12]]


def test_everything_about_a_thread_is_shown(book: Rejoinder) -> None:
    ran = book("thread", _ids(book)[0])
    assert ran.status == 0
    for words in ("answers", "└─ rejects", "meanwhile", "MOBILIZE  PRK North Korea → KOR South Korea", "rejected ·"):
        assert words in ran.out
    assert "next" not in ran.out


def test_an_open_one_says_whose_answer_is_awaited(book: Rejoinder) -> None:
    assert book("thread", _ids(book)[1]).out.splitlines()[-1] == "          next: an answer by PRK North Korea"


def test_threads_with_an_id_shows_the_same(book: Rejoinder) -> None:
    for thread in _ids(book):
        assert book("threads", thread) == book("thread", thread)


def test_an_act_of_the_offer_may_be_named(book: Rejoinder) -> None:
    with package.open("rejoinder.db", readonly=True) as opened:
        act = opened.acts(kind="OFFER")[0].id
    assert book("thread", act).out.startswith(_ids(book)[0])


@pytest.mark.parametrize("arguments", [["thread"], ["thread", "ffffffffffffffff"], ["thread", ""]])
def test_a_slip_is_one_line_on_standard_error(book: Rejoinder, arguments: list[str]) -> None:
    ran = book(*arguments)
    assert (ran.status, ran.out, len(ran.errors)) == (2, "", 1)
