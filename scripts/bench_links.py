"""How long linking across documents takes, as the book grows: synthetic acts, real store and linker.

    bench_links.py [SIZE ...]

For each SIZE (acts; default 10000 30000 100000): seconds to compare them all at once, and then to add one document of
five acts and bring the book up to date; peak memory. The acts are invented: stories of an offer between two of forty
states, told by one to four documents, with answers some days later, spread over 24 years, in words drawn at random with
the frequencies of a news text. The same SIZE gives the same book.
"""

import argparse
import datetime as dt
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from rejoinder.book.comparing import compare_changes, places
from rejoinder.draft import Coded
from rejoinder.link import load_linker
from rejoinder.records import Act, Document, Side, Span, When, digest
from rejoinder.store import Run, Store

FIRST, DAYS = dt.date(2002, 1, 1), 24 * 365
STATES = tuple(f"{letter}{other}A" for letter in "ABCDEFGH" for other in "KLMNO")
OFFERS, ANSWERS = ("OFFER", "REQUEST", "DEMAND", "THREATEN"), ("REJECT", "ACCEPT", "AGREE", "SANCTION", "CONCEDE")
ISSUES = ("talks", "nuclear", "military", "sanctions", "economy", "humanitarian")
RUN = Run("bench", "synthetic")


def documents(acts: int, seed: int = 7) -> Iterator[Coded]:
    """Documents of one act each that hold ``acts`` acts in all."""
    chance = random.Random(seed)
    words = [f"word{number:04}" for number in range(3000)]
    shares = [1 / (rank + 1) for rank in range(len(words))]
    made = 0
    while made < acts:
        actor, target = chance.sample(STATES, 2)
        topic, issue = chance.choices(words, shares, k=8), chance.choice(ISSUES)
        day = FIRST + dt.timedelta(chance.randrange(DAYS))
        told = [(chance.choice(OFFERS), actor, target, day)] * chance.randint(1, 4)
        for _ in range(chance.randint(0, 2)):
            later = day + dt.timedelta(chance.randrange(30))
            told += [(chance.choice(ANSWERS), target, actor, later)] * chance.randint(1, 2)
        for kind, one, other, when in told[: acts - made]:
            said = chance.sample(topic, 5) + chance.choices(words, shares, k=6)
            yield document(f"{made:07} {kind.lower()} {' '.join(said)}", kind, (one, other), when, issue)
            made += 1


def document(text: str, kind: str, dyad: tuple[str, str], day: dt.date, issue: str) -> Coded:
    """A document of one act."""
    made = Document(text, name=text[:7], published=day)
    span = Span.of(made, 8, len(text))
    act = Act(
        id=digest("act", made.id),
        doc=made.id,
        kind=kind,
        span=span,
        trigger=Span.of(made, 8, 8 + len(kind)),
        actor=Side("", dyad[0], "GOV"),
        target=Side("", dyad[1], "GOV"),
        when=When(day, day),
        issue=issue,
        score=0.9,
    )
    return Coded(made, (act,))


def keep(store: Store, coded: Iterator[Coded]) -> None:
    """Put documents into the store, many in one transaction."""
    linker = load_linker()
    while some := list(islice(coded, 2000)):
        with store.writing() as writing:
            for one in some:
                filed = places(linker, one.acts, {one.document.id: one.document.published})
                writing.keep(one.document, one, RUN, places=filed)


def measure(size: int) -> str:
    """A row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "bench.db")
        keep(store, documents(size))
        began = time.perf_counter()
        compare_changes(store, load_linker)
        whole = time.perf_counter() - began
        with store.reading() as reading:
            joined = len(reading.merges()) + len(reading.links())
        keep(store, documents(5, seed=8))
        began = time.perf_counter()
        compare_changes(store, load_linker)
        one = time.perf_counter() - began
        store.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return f"| {size:,} | {joined:,} | {whole:.1f} | {whole / size * 1e6:.0f} | {one:.2f} | {memory:.0f} |"


def main() -> None:
    """Read the sizes, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 30_000, 100_000])
    load_linker()
    print(
        "| acts | merges and links | seconds | µs an act | seconds for five acts more | MB |\n|--:|--:|--:|--:|--:|--:|"
    )
    for size in parser.parse_args().sizes:
        print(measure(size), flush=True)


if __name__ == "__main__":
    main()
