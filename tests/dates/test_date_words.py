"""The word lists and shapes of times, and what happens where they are malformed."""

from typing import Any

import pytest

from rejoinder.dates import find, lexicon
from rejoinder.errors import DataError


def test_every_shape_has_a_reader_and_every_reader_a_shape() -> None:
    shapes = {rule.how for rule in lexicon.lexicon().rules}
    assert shapes == set(find._READERS)


def test_every_phrase_holds_a_trigger() -> None:
    """The shapes are tried near triggers only: a word list that grows must not outgrow them."""
    lex = lexicon.lexicon()
    names = [*lex.months, *lex.weekdays, *lex.named_days, *lex.vague, *lex.seasons]
    assert [word for word in names if not lex.trigger.search(word)] == []


@pytest.mark.parametrize(
    ("section", "value"),
    [
        ("months", {"January": 13}),
        ("months", None),
        ("weekdays", {"Monday": "one"}),
        ("named_days", {"May Day": "1 May"}),
        ("parts", {"early": {"month": [1, 10]}}),
        ("vague", {"soon": "later"}),
        ("events", [{"day": "June 15", "words": "Declaration", "date": "2000-06-15"}]),
        ("events", [{"day": "June 15", "words": "(", "date": None}]),
        ("counted", []),
    ],
)
def test_a_malformed_word_list_is_our_mistake(section: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    real = lexicon._load

    def broken(name: str) -> object:
        data: Any = real(name)
        return {**data, section: value} if name == "words.yaml" else data

    monkeypatch.setattr(lexicon, "_load", broken)
    with pytest.raises(DataError, match=section):
        lexicon.lexicon.__wrapped__()
