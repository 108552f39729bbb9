"""The one spelling of a dyad, and the dyads of an act."""

import pytest

from rejoinder.codebook.dyads import dyads_of, parse_dyad
from rejoinder.errors import UsageError
from rejoinder.records import Act, Span
from tests.makers import document, side


@pytest.mark.parametrize(
    ("actor", "target", "mutual", "expected"),
    [
        ("Pyongyang", "Seoul", False, ("KOR-PRK",)),
        ("Seoul", "Pyongyang", False, ("KOR-PRK",)),
        ("Washington and Seoul", "Pyongyang", False, ("KOR-PRK", "PRK-USA")),
        ("Washington and Seoul", "Seoul", False, ("KOR-USA",)),
        ("Pyongyang and Seoul", None, True, ("KOR-PRK",)),
        ("Pyongyang and Seoul", None, False, ("KOR-?", "PRK-?")),
        ("Seoul", "Seoul", False, ("KOR-KOR",)),
        ("Pyongyang", None, False, ("PRK-?",)),
        ("He", "Seoul", False, ()),
    ],
)
def test_the_dyads_of_an_act(actor: str, target: str | None, mutual: bool, expected: tuple[str, ...]) -> None:
    doc = document(f"{actor} met {target}")
    words = Span.of(doc, 0, 2)
    other = None if target is None else side(doc, target, len(actor) + 5)
    made = Act("x", doc.id, "CONSULT", words, words, side(doc, actor, 0), other, mutual=mutual)
    assert dyads_of(made) == expected


@pytest.mark.parametrize("text", ["PRK-KOR", "kor-prk", " Prk-Kor "])
def test_a_dyad_in_either_order_and_case(text: str) -> None:
    assert parse_dyad(text) == "KOR-PRK"


def test_a_dyad_of_organisations() -> None:
    assert parse_dyad("prk-igo:un") == "IGO:UN-PRK"


@pytest.mark.parametrize("text", ["", "PRK", "PRK-", "North Korea-South Korea", "PRK-KOR-USA", "PRK-?", "PRK_KOR"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="Give two state codes joined by a hyphen"):
        parse_dyad(text)
