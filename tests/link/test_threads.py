import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from rejoinder.link import threads
from rejoinder.records import Act, How, Link, Merge, Span, When

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


def scored(answer: str, how: How, score: float, answered: str = "o") -> Link:
    return Link(answer, answered, how, (), score=score)


def if_(act: Act, *conditions: str) -> Act:
    """``act`` with ``conditions``, as words of its document that stand behind it."""
    at = act.span.end + 1
    return replace(act, conditions=tuple(Span(act.doc, at, at + len(words), words) for words in conditions))


def test_reports_of_one_answer_are_one_link_the_most_certain() -> None:
    acts = [ask(), ask("o2"), reply("r", 4), reply("r2", 3), reply("other", 9)]
    merges = [Merge("r2", "r"), Merge("o2", "o")]
    links = [scored("r", "rejects", 0.6), scored("r2", "rejects", 0.8, "o2"), scored("other", "rejects", 0.7)]
    (thread,) = threads(acts, merges, links, UNTIL)
    assert thread.links == (links[1], links[2])
    assert thread.silence_days == 3


def test_one_act_may_answer_in_two_ways() -> None:
    links = [scored("r", "rejects", 0.6), scored("r2", "counters", 0.8)]
    (thread,) = threads([ask(), reply("r", 4), reply("r2", 4)], [Merge("r2", "r")], links, UNTIL)
    assert {link.how for link in thread.links} == {"rejects", "counters"}


@pytest.mark.parametrize("turned", [False, True])
def test_of_links_as_certain_the_first_by_id_stays(turned: bool) -> None:
    links = [link("r", "rejects"), link("r2", "rejects")]
    acts = [ask(), reply("r", 4), reply("r2", 4)]
    (thread,) = threads(acts, [Merge("r2", "r")], links[::-1] if turned else links, UNTIL)
    assert thread.links == (min(links, key=lambda one: one.id),)


def test_reports_of_one_answer_that_chose_different_offers_answer_the_most_certain() -> None:
    acts = [ask(), ask("p", issue="aid"), reply("r", 4), reply("r2", 4)]
    links = [scored("r", "rejects", 0.6), scored("r2", "rejects", 0.8, "p")]
    found = {thread.offer.id: thread for thread in threads(acts, [Merge("r2", "r")], links, UNTIL)}
    assert found["p"].links == (links[1],)
    assert (found["o"].links, found["o"].status) == ((), "open")


def test_one_mention_may_answer_two_offers() -> None:
    acts = [ask(), ask("p", issue="aid"), ask("q", issue="sports"), reply("r", 4), reply("r2", 4)]
    links = [scored("r", "rejects", 0.8), scored("r", "rejects", 0.4, "p"), scored("r2", "rejects", 0.6, "q")]
    found = {thread.offer.id: thread.links for thread in threads(acts, [Merge("r2", "r")], links, UNTIL)}
    assert found == {"o": (links[0],), "p": (links[1],), "q": ()}


def test_an_act_does_not_answer_itself() -> None:
    (thread,) = threads([ask(), ask("again")], [Merge("again", "o")], [link("again", "reaffirms")], UNTIL)
    assert thread.links == ()


def test_an_answer_has_the_first_day_that_any_report_of_it_gives() -> None:
    acts = [ask(), reply("late", 9), replace(reply("r", 4), when=When()), reply("r2", 4)]
    links = [scored("r", "rejects", 0.9), scored("late", "accepts", 0.9)]
    (thread,) = threads(acts, [Merge("r2", "r")], links, UNTIL)
    assert [one.answer for one in thread.links] == ["r", "late"]
    assert thread.silence_days == 4


def test_renewals_are_what_its_own_side_says_again() -> None:
    acts = [ask(), ask("again", kind="REQUEST"), reply("r", 4)]
    links = [link("again", "reaffirms"), link("r", "rejects")]
    found = {thread.offer.id: thread for thread in threads(acts, (), links, UNTIL)}
    assert [one.answer for one in found["o"].renewals] == ["again"]
    assert len(found["o"].links) == 2


