"""Short forms of names: which title is which office, and which of several people of one surname is meant."""

import datetime as dt

import pytest

from rejoinder.parties import Gazetteer
from rejoinder.parties.names import is_title_of

from .support import Parse, best, resolved


@pytest.mark.parametrize(
    ("title", "office", "same"),
    [
        ("president", "president", True),
        ("the south korean president", "president", True),
        ("vice president", "president", False),
        ("president", "vice president", False),
        ("vice president", "vice president", True),
        ("president", "acting president", True),
        ("leader", "leader of the opposition", True),
        ("leader", "supreme leader", True),
        ("leader", "team leader's aide", False),
        ("prime minister", "prime minister", True),
        ("foreign minister", "prime minister", False),
        ("minister", "prime minister", False),
        ("minister", "unification minister", True),
        ("unification minister", "unification minister", True),
        ("deputy foreign minister", "foreign minister", False),
        ("foreign minister", "deputy foreign minister", False),
        ("u.s. secretary of state", "secretary of state", True),
        ("secretary", "secretary of state", True),
        ("secretary", "assistant secretary of state", False),
        ("assistant secretary", "assistant secretary of state", True),
        ("secretary", "labor secretary", True),
        ("defense secretary", "defence secretary", True),
        ("national security advisor", "national security adviser", True),
        ("ambassador", "ambassador to the United States", True),
        ("general", "attorney general", False),
        ("the", "leader of the assembly", False),
        ("", "president", False),
        ("president", "", False),
    ],
)
def test_a_title_is_that_of_an_office_word_for_word(title: str, office: str, same: bool, gazetteer: Gazetteer) -> None:
    assert is_title_of(title.split(), office, gazetteer) is same


@pytest.mark.parametrize(
    ("text", "words", "day", "party"),
    [
        ("The United States replied. Bush spoke at noon.", "Bush", dt.date(1991, 3, 1), "USA.GEORGE_H_W_BUSH"),
        ("The United States replied. Bush spoke at noon.", "Bush", dt.date(2007, 3, 1), "USA.GEORGE_W_BUSH"),
        ("The United States replied. Ambassador Rice spoke.", "Ambassador Rice", dt.date(2010, 3, 1), "USA.SUSAN_RICE"),
        ("Britain replied. Mrs. May spoke.", "Mrs. May", dt.date(2018, 3, 1), "GBR.THERESA_MAY"),
        ("Britain replied. Prime Minister Major spoke.", "Prime Minister Major", dt.date(1995, 3, 1), "GBR.JOHN_MAJOR"),
    ],
)
def test_the_one_of_a_surname_who_held_office_is_meant(
    text: str, words: str, day: dt.date, party: str, parse: Parse, gazetteer: Gazetteer
) -> None:
    draft = resolved(parse, gazetteer, text, published=day)
    start = text.index(words)
    mention = best(draft, start, start + len(words))
    assert mention is not None
    assert mention.party is not None
    assert mention.party.id == party


def test_who_has_no_surname_in_the_files_is_never_found_by_it(gazetteer: Gazetteer) -> None:
    shown = {person.id for people in gazetteer.surnames.values() for person in people}
    assert shown.isdisjoint({"USA.JEB_BUSH", "USA.IVANKA_TRUMP", "PRK.KIM_JU_AE", "MAR.MOHAMMED_VI"})
    assert {"GBR.THERESA_MAY", "USA.CONDOLEEZZA_RICE", "USA.GEORGE_W_BUSH"} <= shown


def test_every_known_surname_that_is_a_month_is_a_common_word(gazetteer: Gazetteer) -> None:
    assert gazetteer.phrases.months & set(gazetteer.surnames) <= gazetteer.phrases.common_words
