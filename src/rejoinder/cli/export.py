"""``--to FORMAT -o FILE``: the acts of a book, or some of them, as a file or on standard output."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path

from rejoinder.book import Book
from rejoinder.book.table import Acts
from rejoinder.draft import Coded
from rejoinder.errors import UsageError
from rejoinder.export import write_csv, write_jsonl, write_parquet

__all__ = ["check_output", "write_acts", "write_book"]

_STDOUT = "-"


def check_output(to: str | None, output: str | None) -> None:
    """Raise UsageError before any work is done where the result could not be written in the end."""
    if to is None and output is not None:
        raise UsageError(f"Nothing says in which format {output} is to be written. Add --to csv, jsonl or parquet.")
    if to == "parquet" and output in (None, _STDOUT):
        raise UsageError("Parquet is no text and is not printed. Name a file for it with -o.")
    if output in (None, _STDOUT):
        return
    place = Path(output or "")
    if place.is_dir():
        raise UsageError(f"{place} is a folder. Name a file in it.")
    if not place.parent.is_dir():
        raise UsageError(f"The folder of {place} does not exist. Make it first, or name another.")
    if not os.access(place.parent, os.W_OK):
        raise UsageError(f"{place} may not be written. Name a place that you may write to.")


def write_book(book: Book, to: str, output: str | None) -> None:
    """Export all that ``book`` holds: every document with every mention."""
    if to == "jsonl":
        write_jsonl(book.coded(), _place(output))
    else:
        _write_table(book.acts(every=True), to, output)


def write_acts(book: Book, acts: Acts, to: str, output: str | None) -> None:
    """Export ``acts`` of ``book``. As JSONL, their documents with these acts and the links between them."""
    if to == "jsonl":
        write_jsonl(_documents(book, acts), _place(output))
    else:
        _write_table(acts, to, output)


def _write_table(acts: Acts, to: str, output: str | None) -> None:
    write = write_parquet if to == "parquet" else write_csv
    write(acts, _place(output))


def _documents(book: Book, acts: Acts) -> Iterator[Coded]:
    wanted = {act.id for act in acts}
    for coded in book.coded():
        kept = tuple(act for act in coded.acts if act.id in wanted)
        if kept:
            yield replace(coded, acts=kept)


def _place(output: str | None) -> str:
    if output is None or output == _STDOUT:
        if sys.stdout is None:  # closed by whoever started us: nobody reads what would be written
            raise BrokenPipeError
        if isinstance(sys.stdout, TextIOWrapper):  # data is UTF-8 whatever the terminal prefers
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        return _STDOUT
    return output