def test_each_side_puts_its_conditions() -> None:
    offered = if_(ask(), "if the drills stop")
    told = if_(replace(ask("p"), doc="c"), "if the South stops its drills", "provided aid comes")
    refusal = if_(reply("r", 4), "unless the drills stop")
    merges, links = [Merge("p", "o")], [link("r", "rejects")]
    (thread,) = threads([offered, told, refusal], merges, links, UNTIL)
    assert [(one.side, one.act, one.words.quote) for one in thread.conditions] == [
        ("PRK", "o", "if the drills stop"),
        ("PRK", "o", "provided aid comes"),
        ("KOR", "r", "unless the drills stop"),
    ]
    assert [one.words.quote for one in thread.awaits] == [
        "unless the drills stop",
        "if the drills stop",
        "provided aid comes",
    ]


def test_conditions_of_all_reports_of_an_answer_count() -> None:
    acts = [ask(), reply("r", 4), if_(reply("r2", 4), "unless Pyongyang apologizes")]
    (thread,) = threads(acts, [Merge("r2", "r")], [link("r", "rejects")], UNTIL)
    assert [(one.act, one.words.quote) for one in thread.conditions] == [("r", "unless Pyongyang apologizes")]


@pytest.mark.parametrize(
    ("how", "awaits"), [("accepts", []), ("fulfils", []), ("withdraws", []), ("rejects", ["if the drills stop"])]
)
def test_what_is_settled_awaits_nothing(how: How, awaits: list[str]) -> None:
    (thread,) = threads([if_(ask(), "if the drills stop"), reply("r", 4)], (), [link("r", how)], UNTIL)
    assert [one.words.quote for one in thread.awaits] == awaits
    assert len(thread.conditions) == 1


def test_a_lapsed_offer_awaits_nothing() -> None:
    (thread,) = threads([if_(ask(), "if the drills stop")], (), (), UNTIL, {"o": DAY})
    assert (thread.status, thread.awaits) == ("lapsed", ())


@pytest.mark.parametrize("told", ["m", "p"])
def test_a_deadline_that_one_report_alone_gives_counts(told: str) -> None:
    acts = [ask(), ask("m", same_as="o"), offer("c", "p", DAY, "North proposed talks")]
    deadline = {told: dt.date(2016, 5, 30)}
    for until, status in ((UNTIL, "lapsed"), (dt.date(2016, 5, 30), "open")):
        assert [one.status for one in threads(acts, [Merge("p", "o")], (), until, deadline)] == [status]


@pytest.mark.parametrize(("how", "status"), [("evades", "lapsed"), ("reaffirms", "lapsed"), ("counters", "answered")])
def test_only_a_reply_keeps_an_offer_from_lapsing(how: How, status: str) -> None:
    acts, deadline = [ask(), reply("r", 4)], {"o": dt.date(2016, 5, 30)}
    assert threads(acts, (), [link("r", how)], UNTIL, deadline)[0].status == status


def test_one_document_tells_of_one_refusal_a_side() -> None:
    refused, blamed, other = reply("r", 4), reply("b", 4), replace(reply("x", 4), doc="c")
    sure, less = replace(link("r", "rejects"), score=0.9), replace(link("b", "rejects"), score=0.6)
    acts = [ask(), refused, blamed, other]
    (thread,) = threads(acts, (), [less, sure, replace(link("x", "rejects"), score=0.5)], UNTIL)
    assert sorted(one.answer for one in thread.links) == ["r", "x"]


def test_a_threat_that_is_carried_out_was_not_heeded() -> None:
    done = replace(reply("d", 4), kind="SANCTION")
    (thread,) = threads([ask(kind="THREATEN"), done], (), [link("d", "fulfils")], UNTIL)
    assert thread.status == "rejected"
