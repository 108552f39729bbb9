"""What names say of where somebody comes from."""

import pytest

from rejoinder.parties import Gazetteer
from rejoinder.parties.entries import Office, Person
from rejoinder.parties.origins import learn_origins


def _person(name: str, state: str | None) -> Person:
    return Person(f"X.{name}", name, (), None, (Office(state, "GOV", "minister", None, None),))


PEOPLE = [
    *(_person(name, "RUS") for name in ("Ivan Petrov", "Oleg Sidorov", "Anna Orlova")),
    *(_person(name, "GEO") for name in ("Nino Gelashvili", "Zurab Danelashvili", "Irakli Beridze")),
    _person("Jane Roe", "IGO:UN"),
]


@pytest.mark.parametrize(
    ("words", "likely", "other"),
    [
        (("ivan",), "RUS", "GEO"),  # the word itself
        (("boris", "antonov"), "RUS", "GEO"),  # an ending
        (("tamar", "lomashvili"), "GEO", "RUS"),
    ],
)
def test_a_name_fits_its_own_state_better(words: tuple[str, ...], likely: str, other: str) -> None:
    origins = learn_origins(PEOPLE)
    assert origins.score(words, likely) > 0.0 > origins.score(words, other)


def test_what_is_not_known_says_nothing() -> None:
    origins = learn_origins(PEOPLE)
    assert origins.score(("qwxyz",), "RUS") == 0.0
    assert origins.score(("ivan",), "FRA") == 0.0  # nobody of that state is known
    assert origins.score((), "RUS") == 0.0


def test_people_of_no_state_are_left_out() -> None:
    assert "IGO:UN" not in learn_origins(PEOPLE).people


def test_the_tables_tell_names_of_neighbours_apart(gazetteer: Gazetteer) -> None:
    origins = gazetteer.origins
    assert origins.score(("giorgi", "maisashvili"), "GEO") > origins.score(("giorgi", "maisashvili"), "ARM")
    assert origins.score(("armen", "hakobyan"), "ARM") > origins.score(("armen", "hakobyan"), "GEO")
    assert origins.score(("takashi", "yamamoto"), "JPN") > origins.score(("takashi", "yamamoto"), "KOR")
