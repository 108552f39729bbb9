"""Events that charts are annotated with: a file of the user's, each with a day, a label, an end and a dyad perhaps."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rejoinder.book.asked import since_day, until_day
from rejoinder.codebook.dyads import parse_dyad
from rejoinder.errors import UsageError

__all__ = ["Event", "read_events"]

_FIELDS = ("date", "label", "until", "dyad")
_MOST_BYTES = 5_000_000
_LONGEST_LABEL = 300


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on one of the days from ``first`` to ``last``, or all through them.

    ``dyad`` is the one whose charts show it, as :func:`rejoinder.codebook.dyads.parse_dyad` writes it; None: all do.
    """

    first: dt.date
    last: dt.date
    label: str
    dyad: str | None = None


def read_events(path: Path) -> tuple[Event, ...]:
    """The events in a CSV file (columns date, label, until, dyad; the first two needed) or in JSON lines, by day.

    Days are written 2016-05-20, 2016-05 or 2016. Raises UsageError, which names file, row and remedy.
    """
    text = _text(path)
    rows = _json_rows(text, path) if text.lstrip().startswith("{") else _csv_rows(text, path)
    events = [_event(row, place) for place, row in rows]
    if not events:
        raise UsageError(f"{path} holds no events. Write one a row: date,label,until,dyad.")
    return tuple(sorted(events, key=lambda event: (event.first, event.last, event.label)))


def _text(path: Path) -> str:
    try:
        held = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}). Name a file of events.") from error
    if len(held) > _MOST_BYTES:
        raise UsageError(f"{path} is larger than {_MOST_BYTES // 1_000_000} MB. Name a file of events: a row each.")
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8. Save it anew as UTF-8.") from error


def _csv_rows(text: str, path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        _check_header(header, path)
        for cells in reader:
            place = f"{path}, row {reader.line_num}"
            if any(cell.strip() for cell in cells):
                if len(cells) > len(header) and any(cells[len(header) :]):
                    told = f"{len(cells)} cells where the header has {len(header)}"
                    raise UsageError(f"{place} has {told}. Put quotation marks around labels with commas.")
                yield place, dict(zip(header, cells, strict=False))
    except csv.Error as error:
        raise UsageError(f"{path} cannot be parted into cells ({error}). Mend its quotation marks.") from error


def _check_header(header: list[str], path: Path) -> None:
    lacking = [name for name in _FIELDS[:2] if name not in header]
    if lacking:
        told = " and ".join(lacking)
        raise UsageError(f"{path} has no column {told}. Begin it with the line: date,label,until,dyad.")
    twice = [name for name in _FIELDS if header.count(name) > 1]
    if twice:
        raise UsageError(f"{path} has several columns {twice[0]}. Keep one.")


def _json_rows(text: str, path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{path}, line {number}"
        try:
            row: object = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{place} is no JSON. Write one object a line, with date and label.") from error
        if not isinstance(row, dict):
            raise UsageError(f"{place} is no object. Write one a line, with date and label.")
        yield place, row


def _event(row: Mapping[str, object], place: str) -> Event:
    date, label, until, dyad = (_word(row, name, place) for name in _FIELDS)
    if not date or not label:
        raise UsageError(f"{place} has no {'label' if date else 'date'}. Each event needs both.")
    if len(label) > _LONGEST_LABEL:
        raise UsageError(f"{place}: the label is longer than {_LONGEST_LABEL} characters. Shorten it.")
    try:
        first, last = since_day(date), until_day(until or date)
        between = parse_dyad(dyad) if dyad else None
    except UsageError as slip:
        raise UsageError(f"{place}: {slip}") from slip
    assert first is not None, "the date is not empty"
    assert last is not None, "nor is its end"
    if first > last:
        raise UsageError(f"{place}: until {until} lies before {date}. Swap them.")
    return Event(first, last, " ".join(label.split()), between)


def _word(row: Mapping[str, object], name: str, place: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and name in ("date", "until"):
        return f"{value:04}"  # a year that JSON has as a number
    if not isinstance(value, str):
        raise UsageError(f"{place}: {name} is {value!r}, which is no text. Put it in quotation marks.")
    return value.strip()
