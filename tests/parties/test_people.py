"""The people of the gazetteer: the files' shape, and facts that a slip of the pen would break."""

import csv
import datetime as dt
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from rejoinder.parties.entries import ROLES
from rejoinder.parties.people import COLUMNS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src/rejoinder/parties/data/people"
FILES = sorted(FOLDER.glob("*.csv"))
STATE = re.compile(r"[A-Z]{3}|IGO:[A-Z_]+|NGO")
ID = re.compile(r"([A-Z]{3}|IGO_[A-Z_]+|NGO)\.[A-Z0-9_]+")
OWN_FILE = {"PRK": "korea", "KOR": "korea", "USA": "usa", "CHN": "china", "JPN": "japan", "RUS": "russia"}


@dataclass(frozen=True)
class Held:
    """An office as its row has it."""

    office: str
    state: str
    role: str
    first: dt.date | None
    last: dt.date | None
    approx: bool


@dataclass
class Somebody:
    """A person as their rows have them."""

    id: str
    name: str
    names: list[str]
    surname: str
    offices: list[Held] = field(default_factory=list)


def load(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def day(cell: str) -> dt.date | None:
    return dt.date.fromisoformat(cell) if cell else None


def people(rows: list[dict[str, str]]) -> dict[str, Somebody]:
    found: dict[str, Somebody] = {}
    for row in rows:
        names = row["names"].split("; ") if row["names"] else []
        one = found.setdefault(row["id"], Somebody(row["id"], row["name"], names, row["surname"]))
        ends = day(row["from"]), day(row["to"])
        if row["role"]:
            one.offices.append(Held(row["office"], row["state"], row["role"], *ends, row["approx"] == "yes"))
    return found


ROWS = {path.stem: load(path) for path in FILES}
PEOPLE = {group: people(rows) for group, rows in ROWS.items()}
EVERYBODY = {key: one for group in PEOPLE.values() for key, one in group.items()}


def offices() -> Iterator[tuple[str, Held]]:
    for key, one in EVERYBODY.items():
        for office in one.offices:
            yield key, office


def held(key: str, on: dt.date) -> list[str]:
    """The offices a person held on a day."""
    return [
        office.office
        for office in EVERYBODY[key].offices
        if (office.first or dt.date.min) <= on <= (office.last or dt.date.max)
    ]


def test_the_files_are_those_the_readme_of_the_folder_names() -> None:
    named = re.findall(r"^\| `(\w+)\.csv` \|", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(PEOPLE) == set(named)
    assert len(named) == 9


def test_the_readme_of_the_folder_names_every_column() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in text] == []


@pytest.mark.parametrize("group", PEOPLE)
def test_fields(group: str) -> None:
    for one in PEOPLE[group].values():
        where = f"{group}: {one.id}"
        assert ID.fullmatch(one.id), where
        names = [one.name, *one.names]
        assert all(name and name == " ".join(name.split()) for name in names), where
        assert len(set(names)) == len(names), where
        assert one.surname in one.name, where
        for office in one.offices:
            assert office.role in ROLES - {"UNK"}, where
            assert office.office, where
            assert not office.state or STATE.fullmatch(office.state), where


@pytest.mark.parametrize("group", ROWS)
def test_rows_are_sorted_by_id_then_from(group: str) -> None:
    keys = [(row["id"], row["from"], row["to"] or "9999") for row in ROWS[group]]
    assert keys == sorted(keys)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_are_as_a_spreadsheet_would_write_them(path: Path) -> None:
    data = path.read_bytes()
    assert data.startswith(",".join(COLUMNS).encode())
    assert data.endswith(b"\n")
    assert b"\r" not in data


def test_ids_are_unique() -> None:
    counts = Counter(key for group in PEOPLE.values() for key in group)
    assert [key for key, count in counts.items() if count > 1] == []


def test_nobody_stands_twice_under_one_name_and_state_unless_the_id_tells_them_apart() -> None:
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, one in EVERYBODY.items():
        for name in (one.name, *one.names):
            plain = re.sub(r"[-\s]+", " ", name).lower()
            same[key.split(".", 1)[0], plain].append(key)
    for keys in same.values():
        distinct = sorted(set(keys))
        assert len(distinct) == 1 or all(key.startswith(distinct[0]) for key in distinct[1:]), distinct


def test_people_of_the_five_countries_are_in_their_own_file() -> None:
    for group, own in PEOPLE.items():
        for key in own:
            assert OWN_FILE.get(key.split(".")[0], group) == group, key


def test_an_office_does_not_end_before_it_begins() -> None:
    for key, office in offices():
        assert (office.first or dt.date.min) <= (office.last or dt.date.max), (key, office)


def test_no_day_lies_in_a_far_future() -> None:
    for key, office in offices():
        for end in (office.first, office.last):
            assert end is None or end <= dt.date(2026, 12, 31), (key, office)


def test_the_same_office_is_not_held_twice_at_once() -> None:
    for key, one in EVERYBODY.items():
        spells: dict[tuple[str, str], list[Held]] = defaultdict(list)
        for office in one.offices:
            spells[office.state, office.office].append(office)
        for own in spells.values():
            ordered = sorted(own, key=lambda office: office.first or dt.date.min)
            for before, after in pairwise(ordered):
                assert (before.last or dt.date.max) < (after.first or dt.date.min), (key, before, after)


def test_one_at_a_time_in_the_highest_offices() -> None:
    """No two people hold an office of which there is one, but on the day (or known month) of a handover."""
    single = {
        ("USA", "president"), ("USA", "secretary of state"), ("KOR", "president"), ("KOR", "foreign minister"),
        ("KOR", "unification minister"), ("KOR", "prime minister"), ("PRK", "supreme leader"), ("PRK", "premier"),
        ("PRK", "foreign minister"), ("CHN", "president"), ("CHN", "premier"), ("CHN", "foreign minister"),
        ("JPN", "prime minister"), ("JPN", "foreign minister"), ("RUS", "president"), ("RUS", "foreign minister"),
        ("IGO:UN", "secretary-general"), ("GBR", "prime minister"), ("DEU", "chancellor"), ("FRA", "president"),
        ("ISR", "prime minister"), ("IRN", "president"), ("TWN", "president"), ("UKR", "president"),
    }  # fmt: skip
    spells: dict[tuple[str, str], list[tuple[dt.date, dt.date, str, bool]]] = defaultdict(list)
    for key, office in offices():
        if (office.state, office.office) in single:
            ends = (office.first or dt.date.min, office.last or dt.date.max)
            spells[office.state, office.office].append((*ends, key, office.approx))
    assert set(spells) == single
    for what, own in spells.items():
        for (_, end, first, vague), (start, _, second, vaguer) in pairwise(sorted(own)):
            slack = dt.timedelta(days=31 if vague or vaguer else 1)
            assert end - start <= slack, (what, first, end, second, start)


def test_rebels_have_a_leader_and_al_qaeda_no_state() -> None:
    assert {office.state for office in EVERYBODY["SAU.OSAMA_BIN_LADEN"].offices} == {""}
    assert {office.role for office in EVERYBODY["LBN.HASSAN_NASRALLAH"].offices} == {"REB"}


@pytest.mark.parametrize(
    ("key", "on", "office"),
    [
        ("PRK.KIM_JONG_IL", "2006-10-09", "supreme leader"),
        ("PRK.RI_YONG_HO", "2018-06-12", "foreign minister"),
        ("PRK.CHOE_SON_HUI", "2018-05-24", "vice foreign minister"),
        ("KOR.PARK_GEUN_HYE", "2015-08-25", "president"),
        ("KOR.BAN_KI_MOON", "2005-09-19", "foreign minister"),
        ("KOR.BAN_KI_MOON", "2010-03-26", "secretary-general"),
        ("KOR.CHUNG_EUI_YONG", "2018-03-05", "national security adviser"),
        ("USA.CHRISTOPHER_HILL", "2007-02-13", "assistant secretary of state"),
        ("USA.STEPHEN_BIEGUN", "2019-02-27", "special representative for North Korea"),
        ("CHN.WU_DAWEI", "2005-09-19", "vice foreign minister"),
        ("JPN.SHINZO_ABE", "2007-01-01", "prime minister"),
        ("RUS.VLADIMIR_PUTIN", "2010-01-01", "prime minister"),
        ("IGO_IAEA.MOHAMED_ELBARADEI", "2003-02-12", "director general"),
        ("IRN.MAHMOUD_AHMADINEJAD", "2009-06-12", "president"),
        ("UKR.VOLODYMYR_ZELENSKY", "2022-02-24", "president"),
        ("DEU.HELMUT_KOHL", "1995-06-01", "chancellor"),
        ("ISR.BENJAMIN_NETANYAHU", "1998-10-23", "prime minister"),
    ],
)
def test_offices_on_a_day(key: str, on: str, office: str) -> None:
    assert office in held(key, dt.date.fromisoformat(on))


def test_an_office_is_over_when_it_is_over() -> None:
    assert held("KOR.PARK_GEUN_HYE", dt.date(2018, 1, 1)) == []
    assert held("PRK.JANG_SONG_THAEK", dt.date(2014, 1, 1)) == []


def test_the_readme_of_the_folder_says_how_the_generated_file_was_made() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "`scripts/make_heads.py` writes it from the leader list of REIGN" in text


def test_the_generated_file_is_what_the_script_makes(shared: Path, tmp_path: Path) -> None:
    source = shared / "data/leaders/reign_leaderlist_2021_03.csv"
    if not source.is_file():
        pytest.skip("REIGN's leader list is not here")
    target = tmp_path / "heads.csv"
    subprocess.run([sys.executable, ROOT / "scripts/make_heads.py", source, target], check=True, capture_output=True)
    assert target.read_bytes() == (FOLDER / "heads.csv").read_bytes()
