"""Write people/heads.csv from the leader list of REIGN (MIT licence), with the names newspapers write.

Usage: python scripts/make_heads.py LEADERLIST.csv [heads.csv]

The list names most leaders by one bare word and gives the day a leader came but only the month he went. So:
names and offices come from heads_overrides.yaml beside this script, and a leader whom it does not name is left out (a
bare surname is no full name; San Marino's and Andorra's heads are nobody's party in the news); an end is the day the
successor came where that is in the same month, else the last day of the month, marked ``approx``. Leaders who left
before 1990 are left out, and so are the five countries that have files of their own.
"""

import calendar
import csv
import datetime as dt
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
OVERRIDES = Path(__file__).with_name("heads_overrides.yaml")
TARGET = ROOT / "src/rejoinder/parties/data/people/heads.csv"
FIRST_DAY = dt.date(1990, 1, 1)
OWN_FILE = frozenset({"USA", "CHN", "PRK", "ROK", "JPN", "RUS"})
"""Countries, by REIGN's abbreviation, whose people are in files written by hand."""
COLUMNS = ("id", "name", "names", "surname", "office", "state", "role", "from", "to", "approx")
LETTERS = str.maketrans({"đ": "dj", "Đ": "Dj", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "ð": "d", "þ": "th"})
UNFOLDED = frozenset("đĐłŁðþʻ")
"""Letters that are none with a mark: a reader who takes marks off does not turn them into ASCII."""
GAP = dt.timedelta(days=31)
"""Two spells of one person in one office that lie closer than this are one."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A leader's time at the top, as REIGN has it; ``end`` is None where he had not gone in March 2021."""

    country: str
    leader: str
    start: dt.date
    end: dt.date | None
    approx: bool


@dataclass(frozen=True, slots=True)
class Override:
    """What one REIGN name becomes."""

    name: str
    surname: str | None
    names: tuple[str, ...] = ()
    office: str | None = None
    until: dt.date | None = None
    elsewhere: bool = False


@dataclass(slots=True)
class Person:
    """One person of heads.csv while it is put together."""

    override: Override
    offices: list[tuple[str, str, dt.date, dt.date | None, bool]] = field(default_factory=list)


def ascii_of(name: str) -> str:
    """``name`` without marks: "Lech Wałęsa" -> "Lech Walesa"."""
    plain = unicodedata.normalize("NFKD", name.translate(LETTERS))
    return "".join(c for c in plain if c.isascii())


def last_day(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def read_spells(path: Path) -> list[Spell]:
    """REIGN's rows in their order, ends made days by the successor's coming."""
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["leader"]]
    starts = [_start(row) for row in rows]
    spells = []
    for row, start in zip(rows, starts, strict=True):
        end: dt.date | None = None
        approx = False
        if row["eyear"]:
            end = last_day(int(row["eyear"]), int(row["emonth"]))
            heirs = [
                other
                for heir, other in zip(rows, starts, strict=True)
                if heir["stateabb"] == row["stateabb"] and start < other and other.replace(day=1) == end.replace(day=1)
            ]
            approx = not heirs
            end = min(heirs) if heirs else end
        spells.append(Spell(row["stateabb"], row["leader"], start, end, approx))
    return spells


def _start(row: dict[str, str]) -> dt.date:
    year, month, day = int(row["syear"]), int(row["smonth"]), int(row["sdate"])
    return min(dt.date(year, month, 1) + dt.timedelta(days=day - 1), last_day(year, month))


def read_override(raw: object) -> Override:
    """One entry of the overrides file: a name, or a mapping."""
    if isinstance(raw, str):
        return Override(raw, raw.split()[-1])
    if not isinstance(raw, dict):
        raise TypeError(f"neither a name nor a mapping: {raw!r}")
    if raw.get("elsewhere"):
        return Override("", None, elsewhere=True)
    name = str(raw["name"])
    surname = raw["surname"] if "surname" in raw else name.rsplit(maxsplit=1)[-1]
    return Override(name, surname, tuple(raw.get("names", ())), raw.get("office"), raw.get("until"))


def people_of(spells: list[Spell], overrides: dict[str, dict[str, object]]) -> tuple[dict[str, Person], list[str]]:
    """People by id, and the REIGN leaders left out ("Andorra's Reig": a bare surname nobody completed)."""
    people: dict[str, Person] = {}
    left_out = []
    for spell in sorted(spells, key=lambda spell: spell.start):
        if spell.country in OWN_FILE or (spell.end is not None and spell.end < FIRST_DAY):
            continue
        country = overrides.get(spell.country, {})
        known = country.get("people", {})
        if not isinstance(known, dict):
            raise TypeError(f"{spell.country}: people is no mapping")
        raw = known.get(f"{spell.leader}@{spell.start.year}", known.get(spell.leader))
        if raw is None:
            left_out.append(f"{spell.country} {spell.leader} {spell.start.year}")
            continue
        override = read_override(raw)
        if override.elsewhere:
            continue
        state = str(country["state"])
        person = people.setdefault(person_id(state, override.name), Person(override))
        until = spell.end if spell.end is not None else override.until
        add_office(person, (state, override.office or str(country["office"]), spell.start, until, spell.approx))
    return people, left_out


def add_office(person: Person, new: tuple[str, str, dt.date, dt.date | None, bool]) -> None:
    """Append an office, or lengthen the last one where it goes on."""
    if person.offices:
        state, office, start, end, _ = person.offices[-1]
        if (state, office) == new[:2] and end is not None and new[2] - end <= GAP:
            person.offices[-1] = (state, office, start, new[3], new[4])
            return
    person.offices.append(new)


def person_id(state: str, name: str) -> str:
    """STATE.UPPER_ASCII_NAME."""
    return f"{state}.{re.sub(r'[^A-Z0-9]+', '_', ascii_of(name).replace(chr(39), '').upper()).strip('_')}"


def rows_of(key: str, person: Person) -> list[tuple[str, ...]]:
    """The rows of one person, one an office, as the people files have them."""
    known = person.override
    spellings = list(known.names)
    if UNFOLDED.intersection(known.name) and ascii_of(known.name) not in spellings:
        spellings.append(ascii_of(known.name))
    about = (key, known.name, "; ".join(spellings), known.surname or "")
    rows: list[tuple[str, ...]] = []
    for state, office, start, end, approx in sorted(person.offices, key=lambda office: office[2]):
        if end is not None and end < start:
            raise ValueError(f"{key}: the office of {start} ends before it begins, on {end}.")
        rows.append((*about, office, state, "GOV", str(start), str(end or ""), "yes" if approx else ""))
    return rows


def main(arguments: list[str]) -> int:
    """Write the file; tell on stderr how many were written and who was left out."""
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    target = Path(arguments[1]) if len(arguments) == 2 else TARGET
    overrides = yaml.safe_load(OVERRIDES.read_text(encoding="utf-8"))
    people, left_out = people_of(read_spells(Path(arguments[0])), overrides)
    with target.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row for key in sorted(people) for row in rows_of(key, people[key]))
    print(f"{len(people)} people; left out: {'; '.join(left_out)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
