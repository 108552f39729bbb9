"""Each case of cases.yaml and cases_real.yaml: words of a short text, and whom they stand for."""

from pathlib import Path

import pytest
import yaml

from rejoinder.parties import Gazetteer

from .support import Parse, best, resolved

FILES = ("cases.yaml", "cases_real.yaml")


def _read(name: str) -> list[dict[str, object]]:
    cases = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    assert isinstance(cases, list)
    return cases


def _params() -> list[object]:
    """The cases with readable ids; one with a reason to fail must fail."""
    found: list[object] = []
    for name in FILES:
        for n, case in enumerate(_read(name)):
            marks = [pytest.mark.xfail(reason=str(case["xfail"]), strict=True)] if "xfail" in case else []
            found.append(pytest.param(case, id=f"{name} {n}: {str(case['text'])[:50]}", marks=marks))
    return found


@pytest.mark.parametrize("case", _params())
def test_case(case: dict[str, object], parse: Parse, gazetteer: Gazetteer) -> None:
    text = str(case["text"])
    draft = resolved(parse, gazetteer, text, published=case.get("published"), title=case.get("title"))
    parties = case["parties"]
    assert isinstance(parties, list)
    for wanted in parties:
        start = -1
        for _ in range(wanted.get("nth", 1)):
            start = text.index(wanted["words"], start + 1)
        mention = best(draft, start, start + len(wanted["words"]))
        state = mention.state if mention else None
        assert state == wanted["state"], (wanted, mention)
        if "role" in wanted:
            assert mention is not None
            assert mention.role == wanted["role"], (wanted, mention)
        if "also" in wanted:
            assert mention is not None
            assert list(mention.also) == wanted["also"], (wanted, mention)


@pytest.mark.parametrize(("name", "least"), [("cases.yaml", 100), ("cases_real.yaml", 150)])
def test_there_are_enough_cases(name: str, least: int) -> None:
    parties = [case["parties"] for case in _read(name)]
    assert sum(len(some) for some in parties if isinstance(some, list)) >= least
