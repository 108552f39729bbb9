"""The table of cases: a text, an act in it, and the voice expected of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from rejoinder.datafiles import PlainLoader
from rejoinder.draft import Draft
from rejoinder.parse import Parser
from rejoinder.voices import find_voices
from tests.voices.build import Asked, candidate, mentions, parsed

CASES: list[dict[str, Any]] = yaml.load(Path(__file__).with_name("cases.yaml").read_text("utf-8"), Loader=PlainLoader)


def voiced(case: dict[str, Any], parser: Parser) -> Draft:
    draft = parsed(case["text"].replace("|", "\n\n"), case.get("title", ""), parser)
    words, state = case["actor"]
    asked = Asked(case["trigger"], case["kind"], words, state, case.get("background", False))
    made = candidate(draft, asked)
    return find_voices(replace(draft, mentions=mentions(draft, case.get("states", {})), candidates=(made,)))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['trigger']}: {case['text'][:60]}" for case in CASES])
def test_case(case: dict[str, Any], parser: Parser) -> None:
    draft = voiced(case, parser)
    found = draft.candidates[0]
    assert found.voice.channel == case.get("channel")
    assert list(found.voice.via) == case.get("via", [])
    assert (found.voice.speaker.text if found.voice.speaker else None) == case.get("speaker")
    evidence = [(name, draft.text[start:end]) for name, start, end in found.evidence]
    assert [words for name, words in evidence if name == "via"] == case.get("via", [])
    if "words" in case:
        assert ("channel", case["words"]) in evidence
