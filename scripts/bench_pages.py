"""How long pages take on a large book: invented acts, the real application, asked in this process.

    bench_pages.py [--acts N] [--times N] [--book FILE]

Makes a book of N acts (default 1,000,000; it takes a quarter of an hour) unless FILE is one that was made before, opens
each page so many times, and prints milliseconds (p50, p95, most), by the clock and of the processor. The acts lie on 24
years; a quarter of them is between PRK and KOR, an eighth each between PRK and USA and between KOR and JPN, the rest
between 40 states. A tenth opens threads, which are answered two times in three; 15% are told of by a second document.
Nothing is compared: merges and links are made up with the acts. The same N gives the same book.
"""

import argparse
import datetime as dt
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import insert
from starlette.testclient import TestClient

import rejoinder
from rejoinder.book import Book
from rejoinder.book.summing import sum_up
from rejoinder.codebook import codebook
from rejoinder.codebook.dyads import dyads_of
from rejoinder.draft import Coded
from rejoinder.link import rules_digest, threads
from rejoinder.records import Act, Document, Link, Merge, Side, Span, Voice, When, digest
from rejoinder.store import Run, Store, Writing, write
from rejoinder.store import schema as s
from rejoinder.store.keep import source_id
from rejoinder.web import Settings, application

FIRST, DAYS = dt.date(2002, 1, 1), 24 * 365
BUSY = (("PRK", "KOR"), ("PRK", "USA"), ("KOR", "JPN"))
STATES = tuple(f"{letter}{other}A" for letter in "ABCDEFGH" for other in "KLMNO")
OPENING = ("OFFER", "REQUEST", "DEMAND", "THREATEN")
ISSUES = ("other", "talks", "nuclear", "military", "sanctions", "economy", "humanitarian")
HOWS = {"REJECT": "rejects", "ACCEPT": "accepts", "CONSULT": "counters"}
OUTLETS = tuple(f"Outlet {number}" for number in range(200))
TO_A_DOCUMENT = 2
RUN = Run("bench", "pages")


