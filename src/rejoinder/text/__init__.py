"""First stage: what of a text is headline, story, caption, byline or furniture of the page, and what is quoted.

``lay_out`` fills ``Draft.paragraphs``, ``Draft.quotations`` and ``Draft.problems``; ``codable`` gives the paragraphs
that the later stages read. Offsets are characters of the untouched ``Document.text``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rejoinder.draft import CODABLE, Draft, Paragraph, Quotation
from rejoinder.records import Problem, Span
from rejoinder.text.data import Layout, Vocabulary, layout, vocabulary
from rejoinder.text.gate import Gate, at_gate, load_gate
from rejoinder.text.language import is_english
from rejoinder.text.paragraphs import paragraphs_of
from rejoinder.text.quotes import quotations_of

__all__ = ["MAX_CHARACTERS", "Gate", "at_gate", "codable", "lay_out", "load_gate"]

MAX_CHARACTERS = 1_000_000
"""The longest text the parser takes at once (spaCy's own default limit)."""


def lay_out(draft: Draft, rules: Layout | None = None, words: Vocabulary | None = None) -> Draft:
    """Give ``draft`` back with its paragraphs, quotations and the problems its text poses to coding.

    Every character that is not white space lies in exactly one paragraph; paragraphs are disjoint and in order.
    Quotations are in order and lie in codable paragraphs. Problems have stage "text" and are appended:

    - EMPTY_TEXT: nothing but white space; TOO_LONG: over ``MAX_CHARACTERS``. Then nothing is laid out.
    - NOT_ENGLISH: laid out, but the rules do not read it.
    - NO_DATE: no publication day, so that relative dates stay open.
    - UNCLOSED_QUOTE: an opening mark without its closing one; ``span`` is what was taken as quoted.

    ``rules`` and ``words`` default to the package's data files. Raises ``DataError`` if those are malformed.
    """
    text = draft.text
    if not text or text.isspace():
        return _refused(draft, "EMPTY_TEXT", "The text is empty. Check the source it was read from.")
    if len(text) > MAX_CHARACTERS:
        size = f"{len(text):,} characters, more than {MAX_CHARACTERS:,}"
        return _refused(draft, "TOO_LONG", f"The text has {size}. Split it into one document an article.")
    rules = rules or layout()
    paragraphs = paragraphs_of(text, draft.document.title, rules)
    quotations = quotations_of(text, [(one.start, one.end) for one in paragraphs if one.kind in CODABLE], rules)
    problems = (*_of_document(draft, words or vocabulary()), *_unclosed(draft, quotations))
    return replace(draft, paragraphs=paragraphs, quotations=quotations, problems=draft.problems + problems)


def codable(draft: Draft) -> tuple[Paragraph, ...]:
    """The paragraphs of ``draft`` that tell the story, in order: its headline and its body."""
    return tuple(paragraph for paragraph in draft.paragraphs if paragraph.kind in CODABLE)


def _of_document(draft: Draft, words: Vocabulary) -> Iterator[Problem]:
    if not is_english(draft.text, words):
        yield _problem(draft, "NOT_ENGLISH", "The text does not look English. Translate it before coding.")
    if draft.published is None:
        message = "The text has no publication date: words like 'on Friday' stay open. Give the day it was published."
        yield _problem(draft, "NO_DATE", message)


def _unclosed(draft: Draft, quotations: Sequence[Quotation]) -> Iterator[Problem]:
    message = "A quotation opens here and does not close. It was taken to end with its paragraph."
    for quotation in quotations:
        if not quotation.closed:
            yield _problem(draft, "UNCLOSED_QUOTE", message, draft.span(quotation.start, quotation.end))


def _refused(draft: Draft, code: str, message: str) -> Draft:
    return replace(draft, problems=(*draft.problems, _problem(draft, code, message)))


def _problem(draft: Draft, code: str, message: str, span: Span | None = None) -> Problem:
    return Problem(draft.document.id, "text", code, message, span)
