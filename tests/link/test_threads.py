import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from rejoinder.link import threads
from rejoinder.records import Act, How, Link, Merge, When

from .build import offer

DAY = dt.date(2016, 5, 20)
UNTIL = dt.date(2016, 6, 1)


def ask(name: str = "o", **other: Any) -> Act:
    return offer("a", name, DAY, "Pyongyang proposed military talks", **other)


def reply(name: str, days: int, **other: Any) -> Act:
    return offer(
        "b", name, DAY + dt.timedelta(days), "Seoul answered that", kind="REJECT", dyad=("KOR", "PRK"), **other
    )


def link(name: str, how: How) -> Link:
    return Link(name, "o", how, ())


def test_an_offer_nobody_answers_is_open_and_silent_until_the_newest_day() -> None:
    (thread,) = threads([ask()], (), (), UNTIL)
    assert (thread.status, thread.silence_days, thread.until) == ("open", 12, UNTIL)


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("accepts", "accepted"),
        ("fulfils", "accepted"),
        ("rejects", "rejected"),
        ("withdraws", "withdrawn"),
        ("counters", "answered"),
        ("evades", "open"),
        ("reaffirms", "open"),
    ],
)
def test_status_by_answer(how: How, status: str) -> None:
    (thread,) = threads([ask(), reply("r", 4)], (), [link("r", how)], UNTIL)
    assert thread.status == status


def test_the_last_decisive_answer_rules() -> None:
    acts = [ask(), reply("yes", 9), reply("no", 3)]
    (thread,) = threads(acts, (), [link("yes", "accepts"), link("no", "rejects")], UNTIL)
    assert thread.status == "accepted"
    assert [one.answer for one in thread.links] == ["no", "yes"]
    assert (thread.silence_days, thread.replied) == (3, True)


def test_a_passed_deadline_lapses_an_unanswered_offer_only() -> None:
    deadline = {"o": dt.date(2016, 5, 30)}
    assert threads([ask()], (), (), UNTIL, deadline)[0].status == "lapsed"
    assert threads([ask()], (), (), dt.date(2016, 5, 30), deadline)[0].status == "open"
    assert threads([ask(), reply("r", 4)], (), [link("r", "rejects")], UNTIL, deadline)[0].status == "rejected"


def test_background_opens_a_thread_where_something_answers_it() -> None:
    old = ask(background=True)
    assert threads([old], (), (), UNTIL) == ()
    for answer in (reply("r", 4), reply("r", 4, background=True)):
        (thread,) = threads([old, answer], (), [link("r", "rejects")], UNTIL)
        assert thread.offer == old


def test_background_opens_a_thread_where_the_text_says_when() -> None:
    old = ask(background=True)
    told = replace(old, when=replace(old.when, said=old.trigger))
    (thread,) = threads([told], (), (), UNTIL)
    assert (thread.offer, thread.status) == (told, "open")
    vague = replace(told.when, earliest=told.when.earliest and told.when.earliest - dt.timedelta(365))
    assert threads([replace(told, when=vague)], (), (), UNTIL) == ()


def test_reports_and_later_mentions_are_one_thread() -> None:
    report = offer("c", "p", DAY, "North proposed talks")
    later = ask("m", same_as="o")
    (thread,) = threads(
        [report, later, ask(), reply("r", 2)], [Merge("p", "o")], [Link("r", "p", "accepts", ())], UNTIL
    )
    assert thread.reports == ("o", "m", "p")
    assert thread.status == "accepted"


def test_its_own_side_repeating_it_ends_no_silence() -> None:
    again = offer("b", "r", DAY + dt.timedelta(2), "Pyongyang repeated that", kind="REQUEST")
    found = threads([ask(), again], (), [link("r", "reaffirms")], UNTIL)
    assert [thread.silence_days for thread in found if thread.offer.id == "o"] == [12]


def test_its_own_side_doing_it_decides_but_ends_no_silence() -> None:
    done = offer("b", "r", DAY + dt.timedelta(2), "Pyongyang opened the talks", kind="CONCEDE")
    (thread,) = threads([ask(), done], (), [link("r", "fulfils")], UNTIL)
    assert (thread.status, thread.silence_days, thread.replied) == ("accepted", 12, False)


def test_an_undated_offer_has_no_silence() -> None:
    (thread,) = threads([ask(when=When())], (), (), UNTIL)
    assert thread.silence_days is None


@pytest.mark.parametrize("realis", ["negated", "possible"])
def test_what_was_not_offered_opens_no_thread(realis: str) -> None:
    assert threads([ask(realis=realis)], (), (), UNTIL) == ()


def test_other_kinds_open_no_thread() -> None:
    assert threads([ask(kind="MOBILIZE")], (), (), UNTIL) == ()
