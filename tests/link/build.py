"""Documents and acts for the linker's tests, from a few words each."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from rejoinder.records import Act, Document, Side, Span, When

CASES = Path(__file__).with_name("cases.yaml")


def cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return found


def document(case: Mapping[str, Any]) -> Document:
    return Document(text=case["text"], published=case.get("published"))


def act(text: Document, row: Mapping[str, Any], name: str) -> Act:
    """The act of ``row``: ``quote`` with its ``[trigger]`` in brackets, ``dyad`` "PRK > KOR", and what differs."""
    quote = row["quote"]
    opening, closing = quote.index("["), quote.index("]") - 1
    plain = quote.replace("[", "").replace("]", "")
    start = text.text.index(plain, row.get("from", 0))
    actor, _, target = (part.strip() for part in row["dyad"].partition(">"))
    day, last = row.get("day"), row.get("last")
    return Act(
        id=name,
        doc=text.id,
        kind=row["kind"],
        span=Span.of(text, start, start + len(plain)),
        trigger=Span.of(text, start + opening, start + closing),
        actor=Side(row.get("actor", ""), actor or None, row.get("role", "GOV")),
        target=Side("", target, "GOV") if target else None,
        realis=row.get("realis", "actual"),
        background=row.get("background", False),
        when=When(None if row.get("before") else day, last or day),
        issue=row.get("issue", "talks"),
    )


def offer(doc: str, name: str, day: dt.date, words: str, **other: Any) -> Act:
    """A free-standing act of a document of its own, for comparisons between documents."""
    text = Document(text=f"{doc}: {words}")
    start = text.text.index(words)
    trigger = other.pop("trigger", words.split()[1])
    at = text.text.index(trigger, start)
    dyad = other.pop("dyad", ("PRK", "KOR"))
    fields: dict[str, Any] = {"kind": "OFFER", "issue": "talks", "when": When(day, day)} | other
    return Act(
        id=name,
        doc=doc,
        span=Span.of(text, start, start + len(words)),
        trigger=Span.of(text, at, at + len(trigger)),
        actor=Side("", dyad[0], "GOV"),
        target=Side("", dyad[1], "GOV"),
        **fields,
    )
