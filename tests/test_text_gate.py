"""The gate: what it is made of, what it opens to, what it keeps out, and how many acts that costs."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.draft import Coded, Draft
from rejoinder.errors import DataError
from rejoinder.pipeline import load_pipeline
from rejoinder.records import Document
from rejoinder.text import at_gate, lay_out, load_gate
from rejoinder.text.gate import NAMES, REST, STRETCH, Gate, parse_gate, stretches, words_of

OFF_TOPIC = Path(__file__).resolve().parents[1] / "training" / "offtopic.jsonl"
ROWS = "*constant*\t-1.0\t-\n*least*\t0.5\t-\n" + "".join(f"*{n}*\t0.5\t-\n" for n in range(1, NAMES + 1))
SMALL = ROWS + "offered\t1.0\t-\nseoul\t0.25\tname\ngoal\t-2.0\t-\n"


def passes(text: str, gate: Gate | None = None) -> bool:
    return not at_gate(lay_out(Draft(Document(text))), gate or load_gate()).passed


def test_words_and_names_are_weighed() -> None:
    gate = parse_gate(SMALL, "small.tsv")
    assert gate.weigh("Seoul offered, offered!") == pytest.approx(-1 + 0.25 + 1.0 + 0.5)
    assert gate.weigh("seoul offered") == pytest.approx(-1 + 0.25 + 1.0)  # no name without its capital
    assert passes("Seoul offered talks.", gate)
    assert not passes("Seoul offered a goal.", gate)


def test_one_stretch_of_a_long_text_is_enough() -> None:
    filler = "\n\n".join(["A goal, and another goal, and yet another goal in extra time."] * 36)  # whole stretches
    assert passes(f"{filler}\n\nSeoul offered talks. {'And more. ' * 80}", parse_gate(SMALL, "small.tsv"))


@pytest.mark.parametrize(
    ("source", "said"),
    [("word\t1.0\n", "line 1"), ("word\tx\t-\n", "line 1"), ("word\t1.0\t-\n", "lacks the row")],
)
def test_what_is_malformed_is_named(source: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        parse_gate(source, "some.tsv")


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=900), max_size=8))
def test_stretches_hold_all_words_once(paragraphs: list[str]) -> None:
    made = list(stretches(paragraphs))
    assert "\n".join(made).replace("\n", "") == "".join(paragraphs).replace("\n", "")
    assert all(len(one) >= STRETCH for one in made[:-1])
    assert len(made) < 2 or len(made[-1]) > REST


def test_names_count_up_to_a_few() -> None:
    names = frozenset("abcdefgh")
    assert words_of("A B C D E F", names)[1] == NAMES


def test_a_text_that_does_not_pass_is_not_parsed() -> None:
    sport = json.loads(OFF_TOPIC.read_text(encoding="utf-8").splitlines()[1])["text"]
    coded = load_pipeline().code(Document(sport))
    assert coded == Coded(coded.document, problems=coded.problems, status="passed")
    assert load_pipeline(gate=False).code(Document(sport)).status == "coded"


def test_hardly_any_invented_article_off_the_topic_passes() -> None:
    """The gate has seen these; left out of the fit, 5% pass (``scripts/training/gate.py``)."""
    texts = [json.loads(line)["text"] for line in OFF_TOPIC.read_text(encoding="utf-8").splitlines()]
    assert sum(map(passes, texts)) <= 0.05 * len(texts)


@pytest.mark.parametrize("part", ["dev", "train"])
def test_hardly_any_act_of_the_gold_is_lost(shared: Path, part: str) -> None:
    folder = shared / "gold" / part
    acts = {row["id"]: len(row["acts"]) for row in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    texts = {row["id"]: row["text"] for row in map(json.loads, (folder / "docs.jsonl").open(encoding="utf-8"))}
    lost = sum(acts[name] for name in acts if not passes(texts[name]))
    assert lost <= 0.005 * sum(acts.values())
