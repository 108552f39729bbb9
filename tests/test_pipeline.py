"""The pipeline: its list of stages is checked, a failure is a row, and what comes out rests on words."""

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.draft import Coded, Draft
from rejoinder.errors import DataError, UnknownPipeline
from rejoinder.pipeline import CODER, Pipeline, Stage, load_pipeline
from rejoinder.records import Act, Document, Span
from tests.acts.cases import read_cases

DAY = dt.date(2016, 5, 20)
STORY = """Seoul rebuffs North's offer of talks

SEOUL, May 20 (Example) - South Korea on Friday rejected a North Korean proposal for military talks, saying Pyongyang
must first take steps to give up its nuclear weapons.

"We will not talk unless the North acts," Defence Ministry spokesman Hong Gil-dong said. He urged Pyongyang to accept.

The North's National Defence Commission had made the offer in an open letter on Thursday, its KCNA news agency said.
"""
SENTENCES = [case.text for case in read_cases()]


def story(published: dt.date | None = DAY) -> Document:
    return Document(STORY, name="story", published=published)


# --- the list of stages ----------------------------------------------------------------------------------------------


def unchanged(draft: Draft) -> Draft:
    return draft


def test_a_stage_that_lacks_what_it_needs_is_refused() -> None:
    first = Stage("parse", unchanged, ("document",), ("tokens",))
    second = Stage("parties", unchanged, ("tokens", "sentences"), ("mentions",))
    with pytest.raises(DataError, match=r"'parties' needs \['sentences'\]"):
        Pipeline((first, second))


def test_the_order_of_stages_matters() -> None:
    first = Stage("text", unchanged, ("document",), ("paragraphs",))
    second = Stage("parse", unchanged, ("paragraphs",), ("tokens",))
    assert Pipeline((first, second)).stages == (first, second)
    with pytest.raises(DataError, match="'parse'"):
        Pipeline((second, first))


def test_what_was_done_ahead_is_not_done_again() -> None:
    seen: list[str] = []

    def laid_out(draft: Draft) -> Draft:
        seen.append(draft.document.name)
        return draft

    done = Stage("text", laid_out, ("document",), ("paragraphs",))
    coder = Pipeline((done, Stage("parse", unchanged, ("paragraphs",), (), ahead=lambda drafts: None)))
    documents = [Document(STORY, name=name) for name in ("a", "b")]
    coder.ahead(documents)
    for document in (*documents, documents[0]):
        assert coder.code(document).document == document
    assert seen == ["a", "b", "a"]  # ahead, ahead, and the first once more


def test_needs_and_gives_are_fields_of_a_draft(pipeline: Pipeline) -> None:
    known = {field.name for field in fields(Draft)}
    assert all({*stage.needs, *stage.gives} <= known for stage in pipeline.stages)


def test_an_unknown_parser_is_refused() -> None:
    with pytest.raises(UnknownPipeline, match="en_banana"):
        load_pipeline("en_banana")


# --- texts that cannot be coded, stages that fail --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "EMPTY_TEXT"),
        (" \n\t\r\n\u2028 ", "EMPTY_TEXT"),
        (
            "Die Regierung in Seoul hat das Angebot des Nordens am Freitag nicht angenommen, sagte ein Sprecher.",
            "NOT_ENGLISH",
        ),
        ("북한이 남한에 군사회담을 제안했다. 정부는 금요일 이를 거부했다.", "NOT_ENGLISH"),
    ],
)
def test_a_text_that_cannot_be_read_fails_with_its_problem(pipeline: Pipeline, text: str, code: str) -> None:
    document = Document(text, published=DAY)
    coded = pipeline.code(document)
    assert coded.status == "failed"
    assert code in {problem.code for problem in coded.problems}
    assert {problem.doc for problem in coded.problems} == {document.id}
    assert (coded.acts, coded.links) == ((), ())


def failing(pipeline: Pipeline, name: str) -> Pipeline:
    """``pipeline`` with a stage that breaks."""

    def broken(draft: Draft) -> Draft:
        raise IndexError(f"no such token in {len(draft.text)} characters")

    stages = tuple(replace(stage, run=broken) if stage.name == name else stage for stage in pipeline.stages)
    assert stages != pipeline.stages
    return Pipeline(stages)


@pytest.mark.parametrize(
    ("name", "status"),
    [("text", "failed"), ("parse", "failed"), ("acts", "failed"), ("voices", "failed"), ("links", "partly")],
)
def test_a_failing_stage_is_a_row(pipeline: Pipeline, name: str, status: str) -> None:
    coded = failing(pipeline, name).code(story())
    assert coded.status == status
    assert bool(coded.acts) is (status == "partly")
    problem = coded.problems[-1]
    assert (problem.stage, problem.code, problem.doc) == (name, "STAGE_FAILED", story().id)
    assert "IndexError: no such token" in problem.message


def test_problems_found_before_a_failure_are_kept(pipeline: Pipeline) -> None:
    coded = failing(pipeline, "acts").code(story(published=None))
    assert [problem.code for problem in coded.problems][:1] == ["NO_DATE"]
    assert coded.problems[-1].code == "STAGE_FAILED"


