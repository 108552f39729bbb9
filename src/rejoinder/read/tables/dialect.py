"""How a table in text form is written: what parts its cells, and what quotation marks mean."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.read.fields import field_called

__all__ = ["Dialect", "is_table", "sniffed"]

_SEPARATORS = (",", "\t", ";", "|")
_BY_SUFFIX = {".csv": None, ".tsv": "\t", ".tab": "\t", ".psv": "|"}
_ESCAPED = re.compile(r'\\"(?![,;|\t\r\n]|$)')
"""A mark with a backslash before it, inside a cell: not the end of a cell that ends in a backslash."""
_LONGEST_NAME = 60
_LINES = 20


@dataclass(frozen=True, slots=True)
class Dialect:
    """``separator`` stands between cells. ``quoted``: marks around a cell belong to the notation, not to the words.

    ``escaped``: a mark inside such a cell has a backslash before it instead of being doubled. ``preface``: the first
    line says what the separator is, as Excel writes it, and is no header.
    """

    separator: str
    quoted: bool = True
    escaped: bool = False
    preface: bool = False


def sniffed(text: str, suffix: str) -> Dialect:
    """How the table that begins with ``text`` is written, in a file with ``suffix`` (".csv").

    The header decides, since names of columns hold no separators: the character that parts it into the most names of
    fields, then into the most names, is the separator.
    """
    lines = text.splitlines(keepends=True)
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return Dialect(lines[0].strip()[4], preface=True)
    by_suffix = _BY_SUFFIX.get(suffix)
    parted = {separator: _header(lines, separator) for separator in _SEPARATORS}
    separator = max(
        _SEPARATORS,
        key=lambda each: (_known(parted[each]), each == by_suffix, len(parted[each]), -_SEPARATORS.index(each)),
    )
    escaped = _ESCAPED.search(text) is not None and '""' not in text
    return Dialect(separator, quoted=separator == "," or escaped or _keeps_rules(lines, separator), escaped=escaped)


def is_table(text: str, suffix: str) -> bool:
    """Whether ``text``, the beginning of a file with ``suffix``, is a table.

    A name that says so is believed. Without one the header has to name a text and another field, in few words each,
    and a row of as many cells has to follow: no prose begins so.
    """
    if suffix in _BY_SUFFIX:
        return True
    lines = text.splitlines(keepends=True)
    header = _header(lines, sniffed(text, suffix).separator)
    fields = {field_called(name) for name in header} - {None}
    return (
        "text" in fields and len(fields) > 1 and all(len(name) <= _LONGEST_NAME for name in header) and len(lines) > 1
    )


def _header(lines: Sequence[str], separator: str) -> list[str]:
    try:
        return next(iter(csv.reader(lines[:_LINES], delimiter=separator)), [])
    except csv.Error:
        return []


def _known(header: Sequence[str]) -> int:
    return len({field_called(name) for name in header} - {None})


def _keeps_rules(lines: Sequence[str], separator: str) -> bool:
    """Whether quotation marks at the beginning of a cell close at its end, as the notation wants it."""
    rows = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for _ in rows:
            pass
    except csv.Error as error:
        return "end of data" in str(error)  # only cut off
    return True
