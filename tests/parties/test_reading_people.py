"""Reading the people tables: what a row becomes, what a spreadsheet may do to a file, and what is refused, by line."""

import datetime as dt
from pathlib import Path

import pytest

from rejoinder.errors import DataError
from rejoinder.parties.entries import NO_OFFICE, Office, Person
from rejoinder.parties.people import COLUMNS, read_people

HEADING = ",".join(COLUMNS)
CODED = {"IGO:ARAB_LEAGUE": "IGO:LAS"}


def read(folder: Path, *rows: str, file: str = "some.csv") -> tuple[Person, ...]:
    (folder / file).write_text("\n".join((HEADING, *rows, "")), encoding="utf-8")
    return read_people(folder, CODED)


def test_rows_of_one_id_are_one_person_and_offices_come_oldest_first(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "RUR.JO_ROE,Jo Roe,Joe Roe; J. Roe,Roe,president,RUR,GOV,2004-05-01,,",
        "RUR.AN_POE,An Poe,,,spy,,SPY,,,",
        "RUR.JO_ROE,Jo Roe,Joe Roe; J. Roe,Roe,foreign minister,RUR,GOV,2001-01-01,2003-12-31,yes",
    )
    first = Office("RUR", "GOV", "foreign minister", dt.date(2001, 1, 1), dt.date(2003, 12, 31))
    second = Office("RUR", "GOV", "president", dt.date(2004, 5, 1), None)
    assert found == (
        Person("RUR.JO_ROE", "Jo Roe", ("Joe Roe", "J. Roe"), "Roe", (first, second)),
        Person("RUR.AN_POE", "An Poe", (), None, (Office(None, "SPY", "spy", None, None),)),
    )


def test_who_never_held_an_office_holds_none_on_any_day(tmp_path: Path) -> None:
    (person,) = read(tmp_path, "RUR.JO_ROE,Jo Roe,,Roe,,,,,,")
    assert person.offices == ()
    assert person.office_at(None) == person.office_at(dt.date(2001, 1, 1)) == (NO_OFFICE, False)


@pytest.mark.parametrize(("cell", "state"), [("IGO:ARAB_LEAGUE", "IGO:LAS"), ("IGO:OTHER", None), ("NGO", "NGO")])
def test_international_bodies_are_coded_as_records_have_them(cell: str, state: str | None, tmp_path: Path) -> None:
    (person,) = read(tmp_path, f"A.B,A B,,B,head,{cell},IGO,,,")
    assert person.offices[0].state == state


def test_what_a_spreadsheet_does_to_a_file_makes_no_difference(tmp_path: Path) -> None:
    row = 'A.B,A B,"B, A; Ä ""B"" B",B,head,PRK,GOV,2001-01-01,,'
    plain = read(tmp_path, row)
    marked = "\ufeff" + "\r\n".join((HEADING, row.replace(",head", ", head "), "," * 9, ""))
    (tmp_path / "some.csv").write_bytes(marked.encode("utf-8"))
    assert read_people(tmp_path, CODED) == plain
    assert plain[0].names == ("B, A", 'Ä "B" B')


BAD = {
    "no name": "A.B,,,B,king,PRK,GOV,,,",
    "no id": ",A B,,B,king,PRK,GOV,,,",
    "no role": "A.B,A B,,B,king,PRK,,,,",
    "unknown role": "A.B,A B,,B,king,PRK,KING,,,",
    "no office": "A.B,A B,,B,,PRK,GOV,,,",
    "no state": "A.B,A B,,B,king,Korea,GOV,,,",
    "day in words": "A.B,A B,,B,king,PRK,GOV,long ago,,",
    "day as a spreadsheet likes it": "A.B,A B,,B,king,PRK,GOV,31/12/2001,,",
    "day without lines": "A.B,A B,,B,king,PRK,GOV,20011231,,",
    "no such day": "A.B,A B,,B,king,PRK,GOV,2001-02-30,,",
    "ends before it begins": "A.B,A B,,B,king,PRK,GOV,2001-01-01,2000-01-01,",
    "ends before it begins, more or less": "A.B,A B,,B,king,PRK,GOV,2001-01-01,2000-01-01,yes",
    "approx": "A.B,A B,,B,king,PRK,GOV,2001-01-01,,perhaps",
    "too few cells": "A.B,A B,,B,king,PRK,GOV,,",
    "too many cells": "A.B,A B,,B,king,PRK,GOV,,,,",
    "an empty name among names": "A.B,A B,C B; ; D B,B,king,PRK,GOV,,,",
    "an open quotation mark": '"A.B,A B,,B,king,PRK,GOV,,,',
}


@pytest.mark.parametrize("what", BAD)
def test_a_malformed_row_is_refused_by_file_and_line(what: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"some\.csv, line 3\b"):
        read(tmp_path, "Z.Z,Z Z,,Z,king,PRK,GOV,,,", BAD[what])


@pytest.mark.parametrize(
    "second", ["A.B,A C,,B,king,PRK,GOV,,,", "A.B,A B,C B,B,king,PRK,GOV,,,", "A.B,A B,,,king,PRK,GOV,,,"]
)
def test_rows_of_one_id_must_agree_on_the_names(second: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"some\.csv, line 3: .* A\.B are not those of line 2"):
        read(tmp_path, "A.B,A B,,B,queen,PRK,GOV,,,", second)


def test_an_office_beside_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"some\.csv, line 2: a row of A\.B has no office"):
        read(tmp_path, "A.B,A B,,B,queen,PRK,GOV,,,", "A.B,A B,,B,,,,,,")


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    read(tmp_path, "A.B,A B,,B,queen,PRK,GOV,,,", file="a.csv")
    with pytest.raises(DataError, match=r"b\.csv, line 2: the id A\.B stands in a\.csv too"):
        read(tmp_path, "A.B,A B,,B,queen,PRK,GOV,,,", file="b.csv")


@pytest.mark.parametrize("text", ["", "id,name\n", HEADING.replace(",", ";") + "\n"])
def test_other_columns_are_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "some.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"some\.csv, line 1: the columns must be id,name,"):
        read_people(tmp_path, CODED)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "some.csv").write_bytes(HEADING.encode() + "\nA.B,Ä B,,B,,,,,,\n".encode("latin-1"))
    with pytest.raises(DataError, match=r"some\.csv is not UTF-8"):
        read_people(tmp_path, CODED)
