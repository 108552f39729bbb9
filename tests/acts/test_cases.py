"""Each case of ``cases/*.yaml`` through the package's own pipeline."""

import pytest

from rejoinder.codebook import codebook
from rejoinder.pipeline import Pipeline
from tests.acts.cases import Case, read_cases, unmet

CASES = read_cases()
LEAST_RIGHT = 0.7
"""Share of the cases that must not be marked as failing."""


def _marked(case: Case) -> object:
    failing = [pytest.mark.xfail(reason=case.fails, strict=True, raises=AssertionError)] if case.fails else []
    return pytest.param(case, id=case.place, marks=failing)


@pytest.mark.parametrize("case", map(_marked, CASES))
def test_acts_of_case(pipeline: Pipeline, case: Case) -> None:
    coded = pipeline.code(case.document)
    assert coded.status == "coded"
    faults = unmet(case, coded.acts)
    assert not faults, "\n".join([case.text, *faults])


@pytest.mark.parametrize("kind", codebook().kinds)
def test_each_kind_has_cases(kind: str) -> None:
    right = [case for case in CASES if not case.fails and any(kind in act.kinds for act in case.acts)]
    assert len(right) >= 3


def test_the_list_of_errors_stays_short() -> None:
    failing = sum(case.fails is not None for case in CASES)
    assert 1 - failing / len(CASES) >= LEAST_RIGHT


def test_no_text_stands_twice() -> None:
    texts = [case.text for case in CASES]
    assert len(texts) == len(set(texts))
