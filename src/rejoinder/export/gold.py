"""Gold: judged documents as the two files that ``rejoinder score`` and ``scripts/train`` read, texts and codes.

``docs.jsonl`` holds the texts, a gold file beside it what people left of their acts, in the codebook's form.
"""

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rejoinder.book import Book
from rejoinder.book.finished import JudgedDocument
from rejoinder.draft import Coded
from rejoinder.errors import UsageError
from rejoinder.export.jsonl import Json, write_jsonl
from rejoinder.export.target import text_file
from rejoinder.records import Document

__all__ = ["DOCS", "Gold", "gold", "gold_files", "write_gold"]

GOLD, DOCS = "gold.jsonl", "docs.jsonl"


@dataclass(frozen=True, slots=True)
class Gold:
    """``documents`` are gold, each under a name of its own; ``left_out`` was judged in part, and nobody was done."""

    documents: tuple[Coded, ...]
    left_out: tuple[JudgedDocument, ...]


def gold(book: Book, *, by: str | None = None) -> Gold:
    """What of ``book`` was judged to the end: each act of a document, or somebody marked it as done.

    With ``by`` what he alone judged, as he alone left it; else by all together. A document keeps its name, unless it
    has none or shares it: then it is called by its id.
    """
    found = list(book.judged(by=by))
    whole = [one.coded for one in found if one.whole]
    names = Counter(one.document.name for one in whole)
    return Gold(
        documents=tuple(_called(one, names[one.document.name]) for one in whole),
        left_out=tuple(one for one in found if not one.whole),
    )


def write_gold(documents: Sequence[Coded], to: str | os.PathLike[str]) -> tuple[Path, Path]:
    """Write ``documents`` to ``to``, a gold file (``.jsonl``) or the folder for one; the paths of gold file and texts.

    A folder is made where there is none. Raises UsageError where nothing can be written there, or where texts stand
    there that no gold file belongs to.
    """
    codes, texts = gold_files(to)
    if codes != Path(to) and not codes.parent.exists():
        _make(codes.parent)
    with text_file(texts) as file:
        for one in documents:
            file.write(json.dumps(_text(one.document), ensure_ascii=False) + "\n")
    write_jsonl(documents, codes)
    return codes, texts


def gold_files(to: str | os.PathLike[str]) -> tuple[Path, Path]:
    """Where :func:`write_gold` writes the gold file and the texts. Raises UsageError where it would not."""
    place = Path(to)
    codes = place if place.suffix == ".jsonl" and not place.is_dir() else place / GOLD
    texts = codes.with_name(DOCS)
    if codes.name == DOCS:
        raise UsageError(f"{codes} is to hold the texts. Give the gold file another name.")
    if texts.exists() and not codes.exists():
        raise UsageError(f"{texts} is there already and would be overwritten. Name another folder.")
    return codes, texts


def _make(folder: Path) -> None:
    try:
        folder.mkdir()
    except OSError as error:
        raise UsageError(f"The folder {folder} cannot be made ({error.strerror or error}). Name another.") from error


def _called(coded: Coded, sharing: int) -> Coded:
    document = coded.document
    if document.name and sharing == 1:
        return coded
    return replace(coded, document=replace(document, name=document.id))


def _text(document: Document) -> Json:
    line: Json = {"id": document.name}
    if document.published is not None:
        line["published"] = document.published.isoformat()
    told = {"title": document.title, "outlet": document.outlet, "url": document.url, "author": document.author}
    return line | {field: words for field, words in told.items() if words is not None} | {"text": document.text}
