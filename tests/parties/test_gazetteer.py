"""The gazetteer: names in their spellings, dated offices, and files that are malformed."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import DataError
from rejoinder.parties import Gazetteer, load_gazetteer
from rejoinder.parties.entries import Office, Person
from rejoinder.parties.loading import read_nouns, read_organisations, read_states, regular_plural
from rejoinder.parties.words import name_words

from .support import Parse, parsed

FIRST = Office("PRK", "GOV", "minister", dt.date(2001, 1, 1), dt.date(2003, 12, 31))
SECOND = Office("PRK", "PTY", "secretary", dt.date(2005, 1, 1), None)
PERSON = Person("PRK.X", "X Y", (), "X", (FIRST, SECOND))


@pytest.mark.parametrize(
    ("day", "office", "held"),
    [
        (dt.date(2002, 6, 1), FIRST, True),
        (dt.date(2003, 12, 31), FIRST, True),
        (dt.date(2004, 6, 1), FIRST, False),
        (dt.date(2010, 1, 1), SECOND, True),
        (dt.date(1999, 1, 1), FIRST, False),
        (None, SECOND, True),
    ],
)
def test_office_at(day: dt.date | None, office: Office, held: bool) -> None:
    assert PERSON.office_at(day) == (office, held)


@pytest.mark.parametrize(("day", "role"), [(dt.date(2012, 1, 1), "GOV"), (dt.date(2011, 1, 1), "MIL"), (None, "GOV")])
def test_parties_at_gives_the_office_of_the_day(day: dt.date | None, role: str, gazetteer: Gazetteer) -> None:
    (party,) = gazetteer.parties_at("Kim Jong-un", day)
    assert (party.state, party.role) == ("PRK", role)


def test_parties_at_knows_nobody_of_an_unknown_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.parties_at("Qwert Zuiop", None) == ()


def test_every_state_has_a_name_and_most_a_cow_number(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.states) > 200
    assert {"PRK", "KOR", "XKX", "TWN", "PSE", "HKG", "ESH", "SUN", "YUG", "SCG", "DDR"} <= set(gazetteer.states)
    assert gazetteer.cow["PRK"] == 731
    assert gazetteer.cow["KOR"] == 732
    assert gazetteer.cow["USA"] == 2


@pytest.mark.parametrize("name", ["Kim Jong Un", "Kim Jong-un", "Kim Jong-Un"])
def test_hyphens_make_no_difference(name: str, gazetteer: Gazetteer, parse: Parse) -> None:
    draft = parsed(parse, f"They saw {name} there.")
    people = [e.person.id for hit in gazetteer.hits(draft.tokens) for e in hit.entries if e.person]
    assert people == ["PRK.KIM_JONG_UN"]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("US", "USA"),
        ("us", None),
        ("U.S.", "USA"),
        ("Us", None),
        ("UK", "GBR"),
        ("uk", None),
        ("turkey", None),
        ("Turkey", "TUR"),
    ],
)
def test_abbreviations_need_capitals(text: str, state: str | None, gazetteer: Gazetteer, parse: Parse) -> None:
    draft = parsed(parse, f"They saw {text} there.")
    found = [e.state for hit in gazetteer.hits(draft.tokens) for e in hit.entries[:1]]
    assert found == ([state] if state else [])


def test_the_longest_name_wins(gazetteer: Gazetteer, parse: Parse) -> None:
    draft = parsed(parse, "The North Korean Red Cross and the South Korean army met.")
    found = [
        draft.text[draft.tokens[h.first].start : draft.tokens[h.last - 1].end] for h in gazetteer.hits(draft.tokens)
    ]
    assert "North Korean Red Cross" in found
    assert "South Korean" in found
    assert "the South" not in found


def test_a_body_changes_its_role_from_a_day_on(gazetteer: Gazetteer, parse: Parse) -> None:
    draft = parsed(parse, "It said the Taliban came.")
    (entry,) = [e for hit in gazetteer.hits(draft.tokens) for e in hit.entries if e.kind == "organisation"]
    assert entry.role_at(dt.date(2021, 8, 14)) == "REB"
    assert entry.role_at(dt.date(2021, 8, 15)) == "GOV"


def test_loading_twice_gives_the_same_object() -> None:
    assert load_gazetteer() is load_gazetteer()


@pytest.mark.parametrize(
    ("noun", "plural"), [("envoy", "envoys"), ("embassy", "embassies"), ("boss", "bosses"), ("rebel", "rebels")]
)
def test_regular_plural(noun: str, plural: str) -> None:
    assert regular_plural(noun) == plural


@given(st.text(alphabet="abcXYZ '-.é", min_size=1, max_size=20))
def test_name_words_give_one_case_a_word(name: str) -> None:
    forms, cases = name_words(name)
    assert len(forms) == len(cases)
    assert all(case in (0, 1, 2) for case in cases)
    assert all(form == form.lower() for form in forms)


def test_malformed_states_and_nouns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("prk: {name: North Korea}", encoding="utf-8")
    with pytest.raises(DataError, match="three capitals"):
        list(read_states(path))
    path.write_text("groups: [{role: GOV, as: ghost, nouns: [spectre]}]\nmodifiers: []", encoding="utf-8")
    with pytest.raises(DataError, match="'as' must be"):
        read_nouns(path)
    path.write_text("organisations: []", encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.yaml: 'organisations' is missing"):
        read_organisations(path)
