"""The parse room: words, sentences and syntax from an installed spaCy pipeline, lemmas from a table of our own."""

from rejoinder.parse.parser import DEFAULT_PIPELINE, Parser, SpacyParser, load_parser

__all__ = ["DEFAULT_PIPELINE", "Parser", "SpacyParser", "load_parser"]
