"""Acts and threads as they are printed."""

import datetime as dt
import io
from dataclasses import replace

import pytest

from rejoinder.cli.screen import Screen
from rejoinder.cli.show import act_lines, dyad, interval, side, thread_in_full, thread_lines
from rejoinder.records import Act, Condition, Document, Link, Side, Span, Status, Thread, Voice, When

NAMES = {"PRK": "North Korea", "KOR": "South Korea"}
TEXT = "Seoul offered talks if the tests stop. Pyongyang turned the offer down."
DOCUMENT = Document(TEXT)


def _act(quote: str, trigger: str, kind: str, actor: str, target: str | None, day: int, **more: object) -> Act:
    at, of = TEXT.index(quote), TEXT.index(trigger)
    return Act(
        id=f"{kind.lower()}0123456789",
        doc=DOCUMENT.id,
        kind=kind,
        span=Span.of(DOCUMENT, at, at + len(quote)),
        trigger=Span.of(DOCUMENT, of, of + len(trigger)),
        actor=Side("they", actor, "GOV"),
        target=Side("them", target, "GOV") if target else None,
        when=When(dt.date(2015, 3, day), dt.date(2015, 3, day)),
        **more,  # type: ignore[arg-type]
    )


OFFER = _act(
    "Seoul offered talks",
    "offered",
    "OFFER",
    "KOR",
    "PRK",
    2,
    issue="talks",
    voice=Voice(channel="letter", via=("KCNA",)),
    conditions=(Span.of(DOCUMENT, 20, 37),),
)
ANSWER = _act("Pyongyang turned the offer down", "turned", "REJECT", "PRK", "KOR", 5)
LINK = Link(ANSWER.id, OFFER.id, "rejects", (ANSWER.span,))


def _printed_thread(links: tuple[Link, ...], status: Status, silence: int | None) -> list[str]:
    out = io.StringIO()
    thread = Thread("abcdef0123456789", OFFER, (OFFER.id,), links, status, silence, dt.date(2015, 3, 9), bool(links))
    thread_lines(Screen(out), thread, {ANSWER.id: ANSWER}, NAMES)
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ((2016, 5, 20), (2016, 5, 20), "2016-05-20"),
        ((2016, 5, 19), (2016, 5, 20), "2016-05-19/20"),
        ((2016, 4, 30), (2016, 5, 1), "2016-04-30/2016-05-01"),
        ((2016, 5, 20), None, "2016-05-20/.."),
        (None, (2016, 5, 20), "../2016-05-20"),
        (None, None, "undated"),
    ],
)
def test_interval(earliest: tuple[int, int, int] | None, latest: tuple[int, int, int] | None, words: str) -> None:
    assert interval(When(earliest and dt.date(*earliest), latest and dt.date(*latest))) == words


def test_what_is_known_of_an_open_date_is_shown() -> None:
    assert interval(When(partial="XXXX-01")) == "XXXX-01"


def test_a_side_is_shown_by_code_and_name() -> None:
    assert side(Side("Seoul", "KOR"), NAMES) == "KOR South Korea"
    assert side(Side("the allies", "KOR", also=("USA",)), NAMES) == "KOR South Korea + USA"
    assert side(Side("gunmen"), NAMES) == "? gunmen"
    assert side(None, NAMES) == "(nobody named)"


def test_an_act_without_target_has_no_arrow() -> None:
    assert dyad(_act("Seoul", "Seoul", "MOBILIZE", "PRK", None, 1), NAMES) == "PRK North Korea"


def test_acts_are_printed_with_days_sides_kind_and_words() -> None:
    out = io.StringIO()
    act_lines(Screen(out), [OFFER, ANSWER], NAMES)
    assert out.getvalue().splitlines() == [
        "offer012  2015-03-02  OFFER   KOR South Korea → PRK North Korea",
        "          talks · letter · via KCNA",
        "          “Seoul offered talks”",
        "reject01  2015-03-05  REJECT  PRK North Korea → KOR South Korea",
        "          “Pyongyang turned the offer down”",
    ]


