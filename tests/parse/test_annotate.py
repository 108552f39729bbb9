"""A paragraph's words come out the same whatever is parsed beside it, and as spaCy finds them."""

import random
from collections.abc import Iterator, Sequence

import pytest
import spacy
from threadpoolctl import threadpool_limits

from rejoinder.draft import Draft, Paragraph
from rejoinder.parse import DEFAULT_PIPELINE, SpacyParser, greedy, load_parser
from rejoinder.parse.annotate import Annotator, Steady, Unsteady, annotator
from rejoinder.parse.encoder import Rows, steady_step
from rejoinder.parse.memory import Memory
from rejoinder.parse.words import Parsed
from rejoinder.records import Document

VERBS = ("offered", "rejected", "said it would resume", "warned against", "agreed to", "will not accept")
NAMES = ("Seoul", "Pyongyang", "The U.S. envoy", "A spokesman for the ministry", "Mr. Ban", "Zyx-Qwv")
THINGS = ("talks on the hotline", "the proposal of 12 May", "sanctions, if any", "“a dialogue” without conditions")


def _texts(count: int) -> list[str]:
    chance = random.Random(5)
    told = [
        [f"{chance.choice(NAMES)} {chance.choice(VERBS)} {chance.choice(THINGS)}" for _ in range(chance.randint(1, 12))]
        for _ in range(count)
    ]
    return [f"{'; but '.join(parts)}. {number}" for number, parts in enumerate(told)]


TEXTS = ["", " ", "Talks.", *_texts(60)]


@pytest.fixture(scope="module")
def steady() -> Annotator:
    found = load_parser().annotator
    if not isinstance(found, Steady):
        pytest.skip("this machine's sums hang on what is added up together")
    return found


@pytest.fixture(scope="module")
def own(steady: Annotator) -> Unsteady:
    """The same pipeline as spaCy runs it; loaded after ours, whose choice of operations it shares."""
    return Unsteady(spacy.load(DEFAULT_PIPELINE, exclude=("attribute_ruler", "lemmatizer", "ner", "senter")))


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """As the parser has it: two threads share out the rows."""
    with threadpool_limits(limits=1, user_api="blas"):
        yield


def found(annotate: Annotator, texts: Sequence[str]) -> list[Parsed]:
    return [Parsed.of(doc) for doc in annotate(texts)]


def test_words_are_as_spacy_finds_them(steady: Annotator, own: Unsteady) -> None:
    assert found(steady, TEXTS) == found(own, TEXTS)


def test_it_does_not_matter_who_takes_the_steps(steady: Steady, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for live in (0, 10**6):  # ours, spaCy's
        monkeypatch.setattr(greedy, "LIVE", live)
        told.append([found(steady, texts) for texts in (TEXTS, TEXTS[::-1], TEXTS[:5], TEXTS[7:8])])
    assert told[0] == told[1]


def test_vectors_do_not_hang_on_the_company(steady: Steady) -> None:
    docs = [doc for doc in map(steady.nlp.make_doc, TEXTS) if len(doc)]
    alone = [_vectors(steady, [doc])[0] for doc in docs]
    chance = random.Random(6)
    for size in (2, 5, 17, len(docs)):
        order = chance.sample(range(len(docs)), len(docs))
        for begin in range(0, len(order), size):
            some = order[begin : begin + size]
            for number, vectors in zip(some, _vectors(steady, [docs[n] for n in some]), strict=True):
                assert vectors == alone[number]


def _vectors(steady: Steady, docs: Sequence[object]) -> list[bytes]:
    """The vectors of each text's words, to the last bit."""
    rows, vectors = steady.encoder(docs)  # type: ignore[arg-type]
    ends = [sum(rows.counts[: n + 1]) for n in range(len(rows.counts))]
    return [vectors[rows.words[end - count : end]].tobytes() for end, count in zip(ends, rows.counts, strict=True)]


def test_forgetting_words_changes_nothing(steady: Steady) -> None:
    docs = [doc for doc in map(steady.nlp.make_doc, TEXTS) if len(doc)]
    before = _vectors(steady, docs)
    steady.encoder.table._places.clear()
    assert _vectors(steady, docs[::-1]) == before[::-1]


def test_another_pipeline_is_left_as_it_is() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    assert isinstance(annotator(nlp), Unsteady)


def test_no_step_is_given_where_none_serves() -> None:
    assert steady_step([]) == 8
    assert steady_step([(288, 288)]) in (None, 8, 12, 16, 24, 48)


@pytest.mark.parametrize("counts", [[1], [12, 12], [5, 0, 9], [30, 1, 1, 40]])
def test_paragraphs_begin_at_steps_and_keep_their_distance(counts: list[int]) -> None:
    rows = Rows.of(counts, 12, 4)
    assert len(rows.words) == sum(counts)
    assert rows.size % 12 == 0
    at = 0
    ends = -1
    for count in counts:
        if count:
            mine = rows.words[at : at + count].tolist()
            assert mine == list(range(mine[0], mine[0] + count))
            assert mine[0] % 12 == 0
            assert mine[0] - ends > 4
            ends, at = mine[-1], at + count
    assert rows.size - ends > 4


def _draft(text: str) -> Draft:
    return Draft(Document(text), paragraphs=(Paragraph(0, len(text)),))


def test_what_was_seen_or_parsed_ahead_gives_the_same_words() -> None:
    parser, other = load_parser(), load_parser()
    drafts = [_draft(f"{text} said so") for text in TEXTS]
    other.ahead(drafts)
    first = [parser(draft) for draft in drafts]
    assert first == [other(draft) for draft in drafts] == [parser(draft) for draft in drafts]


def test_a_paragraph_seen_before_is_not_parsed_again() -> None:
    loaded = load_parser()
    asked: list[str] = []

    class Counting:
        steady = True

        def __call__(self, texts: Sequence[str]) -> "list[spacy.tokens.Doc]":
            asked.extend(texts)
            return loaded.annotator(texts)

    parser = SpacyParser(Counting(), loaded.lemmas, loaded.threads)
    draft = _draft("Seoul offered talks.")
    moved = Draft(Document("x. Seoul offered talks."), paragraphs=(Paragraph(0, 2), Paragraph(3, 23)))
    parser(draft)
    words = parser(moved)
    assert asked == ["Seoul offered talks.", "x."]
    assert [token.start for token in words.tokens if token.sentence][:2] == [3, 9]


def test_memory_forgets_what_was_asked_for_longest_ago() -> None:
    memory = Memory(most=5)
    two = Parsed((0, 1), (1, 1), ("NN", "NN"), ("x", "x"), (0, 0), ((1,), ()), ((0, 2, 0),))
    for name in ("a", "b"):
        memory.put(name, two)
    assert memory.get("a") is two
    memory.put("c", two)
    assert [memory.get(name) for name in ("a", "b", "c")] == [two, None, two]
