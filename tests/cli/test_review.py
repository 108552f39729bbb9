"""``rejoinder review``: the desk in the terminal, here with a line for each key."""

import io
import sys

import pytest

import rejoinder as package
from rejoinder.book import Book
from rejoinder.cli import keys as terminal
from tests.cli.conftest import Ran, Rejoinder

TEXT = "Pyongyang offered Seoul talks in a letter.\n\nSeoul rejected the offer.\n\nWashington accepted talks."


@pytest.fixture
def coded(rejoinder: Rejoinder, tmp_path_factory: pytest.TempPathFactory) -> Rejoinder:
    """The program, with three acts in its book."""
    place = tmp_path_factory.mktemp("texts") / "first.txt"
    place.write_text(f"---\npublished: 2016-05-20\ntitle: Talks \x1b[31mred\n---\n{TEXT}\n", "utf-8")
    assert rejoinder("code", place, "--quiet").status == 0
    return rejoinder


def press(rejoinder: Rejoinder, monkeypatch: pytest.MonkeyPatch, *lines: str, options: tuple[str, ...] = ()) -> Ran:
    """Run the desk as ann with these lines."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return rejoinder("review", "--coder", "ann", *options)


def book() -> Book:
    return package.open("rejoinder.db", readonly=True)


def test_an_act_is_shown_in_its_words_and_accepted(coded: Rejoinder, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = press(coded, monkeypatch, "a", "q")
    assert ran.status == 0
    assert "0 of 3 judged" in ran.out
    assert "1 of 3 judged" in ran.out
    assert "[offered] Seoul talks" in ran.out
    assert "Seoul rejected the offer." in ran.out
    assert "a accept" in ran.out
    assert ran.out.splitlines()[-1] == "1 accepted, by ann"
    with book() as kept:
        (judgement,) = kept.judgements()
        assert (judgement.value, judgement.by) == ("yes", "ann")


def test_words_of_documents_cannot_colour_the_screen(coded: Rejoinder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in press(coded, monkeypatch, "q").out


def test_keys_do_what_they_say_and_undo_takes_it_back(coded: Rejoinder, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = press(coded, monkeypatch, "r no act here", "u", "2", "e date 2016-05-01", "a", "q")
    assert ran.out.splitlines()[-1] == "1 accepted, 2 corrected, 1 rejected, 1 undone, by ann"
    with book() as kept:
        first = kept.judgements()[0]
        assert first.note == "no act here"
        act = kept.act(first.subject)
        assert str(act.when.earliest) == "2016-05-01"
        assert act.kind != "OFFER"


def test_skipped_ones_do_not_come_again_and_the_end_is_told(coded: Rejoinder, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = press(coded, monkeypatch, "s", "s", "a")
    assert "Nothing is left to judge: 1 of 3 are judged; 2 were skipped." in ran.out
    assert press(coded, monkeypatch, "s", "k", "r", "q").out.splitlines()[-1] == "1 rejected, by ann"


def test_slips_are_told_and_nothing_is_kept(coded: Rejoinder, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = press(coded, monkeypatch, "z", "e nothing x", "e date soon", "0", "NOTHING", "u", "k", "l", "", "q")
    assert ran.status == 0
    for told in ("'z' is no key here", "'nothing' is no field", "soon", "is no kind", "could be undone", "first one"):
        assert told in ran.out
    with book() as kept:
        assert kept.judgements() == []


def test_an_act_is_linked_by_number(coded: Rejoinder, monkeypatch: pytest.MonkeyPatch) -> None:
    with book() as kept:
        (answer,) = kept.acts(kind="ACCEPT")
        (offer,) = kept.acts(kind="OFFER")
    ran = press(coded, monkeypatch, "l", "1", "counters", "q", options=("--kind", "ACCEPT"))
    assert "  1 " in ran.out
    with book() as kept:
        assert (answer.id, offer.id, "counters") in {(one.answer, one.offer, one.how) for one in kept.links()}


def test_links_are_judged_and_answered_otherwise(coded: Rejoinder, monkeypatch: pytest.MonkeyPatch) -> None:
    with book() as kept:
        before = {one.how for one in kept.links()}
    ran = press(coded, monkeypatch, "3", "a", "q", options=("--what", "links"))
    assert "Does the second" in ran.out
    with book() as kept:
        assert {one.how for one in kept.links()} != before
        assert "counters" in {one.how for one in kept.links()}


def test_who_judges_is_asked(coded: Rejoinder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("bea\na\nq\n"))
    assert coded("review").out.splitlines()[-1] == "1 accepted, by bea"
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    ran = coded("review")
    assert (ran.status, "--coder" in ran.err) == (2, True)


def test_an_interruption_loses_nothing(coded: Rejoinder, monkeypatch: pytest.MonkeyPatch) -> None:
    pressed = iter("a")

    def key(_keys: terminal.Keys) -> str:
        for one in pressed:
            return one
        raise KeyboardInterrupt

    monkeypatch.setattr(terminal.Keys, "key", key)
    ran = coded("review", "--coder", "ann")
    assert ran.status == 130
    assert ran.out.splitlines()[-1] == "1 accepted, by ann"
    assert "what was judged is kept" in ran.err
    with book() as kept:
        assert len(kept.judgements()) == 1


def test_what_was_assigned_comes_first(coded: Rejoinder, monkeypatch: pytest.MonkeyPatch) -> None:
    with package.open("rejoinder.db") as kept:
        kept.assign(["first"], ["ann", "bob"], double=1, by="lead")
        (act, *_) = kept.acts()
        kept.judge(act.id, False, by="bob")
    ran = press(coded, monkeypatch, "a", "a", "a")
    assert "Nothing is left to judge: 3 of 3 are judged." in ran.out
