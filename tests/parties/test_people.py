"""The people of the gazetteer: the files' shape, and facts that a slip of the pen would break."""

import datetime as dt
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src/rejoinder/parties/data/people"
FILES = sorted(FOLDER.glob("*.yaml"))
ROLES = frozenset(["GOV", "MIL", "LEG", "JUD", "PTY", "SPY", "COP", "MED", "BUS", "CVL", "NGO", "IGO", "REB", "OPP"])
STATE = re.compile(r"[A-Z]{3}|IGO:[A-Z_]+|NGO")
ID = re.compile(r"([A-Z]{3}|IGO_[A-Z_]+|NGO)\.[A-Z0-9_]+")
OWN_FILE = {"PRK": "korea", "KOR": "korea", "USA": "usa", "CHN": "china", "JPN": "japan", "RUS": "russia"}

Entry = dict[str, Any]


def load(path: Path) -> list[Entry]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries: list[Entry] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return entries


PEOPLE = {path.stem: load(path) for path in FILES}
EVERYBODY = {entry["id"]: entry for entries in PEOPLE.values() for entry in entries}


def offices() -> Iterator[tuple[str, Entry]]:
    for key, entry in EVERYBODY.items():
        for office in entry["offices"]:
            yield key, office


def held(key: str, day: dt.date) -> list[str]:
    """The offices a person held on a day."""
    return [
        office["office"]
        for office in EVERYBODY[key]["offices"]
        if (office["from"] or dt.date.min) <= day <= (office["to"] or dt.date.max)
    ]


def test_the_files_are_those_the_readme_of_the_folder_names() -> None:
    assert set(PEOPLE) == {
        "china", "heads", "heads_more", "japan", "korea", "organisations", "others", "russia", "usa",
    }  # fmt: skip


@pytest.mark.parametrize("group", PEOPLE)
def test_fields(group: str) -> None:
    for entry in PEOPLE[group]:
        where = f"{group}: {entry.get('id')}"
        assert set(entry) - {"names"} == {"id", "name", "surname", "offices"}, where
        assert ID.fullmatch(entry["id"]), where
        names = [entry["name"], *entry.get("names", [])]
        assert all(isinstance(name, str) and name and name == " ".join(name.split()) for name in names), where
        assert len(set(names)) == len(names), where
        assert entry["surname"] is None or (entry["surname"] and entry["surname"] in entry["name"]), where
        assert entry["offices"], where
        for office in entry["offices"]:
            assert set(office) - {"approx"} == {"state", "role", "office", "from", "to"}, where
            assert office["role"] in ROLES, where
            assert isinstance(office["office"], str), where
            assert office["office"], where
            assert office.get("approx", True) is True, where
            assert office["state"] is None or STATE.fullmatch(office["state"]), where
            for end in ("from", "to"):
                assert office[end] is None or type(office[end]) is dt.date, where


@pytest.mark.parametrize("group", PEOPLE)
def test_sorted_by_id(group: str) -> None:
    ids = [entry["id"] for entry in PEOPLE[group]]
    assert ids == sorted(ids)


def test_ids_are_unique() -> None:
    counts = Counter(entry["id"] for entries in PEOPLE.values() for entry in entries)
    assert [key for key, count in counts.items() if count > 1] == []


def test_nobody_stands_twice_under_one_name_and_state_unless_the_id_tells_them_apart() -> None:
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, entry in EVERYBODY.items():
        for name in (entry["name"], *entry.get("names", [])):
            plain = re.sub(r"[-\s]+", " ", name).lower()
            same[key.split(".", 1)[0], plain].append(key)
    for keys in same.values():
        distinct = sorted(set(keys))
        assert len(distinct) == 1 or all(key.startswith(distinct[0]) for key in distinct[1:]), distinct


def test_people_of_the_five_countries_are_in_their_own_file() -> None:
    for group, entries in PEOPLE.items():
        for entry in entries:
            assert OWN_FILE.get(entry["id"].split(".")[0], group) == group, entry["id"]


def test_an_office_does_not_end_before_it_begins() -> None:
    for key, office in offices():
        if office["from"] and office["to"]:
            assert office["from"] <= office["to"], (key, office)


def test_no_day_lies_in_a_far_future() -> None:
    for key, office in offices():
        for end in ("from", "to"):
            assert office[end] is None or office[end] <= dt.date(2026, 12, 31), (key, office)


def test_the_same_office_is_not_held_twice_at_once() -> None:
    for key, entry in EVERYBODY.items():
        spells: dict[tuple[str | None, str], list[Entry]] = defaultdict(list)
        for office in entry["offices"]:
            spells[office["state"], office["office"]].append(office)
        for own in spells.values():
            ordered = sorted(own, key=lambda office: office["from"] or dt.date.min)
            for before, after in pairwise(ordered):
                end, start = before["to"] or dt.date.max, after["from"] or dt.date.min
                assert end < start, (key, before, after)


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
        if (office["state"], office["office"]) in single:
            ends = (office["from"] or dt.date.min, office["to"] or dt.date.max)
            spells[office["state"], office["office"]].append((*ends, key, "approx" in office))
    assert set(spells) == single
    for what, own in spells.items():
        for (_, end, first, vague), (start, _, second, vaguer) in pairwise(sorted(own)):
            slack = dt.timedelta(days=31 if vague or vaguer else 1)
            assert end - start <= slack, (what, first, end, second, start)


def test_rebels_have_a_leader_and_al_qaeda_no_state() -> None:
    assert {office["state"] for office in EVERYBODY["SAU.OSAMA_BIN_LADEN"]["offices"]} == {None}
    assert {office["role"] for office in EVERYBODY["LBN.HASSAN_NASRALLAH"]["offices"]} == {"REB"}


@pytest.mark.parametrize(
    ("key", "day", "office"),
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
        ("ISR.BENJAMIN_NETANYAHU", "1998-10-23", "prime minister"),
    ],
)
def test_offices_on_a_day(key: str, day: str, office: str) -> None:
    assert office in held(key, dt.date.fromisoformat(day))


def test_an_office_is_over_when_it_is_over() -> None:
    assert held("KOR.PARK_GEUN_HYE", dt.date(2018, 1, 1)) == []
    assert held("PRK.JANG_SONG_THAEK", dt.date(2014, 1, 1)) == []


def test_the_generated_file_says_how_it_was_made() -> None:
    first = (FOLDER / "heads.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# Generated by scripts/make_heads.py from the REIGN leader list")


def test_the_generated_file_is_what_the_script_makes(shared: Path, tmp_path: Path) -> None:
    source = shared / "data/leaders/reign_leaderlist_2021_03.csv"
    if not source.is_file():
        pytest.skip("REIGN's leader list is not here")
    target = tmp_path / "heads.yaml"
    subprocess.run([sys.executable, ROOT / "scripts/make_heads.py", source, target], check=True, capture_output=True)
    assert target.read_bytes() == (FOLDER / "heads.yaml").read_bytes()
