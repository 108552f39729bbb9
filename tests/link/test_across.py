import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.link import Across, Linker, Setting, Verdicts, across
from rejoinder.link.lexicon import Weights, between
from rejoinder.records import Act, When

from .build import offer

DAY = dt.date(2016, 5, 20)
NEXT = DAY + dt.timedelta(1)
OPEN = When()


def compared(acts: list[Act], published: Mapping[str, dt.date | None], settled: frozenset[str] = frozenset()) -> Across:
    """``acts`` compared, in documents of these days that settle these acts; they begin with what the act says."""
    openings = {act.doc: act.span.quote for act in sorted(acts, key=lambda act: act.id)}
    return across(acts, {doc: Setting(day, openings.get(doc, ""), settled) for doc, day in published.items()})


def talks(doc: str, name: str, day: dt.date = DAY, **other: Any) -> Act:
    return offer(doc, name, day, "Pyongyang proposed working-level military talks at Panmunjom", **other)


def test_two_reports_of_one_offer_merge_on_the_earliest() -> None:
    found = compared([talks("b", "2"), talks("a", "1")], {"a": DAY, "b": NEXT})
    assert [(merge.report, merge.act) for merge in found.merges] == [("2", "1")]
    assert [span.quote for span in found.merges[0].evidence] == ["proposed", "proposed"]


def test_mentions_of_one_document_are_not_merged_here() -> None:
    assert not compared([talks("a", "1"), talks("a", "2")], {"a": DAY}).merges


def test_other_days_other_sides_other_matters_stay_apart() -> None:
    published = {"a": DAY, "b": NEXT, "c": NEXT, "d": NEXT}
    later = talks("b", "2", DAY + dt.timedelta(9))
    others = talks("c", "3", dyad=("PRK", "JPN"))
    matter = offer(
        "d", "4", DAY, "Pyongyang offered to return two sailors' bodies", trigger="offered", issue="families"
    )
    assert not compared([talks("a", "1"), later, others, matter], published).merges


def test_an_undated_mention_finds_its_offer() -> None:
    noun = offer(
        "b", "2", DAY, "the North's proposal of military talks", trigger="proposal", when=OPEN, background=True
    )
    found = compared([talks("a", "1"), noun], {"a": DAY, "b": NEXT})
    assert [(merge.report, merge.act) for merge in found.merges] == [("2", "1")]


def test_an_undated_mention_of_a_text_without_date_finds_nothing() -> None:
    noun = offer(
        "b", "2", DAY, "the North's proposal of military talks", trigger="proposal", when=OPEN, background=True
    )
    assert not compared([talks("a", "1"), noun], {"a": DAY, "b": None}).merges


def test_an_undated_mention_that_fits_two_offers_is_a_problem_that_names_both() -> None:
    merges = Weights({"always": -0.5, "noun for it": 2.0}, threshold=0.5, margin=0.05)
    linker = Linker(replace(between(), merges=merges))
    mines = offer("a", "1", DAY, "it proposed a meeting of officers on mines", issue="military")
    reunions = offer("b", "2", DAY, "it proposed Red Cross contacts about reunions", issue="families")
    noun = offer("c", "3", DAY, "the North's proposal", trigger="proposal", when=OPEN, background=True, issue="other")
    cards = [linker.card(act, Setting(NEXT, act.span.quote)) for act in (mines, reunions, noun)]
    found = linker.decide(cards[2], linker.shelf(cards), Verdicts())
    assert not found.merges
    (problem,) = found.problems
    assert problem.code == "AMBIGUOUS_REPORT"
    assert all(act.span.quote in problem.message and act.id in problem.message for act in (mines, reunions))


def test_two_offers_of_one_day_stay_two() -> None:
    mines = offer("a", "1", DAY, "it proposed a meeting of officers on mines", issue="military")
    reunions = offer("b", "2", DAY, "it proposed Red Cross contacts about reunions", issue="families")
    assert not compared([mines, reunions], {"a": DAY, "b": DAY}).merges


def test_an_undated_mention_means_the_only_offer_of_two_weeks() -> None:
    noun = offer(
        "c", "3", DAY, "the North's proposal of military talks", trigger="proposal", when=OPEN, background=True
    )
    acts = [talks("a", "1"), talks("b", "2", DAY - dt.timedelta(30)), noun]
    found = compared(acts, {"a": DAY, "b": DAY - dt.timedelta(30), "c": NEXT})
    assert [(merge.report, merge.act) for merge in found.merges] == [("3", "1")]


def refusal(**other: Any) -> Act:
    fields: dict[str, Any] = {"kind": "REJECT", "dyad": ("KOR", "PRK")} | other
    return offer("b", "2", NEXT, "Seoul rejected the offer of working-level military talks", **fields)


def test_an_answer_reaches_the_offer_of_another_document() -> None:
    (link,) = compared([talks("a", "1"), refusal()], {"a": DAY, "b": NEXT}).links
    assert (link.answer, link.offer, link.how) == ("2", "1", "rejects")


def test_no_answer_before_the_offer() -> None:
    found = compared([talks("a", "1", NEXT + dt.timedelta(1)), refusal()], {"a": NEXT, "b": NEXT})
    assert "2" not in [link.answer for link in found.links]


def test_words_without_agreement_link_nothing() -> None:
    assert not compared([talks("a", "1", issue="nuclear"), refusal(issue="aid", dyad=("KOR", "JPN"))], {}).links


ROWS = st.tuples(
    st.integers(0, 5),
    st.sampled_from(["OFFER", "REJECT", "REQUEST", "ACCEPT"]),
    st.sampled_from([("PRK", "KOR"), ("KOR", "PRK")]),
    st.integers(0, 4),
    st.sampled_from(
        [
            "Pyongyang proposed working-level military talks at Panmunjom",
            "it renewed the offer of military talks",
            "Seoul turned down the offer",
        ]
    ),
    st.booleans(),
)


@settings(max_examples=60)
@given(st.lists(ROWS, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_acts_changes_nothing(rows: list[Any], random: Any) -> None:
    acts = [
        offer(
            f"doc{doc}",
            f"{i:02}",
            DAY + dt.timedelta(day),
            words,
            kind=kind,
            dyad=dyad,
            **({"when": OPEN} if undated else {}),
        )
        for i, (doc, kind, dyad, day, words, undated) in enumerate(rows)
    ]
    published: dict[str, dt.date | None] = {f"doc{i}": DAY + dt.timedelta(i) for i in range(5)}
    found = compared(acts, published)
    random.shuffle(acts)
    assert compared(acts, published) == found
    above = {merge.report: merge.act for merge in found.merges}
    assert len(above) == len(found.merges), "an act tells of one other at most"
    for report in above:
        at = report
        for _ in above:
            at = above.get(at, at)
        assert at not in above, "nothing tells of itself in the end"


def test_work_grows_with_the_acts_and_not_with_their_square() -> None:
    def looked_at(size: int) -> int:
        acts = [talks(f"d{i}", f"{i:05}", DAY + dt.timedelta(i % 3), issue=f"matter {i}") for i in range(size)]
        return compared(acts, {one.doc: DAY for one in acts}).compared

    small, large = looked_at(200), looked_at(800)
    assert small > 200, "the acts of one dyad and day are compared at all"
    assert large < 5 * small
