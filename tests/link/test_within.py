from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.link import within
from rejoinder.link.lexicon import Weights
from rejoinder.link.profile import sentence_ends, stem

from .build import act, cases, document


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["name"]))
def test_cases(case: dict[str, Any]) -> None:
    text = document(case)
    acts = [act(text, row, name) for name, row in case["acts"].items()]
    told, links, problems = within(text, acts)
    assert {one.id: one.same_as for one in told if one.same_as} == case["same"]
    free = set(case.get("links_any", ()))
    found: dict[str, dict[str, str]] = {}
    for link in links:
        if link.answer not in free:
            found.setdefault(link.answer, {})[link.offer] = link.how
    assert found == case["links"]
    assert {link.answer for link in links} >= free
    assert not problems
    for link in links:
        for span in link.evidence:
            assert text.text[span.start : span.end] == span.quote


@given(st.randoms(use_true_random=False))
def test_the_order_of_acts_changes_nothing(random: Any) -> None:
    case = cases()[0]
    text = document(case)
    acts = [act(text, row, name) for name, row in case["acts"].items()]
    _, links, _ = within(text, acts)
    random.shuffle(acts)
    told, again, _ = within(text, acts)
    assert [one.id for one in told] == [one.id for one in acts]
    assert again == links


def test_old_same_as_is_not_kept() -> None:
    case = cases()[2]
    text = document(case)
    offer, answer = (act(text, row, name) for name, row in case["acts"].items())
    again, _, _ = within(text, within(text, [offer, answer])[0])
    assert [one.same_as for one in again] == [None, None]


def test_two_offers_that_fit_equally_leave_a_problem_and_no_link() -> None:
    case = cases()[0]
    text = document(case)
    acts = [act(text, case["acts"][name], name) for name in ("ask", "speech", "snub")]
    even = Weights({"sides reversed": 9.0}, 0.5, 0.05)
    never = Weights({"always": -9.0}, 0.5, 0.0)
    _, links, problems = within(text, acts, {"same": never, "answers": even})
    assert not [link for link in links if link.answer == "snub"]
    (problem,) = problems
    assert problem.code == "AMBIGUOUS_ANSWER"
    assert problem.span == acts[2].span
    assert "put forward" in problem.message


def test_nothing_in_nothing_out() -> None:
    text = document(cases()[0])
    assert within(text, ()) == ((), (), ())


def test_sentences_do_not_end_at_titles_and_initials() -> None:
    text = 'N. Korea met Gen. Park on Jan. 5. It left. "No," said Dr. Lee.\n\nHe too left'
    starts = [0, *sentence_ends(text)]
    assert [text[start:].split(maxsplit=1)[0] for start in starts] == ["N.", "It", '"No,"', "He"]


@pytest.mark.parametrize(
    ("one", "other"), [("offered", "offering"), ("proposal", "proposed"), ("talks", "talk"), ("Kim's", "Kim")]
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)
