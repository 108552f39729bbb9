"""A document as the net sees it: windows of whole sentences, and a row of codes a word."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.acts.encode import COLUMNS, DEPS, LABELS, PARAGRAPHS, RANKED, STATELESS, TAGS, WINDOW, encode, windows
from rejoinder.acts.lexicon import Cue, Frame, Lexicon
from rejoinder.acts.scene import make_scene
from rejoinder.codebook import codebook
from rejoinder.draft import Draft, Mention, Paragraph, Quotation, Sentence, Token
from rejoinder.records import Document

LONG = st.integers(1, 3 * WINDOW)
SHORT = st.integers(1, WINDOW // 3)
FRAME = Frame("default.verb", ("subject",), ())
LEXICON = Lexicon(
    {
        ("reject", "V"): (
            Cue("REJECT/reject.verb", "reject", "V", "REJECT", FRAME),
            Cue("NONE/reject.verb", "reject", "V", "NONE", FRAME),
        ),
        ("offer", "N"): (Cue("OFFER/offer.noun", "offer", "N", "OFFER", FRAME),),
    },
    {},
)
TEXT = 'Seoul officials rejected "the offer"\nTokyo waited'


def lengths_to_draft(lengths: list[int]) -> Draft:
    """A draft of sentences with so many words each, and nothing else."""
    ends = np.cumsum([0, *lengths]).tolist()
    return Draft(Document("x"), sentences=tuple(Sentence(a, b, a, b, a, 0) for a, b in pairwise(ends)))


@given(st.lists(LONG | SHORT, max_size=12))
def test_windows_cover_every_word_once_in_order(lengths: list[int]) -> None:
    found = windows(lengths_to_draft(lengths))
    assert [word for first, last in found for word in range(first, last)] == list(range(sum(lengths)))
    assert all(0 < last - first <= WINDOW for first, last in found)


@given(st.lists(LONG | SHORT, min_size=1, max_size=12))
def test_only_a_sentence_too_long_is_cut(lengths: list[int]) -> None:
    draft = lengths_to_draft(lengths)
    found = windows(draft)
    for sentence in draft.sentences:
        touched = sum(first < sentence.last and last > sentence.first for first, last in found)
        long = sentence.last - sentence.first
        assert touched == 1 if long <= WINDOW else touched == -(-long // WINDOW)


@given(st.lists(LONG | SHORT, min_size=1, max_size=12))
def test_as_many_sentences_as_fit_stand_in_one_window(lengths: list[int]) -> None:
    draft = lengths_to_draft(lengths)
    ends = {sentence.first: sentence.last for sentence in draft.sentences}
    for (first, last), (then, _) in pairwise(windows(draft)):
        assert last == then
        if then in ends:
            assert ends[then] - first > WINDOW


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([], ()),
        ([WINDOW], ((0, WINDOW),)),
        ([WINDOW - 1, 1, 1], ((0, WINDOW), (WINDOW, WINDOW + 1))),
        ([WINDOW + 2, 5], ((0, WINDOW), (WINDOW, WINDOW + 7))),
        ([5, WINDOW + 1], ((0, 5), (5, WINDOW + 5), (WINDOW + 5, WINDOW + 6))),
    ],
)
def test_windows_by_hand(lengths: list[int], expected: tuple[tuple[int, int], ...]) -> None:
    assert windows(lengths_to_draft(lengths)) == expected


def small() -> Draft:
    """Two sentences; "Seoul" within "Seoul officials", a quotation, a word whose tag and label nobody knows."""
    words = [
        ("Seoul", "Seoul", "NNP", "compound", 1),
        ("officials", "official", "NNS", "nsubj", 2),
        ("rejected", "reject", "VBD", "ROOT", 2),
        ('"', '"', "``", "punct", 2),
        ("the", "the", "DT", "det", 5),
        ("offer", "offer", "NN", "dobj", 2),
        ('"', '"', "''", "punct", 2),
        ("Tokyo", "Tokyo", "NNP", "nsubj", 8),
        ("waited", "wait", "BANANA", "banana", 8),
    ]
    tokens, at = [], 0
    for i, (text, lemma, tag, dep, head) in enumerate(words):
        start = TEXT.index(text, at)
        at = start + len(text)
        below = tuple(n for n, word in enumerate(words) if word[4] == i and n != i)
        tokens.append(Token(i, text, text.lower(), lemma, tag, dep, head, start, at, int(i > 6), below))
    brk = TEXT.index("\n")
    return Draft(
        Document(TEXT),
        paragraphs=(Paragraph(0, brk, "headline"), Paragraph(brk + 1, len(TEXT), "body")),
        quotations=(Quotation(((tokens[4].start, tokens[5].end),)),),
        tokens=tuple(tokens),
        sentences=(Sentence(0, 7, 0, brk, 2, 0), Sentence(7, 9, brk + 1, len(TEXT), 8, 1)),
        mentions=(
            Mention(0, 1, 0, 0, 5, "name", "KOR", "GOV"),
            Mention(0, 2, 1, 0, tokens[1].end, "nominal", None, "MIL"),
            Mention(7, 8, 7, tokens[7].start, tokens[7].end, "name", "JPN", "GOV"),
        ),
    )


def column(draft: Draft, name: str, ranks: dict[str, int] | None = None) -> list[int]:
    scene = make_scene(draft, frozenset(), frozenset())
    found: list[int] = encode(scene, LEXICON, ranks or {}).codes[:, COLUMNS.index(name)].tolist()
    return found


def test_columns_by_hand() -> None:
    draft, roles = small(), list(codebook().roles)
    gov, mil = roles.index("GOV") + 1, roles.index("MIL") + 1
    assert column(draft, "tag") == [TAGS.index(token.tag) + 1 for token in draft.tokens[:-1]] + [0]
    assert column(draft, "dep") == [DEPS.index(token.dep) + 1 for token in draft.tokens[:-1]] + [0]
    assert column(draft, "mention") == [1, 3, 0, 0, 0, 0, 0, 1, 0]
    assert column(draft, "role") == [gov, mil, 0, 0, 0, 0, 0, gov, 0]
    assert column(draft, "head") == [1, 1, 0, 0, 0, 0, 0, 1, 0]
    assert column(draft, "quoted") == [0, 0, 0, 0, 1, 1, 0, 0, 0]
    assert column(draft, "paragraph") == [PARAGRAPHS.index("headline")] * 7 + [PARAGRAPHS.index("body")] * 2
    assert column(draft, "sentence") == [0] * 7 + [1] * 2


@pytest.mark.parametrize(
    ("ranks", "code"),
    [
        ({"KOR": 0}, 1),
        ({"KOR": RANKED - 1}, RANKED),
        ({"KOR": RANKED}, RANKED + 1),
        ({"KOR": 30}, RANKED + 1),
        ({}, RANKED + 1),
    ],
)
def test_ranks(ranks: dict[str, int], code: int) -> None:
    found = column(small(), "rank", ranks)
    assert found[0] == code
    assert found[1] == STATELESS
    assert found[2] == 0


def test_the_order_of_mentions_does_not_matter() -> None:
    draft = small()
    turned = replace(draft, mentions=draft.mentions[::-1])
    for name in COLUMNS:
        assert column(turned, name, {"KOR": 0, "JPN": 1}) == column(draft, name, {"KOR": 0, "JPN": 1})


def test_the_fourth_sentence_is_the_last_that_is_told_apart() -> None:
    draft = small()
    tokens = tuple(replace(token, sentence=token.i) for token in draft.tokens)
    one_each = tuple(Sentence(t.i, t.i + 1, t.start, t.end, t.i, 0) for t in tokens)
    assert column(replace(draft, tokens=tokens, sentences=one_each), "sentence") == [0, 1, 2, 3, 3, 3, 3, 3, 3]


def test_cues_heads_and_windows() -> None:
    draft = small()
    found = encode(make_scene(draft, frozenset(), frozenset()), LEXICON, {})
    kinds = ("NONE", *codebook().kinds)
    listed = {(i, kinds[kind]) for i, kind in np.argwhere(found.cues).tolist()}
    assert listed == {(2, "REJECT"), (2, "NONE"), (5, "OFFER")}
    assert found.cues.shape == (len(draft.tokens), len(kinds))
    assert set(found.cues.ravel().tolist()) == {0.0, 1.0}
    assert found.heads.tolist() == [token.head for token in draft.tokens]
    assert found.windows == windows(draft) == ((0, 9),)


def test_no_code_means_two_things() -> None:
    assert len(set(TAGS)) == len(TAGS)
    assert len(set(DEPS)) == len(DEPS)
    assert tuple(LABELS) == COLUMNS


@given(
    st.lists(
        st.builds(
            lambda first, long, head, kind, state, role: Mention(
                first, min(first + long, 9), min(first + head % long, 8), 0, 1, kind, state, role
            ),
            first=st.integers(0, 8),
            long=st.integers(1, 5),
            head=st.integers(0, 4),
            kind=st.sampled_from(["name", "adjective", "nominal", "pronoun"]),
            state=st.sampled_from([None, "KOR", "PRK", "JPN"]),
            role=st.sampled_from(list(codebook().roles)),
        ),
        max_size=6,
    ),
    st.dictionaries(st.sampled_from(["KOR", "PRK", "JPN"]), st.integers(0, 9)),
    st.sampled_from(TAGS),
    st.sampled_from(DEPS),
)
def test_no_code_is_beyond_its_table(mentions: list[Mention], ranks: dict[str, int], tag: str, dep: str) -> None:
    draft = small()
    tokens = tuple(replace(token, tag=tag, dep=dep) for token in draft.tokens)
    draft = replace(draft, tokens=tokens, mentions=tuple(mentions))
    codes = encode(make_scene(draft, frozenset(), frozenset()), LEXICON, ranks).codes
    for number, name in enumerate(COLUMNS):
        assert 0 <= codes[:, number].min() <= codes[:, number].max() < LABELS[name], name
    covered = {i for mention in mentions for i in range(mention.first, mention.last)}
    assert set(np.flatnonzero(codes[:, COLUMNS.index("mention")]).tolist()) == covered


def test_a_shorter_mention_takes_the_head_of_a_longer_one_away() -> None:
    longer, shorter = Mention(0, 3, 1, 0, 1, "nominal", "KOR"), Mention(1, 3, 2, 0, 1, "name", "JPN")
    assert column(replace(small(), mentions=(longer, shorter)), "head") == [0, 0, 1, 0, 0, 0, 0, 0, 0]
