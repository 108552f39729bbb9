"""A document on its way through the stages: what each stage needs and gives.

Stages know these types and the records, never each other. Token indices count through the whole document; character
offsets refer to the untouched ``Document.text``.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from rejoinder.records import Act, Document, Link, Party, Problem, Realis, Span, Voice, When

__all__ = [
    "CODABLE",
    "Argument",
    "Candidate",
    "Coded",
    "Draft",
    "Mention",
    "MentionKind",
    "Paragraph",
    "Quotation",
    "Sentence",
    "TimeExpression",
    "Token",
]

ParagraphKind = Literal["headline", "dateline", "body", "caption", "byline", "furniture"]
CODABLE: tuple[ParagraphKind, ...] = ("headline", "body")
"""The kinds of paragraph that tell the story."""
MentionKind = Literal["name", "adjective", "nominal", "pronoun"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text without a paragraph break. Only ``headline`` and ``body`` are coded."""

    start: int
    end: int
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words, marks excluded, as one or more stretches (a quotation may run on over paragraphs).

    ``closed`` is False where no closing mark was found; the last part then ends with its paragraph.
    """

    parts: tuple[tuple[int, int], ...]
    closed: bool = True

    @property
    def start(self) -> int:
        """Offset of the first quoted character."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Offset after the last quoted character."""
        return self.parts[-1][1]

    def holds(self, offset: int) -> bool:
        """Whether the character at ``offset`` is quoted here."""
        return any(start <= offset < end for start, end in self.parts)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the parse. ``head`` is the index of its syntactic head (its own index at a root).

    ``tag`` is a Penn Treebank tag, ``dep`` a ClearNLP-style label as spaCy's English pipelines give them
    (nsubj, nsubjpass, dobj, dative, prep, pobj, agent, poss, amod, compound, appos, ccomp, xcomp, advcl, ...).
    ``children`` are indices of dependents in text order. ``sentence`` indexes ``Draft.sentences``.
    """

    i: int
    text: str
    lower: str
    lemma: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    sentence: int
    children: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first:last`` (exclusive) and characters ``start:end``; ``root`` is a token index."""

    first: int
    last: int
    start: int
    end: int
    root: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for a party. Tokens ``first:last`` (exclusive); ``head`` is the syntactic head token.

    ``state``/``role`` may be known where ``party`` is not ("a South Korean defence ministry official": KOR, MIL or
    GOV, no Party). ``also`` lists the other states of a joint mention ("the two sides", "Washington and Seoul").
    ``antecedent`` is the index in ``Draft.mentions`` that a pronoun or short form was resolved to.
    """

    first: int
    last: int
    head: int
    start: int
    end: int
    kind: MentionKind
    state: str | None = None
    role: str = "UNK"
    party: Party | None = None
    also: tuple[str, ...] = ()
    antecedent: int | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that say when, and the interval they mean. ``kind``: a day or longer, or a recurring/vague time."""

    start: int
    end: int
    when: When
    kind: Literal["date", "duration", "set", "vague"] = "date"


@dataclass(frozen=True, slots=True)
class Argument:
    """A side of a candidate: the characters of its words (None where implied) and whom they stand for."""

    text: str
    start: int | None = None
    end: int | None = None
    state: str | None = None
    role: str = "UNK"
    party: str | None = None
    also: tuple[str, ...] = ()
    path: str = ""
    """How it was found, in the words of ``rejoinder why``: "subject of 'rebuffed'", "speaker of the quotation"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An act on its way. ``trigger`` is a token range, ``anchor`` the trigger's syntactic head token."""

    trigger: tuple[int, int]
    anchor: int
    kind: str
    cue: str
    start: int
    end: int
    alt_kind: str | None = None
    actor: Argument | None = None
    target: Argument | None = None
    mutual: bool = False
    realis: Realis = "actual"
    background: bool = False
    when: When = When()
    voice: Voice = Voice()
    issue: str = "other"
    conditions: tuple[tuple[int, int], ...] = ()
    answered: tuple[int, int] | None = None
    """The words that name what this act answers ("the offer"), as characters; None where no words do."""
    evidence: tuple[tuple[str, int, int], ...] = ()
    score: float = 1.0
    due: dt.date | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One document and what the stages have found in it so far. Stages return a new Draft, never alter one."""

    document: Document
    paragraphs: tuple[Paragraph, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    acts: tuple[Act, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    passed: bool = False
    """Whether the gate found nothing that may be an act: then no later stage looks at it."""

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    @property
    def published(self) -> dt.date | None:
        """The publication day, or None."""
        return self.document.published

    def span(self, start: int, end: int) -> Span:
        """The span ``start:end`` of the document."""
        return Span.of(self.document, start, end)


@dataclass(frozen=True, slots=True)
class Coded:
    """What the pipeline found in one document.

    ``partly``: a stage failed on it; never coded with Problems hidden. ``passed``: the gate found nothing in it that
    could be an act, and it was not parsed.
    """

    document: Document
    acts: tuple[Act, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    status: Literal["coded", "partly", "failed", "passed"] = "coded"
