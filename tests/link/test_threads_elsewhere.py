"""How far the whole system finds offers and answers of other dyads: ``tests/gold/threads.jsonl`` (README there)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from link_gold import f1
from training.gold import read_texts

from rejoinder.draft import Coded
from rejoinder.link import OPENING, Setting, across, threads
from rejoinder.link.heads import head_of
from rejoinder.pipeline import Pipeline
from rejoinder.records import Act, Document, Link, Thread

ROOT = Path(__file__).resolve().parents[2]
GOLD, TRAINING = ROOT / "tests" / "gold" / "threads.jsonl", ROOT / "training"
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What the system finds in the documents of the gold: acts by the gold's name of their document, and more.

    ``heads`` maps an act to the act it tells of; ``threads`` are by the act that opens them.
    """

    acts: Mapping[str, Sequence[Act]]
    heads: Mapping[str, str]
    links: Sequence[Link]
    threads: Mapping[str, Thread]

    def at(self, step: Json) -> set[str]:
        """The acts meant by ``step``, as the acts they tell of."""
        start, end = step["trigger"]
        acts = self.acts.get(step["doc"], ())
        return {self.heads[act.id] for act in acts if act.trigger.start < end and start < act.trigger.end}


def find(documents: Mapping[str, Document], pipeline: Pipeline) -> Found:
    coded = {name: pipeline.code(document) for name, document in documents.items()}
    acts = [act for one in coded.values() for act in one.acts]
    inside = [link for one in coded.values() for link in one.links]
    crossed = across(
        [act for act in acts if act.same_as is None], {one.document.id: setting(one) for one in coded.values()}
    )
    links = [*inside, *crossed.links]
    up = {act.id: act.same_as for act in acts if act.same_as}
    up |= {merge.report: merge.act for merge in crossed.merges}
    told = threads(acts, crossed.merges, links, max(text.published for text in documents.values() if text.published))
    heads = {act.id: head_of(act.id, up) for act in acts}
    by_name = {name: one.acts for name, one in coded.items()}
    return Found(by_name, heads, links, {heads[thread.offer.id]: thread for thread in told})


def setting(coded: Coded) -> Setting:
    """What a book would say of the document."""
    return Setting(
        coded.document.published, coded.document.text[:OPENING], frozenset(link.answer for link in coded.links)
    )


def measure(found: Found, gold: Sequence[Json]) -> dict[str, float]:
    """F1 of links (pairs; pairs with the way) among the acts of steps, the share of statuses, B-cubed F1 of reports."""
    steps = {step["id"]: step for thread in gold for step in thread["steps"]}
    at = {name: found.at(step) for name, step in steps.items()}
    owners = {head: name for name, heads in at.items() for head in heads}
    made = {
        (found.heads[link.answer], found.heads[link.offer]): link.how
        for link in found.links
        if found.heads[link.answer] in owners and found.heads[link.offer] in owners
    }
    wanted = [(name, answer["to"], answer["how"]) for name, step in steps.items() for answer in step["answers"]]
    hows = [{made[a, b] for a in at[one] for b in at[other] if (a, b) in made} for one, other, _ in wanted]
    right = sum(map(bool, hows))
    ways = sum(how in ours for ours, (*_, how) in zip(hows, wanted, strict=True))
    opened = [
        {found.threads[head].status for head in at[thread["steps"][0]["id"]] & found.threads.keys()} for thread in gold
    ]
    statuses = sum(thread["status"] in ours for thread, ours in zip(gold, opened, strict=True))
    return {
        "acts": sum(map(bool, at.values())) / len(steps),
        "linked": f1(right, len(made), len(wanted)),
        "answers": f1(ways, len(made), len(wanted)),
        "status": statuses / len(gold),
        "merging": bcubed({name: min(heads) for name, heads in at.items() if heads}, steps),
    }


def bcubed(ours: Mapping[str, str], steps: Mapping[str, Json]) -> float:
    """B-cubed F1 of the steps found: ours are together where their head is one, gold's where one is the other again."""
    first = {name: steps[name].get("same") or name for name in ours}
    precision = recall = 0.0
    for name in ours:
        mine = {other for other in ours if ours[other] == ours[name]}
        theirs = {other for other in ours if first[other] == first[name]}
        precision += len(mine & theirs) / len(mine)
        recall += len(mine & theirs) / len(theirs)
    return 2 * precision * recall / (precision + recall) / len(ours)


@pytest.fixture(scope="module")
def reached(shared: Path, pipeline: Pipeline) -> Mapping[str, float]:
    gold = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    steps = [step for thread in gold for step in thread["steps"]]
    documents = read_texts(TRAINING, shared, frozenset(step["doc"] for step in steps))
    return measure(find(documents, pipeline), gold)


@pytest.mark.parametrize(
    ("name", "floor"), [("acts", 0.77), ("linked", 0.21), ("answers", 0.16), ("status", 0.13), ("merging", 0.97)]
)
def test_threads_of_other_dyads(reached: Mapping[str, float], name: str, floor: float) -> None:
    assert reached[name] >= floor, reached
