"""Parts of the coded texts: what models did not learn from is what they are measured on."""

import argparse
import hashlib
from dataclasses import dataclass

from rejoinder.records import Document

__all__ = ["Part", "part", "part_of"]


@dataclass(frozen=True, order=True)
class Part:
    """The part ``number`` (from 0) of ``parts``."""

    number: int
    parts: int

    def __contains__(self, document: Document) -> bool:
        return part_of(document, self.parts) == self.number


def part(told: str) -> Part:
    """Read "N/M", as an argument's type. Raises ``argparse.ArgumentTypeError`` where it is no such thing."""
    number, slash, parts = told.partition("/")
    if not (slash and number.isdecimal() and parts.isdecimal() and int(number) < int(parts)):
        raise argparse.ArgumentTypeError(f"{told!r} is no part; write N/M with N from 0 to M-1, as in 0/5")
    return Part(int(number), int(parts))


def part_of(document: Document, parts: int) -> int:
    """The part, from 0, that a document belongs to: by its name, so that it stays there when others come or go."""
    return int(hashlib.sha256((document.name or "").encode()).hexdigest(), 16) % parts
