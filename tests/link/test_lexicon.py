import pytest

from rejoinder.errors import DataError
from rejoinder.link import lexicon


def test_the_data_files_load() -> None:
    assert "offer" in lexicon.words().nouns
    assert lexicon.kinds().how["reversed", "REJECT", "OFFER"] == "rejects"
    assert lexicon.weights("answers").points
    assert "DEMAND" in lexicon.between().alike["OFFER"]
    assert 0 < lexicon.rarities()["peopl"] < lexicon.rarities()["trump"] < 1


def test_kinds_are_alike_both_ways() -> None:
    alike = lexicon.kinds().alike
    assert all(one in alike[other] for one in alike for other in alike[one])


def _load(monkeypatch: pytest.MonkeyPatch, data: dict[str, object]) -> None:
    monkeypatch.setattr(lexicon, "_read", lambda name: data)


def test_a_kind_the_codebook_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    _load(monkeypatch, {"reversed": {"REJECT": {"rejects": ["OFER"]}}, "own": {}, "alike": []})
    with pytest.raises(DataError, match=r"kinds\.yaml.*OFER"):
        lexicon.kinds.__wrapped__()


def test_a_way_of_answering_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    _load(monkeypatch, {"reversed": {"REJECT": {"refuses": ["OFFER"]}}, "own": {}, "alike": []})
    with pytest.raises(DataError, match=r"kinds\.yaml.*refuses"):
        lexicon.kinds.__wrapped__()


def test_a_missing_entry_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    _load(monkeypatch, {"points": {}, "threshold": 0.5})
    with pytest.raises(DataError, match=r"same\.yaml.*margin"):
        lexicon.weights.__wrapped__("same")


def test_a_point_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    _load(monkeypatch, {"points": {"always": "much"}, "threshold": 0.5, "margin": 0})
    with pytest.raises(DataError, match=r"same\.yaml.*always"):
        lexicon.weights.__wrapped__("same")
