"""Each case of cases.yaml: words of a short text, and whom they stand for."""

from pathlib import Path

import pytest
import yaml

from rejoinder.parties import Gazetteer

from .support import Parse, best, resolved

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{n}: {case['text'][:50]}" for n, case in enumerate(CASES)])
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


def test_there_are_a_hundred_cases() -> None:
    assert sum(len(case["parties"]) for case in CASES) >= 100
