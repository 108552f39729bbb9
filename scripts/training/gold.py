"""Coded texts to learn from: the shared gold folder, and the codes of ``training/`` laid on their texts.

``training/codes/*.jsonl`` hold codes without text: a document's id, a check sum of its text, and its acts with offsets
(0-based, end exclusive). The id says where the text is: "FOLDER:FILE:NUMBER" is line NUMBER (from 0) of
``data/FOLDER/FILE.jsonl`` in the shared folder; any other is a document of ``training/articles.jsonl``.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rejoinder.errors import DataError
from rejoinder.records import Document

__all__ = ["Act", "Coding", "read_codes", "read_gold", "read_texts", "read_training"]

Act = Mapping[str, Any]
"""An act as the gold's JSON has it (``docs/codebook.md``)."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Coding:
    """A document and the acts that a reader found in it."""

    document: Document
    acts: tuple[Act, ...]

    @property
    def style(self) -> str:
        """The kind of source: "wikipedia_current_events", "white_house", "wire", "article"."""
        name = (self.document.name or "").split(":")[0]
        return name if "_" in name else "wire" if name.startswith("wire") else "article"


def read_gold(folder: Path) -> Iterator[Coding]:
    """The documents of a gold folder (``docs.jsonl``, ``gold.jsonl``) with their acts."""
    acts = {row["id"]: row["acts"] for row in _rows(folder / "gold.jsonl")}
    for row in _rows(folder / "docs.jsonl"):
        if row["id"] in acts:
            yield Coding(_document(row), tuple(acts[row["id"]]))


def read_texts(training: Path, shared: Path, ids: frozenset[str]) -> dict[str, Document]:
    """The texts that ``ids`` name."""
    found = {row["id"]: _document(row) for row in _rows(training / "articles.jsonl") if row["id"] in ids}
    sources = sorted({name.rsplit(":", 1)[0] for name in ids - set(found)})
    for source in sources:
        folder, _, file = source.partition(":")
        path = shared / "data" / folder / f"{file}.jsonl"
        for number, row in enumerate(_rows(path) if path.is_file() else ()):
            name = f"{source}:{number:05d}"
            if name in ids:
                published = str(row["date"])[:10]
                found[name] = _document({**row, "id": name, "published": published})
    return found


def read_codes(path: Path, training: Path, shared: Path) -> Iterator[Coding]:
    """The documents of a file of codes with their acts.

    Raises :class:`DataError` where a text is missing or another than was read.
    """
    rows = list(_rows(path))
    texts = read_texts(training, shared, frozenset(row["id"] for row in rows))
    for row in rows:
        document = texts.get(row["id"])
        if (
            document is None
            or len(row["sha"]) < 12
            or not hashlib.sha256(document.text.encode()).hexdigest().startswith(row["sha"])
        ):
            raise DataError(
                f"{path.name}: the text of {row['id']} is missing or another one. Use the data it was coded on."
            )
        yield Coding(document, tuple(_act(act, document.text) for act in row["acts"]))


def read_training(training: Path, shared: Path) -> Iterator[Coding]:
    """The documents of ``training/codes`` with their acts, in a fixed order."""
    for name in ("wikipedia_current_events", "white_house", "articles"):
        yield from read_codes(training / "codes" / f"{name}.jsonl", training, shared)


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _document(row: Row) -> Document:
    published = dt.date.fromisoformat(row["published"][:10]) if row.get("published") else None
    return Document(row["text"], name=row["id"], title=row.get("title") or None, published=published)


def _act(code: Row, text: str) -> Act:
    """The act as the gold has it: words beside their offsets, what was left out at its default."""
    start, end = code["trigger"]
    date = code.get("date", {})
    return {
        "id": code["id"],
        "kind": code["kind"],
        "trigger": text[start:end],
        "trigger_start": start,
        "trigger_end": end,
        "actor": _side(code["actor"], text),
        "target": _side(code["target"], text) if "target" in code else None,
        "mutual": code.get("mutual", False),
        "realis": code.get("realis", "actual"),
        "background": code.get("background", False),
        "date": {
            "text": _words(date.get("at"), text),
            "earliest": date.get("earliest"),
            "latest": date.get("latest"),
        },
        "channel": code.get("channel"),
        "via": code.get("via", []),
        "conditions": [text[a:b] for a, b in code.get("conditions", [])],
        "issue": code.get("issue", "other"),
        "answers": code.get("answers", []),
        "same_as": code.get("same_as"),
        "alt_kind": code.get("alt_kind"),
    }


def _side(code: Row, text: str) -> dict[str, Any]:
    start, end = code.get("at", (None, None))
    return {
        "text": "" if start is None else text[start:end],
        "start": start,
        "end": end,
        "state": code.get("state"),
        "role": code.get("role", "UNK"),
        "also": code.get("also", []),
    }


def _words(place: list[int] | None, text: str) -> str | None:
    return None if place is None else text[place[0] : place[1]]
