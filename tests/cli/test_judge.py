"""``rejoinder judge``: merges and links judged, undone and listed; and what ``rejoinder why`` says of them."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import rejoinder as package
from rejoinder.link import Linker
from tests.cli.conftest import Rejoinder
from tests.makers import eager_linker

ROWS = (
    ("first", "2016-05-20", "Pyongyang offered Seoul talks."),
    ("again", "2016-05-20", "On Friday Pyongyang offered Seoul talks by letter."),
    ("answer", "2016-05-23", "Seoul rejected Pyongyang."),
)


@pytest.fixture
def linked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Linker], None]:
    def use(linker: Linker) -> None:
        monkeypatch.setattr("rejoinder.book.tools.load_linker", lambda: linker)

    return use


@pytest.fixture
def book(rejoinder: Rejoinder, tmp_path: Path, linked: Callable[[Linker], None]) -> Rejoinder:
    """The program, with an offer told of twice, and its refusal, in its book."""
    linked(eager_linker())
    lines = [json.dumps({"id": name, "published": day, "text": text}) for name, day, text in ROWS]
    (tmp_path / "some.jsonl").write_text("\n".join(lines), "utf-8")
    assert rejoinder("code", "some.jsonl", "--quiet").status == 0
    return rejoinder


def merge() -> package.Merge:
    with package.open("rejoinder.db", readonly=True) as opened:
        (found,) = opened.merges()
    return found


def link() -> package.Link:
    with package.open("rejoinder.db", readonly=True) as opened:
        (found,) = opened.links()
    return found


def told_in(act: str) -> str:
    """The document that tells of ``act``."""
    with package.open("rejoinder.db", readonly=True) as opened:
        return opened.why(act).document.name


def test_a_merge_is_judged_wrong_and_that_is_undone(book: Rejoinder) -> None:
    made = merge()
    where, other, start = told_in(made.report), told_in(made.act), made.id[:8]
    ran = book("judge", start, "wrong", "--by", "ann", "--note", "two letters")
    judged, follows = ran.out.splitlines()
    assert (ran.status, ran.err) == (0, "")
    assert judged.startswith(f"merge {start}, judged wrong by ann: “")
    assert f"({where}, 2016-05-20) tells of “Pyongyang offered Seoul talks" in judged
    assert follows == f"The report in {where} is an act of its own now."
    judged, follows = book("judge", start, "undo", "--by", "bob").out.splitlines()
    assert judged.startswith(f"merge {start}, judgement taken back by bob: “")
    assert follows == f"The report in {where} now tells of {made.act[:8]} in {other}."


def test_a_link_is_judged(book: Rejoinder) -> None:
    made = link()
    where, other = told_in(made.answer), told_in(made.offer)
    judged, follows = book("judge", made.id, "stands", "--by", "ann").out.splitlines()
    assert judged.startswith(f"link {made.id[:8]}, judged to stand by ann: “Seoul rejected Pyongyang” (answer, 2016")
    assert "05-23) rejects “" in judged
    assert follows == f"The act in {where} now rejects {made.offer[:8]} in {other}."


def test_an_answer_with_nothing_left_to_answer(book: Rejoinder) -> None:
    last = ""
    for _ in range(2):  # the one offer, then the report of it
        last = book("judge", link().id, "wrong", "--by", "ann").out.splitlines()[-1]
        if last.endswith("nothing now."):
            break
    assert last == "The act in answer answers nothing now."


def test_what_stood_by_a_judgement_alone(book: Rejoinder, linked: Callable[[Linker], None]) -> None:
    start = merge().id[:8]
    book("judge", start, "stands", "--by", "ann")
    timid = eager_linker()
    linked(replace(timid, rules=replace(timid.rules, merges=replace(timid.rules.merges, threshold=1.1))))
    ran = book("judge", start, "undo", "--by", "ann")
    assert ran.out.splitlines() == [
        f"id {start}, judgement taken back by ann",
        "The program by itself does not join the two acts.",
    ]
    assert "no longer in the book" in book("judge").out


def test_judgements_are_listed_the_newest_last(book: Rejoinder) -> None:
    assert book("judge").out == "0 judgements\n"
    start = merge().id[:8]
    book("judge", start, "wrong", "--by", "ann", "--note", "two\nletters")
    book("judge", start, "undo", "--by", "bob")
    first, pair, note, second, again, count = book("judge").out.splitlines()
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d UTC  ann  merge {start}  wrong", first)
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d \d\d:\d\d UTC  bob  merge {start}  undo", second)
    assert (note, count, pair) == ("  note: two letters", "2 judgements", again)


def test_why_names_each_merge_and_link_with_its_grounds(book: Rejoinder) -> None:
    for act, joined, kind in ((merge().act, merge(), "merge"), (link().offer, link(), "link")):
        out = book("why", act).out
        assert f"    {kind} {joined.id[:8]}, score {joined.score:.2f}, on “" in out
        assert "judged" not in out
    book("judge", merge().id, "stands", "--by", "ann", "--note", "the same letter")
    assert "on “offered”; judged to stand by ann: the same letter\n" in book("why", merge().report).out


def test_why_still_shows_what_was_judged_wrong(book: Rejoinder) -> None:
    wrong, reply = merge(), link()
    for one in (wrong, reply):
        book("judge", one.id, "wrong", "--by", "ann")
    head, _, section = book("why", wrong.act).out.partition("\njudged wrong\n")
    assert "also told in" not in head
    assert f"merge {wrong.id[:8]}, score " in section
    assert section.count("; judged wrong by ann\n") >= 1
    assert f"  rejects it  {reply.answer[:8]}  " in book("why", reply.offer).out
    assert f"  it rejects  {reply.offer[:8]}  " in book("why", reply.answer).out
    book("judge", wrong.id[:8], "undo", "--by", "ann")
    assert wrong.id[:8] not in book("why", wrong.act).out.partition("\njudged wrong\n")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["judge", "ffffffffffffffff", "wrong", "--by", "ann"],
        ["judge", "", "wrong", "--by", "ann"],
        ["judge", "{id}"],
        ["judge", "{id}", "wrong"],
        ["judge", "{id}", "wrong", "--by", " "],
        ["judge", "{id}", "wrong", "--by", "\udcff"],
        ["judge", "{id}", "maybe", "--by", "ann"],
        ["judge", "{id}", "undo", "--by", "ann"],
        ["judge", "--by", "ann"],
    ],
)
def test_a_slip_is_one_line_on_standard_error(book: Rejoinder, arguments: list[str]) -> None:
    ran = book(*(one.format(id=merge().id) for one in arguments))
    assert (ran.status, ran.out, len(ran.errors)) == (2, "", 1)
    assert book("judge").out == "0 judgements\n"


def test_judging_in_a_book_that_is_not_there_makes_none(rejoinder: Rejoinder, tmp_path: Path) -> None:
    for arguments in (["judge"], ["judge", "ffffffff", "wrong", "--by", "ann"]):
        ran = rejoinder(*arguments, "--db", "none.db")
        assert (ran.status, ran.out, len(ran.errors)) == (1, "", 1)
    assert not (tmp_path / "none.db").exists()


def first_offer() -> package.Act:
    with package.open("rejoinder.db", readonly=True) as opened:
        return opened.acts(document="first")[0]


def test_an_act_is_corrected_rejected_and_all_is_undone(book: Rejoinder) -> None:
    act = first_offer()
    start = act.id[:8]
    head, kind, target = book("judge", start, "set", "kind", "DEMAND", "target", "none", "--by", "ann").out.splitlines()
    assert head == f"act {start}, “Pyongyang offered Seoul talks” (first, 2016-05-20)"
    assert kind.endswith("UTC  ann  kind: OFFER → DEMAND")
    assert target.endswith("target: KOR GOV “Seoul” → none")
    assert book("judge", start, "reject", "--by", "bob", "--final").out.splitlines() == [
        f"act {start}, “Pyongyang offered Seoul talks” (first, 2016-05-20, not in the book)",
        *[
            line
            for line in book("judge").out.splitlines()
            if line.endswith("bob, as adjudicator  the act: not judged → rejected")
        ],
    ]
    ran = book("why", start)
    assert (ran.status, ran.errors) == (
        2,
        [f"rejoinder: The act {act.id} was rejected, or the adding of it undone. `rejoinder judge` lists by whom."],
    )
    assert book("judge", start, "undo", "--by", "bob").status == 0
    assert book("judge", "undo", "--by", "ann").status == 0
    assert first_offer() == act
    told = book("why", start).out.split("judgements\n")[1].splitlines()
    assert ["undone:" in line for line in told] == [True, True, True, False, False, False]
    assert book("judge").out.splitlines()[-1] == "6 judgements"


def test_an_act_is_added_linked_and_merged(book: Rejoinder) -> None:
    added = book("judge", "answer", "add", '"Pyongyang"', "DEMAND", "actor", "KOR", "--by", "ann").out.splitlines()
    assert added[1].endswith("ann  the act: not there → added")
    start = added[0].split()[1].rstrip(",")
    ran = book("judge", start, "link", first_offer().id, "reaffirms", "--by", "ann")
    assert "judged to stand by ann" in ran.out
    assert "reaffirms" in ran.out
    assert "judged to stand by ann" in book("judge", start, "merge", first_offer().id, "--by", "ann").out


def test_what_comes_after_a_verdict(book: Rejoinder) -> None:
    start = first_offer().id[:8]
    for words, message in (
        (("set",), "set needs FIELD VALUE, as in: set kind REQUEST."),
        (("set", "kind"), "'kind' has no value. Give FIELD VALUE"),
        (("link", start), "link needs the id of the act answered, and how"),
        (("accept", "it"), "Nothing comes after accept. Leave out 'it'."),
        (
            ("praise",),
            "'praise' is no verdict. It is one of: accept, stands, reject, wrong, set, link, merge, add, undo.",
        ),
    ):
        ran = book("judge", start, *words, "--by", "ann")
        assert ran.status == 2
        assert message in ran.errors[0]


def test_lists_of_what_was_reviewed_and_of_an_earlier_day(book: Rejoinder) -> None:
    act = first_offer()
    before = {name: book(*name.split()).out for name in ("acts", "threads", "problems", f"why {act.id}")}
    assert book("acts", "--reviewed").out == "0 acts\n"
    book("judge", act.id, "set", "kind", "SUPPORT", "--by", "ann")
    assert [line.split()[0] for line in book("acts", "--reviewed").out.splitlines()][:1] == [act.id[:8]]
    assert act.id[:8] not in book("acts", "--not-reviewed").out
    for name, out in before.items():
        assert book(*name.split(), "--as-of", "2001-01-01").out == out
    assert book("acts").out != before["acts"]
    ran = book("acts", "--as-of", "once")
    assert (ran.status, len(ran.errors)) == (2, 1)
