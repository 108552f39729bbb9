"""A document as the net sees it: for each word a row of codes (tag, parse, party, place) and its head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rejoinder.acts.lexicon import Lexicon
from rejoinder.acts.matching import entries
from rejoinder.acts.scene import Scene
from rejoinder.codebook import codebook
from rejoinder.draft import Draft

__all__ = ["COLUMNS", "LABELS", "Encoded", "encode", "windows"]

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.float32]

WINDOW = 128
"""Words of the longest stretch that is read at once: whole sentences, as many as fit."""
TAGS = (
    "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NN", "NNP", "NNPS", "NNS", "PDT", "POS",
    "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP",
    "WP$", "WRB", ",", ".", ":", "-LRB-", "-RRB-", "``", "''", "HYPH", "NFP", "AFX", "ADD", "XX", "_SP", "$", "#",
)  # fmt: skip
DEPS = (
    "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc",
    "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark",
    "meta", "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss",
    "preconj", "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp",
)  # fmt: skip
MENTIONS = ("name", "adjective", "nominal", "pronoun")
PARAGRAPHS = ("headline", "dateline", "body", "caption", "byline", "furniture")
RANKED = 5
"""States of the document that are told apart, by how often it names them; the rest count as one."""
STATELESS = RANKED + 2

COLUMNS = ("tag", "dep", "mention", "role", "rank", "head", "quoted", "paragraph", "sentence")
"""What the columns of ``Encoded.codes`` hold. 0 means none or unknown in all but the last two."""
LABELS: Mapping[str, int] = {
    "tag": len(TAGS) + 1,
    "dep": len(DEPS) + 1,
    "mention": len(MENTIONS) + 1,
    "role": len(codebook().roles) + 1,
    "rank": STATELESS + 1,
    "head": 2,
    "quoted": 2,
    "paragraph": len(PARAGRAPHS),
    "sentence": 4,
}
"""How many codes each column knows."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the net sees of each word of a document.

    ``codes`` (words x columns), ``cues`` (words x kinds, NONE first: 1 where the lexicon lists the word so),
    ``heads`` (the index of each word's head) and ``windows`` (first and last word, exclusive, of each stretch).
    """

    codes: Ints
    cues: Flags
    heads: Ints
    windows: tuple[tuple[int, int], ...]

    def near_heads(self) -> Ints:
        """Heads in the same window; where a sentence was cut, the window's first word stands in for the head."""
        heads = self.heads.copy()
        for first, last in self.windows:
            here = heads[first:last]
            here[(here < first) | (here >= last)] = first
        return heads


def encode(scene: Scene, lexicon: Lexicon, ranks: Mapping[str, int]) -> Encoded:
    """Encode all words of ``scene``. ``ranks`` orders its states, 0 for the one named most."""
    draft, tokens = scene.draft, scene.tokens
    codes = np.zeros((len(tokens), len(COLUMNS)), dtype=np.int32)
    cues = np.zeros((len(tokens), len(codebook().kinds) + 1), dtype=np.float32)
    row = {kind: n for n, kind in enumerate(("NONE", *codebook().kinds))}
    tag, dep = _places(TAGS), _places(DEPS)
    codes[:, 0] = [tag.get(token.tag, 0) for token in tokens]
    codes[:, 1] = [dep.get(token.dep, 0) for token in tokens]
    codes[:, 8] = [min(token.sentence, 3) for token in tokens]
    for token in tokens:
        for cue in entries(lexicon, token):
            cues[token.i, row[cue.kind]] = 1.0
    _parties(draft, ranks, codes)
    for sentence in draft.sentences:
        codes[sentence.first : sentence.last, 7] = PARAGRAPHS.index(draft.paragraphs[sentence.paragraph].kind)
    starts = np.array([token.start for token in tokens])
    for quotation in draft.quotations:
        for start, end in quotation.parts:
            codes[(starts >= start) & (starts < end), 6] = 1
    heads = np.array([token.head for token in tokens], dtype=np.int32)
    return Encoded(codes, cues, heads, windows(draft))


def _parties(draft: Draft, ranks: Mapping[str, int], codes: Ints) -> None:
    """Fill the columns mention, role, rank and head; of two mentions of a word the shorter one counts."""
    mention_code, role_code = _places(MENTIONS), _places(tuple(codebook().roles))
    for mention in sorted(draft.mentions, key=lambda one: (one.first - one.last, one.first, one.head)):
        here = slice(mention.first, mention.last)
        codes[here, 2] = mention_code[mention.kind]
        codes[here, 3] = role_code[mention.role]
        known = mention.state is not None
        codes[here, 4] = 1 + min(ranks.get(mention.state or "", RANKED), RANKED) if known else STATELESS
        codes[here, 5] = 0
        codes[mention.head, 5] = 1


def windows(draft: Draft) -> tuple[tuple[int, int], ...]:
    """Stretches of whole sentences of at most WINDOW words; a longer sentence is cut."""
    found: list[tuple[int, int]] = []
    for sentence in draft.sentences:
        first = sentence.first
        if found and found[-1][1] == first and sentence.last - found[-1][0] <= WINDOW:
            found[-1] = (found[-1][0], sentence.last)
            continue
        while first < sentence.last:
            found.append((first, min(first + WINDOW, sentence.last)))
            first += WINDOW
    return tuple(found)


def _places(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names, 1)}