def test_our_own_mistakes_are_raised(pipeline: Pipeline) -> None:
    def malformed(draft: Draft) -> Draft:
        raise DataError("cues.yaml is malformed.")

    stages = (*pipeline.stages[:2], replace(pipeline.stages[2], run=malformed), *pipeline.stages[3:])
    with pytest.raises(DataError, match=r"cues\.yaml"):
        Pipeline(stages).code(story())


# --- what comes out --------------------------------------------------------------------------------------------------


def spans(coded: Coded) -> list[Span]:
    """All spans of a result."""
    found: list[Span | None] = [problem.span for problem in coded.problems]
    for act in coded.acts:
        found += [act.span, act.trigger, act.when.said, act.actor.span, *act.conditions]
        found += [span for _, span in act.evidence]
        found += [side.span for side in (act.target, act.voice.speaker) if side is not None]
    for link in coded.links:
        found += link.evidence
    return [span for span in found if span is not None]


def agentless(act: Act) -> bool:
    return act.actor.text == "" and act.actor.state is None and act.actor.role == "UNK" and act.actor.span is None


def sound(coded: Coded) -> None:
    """The rules of the design that hold for any text."""
    document = coded.document
    for span in spans(coded):
        assert span.doc == document.id
        assert document.text[span.start : span.end] == span.quote
    ids = [act.id for act in coded.acts]
    assert len(ids) == len(set(ids))
    for act in coded.acts:
        assert act.doc == document.id
        assert act.span.start <= act.trigger.start < act.trigger.end <= act.span.end
        assert act.actor.text.strip() or agentless(act)
        assert act.target is None or act.target.text.strip()
        assert 0 < act.score <= 1
        assert act.rule
        assert act.steps
        assert act.coder == CODER
        assert act.same_as is None or act.same_as in ids
        assert act.alt_kind != act.kind
        for side in (act.actor, act.target):
            assert side is None or side.span is None or side.span.quote == side.text
    for link in coded.links:
        assert {link.answer, link.offer} <= set(ids)
        assert link.answer != link.offer
        assert link.evidence
    starts = [(act.span.start, act.trigger.start) for act in coded.acts]
    assert starts == sorted(starts)


def test_a_story(pipeline: Pipeline) -> None:
    coded = pipeline.code(story())
    sound(coded)
    assert coded.status == "coded"
    rejection = next(act for act in coded.acts if act.trigger.quote == "rejected")
    assert (rejection.kind, rejection.actor.state, rejection.when.earliest) == ("REJECT", "KOR", DAY)
    assert "OFFER" in {act.kind for act in coded.acts}


def test_without_a_publication_day_relative_dates_stay_open(pipeline: Pipeline) -> None:
    coded = pipeline.code(story(published=None))
    sound(coded)
    assert coded.acts
    assert "NO_DATE" in {problem.code for problem in coded.problems}
    assert all(act.when.earliest is None and act.when.latest is None for act in coded.acts if act.when.said is None)


def test_the_same_document_gives_the_same_result_in_any_order(pipeline: Pipeline) -> None:
    documents = [story(), *(case.document for case in read_cases()[::12])]
    forwards = [pipeline.code(document) for document in documents]
    backwards = [pipeline.code(document) for document in reversed(documents)]
    assert forwards == backwards[::-1]


def test_another_pipeline_gives_the_same_result(pipeline: Pipeline) -> None:
    assert load_pipeline().code(story()) == pipeline.code(story())


def test_a_floor_leaves_out_what_is_unsure(pipeline: Pipeline) -> None:
    sure = load_pipeline(floor=0.9).code(story()).acts
    found = pipeline.code(story()).acts
    assert 0 < len(sure) < len(found)
    assert all(act.score >= 0.9 for act in sure)
    assert {act.id for act in sure} <= {act.id for act in found}


DATES = st.one_of(st.none(), st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)))
STORIES = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6, unique=True)
GAPS = st.sampled_from([" ", "\n\n", "\r\n\r\n", "\n", "  "])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sentences=STORIES, gap=GAPS, published=DATES)
def test_any_story_gives_sound_records(
    pipeline: Pipeline, sentences: list[str], gap: str, published: dt.date | None
) -> None:
    coded = pipeline.code(Document(gap.join(sentences), published=published))
    assert coded.status == "coded"
    sound(coded)


MANGLE: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "curly quotes": lambda text: text.replace('"', "\u201d").replace("'", "\u2019"),
    "no stops": lambda text: text.replace(".", ""),
    "reversed words": lambda text: " ".join(reversed(text.split())),
    "emoji": lambda text: text.replace(" ", " \U0001f54a\ufe0f ", 2),
    "odd spaces": lambda text: text.replace(" ", "\u2003\xa0", 3),
    "an open quotation": lambda text: text.replace(" ", ' "', 1),
}


@pytest.mark.parametrize("how", MANGLE)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sentences=STORIES)
def test_a_mangled_story_gives_sound_records(pipeline: Pipeline, how: str, sentences: list[str]) -> None:
    coded = pipeline.code(Document(MANGLE[how]("\n\n".join(sentences)), published=DAY))
    assert "STAGE_FAILED" not in {problem.code for problem in coded.problems}
    sound(coded)