def test_a_thread_shows_offer_condition_answer_and_status() -> None:
    assert _printed_thread((LINK,), "rejected", 3) == [
        "abcdef01  2015-03-02  OFFER  KOR South Korea → PRK North Korea",
        "          talks · letter · via KCNA",
        "          “Seoul offered talks”",
        "          on condition  “if the tests stop”",
        "          └─ rejects  2015-03-05  PRK North Korea  reject01",
        "             “Pyongyang turned the offer down”",
        "          rejected · first answer after 3 days",
    ]


def test_an_open_thread_says_how_long_nobody_answered() -> None:
    assert _printed_thread((), "open", 7)[-1] == "          open · 7 days of silence until 2015-03-09"
    assert _printed_thread((), "open", None)[-1] == "          open · no date to count from"


def test_a_thread_in_full() -> None:
    renewed = replace(_act("Seoul offered talks", "offered", "REQUEST", "KOR", "PRK", 4), id="again0123456789")
    deed = _act("tests", "tests", "MOBILIZE", "PRK", "KOR", 3)
    put, refused = OFFER.conditions[0], Span.of(DOCUMENT, TEXT.index("the offer"), TEXT.index(" down"))
    links = (Link(renewed.id, OFFER.id, "reaffirms", ()), LINK)
    conditions = (Condition("KOR", OFFER.id, put), Condition("PRK", ANSWER.id, refused))
    thread = Thread(
        "abcdef0123456789",
        OFFER,
        (OFFER.id, "p"),
        links,
        "rejected",
        3,
        replied=True,
        conditions=conditions,
        awaits=conditions[::-1],
        meanwhile=(deed.id,),
    )
    out = io.StringIO()
    thread_in_full(Screen(out), thread, {act.id: act for act in (renewed, ANSWER, deed)}, NAMES)
    assert out.getvalue().splitlines() == [
        "abcdef01  2015-03-02  OFFER  KOR South Korea → PRK North Korea",
        "          talks · letter · via KCNA",
        "          “Seoul offered talks”",
        "          on condition  “if the tests stop”",
        "          renewals",
        "          └─ reaffirms  2015-03-04  KOR South Korea  again012",
        "             “Seoul offered talks”",
        "          answers",
        "          └─ rejects  2015-03-05  PRK North Korea  reject01",
        "             “Pyongyang turned the offer down”",
        "             on condition  “the offer”",
        "          meanwhile",
        "          └─ 2015-03-03  MOBILIZE  PRK North Korea → KOR South Korea  mobilize",
        "             “tests”",
        "          rejected · first answer after 3 days · told 2 times",
        "          next: “the offer” · PRK North Korea",
        "          next: “if the tests stop” · KOR South Korea",
    ]


def test_a_counter_offer_is_not_printed_as_its_own_condition() -> None:
    counter = Condition("PRK", ANSWER.id, ANSWER.span)
    thread = Thread(
        "abcdef01", OFFER, (OFFER.id,), (LINK,), "answered", 3, replied=True, conditions=(counter,), awaits=(counter,)
    )
    out = io.StringIO()
    thread_in_full(Screen(out), thread, {ANSWER.id: ANSWER}, NAMES)
    assert "on condition" not in out.getvalue()
    assert out.getvalue().endswith("next: “Pyongyang turned the offer down” · PRK North Korea\n")


def test_an_open_thread_without_conditions_awaits_an_answer() -> None:
    for target, words in ((OFFER.target, " by PRK North Korea"), (None, "")):
        out = io.StringIO()
        thread = Thread("abcdef01", replace(OFFER, target=target), (OFFER.id,), (), "open", 7)
        thread_in_full(Screen(out), thread, {}, NAMES)
        assert out.getvalue().splitlines()[-1] == f"          next: an answer{words}"
