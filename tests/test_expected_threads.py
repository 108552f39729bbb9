"""How many of the threads that a careful reader finds in the shipped reports the whole system finds."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

import rejoinder
from rejoinder.book import Book
from rejoinder.link.heads import head_of
from rejoinder.records import Act, Thread

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a book holds: text and acts of each report by its name, each act's first report, and the threads by that."""

    texts: Mapping[str, str]
    acts: Mapping[str, Sequence[Act]]
    heads: Mapping[str, str]
    threads: Mapping[str, Thread]


def found_in(book: Book) -> Found:
    names = {document.id: document.name for document in book.documents()}
    acts = list(book.acts(every=True))
    up = {act.id: act.same_as for act in acts if act.same_as} | {merge.report: merge.act for merge in book.merges()}
    heads = {act.id: head_of(act.id, up) for act in acts}
    by_name: dict[str, list[Act]] = {}
    for act in acts:
        by_name.setdefault(names[act.doc], []).append(act)
    texts = {document.name: document.text for document in book.documents()}
    return Found(texts, by_name, heads, {heads[thread.offer.id]: thread for thread in book.threads()})


def meant(found: Found, entry: Entry) -> Iterator[Act]:
    """The acts whose trigger stands in the clause that ``entry`` quotes."""
    start = found.texts[entry["document"]].index(entry["quote"])
    end = start + len(entry["quote"])
    for act in found.acts.get(entry["document"], ()):
        if start <= act.trigger.start and act.trigger.end <= end:
            yield act


def opened(found: Found, entry: Entry) -> list[Thread]:
    """The threads that the clause of ``entry`` opens, or tells of again, by the side it names."""
    heads = dict.fromkeys(found.heads[act.id] for act in meant(found, entry) if act.actor.state == entry["by"])
    return [found.threads[head] for head in heads if head in found.threads]


def measure(found: Found, expected: Sequence[Entry]) -> dict[str, float]:
    """Shares of expected threads, statuses, answers linked, and answers linked in the right way, that are ``found``."""
    counts: Counter[str] = Counter()
    for entry in expected:
        threads = opened(found, entry)
        counts["threads"] += bool(threads)
        counts["status"] += bool(threads) and all(thread.status == entry["status"] for thread in threads)
        links = [(found.heads[link.answer], link.how) for thread in threads for link in thread.links]
        for answer in entry["answers"]:
            counts["expected"] += 1
            hows = {how for act in meant(found, answer) for head, how in links if head == found.heads[act.id]}
            counts["linked"] += bool(hows)
            counts["answers"] += answer["how"] in hows
    return {
        "threads": counts["threads"] / len(expected),
        "status": counts["status"] / len(expected),
        "linked": counts["linked"] / counts["expected"],
        "answers": counts["answers"] / counts["expected"],
    }


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, float]:
    expected = yaml.safe_load((EXAMPLES / "expected_threads.yaml").read_text("utf-8"))["threads"]
    with rejoinder.open(tmp_path_factory.mktemp("book") / "examples.db") as book:
        book.code(EXAMPLES)
        return measure(found_in(book), expected)


# The figures reached.
@pytest.mark.parametrize(("name", "floor"), [("threads", 0.84), ("status", 0.50), ("linked", 0.38), ("answers", 0.38)])
def test_share_of_expected(reached: Mapping[str, float], name: str, floor: float) -> None:
    assert reached[name] >= floor, reached
