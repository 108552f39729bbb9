"""How far the whole system finds the answers of the threads in ``gold/threads``, where their texts lie in ``data``."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rejoinder.codebook import codebook
from rejoinder.link import across, threads
from rejoinder.pipeline import Pipeline
from rejoinder.records import Act, Document

from .test_threads_elsewhere import setting

KINDS = {
    "reject": "REJECT",
    "refuse_further": "REJECT",
    "accept": "ACCEPT",
    "cancel": "SANCTION",
    "counter_offer": "OFFER",
}
"""What a step does -> the kind an answer to the thread's offer has."""
HOWS = {
    "reject": "rejects",
    "refuse_further": "rejects",
    "accept": "accepts",
    "cancel": "withdraws",
    "counter_offer": "counters",
}
STATUSES = {"reject": "rejected", "accept": "accepted"}


@dataclass(frozen=True, slots=True)
class Figures:
    """Answers that gold's threads have in texts at hand, those linked rightly, links made there, statuses right."""

    expected: int
    linked: int
    right: int
    made: int
    statuses: int
    decided: int

    @property
    def f1(self) -> float:
        """Of linked answers, whatever the way."""
        return 2 * self.linked / (self.expected + self.made)


def measure(shared: Path, pipeline: Pipeline) -> Figures:
    timeline = _lines(shared / "data" / "wikipedia_current_events" / "korea_timeline.jsonl")
    steps = [
        (step, found)
        for thread in json.loads((shared / "gold" / "threads" / "threads.json").read_text("utf-8"))["threads"]
        for step in thread["steps"]
        if step["act"] in KINDS and (found := _text(step, timeline))
    ]
    coded = {text.id: pipeline.code(text) for _, text in steps}
    acts = {act.id: act for one in coded.values() for act in one.acts}
    inside = [link for one in coded.values() for link in one.links]
    first = [act for act in acts.values() if act.same_as is None]
    crossed = across(first, {one.document.id: setting(one) for one in coded.values()})
    links = [*inside, *crossed.links]
    made = [link for link in links if acts[link.offer].kind in codebook().opening]
    told = threads(list(acts.values()), crossed.merges, links, None)
    linked = right = statuses = decided = 0
    for step, text in steps:
        answering = {act.id for act in acts.values() if act.doc == text.id and _fits(act, step)}
        hows = [link.how for link in made if link.answer in answering]
        linked += bool(hows)
        right += HOWS[step["act"]] in hows
        if step["act"] in STATUSES:
            decided += 1
            answered = [thread for thread in told if any(link.answer in answering for link in thread.links)]
            statuses += any(thread.status == STATUSES[step["act"]] for thread in answered)
    return Figures(len(steps), linked, right, len(made), statuses, decided)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _text(step: Mapping[str, Any], timeline: list[dict[str, Any]]) -> Document | None:
    """The first text of the timeline that ``step`` names; None where it names none."""
    for source in step.get("documents", ()):
        if source.get("file") == "korea_timeline.jsonl":
            for row in timeline:
                if row["date"] == source["date"] and row["text"].startswith(source["text_starts"]):
                    return Document(text=row["text"], published=dt.date.fromisoformat(row["date"]))
    return None


def _fits(act: Act, step: Mapping[str, Any]) -> bool:
    return act.actor.state == step["source"][:3] and act.kind == KINDS[step["act"]]


def test_answers_of_the_gold_threads_are_found(shared: Path, pipeline: Pipeline) -> None:
    found = measure(shared, pipeline)
    assert found.expected >= 5, "the texts of the threads are not where they were"
    assert found.f1 >= 0.75, found
    assert found.statuses / found.decided >= 1.0, found
