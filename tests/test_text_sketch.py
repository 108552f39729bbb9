"""Copies of a report are known as such, and reports of their own are not."""

import json
import random
import re
import struct
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.read import InputFailure, read
from rejoinder.text.sketch import ENOUGH, is_copy, sketch

ROOT = Path(__file__).resolve().parent.parent
ARTICLES: list[dict[str, str]] = [
    json.loads(line) for line in (ROOT / "training" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
]
STRAY = ("officials", "Tuesday", "reportedly", "said", "the", "about")
DATELINE = re.compile(r"[A-Z][A-Za-z ,./0-9()—–-]{2,60}?(?: -+ | — | – )")
LONG = " ".join(f"word{number}" for number in range(200))

Story = list[str]
"""Paragraphs below the headline."""


@pytest.fixture(scope="module")
def sketches() -> list[bytes]:
    return [sketch(article["text"]) for article in ARTICLES]


def story(article: dict[str, str]) -> Story:
    paragraphs = [one for one in article["text"].split("\n\n") if one.strip()]
    return paragraphs[1:] if paragraphs[0].strip() == article["title"].strip() else paragraphs


PARAGRAPHS = [one for article in ARTICLES for one in story(article) if len(one.split()) > 20]


# ---- what desks do to a report ---------------------------------------------------------------------------------------
def cut_in_half(told: Story, draw: random.Random) -> Story:
    size, kept = sum(len(one) for one in told), 1
    while sum(len(one) for one in told[: kept + 1]) <= size / 2:
        kept += 1
    return told[:kept]


def first_two_paragraphs(told: Story, draw: random.Random) -> Story:
    return told[:2]


def another_headline(told: Story, draw: random.Random) -> Story:
    lead = "TOKYO, Nov 3 (East Wire) -- " + DATELINE.sub("", told[0], count=1)
    return [draw.choice(ARTICLES)["title"], lead, *told[1:]]


def lead_added(told: Story, draw: random.Random) -> Story:
    return ["(LEAD) Talks called off", draw.choice(PARAGRAPHS), *told]


def paragraph_replaced(told: Story, draw: random.Random) -> Story:
    gone = draw.randrange(len(told))
    return ["(2nd LD) Talks called off", *told[:gone], draw.choice(PARAGRAPHS), *told[gone + 1 :]]


def lead_rewritten(told: Story, draw: random.Random) -> Story:
    """Another first paragraph, one more below it, and the last one dropped."""
    return ["(LEAD) Talks called off", *draw.choices(PARAGRAPHS, k=2), *(told[1:-1] if len(told) > 3 else told[1:])]


def altered(share: float) -> Callable[[Story, random.Random], Story]:
    def alter(told: Story, draw: random.Random) -> Story:
        return [
            " ".join(draw.choice(STRAY) if draw.random() < share else word for word in one.split(" ")) for one in told
        ]

    return alter


@pytest.mark.parametrize(
    ("change", "floor"),
    [
        pytest.param(cut_in_half, 0.99, id="cut in half"),
        pytest.param(another_headline, 1.0, id="another headline and dateline"),
        pytest.param(lead_added, 1.0, id="a paragraph added"),
        pytest.param(altered(0.03), 0.99, id="3 % of the words altered"),
        pytest.param(paragraph_replaced, 0.95, id="a paragraph replaced"),
        pytest.param(lead_rewritten, 0.85, id="the lead rewritten"),
        pytest.param(first_two_paragraphs, 0.85, id="the first two paragraphs"),
        pytest.param(altered(0.06), 0.85, id="6 % of the words altered"),
    ],
)
def test_copies_are_found(change: Callable[[Story, random.Random], Story], floor: float) -> None:
    draw = random.Random(7)
    articles = draw.sample(ARTICLES, 300)
    copies = [sketch("\n\n".join(change(story(article), draw))) for article in articles]
    found = sum(is_copy(sketch(one["text"]), copy) for one, copy in zip(articles, copies, strict=True))
    assert found / len(articles) >= floor


# ---- reports of their own --------------------------------------------------------------------------------------------
def test_no_two_articles_are_copies(sketches: list[bytes]) -> None:
    assert len(sketches) > 700
    assert not any(is_copy(one, other) for one, other in combinations(sketches, 2))


def quoting(told: Story, statement: list[str], share: float) -> str:
    """``told`` with as much of ``statement`` quoted in it as makes ``share`` of its words quotation."""
    words = round(sum(len(one.split()) for one in told) * share / (1 - share))
    return "\n\n".join([told[0], f"“{' '.join(statement[:words])}”", *told[1:]])


@pytest.mark.parametrize(("share", "ceiling"), [(0.2, 0.0), (0.3, 0.0), (0.4, 0.01), (0.5, 0.04)])
def test_two_reports_that_quote_the_same_statement_are_no_copies(share: float, ceiling: float) -> None:
    """``share`` of both reports is the statement: of the longer one hardly ever so much."""
    draw = random.Random(11)
    wrong = 0
    for _ in range(300):
        one, other, third = draw.sample(ARTICLES, 3)
        statement = " ".join(story(third)).split()
        pair = (quoting(story(told)[: draw.randrange(2, 9)], statement, share) for told in (one, other))
        wrong += is_copy(*map(sketch, pair))
    assert wrong / 300 <= ceiling


def _examples() -> Iterator[str]:
    for item in read([ROOT / "examples"]):
        if not isinstance(item, InputFailure):
            yield item.text


def test_no_two_examples_are_copies() -> None:
    """Some of them tell of one event independently."""
    made = [sketch(text) for text in _examples()]
    assert len(made) >= 30
    assert not any(is_copy(one, other) for one, other in combinations(made, 2))


def test_a_set_phrase_does_not_make_a_short_text_a_copy_of_a_very_long_one() -> None:
    phrase = "the two leaders reaffirmed their commitment to complete denuclearization of the peninsula"
    short = "Envoys met in the border village on Tuesday and ate noodles together after a long talk, where " + phrase
    long = " ".join(f"clause{number}" for number in range(4000)) + " " + phrase
    assert not is_copy(sketch(short), sketch(long))


# ---- sketches --------------------------------------------------------------------------------------------------------
def test_a_sketch_is_a_count_and_64_numbers() -> None:
    count, *places = struct.unpack("<65I", sketch(LONG))
    assert count == 196
    assert len(set(places)) > 50


def test_a_sketch_is_the_one_that_books_hold() -> None:
    """A rensa that hashes otherwise would make new sketches incomparable with kept ones."""
    assert sketch("Seoul rejected the offer of talks.").hex()[:24] == "0200000046639be14be379c1"


def test_headline_and_case_do_not_count() -> None:
    assert sketch(f"Seoul Rejects Talks\n\n{LONG}.") == sketch(f"{LONG.upper()}.")


@pytest.mark.parametrize("text", ["", "   \n", "—"])
def test_a_text_without_words_is_a_copy_of_nothing(text: str) -> None:
    assert not is_copy(sketch(text), sketch(text))
    assert not is_copy(sketch(text), sketch(LONG))


def test_a_flash_is_a_copy_where_half_of_it_is_the_same() -> None:
    flash = "North Korea proposes working-level military talks at Panmunjom on Monday"
    assert is_copy(sketch(flash), sketch(flash.upper()))
    assert not is_copy(sketch(flash), sketch("Seoul says that North Korea proposes talks at Panmunjom"))


def test_a_flash_inside_a_report_is_too_short_to_tell() -> None:
    words = LONG.split()
    assert not is_copy(sketch(" ".join(words[: ENOUGH // 2])), sketch(LONG))
    assert is_copy(sketch(" ".join(words[: 4 * ENOUGH])), sketch(LONG))


def test_another_kind_of_sketch_is_a_copy_of_nothing() -> None:
    assert not is_copy(sketch(LONG)[:-4], sketch(LONG)[:-4])
    assert not is_copy(b"", b"")


@given(st.text(max_size=80), st.text(max_size=80))
def test_it_does_not_matter_which_comes_first(one: str, other: str) -> None:
    assert is_copy(sketch(one), sketch(other)) is is_copy(sketch(other), sketch(one))
