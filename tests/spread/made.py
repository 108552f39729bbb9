"""Documents to spread, tables to read back, and what a book makes of the same."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import rejoinder as rj
from rejoinder.read import read
from rejoinder.records import Document, Link, Merge
from rejoinder.store.codec import dump

ROOT = Path(__file__).resolve().parent.parent.parent
_SIDES = (("North Korea", "South Korea"), ("South Korea", "North Korea"), ("The United States", "North Korea"))
_SAID = (
    "{0} offered {1} military talks at Panmunjom on Friday.",
    "{0} on Friday rejected the offer of military talks that {1} made this week.",
    "{0} demanded that {1} halt its joint exercises at once.",
    "{0} accepted {1}'s offer of military talks on Friday, a spokesman said.",
)
_FRENCH = (
    "La Corée du Nord a proposé vendredi à la Corée du Sud des pourparlers militaires, que le gouvernement de Séoul a "
    "aussitôt rejetés, en demandant que des mesures concrètes soient prises avant toute reprise du dialogue."
)


@cache
def documents() -> tuple[Document, ...]:
    """The examples, made-up news of some months, copies under other names and days, and texts that cannot be coded."""
    examples = [one for one in read([ROOT / "examples"]) if isinstance(one, Document)][:10]
    news = [_news(number) for number in range(24)]
    copies = [
        Document(news[at].text, name=f"copy {at}", outlet="Daily", published=_day(at) + dt.timedelta(days), url="u")
        for at, days in ((0, 3), (5, -2), (9, 0))
    ]
    odd = [
        Document(f"{_FRENCH} {_FRENCH}", name="french"),
        Document(_SAID[0].format("Seoul", "Pyongyang"), name="undated"),
    ]
    return (*examples, *news, *copies, *odd)


def _news(number: int) -> Document:
    actor, target = _SIDES[number % 3]
    first, second = _SAID[number % 4], _SAID[(number // 4) % 4]
    text = f"{first.format(actor, target)} Item {number}. {second.format(target, actor)}"
    return Document(text, name=f"news {number}", outlet=f"Paper {number % 5}", published=_day(number))


def _day(number: int) -> dt.date:
    return dt.date(2016, 1, 1) + dt.timedelta(number * 5)


def write_files(folder: Path, made: Sequence[Document], files: int) -> Path:
    """``made`` as so many Parquet files, dealt out in turn."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        some = made[number::files]
        columns = {
            "text": [one.text for one in some],
            "id": [one.name for one in some],
            "published": pa.array([one.published for one in some], pa.date32()),
            "title": pa.array([one.title for one in some], pa.string()),
            "outlet": pa.array([one.outlet for one in some], pa.string()),
            "url": pa.array([one.url for one in some], pa.string()),
        }
        pq.write_table(pa.table(columns), folder / f"news-{number}.parquet")
    return folder


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """All rows of ``table``, sorted."""
    found: list[dict[str, Any]] = []
    for file in sorted((folder / table).glob("*.parquet")):
        found += pq.read_table(file).to_pylist()
    return sorted(found, key=repr)


def records(folder: Path, table: str) -> list[str]:
    """The records of ``table`` as JSON, sorted."""
    return sorted(row["record"] for row in rows(folder, table))


def by_a_book(path: Path, made: Sequence[Document]) -> dict[str, list[str]]:
    """Acts, merges, links and problems that a book finds, as JSON, sorted."""
    with rj.open(path) as book:
        book.code_documents(made)
        links: list[Link] = book.links()
        merges: list[Merge] = book.merges()
        return {
            "acts": sorted(map(dump, book.acts(every=True))),
            "links": sorted(map(dump, links)),
            "merges": sorted(map(dump, merges)),
            "problems": sorted(map(dump, book.problems())),
        }
