"""What a mention covers, and what holds for every draft."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.draft import Draft
from rejoinder.parties import Gazetteer, find_mentions, resolve_mentions
from rejoinder.records import Document

from .support import Parse, best, parsed, resolved

WORDS = st.sampled_from(
    [
        *[
            "Seoul",
            "Pyongyang",
            "the",
            "North",
            "said",
            "it",
            "they",
            "we",
            "offer",
            "rejected",
            "talks",
            "with",
            "and",
        ],
        *["a", "ministry", "official", "its", "Kim", "U.S.", "troops", ",", ".", '"', "both", "sides", "of"],
    ]
)


def words_at(draft: Draft, words: str) -> str:
    start = draft.text.index(words)
    mention = best(draft, start, start + len(words))
    assert mention is not None
    return draft.text[mention.start : mention.end]


def test_a_mention_reaches_from_its_determiner_to_its_head(parse: Parse, gazetteer: Gazetteer) -> None:
    text = "North Korea waited. A defense ministry official rejected the North's National Defense Commission letter."
    draft = resolved(parse, gazetteer, text)
    assert words_at(draft, "A defense ministry official") == "A defense ministry official"


def test_one_mention_a_head_in_text_order(parse: Parse, gazetteer: Gazetteer) -> None:
    draft = resolved(
        parse, gazetteer, "Russian President Vladimir Putin met Iran's foreign minister and his Iraqi counterpart."
    )
    heads = [mention.head for mention in draft.mentions]
    assert heads == sorted(set(heads))


def test_a_generic_body_becomes_its_states_own(parse: Parse, gazetteer: Gazetteer) -> None:
    draft = resolved(parse, gazetteer, "China's foreign ministry protested.")
    assert [m.party.id for m in draft.mentions if m.kind == "nominal" and m.party] == ["CHN.MFA"]


def test_a_pronoun_names_its_antecedent(parse: Parse, gazetteer: Gazetteer) -> None:
    draft = resolved(parse, gazetteer, "Iran rejected the draft. It demanded new talks.")
    pronoun = next(m for m in draft.mentions if m.kind == "pronoun")
    assert pronoun.antecedent is not None
    assert draft.mentions[pronoun.antecedent].state == "IRN"


def test_a_document_without_tokens_stays_as_it_is(gazetteer: Gazetteer) -> None:
    draft = Draft(Document(""))
    assert resolve_mentions(find_mentions(draft, gazetteer), gazetteer) == draft


def test_nothing_is_made_up_where_nobody_is_named(parse: Parse, gazetteer: Gazetteer) -> None:
    draft = resolved(parse, gazetteer, "The government said the army would obey.")
    assert [m.state for m in draft.mentions] == [None] * len(draft.mentions)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=25))
def test_any_text_gives_sound_mentions(parse: Parse, gazetteer: Gazetteer, words: list[str]) -> None:
    draft = parsed(parse, " ".join(words))
    once = resolve_mentions(find_mentions(draft, gazetteer), gazetteer)
    assert once == resolve_mentions(find_mentions(draft, gazetteer), gazetteer)
    for mention in once.mentions:
        assert 0 <= mention.first <= mention.head < mention.last <= len(once.tokens)
        assert mention.start == once.tokens[mention.first].start
        assert mention.end == once.tokens[mention.last - 1].end
        assert mention.state not in mention.also
        assert mention.antecedent is None or 0 <= mention.antecedent < len(once.mentions)
