"""What steps hand to each other, as rows and back."""

import datetime as dt

from rejoinder.link import Card, Key, Linker, Setting
from rejoinder.records import Act
from rejoinder.spread.linking import Entry, Lookup, Wanted
from rejoinder.spread.storage import Row
from rejoinder.store.codec import dump, load

__all__ = ["card_row", "entry_row", "lookup_row", "to_card", "to_entry", "to_lookup", "wanted_row"]


def card_row(bucket: int, act: Act, setting: Setting) -> Row:
    """All that the card of ``act`` is made of."""
    return {
        "bucket": bucket,
        "id": act.id,
        "act": dump(act),
        "published": setting.published,
        "opening": setting.opening,
        "settled": act.id in setting.settled,
    }


def to_card(row: Row, linker: Linker) -> Card:
    """The card that ``row`` was made of."""
    act = load(Act, str(row["act"]))
    published = row["published"]
    assert published is None or isinstance(published, dt.date), "as it was written"
    return linker.card(act, Setting(published, str(row["opening"]), frozenset([act.id] if row["settled"] else ())))


def entry_row(entry: Entry) -> Row:
    """An entry as a row, for the bucket where it is filed."""
    return {"bucket": entry.bucket, **_of_key(entry.key), "day": entry.day, "act": entry.act, "home": entry.home}


def to_entry(row: Row) -> Entry:
    """What :func:`entry_row` was given."""
    return Entry(row["bucket"], _key(row), row["day"], row["act"], row["home"])  # type: ignore[arg-type]  # as written


def lookup_row(lookup: Lookup) -> Row:
    """A lookup as a row, for the bucket where it finds all."""
    days = {"since": lookup.since, "until": lookup.until}
    return {"bucket": lookup.bucket, **_of_key(lookup.key), **days, "by": lookup.by}


def to_lookup(row: Row) -> Lookup:
    """What :func:`lookup_row` was given."""
    return Lookup(row["bucket"], _key(row), row["since"], row["until"], row["by"])  # type: ignore[arg-type]  # as above


def wanted_row(wanted: Wanted) -> Row:
    """A wanted card as a row, for the bucket where it lies."""
    return {"bucket": wanted.home, "act": wanted.act, "by": wanted.by}


def _of_key(key: Key) -> Row:
    return dict(zip(("actor", "target", "kind"), key, strict=True))


def _key(row: Row) -> Key:
    return str(row["actor"]), str(row["target"]), str(row["kind"])
