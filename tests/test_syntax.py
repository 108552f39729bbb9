"""Walks through real parses; the table is ``syntax_cases.yaml``."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from rejoinder import syntax
from rejoinder.draft import Draft, Token

Parsed = Callable[[str], Draft]
Row = Mapping[str, Any]

TABLE: Mapping[str, Sequence[Row]] = yaml.safe_load(
    (Path(__file__).parent / "syntax_cases.yaml").read_text(encoding="utf-8")
)
ROWS = [
    pytest.param(walk, row, id=f"{walk}: {row['from']} in {row['text']}")
    for walk, rows in TABLE.items()
    for row in rows
]


def word(tokens: Sequence[Token], i: int | None) -> str | None:
    return None if i is None else tokens[i].text


def words(tokens: Sequence[Token], found: Sequence[int]) -> list[str]:
    return [tokens[i].text for i in found]


def walk_from(tokens: Sequence[Token], walk: str, i: int, row: Row) -> object:
    match walk:
        case "chain_subject":
            found, affected = syntax.chain_subject(tokens, i)
            return word(tokens, found), affected
        case "subject":
            return word(tokens, syntax.subject(tokens, i))
        case "negated":
            return word(tokens, syntax.negated(tokens, i))
        case "objects":
            return words(tokens, syntax.objects(tokens, i))
        case "conjuncts":
            return words(tokens, syntax.conjuncts(tokens, i))
        case "preposition_objects":
            return words(tokens, syntax.preposition_objects(tokens, i, row["of"]))
        case "phrase":
            return words(tokens, range(*syntax.phrase(tokens, i)))
        case "is_passive":
            return syntax.is_passive(tokens, i)
        case _:
            raise ValueError(f"syntax_cases.yaml: no walk {walk!r}")


@pytest.mark.parametrize(("walk", "row"), ROWS)
def test_walk(parsed: Parsed, walk: str, row: Row) -> None:
    tokens = parsed(row["text"]).tokens
    at = next(token.i for token in tokens if token.text == row["from"])
    expected = (row["to"], row.get("affected", False)) if walk == "chain_subject" else row["to"]
    assert walk_from(tokens, walk, at, row) == expected


def test_every_walk_has_cases() -> None:
    untested = {*syntax.__all__} - {*TABLE} - {"ancestors", "child", "children", "is_noun", "is_verb", "subtree"}
    assert not untested


def test_ancestors_end_at_the_root(parsed: Parsed) -> None:
    tokens = parsed("Seoul said Pyongyang had offered to send a delegation.").tokens
    above = words(tokens, list(syntax.ancestors(tokens, len(tokens) - 2)))
    assert above == ["send", "offered", "said"]
    assert list(syntax.ancestors(tokens, next(t.i for t in tokens if t.text == "said"))) == []


def test_ancestors_end_where_heads_run_in_a_circle() -> None:
    first = Token(0, "a", "a", "a", "NN", "dep", 1, 0, 1, 0, (1,))
    second = Token(1, "b", "b", "b", "NN", "dep", 0, 2, 3, 0, (0,))
    assert len(list(syntax.ancestors([first, second], 0))) == 200


def test_children_by_label(parsed: Parsed) -> None:
    tokens = parsed("Seoul gave the North some rice.").tokens
    gave = tokens[1].i
    assert words(tokens, syntax.children(tokens, gave)) == ["Seoul", "North", "rice", "."]
    assert words(tokens, syntax.children(tokens, gave, "dobj", "nsubj")) == ["Seoul", "rice"]
    assert word(tokens, syntax.child(tokens, gave, "dobj")) == "rice"
    assert syntax.child(tokens, gave, "agent") is None


def test_subtree_leaves_out_branches(parsed: Parsed) -> None:
    tokens = parsed("Seoul rejected the offer that Pyongyang made.").tokens
    offer = next(t.i for t in tokens if t.text == "offer")
    assert words(tokens, syntax.subtree(tokens, offer)) == ["the", "offer", "that", "Pyongyang", "made"]
    assert words(tokens, syntax.subtree(tokens, offer, ("relcl",))) == ["the", "offer"]


@pytest.mark.parametrize(("text", "verbs", "nouns"), [("Seoul offered talks.", ["offered"], ["Seoul", "talks"])])
def test_verbs_and_nouns(parsed: Parsed, text: str, verbs: list[str], nouns: list[str]) -> None:
    tokens = parsed(text).tokens
    assert [t.text for t in tokens if syntax.is_verb(t)] == verbs
    assert [t.text for t in tokens if syntax.is_noun(t)] == nouns
