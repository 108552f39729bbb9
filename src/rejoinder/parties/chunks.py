"""Noun phrases: where each begins, and which word heads it.

Follows the parse, and tags where the parse is wrong: a phrase never reaches over a verb or a comma.
"""

from collections.abc import Sequence

from rejoinder.draft import Token

__all__ = ["NOUNS", "is_head", "left_edges", "modifies", "possessor", "shared_head"]

INSIDE = frozenset(
    {"det", "predet", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "preconj", "neg", "case"}
)
WITH_CONJUNCTS = frozenset({"amod", "compound", "nmod", "poss", "nummod"})
MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod", "quantmod", "npadvmod", "det", "predet"})
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})


def left_edges(tokens: Sequence[Token]) -> list[int]:
    """For each token, where the noun phrase that it heads begins (its own index where nothing precedes)."""
    edges = list(range(len(tokens)))
    for token in tokens:
        i = edge = token.i
        for c in token.children:
            if c >= i:
                break
            if tokens[c].dep in INSIDE and edges[c] < edge:
                edge = edges[c]
        edges[i] = edge
    return edges


def modifies(tokens: Sequence[Token], i: int) -> bool:
    """Whether word ``i`` stands before a noun that it describes ("Iranian attack", "U.S. and Iranian officials")."""
    token = tokens[i]
    if token.dep == "conj" and token.head != i:
        above = tokens[token.head]
        return above.dep in WITH_CONJUNCTS and above.head > i
    return token.dep in MODIFIERS and token.head > i


def shared_head(tokens: Sequence[Token], i: int) -> int:
    """The noun that the modifier ``i`` describes, past the word it is coordinated with."""
    token = tokens[i]
    return tokens[token.head].head if token.dep == "conj" else token.head


def is_head(tokens: Sequence[Token], i: int) -> bool:
    """Whether noun ``i`` heads its phrase: no noun after it in the same run takes it as its modifier."""
    return tokens[i].tag in NOUNS and not modifies(tokens, i)


def possessor(tokens: Sequence[Token], i: int) -> int | None:
    """The head of what owns noun ``i`` ("the **North** 's commission", "**its** army"), or None."""
    for c in tokens[i].children:
        if c >= i:
            return None
        if tokens[c].dep == "poss":
            return c
    return None
