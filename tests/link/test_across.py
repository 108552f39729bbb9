import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.link import across
from rejoinder.records import Act, When

from .build import offer

DAY = dt.date(2016, 5, 20)
NEXT = DAY + dt.timedelta(1)
OPEN = When()


def talks(doc: str, name: str, day: dt.date = DAY, **other: Any) -> Act:
    return offer(doc, name, day, "Pyongyang proposed working-level military talks at Panmunjom", **other)


def test_two_reports_of_one_offer_merge_on_the_earliest() -> None:
    found = across([talks("b", "2"), talks("a", "1")], {"a": DAY, "b": NEXT})
    assert [(merge.report, merge.act) for merge in found.merges] == [("2", "1")]
    assert [span.quote for span in found.merges[0].evidence] == ["proposed", "proposed"]


def test_mentions_of_one_document_are_not_merged_here() -> None:
    assert not across([talks("a", "1"), talks("a", "2")], {"a": DAY}).merges


def test_other_days_other_sides_other_matters_stay_apart() -> None:
    published = {"a": DAY, "b": NEXT, "c": NEXT, "d": NEXT}
    later = talks("b", "2", DAY + dt.timedelta(9))
    others = talks("c", "3", dyad=("PRK", "JPN"))
    matter = offer(
        "d", "4", DAY, "Pyongyang offered to return two sailors' bodies", trigger="offered", issue="families"
    )
    assert not across([talks("a", "1"), later, others, matter], published).merges


def test_an_undated_mention_finds_its_offer() -> None:
    noun = offer(
        "b", "2", DAY, "the North's proposal of military talks", trigger="proposal", when=OPEN, background=True
    )
    found = across([talks("a", "1"), noun], {"a": DAY, "b": NEXT})
    assert [(merge.report, merge.act) for merge in found.merges] == [("2", "1")]


def test_an_undated_mention_of_a_text_without_date_finds_nothing() -> None:
    noun = offer(
        "b", "2", DAY, "the North's proposal of military talks", trigger="proposal", when=OPEN, background=True
    )
    assert not across([talks("a", "1"), noun], {"a": DAY, "b": None}).merges


def test_an_undated_mention_that_fits_two_offers_is_a_problem() -> None:
    noun = offer(
        "c", "3", DAY, "the North's proposal of military talks", trigger="proposal", when=OPEN, background=True
    )
    acts = [talks("a", "1"), talks("b", "2", DAY - dt.timedelta(7)), noun]
    found = across(acts, {"a": DAY, "b": DAY - dt.timedelta(7), "c": NEXT})
    assert not found.merges
    assert [problem.code for problem in found.problems] == ["AMBIGUOUS_REPORT"]


def test_an_undated_mention_means_the_only_offer_of_two_weeks() -> None:
    noun = offer(
        "c", "3", DAY, "the North's proposal of military talks", trigger="proposal", when=OPEN, background=True
    )
    acts = [talks("a", "1"), talks("b", "2", DAY - dt.timedelta(30)), noun]
    found = across(acts, {"a": DAY, "b": DAY - dt.timedelta(30), "c": NEXT})
    assert [(merge.report, merge.act) for merge in found.merges] == [("3", "1")]


def refusal(**other: Any) -> Act:
    fields: dict[str, Any] = {"kind": "REJECT", "dyad": ("KOR", "PRK")} | other
    return offer("b", "2", NEXT, "Seoul rejected the offer of working-level military talks", **fields)


def test_an_answer_reaches_the_offer_of_another_document() -> None:
    (link,) = across([talks("a", "1"), refusal()], {"a": DAY, "b": NEXT}).links
    assert (link.answer, link.offer, link.how) == ("2", "1", "rejects")


def test_an_answer_that_is_settled_at_home_gets_no_further_link() -> None:
    assert not across([talks("a", "1"), refusal()], {"a": DAY, "b": NEXT}, linked={"2"}).links


def test_no_answer_before_the_offer() -> None:
    assert not across([talks("a", "1", NEXT + dt.timedelta(1)), refusal()], {"a": NEXT, "b": NEXT}).links


def test_words_without_agreement_link_nothing() -> None:
    assert not across([talks("a", "1", issue="nuclear"), refusal(issue="aid", dyad=("KOR", "JPN"))], {}).links


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
    found = across(acts, published)
    random.shuffle(acts)
    assert across(acts, published) == found
    reports = [merge.report for merge in found.merges]
    assert len(reports) == len(set(reports))
    assert not set(reports) & {merge.act for merge in found.merges}, "merges are free of chains"


def test_work_grows_with_the_acts_and_not_with_their_square() -> None:
    def compared(size: int) -> int:
        acts = [talks(f"d{i}", f"{i:05}", DAY + dt.timedelta(i % 3), issue=f"matter {i}") for i in range(size)]
        return across(acts, {one.doc: DAY for one in acts}).compared

    small, large = compared(200), compared(800)
    assert small > 200, "the acts of one dyad and day are compared at all"
    assert large < 5 * small
