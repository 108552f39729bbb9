"""Which kinds an act may have if it has not the one that was found: the likely ones first."""

import re

from rejoinder.codebook import codebook
from rejoinder.records import Act

__all__ = ["likely_kinds"]

_NAME = re.compile(r"[A-Z]{3,}")
_WEIGHED = re.compile(r"(?:nearest rival|the net gives) ([A-Z]+)")
"""What a model says of other kinds it thought of."""


def likely_kinds(act: Act) -> tuple[str, ...]:
    """All kinds of the codebook: that of ``act``, its second best, those that its steps name as found or as rivals.

    Then those that the codebook draws a border to, those of the same quad class, and the rest in the codebook's order.
    """
    book = codebook()
    first = [kind for kind in (act.kind, act.alt_kind) if kind is not None and kind in book.kinds]
    weighed = [kind for step in act.steps for kind in _WEIGHED.findall(step) if kind in book.kinds]
    near = [other for kind in first for other in _neighbours(kind)]
    rest = sorted(book.kinds, key=lambda kind: book.quad(kind) != book.quad(act.kind))
    return tuple(dict.fromkeys([*first, *weighed, *near, *rest]))


def _neighbours(kind: str) -> list[str]:
    """The kinds that the border of ``kind`` names, and those whose border names it."""
    kinds = codebook().kinds
    named = [other for other in _NAME.findall(kinds[kind].border) if other in kinds]
    return [*named, *(other.name for other in kinds.values() if kind in _NAME.findall(other.border))]
