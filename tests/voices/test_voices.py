"""What holds for any text, and for the data files of the room."""

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources.abc import Traversable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.datafiles import read_yaml
from rejoinder.draft import Draft
from rejoinder.errors import DataError
from rejoinder.parse import Parser
from rejoinder.records import Document
from rejoinder.voices import find_voices, lexicon
from tests.voices.build import Asked, candidate, mentions, parsed

WORDS = [
    "Seoul", "the North", "KCNA", "said", "rejected", "in a statement", "the letter", "by phone", "told", "that", "\"",
    ".", "an open letter", "carried by", "Yonhap", "according to", "it", "must", "meet", "talks", "which", ",",
    "\n\n", ";",
]  # fmt: skip


def test_a_draft_without_candidates_is_left_alone() -> None:
    draft = Draft(Document("Nothing happened."))
    assert find_voices(draft) is draft


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=25))
def test_any_words_give_voices_that_rest_on_them(parser: Parser, words: list[str]) -> None:
    draft = parsed(" ".join(words) + " Seoul rejected it.", "", parser)
    made = [candidate(draft, Asked(token.text, "REJECT", "Seoul", "KOR"), token.start) for token in draft.tokens]
    draft = replace(draft, mentions=mentions(draft, {"Seoul": "KOR", "the North": "PRK"}), candidates=tuple(made))
    found = find_voices(draft)
    assert found == find_voices(draft)
    for before, after in zip(draft.candidates, found.candidates, strict=True):
        assert replace(after, voice=before.voice, evidence=before.evidence) == before
        for name, start, end in after.evidence:
            assert name in ("channel", "via")
            assert draft.text[start:end].strip() != ""
        assert after.voice.via == tuple(draft.text[a:b] for name, a, b in after.evidence if name == "via")


def test_evidence_of_earlier_stages_stays(parser: Parser) -> None:
    draft = parsed("Seoul rejected it in a letter.", "", parser)
    made = replace(candidate(draft, Asked("rejected", "REJECT", "Seoul", "KOR")), evidence=(("date", 0, 5),))
    found = find_voices(replace(draft, candidates=(made,))).candidates[0]
    assert [name for name, _, _ in found.evidence] == ["date", "channel"]


@pytest.mark.parametrize(
    ("file", "section", "value"),
    [
        ("channels.yaml", "nouns", []),
        ("channels.yaml", "nouns", [{"channel": "smoke", "words": ["smoke"]}]),
        ("channels.yaml", "nouns", [{"channel": "fax", "words": []}]),
        ("channels.yaml", "nouns", [{"channel": "fax", "words": ["fax"], "colour": "red"}]),
        ("channels.yaml", "nouns", [{"channel": "fax", "words": [1]}]),
        ("channels.yaml", "genres", [{"channel": "fax"}]),
        ("channels.yaml", "refers", ["letter"]),
        ("channels.yaml", "refers", {"letter": ["smoke"]}),
        ("channels.yaml", "own_share", "much"),
        ("media.yaml", "state", {"KCNA": 1}),
    ],
)
def test_a_malformed_file_is_our_mistake(
    file: str, section: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Traversable) -> Mapping[str, object]:
        data = read_yaml(path)
        return {**data, section: value} if path.name == file else data

    monkeypatch.setattr(lexicon, "read_yaml", broken)
    with pytest.raises(DataError, match=file):
        lexicon.load_lexicon.__wrapped__()