def invented(acts: int, seed: int = 7) -> Iterator[tuple[Coded, list[Link], list[Merge]]]:
    """Documents of two acts each, day by day, and what joins their acts to earlier ones."""
    chance = random.Random(seed)
    open_offers: list[Act] = []
    recent: list[Act] = []
    others = [name for name in codebook().kinds if name not in OPENING]
    for number in range(acts // TO_A_DOCUMENT):
        day = FIRST + dt.timedelta(number * TO_A_DOCUMENT * DAYS // acts)
        told: list[tuple[str, Side, Side, Act | None, str | None]] = []
        for _ in range(TO_A_DOCUMENT):
            draw = chance.random()
            if draw < 0.15 and recent:
                first = chance.choice(recent)
                told.append((first.kind, first.actor, first.target or first.actor, first, None))
            elif draw < 0.22 and open_offers:
                offer = open_offers.pop(chance.randrange(len(open_offers)))
                kind = chance.choice(tuple(HOWS))
                told.append((kind, offer.target or offer.actor, offer.actor, offer, HOWS[kind]))
            else:
                kind = chance.choice(OPENING) if chance.random() < 0.13 else chance.choice(others)
                told.append((kind, *_sides(chance), None, None))
        yield _document(chance, number, day, told, open_offers, recent)


def _sides(chance: random.Random) -> tuple[Side, Side]:
    draw = chance.random()
    pair = list(
        BUSY[0] if draw < 0.25 else BUSY[1] if draw < 0.375 else BUSY[2] if draw < 0.5 else chance.sample(STATES, 2)
    )
    chance.shuffle(pair)
    return Side(pair[0], pair[0], "GOV"), Side(pair[1], pair[1], "GOV")


def _document(  # noqa: PLR0917
    chance: random.Random,
    number: int,
    day: dt.date,
    told: Sequence[tuple[str, Side, Side, Act | None, str | None]],
    open_offers: list[Act],
    recent: list[Act],
) -> tuple[Coded, list[Link], list[Merge]]:
    texts = [
        f"{actor.text} {kind.lower()} {target.text} {' '.join(_words(chance))}" for kind, actor, target, _, _ in told
    ]
    text = f"{number}: " + ". ".join(texts) + "."
    made = Document(text, name=f"d{number}", title=texts[0][:40], outlet=chance.choice(OUTLETS), published=day)
    starts = itertools.accumulate((len(one) + 2 for one in texts), initial=text.index(": ") + 2)
    acts, links, merges = [], [], []
    for start, clause, (kind, actor, target, earlier, how) in zip(starts, texts, told, strict=False):
        dated = chance.random()
        when = When(day, day) if dated < 0.9 else When(day.replace(day=1), day) if dated < 0.97 else When()
        act = Act(
            id=digest("act", made.id, start),
            doc=made.id,
            kind=kind,
            span=Span.of(made, start, start + len(clause)),
            trigger=Span.of(made, start + 4, start + 4 + len(kind)),
            actor=actor,
            target=target,
            when=when,
            voice=Voice(channel="letter" if chance.random() < 0.02 else "statement" if chance.random() < 0.2 else None),
            issue=chance.choice(ISSUES),
            realis="actual" if chance.random() < 0.9 else "planned",
            background=chance.random() < 0.1,
            score=round(0.5 + chance.random() / 2, 3),
            due=day + dt.timedelta(60) if kind in OPENING and chance.random() < 0.3 else None,
            coder="bench",
            rule="invented",
        )
        acts.append(act)
        if earlier is not None and how is None and earlier.doc != made.id:
            merges.append(Merge(act.id, earlier.id, 0.9, (act.trigger,), "bench"))
        elif earlier is not None and how is not None:
            links.append(Link(act.id, earlier.id, how, (act.trigger,), "bench", 0.8))  # type: ignore[arg-type]
        elif kind in OPENING:
            open_offers.append(act)
        if earlier is None:
            recent.append(act)
    del open_offers[:-300], recent[:-400]
    return Coded(made, tuple(acts)), links, merges


def _words(chance: random.Random) -> list[str]:
    """Every second text speaks of talks, one in a thousand of an armistice."""
    said = ["talks"] if chance.random() < 0.3 else []
    said += ["armistice"] if chance.random() < 0.001 else []
    return said + chance.choices(("border", "plan", "army", "trade", "visit", "missile", "aid", "rail"), k=8)


def make(path: Path, acts: int) -> None:
    """Write the book, and sum it up."""
    store = Store.open(path)
    with store.writing() as writing:
        writing.adopt(rules_digest())
    documents = invented(acts)
    began = time.process_time()
    while some := list(itertools.islice(documents, 5000)):
        with store.writing() as writing:
            _write(writing, some)
    print(f"written in {time.process_time() - began:.0f} s of the processor", flush=True)
    began = time.process_time()
    sum_up(store, threads)
    print(f"summed up in {time.process_time() - began:.0f} s of the processor", flush=True)
    store.close()


def _write(writing: Writing, some: Sequence[tuple[Coded, list[Link], list[Merge]]]) -> None:
    """Put many documents into the book at once, as they come; quicker than to keep one after the other."""
    documents = [coded.document for coded, _, _ in some]
    acts = [act for coded, _, _ in some for act in coded.acts]
    rows: dict[str, list[dict[str, object]]] = {
        s.documents.name: [
            {"id": one.id, "text": one.text, "status": "coded", "coded_as": "", "run": RUN.id, **write._described(one)}
            for one in documents
        ],
        s.sources.name: [{"id": source_id(one), "doc": one.id, **write._described(one)} for one in documents],
        s.acts.name: [write.act_row(act) for act in acts],
        s.act_states.name: [row for act in acts for row in write.state_rows(act)],
        s.act_dyads.name: [{"act": act.id, "dyad": dyad} for act in acts for dyad in dyads_of(act)],
        s.links.name: [write.link_row(one.answer, one) for _, links, _ in some for one in links],
        s.merges.name: [write._merge_row(one.report, one) for _, _, merges in some for one in merges],
    }
    connection = writing._to
    connection.execute(insert(s.runs).prefix_with("OR IGNORE"), {"id": RUN.id, "version": RUN.version, "settings": ""})
    for table, made in rows.items():
        connection.execute(insert(s.metadata.tables[table]), made)


def pages(book: Book) -> list[tuple[str, str]]:
    """What to ask for: a name, and an address."""
    act = book.leaf(dyad="PRK-KOR", limit=1, offset=500).acts[0]
    thread = book.thread_leaf(dyad="PRK-KOR", status="open", order="oldest", limit=1).threads[0]
    return [
        ("first page", "/"),
        ("acts", "/search"),
        ("acts, 200th page", "/search?page=200"),
        ("acts of a dyad", "/search?dyad=PRK-KOR"),
        ("acts of a dyad, oldest", "/search?dyad=PRK-KOR&order=oldest"),
        ("acts of a dyad in a month", "/search?dyad=PRK-KOR&since=2010-03&until=2010-03"),
        ("acts of a dyad since a year", "/search?dyad=PRK-KOR&since=2010"),
        ("acts in a month", "/search?since=2010-03&until=2010-03"),
        ("acts of a kind", "/search?kind=OFFER"),
        ("acts of a kind by a rare channel", "/search?kind=OFFER&channel=letter"),
        ("acts of a dyad, kind, issue, channel", "/search?dyad=PRK-KOR&kind=OFFER&issue=talks&channel=letter"),
        ("unanswered offers", "/search?kind=OFFER&answered=no"),
        ("answered demands of a dyad", "/search?kind=DEMAND&answered=yes&dyad=PRK-KOR"),
        ("planned background acts", "/search?realis=planned&background=yes"),
        ("acts by a busy actor", "/search?actor=PRK"),
        ("acts by a state", "/search?actor=AKA"),
        ("likely acts", "/search?min_score=0.95"),
        ("common word", "/search?text=talks"),
        ("two common words", "/search?text=talks+missile"),
        ("common phrase", "/search?text=%22border+plan%22"),
        ("rare word", "/search?text=armistice"),
        ("rare and common word", "/search?text=armistice+talks"),
        ("word and dyad", "/search?text=talks&dyad=PRK-KOR"),
        ("outlet", "/search?outlet=Outlet+7"),
        ("acts as JSON", "/search.json?dyad=PRK-KOR"),
        ("dyad", "/dyad/PRK-KOR"),
        ("dyad in years", "/dyad/PRK-KOR?by=year"),
        ("threads", "/threads"),
        ("threads of a dyad", "/threads?dyad=PRK-KOR"),
        ("thread", f"/thread/{thread.id}"),
        ("document", f"/doc/{act.doc}"),
        ("act", f"/act/{act.id}"),
        ("network", "/network"),
        ("network of a year", "/network?since=2010&until=2010"),
        ("map", "/map"),
        ("review", "/review"),
    ]


def calls(book: Book) -> list[tuple[str, Callable[[], object]]]:
    """What pages ask of a book."""
    act = book.leaf(dyad="PRK-KOR", limit=1, offset=500).acts[0]
    thread = book.thread_leaf(dyad="PRK-KOR", status="open", order="oldest", limit=1).threads[0]
    return [
        ("overview", book.overview),
        ("leaf, surest", lambda: book.leaf(order="surest")),
        ("leaf of a dyad, doubtful", lambda: book.leaf(dyad="PRK-KOR", order="doubtful")),
        ("counts by month", lambda: book.counts("PRK-KOR", by="month")),
        ("counts by year", lambda: book.counts("PRK-KOR", by="year")),
        ("counts of two years by day", lambda: book.counts("PRK-KOR", "2010", "2011")),
        ("pairs", book.pairs),
        ("pairs of odd days", lambda: book.pairs("2004-03-07", "2019-10-11")),
        ("threads", book.thread_leaf),
        ("threads by silence", lambda: book.thread_leaf(order="silence")),
        ("open threads of a dyad by silence", lambda: book.thread_leaf(dyad="PRK-KOR", status="open", order="silence")),
        ("threads of a kind", lambda: book.thread_leaf(kind="OFFER", issue="talks")),
        ("thread", lambda: book.thread(thread.id)),
        ("thread of an act", lambda: book.thread(thread.offer.id)),
        ("why", lambda: book.why(act.id)),
        ("acts of a document", lambda: book.acts(document=act.doc)),
    ]


def timed(name: str, ask: Callable[[], object], times: int) -> str:
    """A row of the table: milliseconds by the clock, and of the processor."""
    clock, processor = [], []
    for _ in range(times):
        began, spent = time.perf_counter(), time.process_time()
        ask()
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    return f"| {name} | {_spread(clock)} | {_spread(processor)} |"


def _spread(took: list[float]) -> str:
    late = sorted(took)[min(len(took) - 1, int(len(took) * 0.95))]
    return f"{statistics.median(took):.0f} | {late:.0f} | {max(took):.0f}"


def main() -> None:
    """Read the arguments, make the book where there is none, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--acts", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--book", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path: Path = told.book or Path(folder) / "bench.db"
        if not path.exists():
            make(path, told.acts)
        with rejoinder.open(path) as book:
            client = TestClient(application(book, Settings(token="bench")), base_url="http://127.0.0.1:8350")
            heading = "| p50 | p95 | most | p50, processor | p95 | most |\n|---|--:|--:|--:|--:|--:|--:|"
            print(f"\n| page {heading}")
            for name, address in pages(book):
                status = client.get(address).status_code
                if status == 404:
                    continue  # a page that is not there yet
                print(timed(name, lambda address=address: client.get(address), told.times), flush=True)  # type: ignore[misc]
            print(f"\n| question to the book {heading}")
            for name, ask in calls(book):
                print(timed(name, ask, told.times), flush=True)


if __name__ == "__main__":
    main()
