"""Reading the people tables, strictly: one row an office, as ``data/people/README.md`` says."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

from rejoinder.errors import DataError
from rejoinder.parties.entries import ROLES, Office, Person

__all__ = ["COLUMNS", "read_people"]

COLUMNS = ("id", "name", "names", "surname", "office", "state", "role", "from", "to", "approx")
BETWEEN_NAMES = ";"


@dataclass(slots=True)
class Rows:
    """The rows of one person while a file is read. ``about``: id, name, names, surname, as the first has them."""

    line: int
    about: tuple[str, ...]
    offices: list[Office | None] = field(default_factory=list)


def read_people(folder: Traversable, coded: Mapping[str, str]) -> tuple[Person, ...]:
    """Everyone in the CSV files of ``folder``, by file name and then in the order of first rows.

    ``coded`` spells the international bodies as records have them ("IGO:ARAB_LEAGUE" -> "IGO:LAS"); a body that it
    lacks is of no state. Offices come oldest first. Raises :class:`DataError` with file and line.
    """
    found: list[Person] = []
    seen: dict[str, str] = {}
    for path in sorted((p for p in folder.iterdir() if p.name.endswith(".csv")), key=lambda p: p.name):
        for key, rows in _grouped(path, coded).items():
            if key in seen:
                raise DataError(f"{path.name}, line {rows.line}: the id {key} stands in {seen[key]} too.")
            seen[key] = path.name
            found.append(_person(path.name, rows))
    return tuple(found)


def _grouped(path: Traversable, coded: Mapping[str, str]) -> dict[str, Rows]:
    """A file's rows by the person's id."""
    people: dict[str, Rows] = {}
    for line, row in _lines(path):
        place = f"{path.name}, line {line}"
        about = tuple(row[:4])
        known = people.get(about[0])
        if known is None:
            if not (about[0] and about[1]):
                raise DataError(f"{place}: a person needs an id and a name.")
            known = people[about[0]] = Rows(line, about)
        elif known.about != about:
            raise DataError(f"{place}: name, names or surname of {about[0]} are not those of line {known.line}.")
        known.offices.append(_office(place, row[4:], coded))
    return people


def _lines(path: Traversable) -> Iterator[tuple[int, list[str]]]:
    """The rows below the heading with their line numbers, spaces around cells taken off; empty rows are left out."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # a spreadsheet may put a byte order mark first
    except UnicodeDecodeError as fault:
        raise DataError(f"{path.name} is not UTF-8: {fault}") from fault
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        if tuple(next(reader, ())) != COLUMNS:
            raise DataError(f"{path.name}, line 1: the columns must be {','.join(COLUMNS)}.")
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if len(cells) != len(COLUMNS):
                raise DataError(f"{path.name}, line {reader.line_num}: {len(cells)} cells, not {len(COLUMNS)}.")
            yield reader.line_num, cells
    except csv.Error as fault:
        raise DataError(f"{path.name}, line {reader.line_num} is not CSV: {fault}.") from fault


def _person(file: str, rows: Rows) -> Person:
    key, name, others, surname = rows.about
    names = tuple(other.strip() for other in others.split(BETWEEN_NAMES)) if others else ()
    if "" in names:
        raise DataError(f"{file}, line {rows.line}: no name between two {BETWEEN_NAMES!r}.")
    offices = [office for office in rows.offices if office is not None]
    if len(offices) != len(rows.offices) > 1:
        raise DataError(f"{file}, line {rows.line}: a row of {key} has no office, though another row has one.")
    offices.sort(key=lambda o: (o.start or dt.date.min, o.end or dt.date.max))
    return Person(key, name, names, surname or None, tuple(offices))


def _office(place: str, cells: list[str], coded: Mapping[str, str]) -> Office | None:
    """The office of one row; None where all its cells are empty."""
    if not any(cells):
        return None
    office, state, role, start, end, approx = cells
    if not office:
        raise DataError(f"{place}: the office has no name.")
    if role not in ROLES:
        raise DataError(f"{place}: {role!r} is no role of the codebook.")
    if approx not in ("", "yes"):
        raise DataError(f"{place}: 'approx' must be yes or empty, not {approx!r}.")
    first, last = _day(place, start), _day(place, end)
    if first is not None and last is not None and first > last:
        raise DataError(f"{place}: the office ends before it begins.")
    return Office(_state(place, state, coded), role, office, first, last)


def _state(place: str, state: str, coded: Mapping[str, str]) -> str | None:
    """The state as records have it: an international body's own code, or None where it has none."""
    if not state:
        return None
    if state.startswith("IGO:"):
        return coded.get(state)
    if len(state) != 3 or not (state.isascii() and state.isupper()):
        raise DataError(f"{place}: {state!r} is no state: three capitals, IGO:... or nothing.")
    return state


def _day(place: str, cell: str) -> dt.date | None:
    if not cell:
        return None
    try:
        if cell[4:5] == cell[7:8] == "-":  # fromisoformat reads more than YYYY-MM-DD
            return dt.date.fromisoformat(cell)
    except ValueError:
        pass
    raise DataError(f"{place}: {cell!r} is no day as YYYY-MM-DD.")
