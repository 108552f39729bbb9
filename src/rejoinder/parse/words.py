"""One parsed paragraph as plain columns, and from these the words of a draft.

The columns say nothing of where the paragraph stands, so that they can be remembered and used again elsewhere.
"""

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from rejoinder.draft import Sentence, Token
from rejoinder.parse.lemmas import Lemmas

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Parsed", "read_words"]

Rows = list[list[int]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The words of a paragraph in order, spaces left out.

    ``at`` and ``length`` are characters from the paragraph's beginning; ``heads`` and ``children`` are numbers of words
    in it; ``sentences`` are the first word of each sentence and the word after its last, and its root.
    """

    at: tuple[int, ...]
    length: tuple[int, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    sentences: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, doc: "Doc") -> "Parsed":
        """What a spaCy pipeline found."""
        strings = doc.vocab.strings
        table = doc.to_array(["TAG", "DEP", "HEAD", "SENT_START", "IDX", "LENGTH", "IS_SPACE"]).astype("int64").tolist()
        words = [i for i, row in enumerate(table) if not row[6]]
        number = {i: n for n, i in enumerate(words)}
        heads = [number[_head_word(table, i)] for i in words]
        children: list[list[int]] = [[] for _ in words]
        for n, head in enumerate(heads):
            if head != n:
                children[head].append(n)
        return cls(
            tuple(table[i][4] for i in words),
            tuple(table[i][5] for i in words),
            tuple(strings[table[i][0] & 0xFFFFFFFFFFFFFFFF] for i in words),
            tuple(strings[table[i][1] & 0xFFFFFFFFFFFFFFFF] for i in words),
            tuple(heads),
            tuple(map(tuple, children)),
            tuple(_sentences(table, words, heads)),
        )


def _sentences(table: Rows, words: list[int], heads: list[int]) -> list[tuple[int, int, int]]:
    starts = [n for n, i in enumerate(words) if n == 0 or table[i][3] == 1 or _space_began(table, words[n - 1], i)]
    return [
        (first, last, next((n for n in range(first, last) if heads[n] == n), first))
        for first, last in zip(starts, [*starts[1:], len(words)], strict=False)
    ]


def _head_word(table: Rows, i: int) -> int:
    """The syntactic head of token ``i``, past heads that are mere space; itself at a root."""
    head = i + table[i][2]
    while table[head][6] and table[head][2]:
        head += table[head][2]
    return i if table[head][6] else head


def _space_began(table: Rows, before: int, i: int) -> bool:
    """Whether a sentence start fell on a space token between the words ``before`` and ``i``."""
    return i > before + 1 and any(table[between][3] == 1 for between in range(before + 1, i))


def read_words(
    parsed: Parsed,
    text: str,
    *,
    paragraph: int,
    offset: int,
    lemmas: Lemmas,
    tokens: list[Token],
    sentences: list[Sentence],
) -> None:
    """Append to ``tokens`` and ``sentences`` those of the paragraph of that number, which begins at ``offset``."""
    base, number = len(tokens), len(sentences)
    columns = zip(parsed.at, parsed.length, parsed.tags, parsed.deps, parsed.heads, parsed.children, strict=True)
    words = enumerate(columns, base)
    for first, last, root in parsed.sentences:
        for i, (at, length, tag, dep, head, children) in islice(words, last - first):
            start = offset + at
            end = start + length
            form = text[start:end]
            lower = form.lower()
            below = tuple([base + child for child in children]) if children else ()
            lemma = lemmas.lemma(lower, tag)
            tokens.append(Token(i, form, lower, lemma, tag, dep, base + head, start, end, number, below))
        begin, end = base + first, base + last
        sentences.append(Sentence(begin, end, tokens[begin].start, tokens[end - 1].end, base + root, paragraph))
        number += 1
