"""What was done between an offer and its answer."""

import datetime as dt
from typing import Any

from rejoinder.codebook import codebook
from rejoinder.link import threads
from rejoinder.link.meanwhile import deeds, each_once, period
from rejoinder.records import Act, How, Link, Thread, When

from .build import offer

DAY, UNTIL = dt.date(2016, 5, 20), dt.date(2016, 6, 1)


def at(name: str, days: int, **other: Any) -> Act:
    return offer("d", name, DAY + dt.timedelta(days), "Pyongyang shelled an island", **other)


def thread_of(*answers: tuple[Act, How]) -> tuple[Thread, dict[str, list[Act]]]:
    acts = [at("o", 0), *(act for act, _ in answers)]
    links = [Link(act.id, "o", how, ()) for act, how in answers]
    found = next(one for one in threads(acts, (), links, UNTIL) if one.offer.id == "o")
    return found, {act.id: [act] for act in acts}


def answer(name: str, days: int, **other: Any) -> Act:
    return at(name, days, kind="REJECT", dyad=("KOR", "PRK"), **other)


def test_deeds_are_what_is_not_said() -> None:
    assert {codebook().quad(kind) for kind in deeds()} == {2, 4}
    assert "MOBILIZE" in deeds()
    assert "OFFER" not in deeds()


def test_a_thread_runs_to_its_last_deciding_answer() -> None:
    told = thread_of((answer("no", 3), "rejects"), (answer("yes", 5), "accepts"), (answer("hm", 9), "evades"))
    assert period(*told) == (DAY, DAY + dt.timedelta(5))


def test_an_undecided_one_runs_to_the_newest_day() -> None:
    assert period(*thread_of((answer("hm", 9), "evades"))) == (DAY, UNTIL)


def test_without_days_nothing_lies_between() -> None:
    assert period(*thread_of((answer("no", 3, when=When()), "rejects"))) is None
    assert period(*thread_of((answer("no", -3), "rejects"))) is None
    thread, told = thread_of()
    assert period(thread, {"o": [at("o", 0, when=When(dt.date(2015, 1, 1), DAY))]}) is None
    assert period(thread, told | {"o": [at("o", 0, when=When()), at("p", 2)]}) == (DAY + dt.timedelta(2), UNTIL)


def test_in_order_of_day_each_act_once_and_none_of_the_thread() -> None:
    early, late = ("2016-05-22", "early", "early"), ("2016-05-28", "late", "late")
    report, again = ("2016-05-21", "report", "early"), ("2016-05-24", "again", "elsewhere")
    known = ("2016-05-23", "known", "answer")
    assert each_once([late, report, early, again, known], {"answer"}) == ("early", "again", "late")
