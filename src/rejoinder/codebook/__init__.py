"""The codebook: every code that a record may hold, and what it means. ``docs/codebook.md`` says the same in prose."""

from rejoinder.codebook.choice import check
from rejoinder.codebook.entries import Codebook, Kind
from rejoinder.codebook.load import codebook, read_codebook
from rejoinder.codebook.replies import is_reply

__all__ = ["Codebook", "Kind", "check", "codebook", "is_reply", "read_codebook"]
