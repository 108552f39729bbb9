"""How long linking across documents takes, as the book grows: synthetic acts, real store and linker.

    bench_links.py [SIZE ...]

For each SIZE (acts; default 10000 30000 100000): seconds of the processor to compare them all at once, and then to
bring the book up to date when one document of five acts was added; peak memory. The acts are invented, day by day:
stories of an offer between two of forty states, told by one to four documents, with answers some days later, over 24
years, in words drawn at random with the frequencies of a news text, at most ten to a document. The same SIZE gives the
same book.
"""

import argparse
import datetime as dt
import heapq
import itertools
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rejoinder.book.comparing import compare_changes, filings
from rejoinder.draft import Coded
from rejoinder.link import load_linker, rules_digest
from rejoinder.link.lexicon import rarities
from rejoinder.records import Act, Document, Side, Span, When, digest
from rejoinder.store import Run, Store

FIRST, DAYS = dt.date(2002, 1, 1), 24 * 365
STATES = tuple(f"{letter}{other}A" for letter in "ABCDEFGH" for other in "KLMNO")
OFFERS, ANSWERS = ("OFFER", "REQUEST", "DEMAND", "THREATEN"), ("REJECT", "ACCEPT", "AGREE", "SANCTION", "CONCEDE")
ISSUES = ("talks", "nuclear", "military", "sanctions", "economy", "humanitarian")
ACTS_OF_STORY = 4
"""On the average: two and a half that tell of the offer, one and a half of answers."""
RUN = Run("bench", "synthetic")


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """One act of a story: its day, kind, sides, issue and words."""

    day: dt.date
    kind: str
    dyad: tuple[str, str]
    issue: str
    words: str


def vocabulary() -> list[str]:
    """Words, the most frequent first: those whose frequency the linker knows, then two thousand that it does not."""
    known = sorted(rarities(), key=lambda stem: (rarities()[stem], stem))
    invented = ("".join(letters) for letters in itertools.product("bdgkmnprtv", "aeiou", "bdgkmnprtv", "aeiou"))
    return known + list(itertools.islice((word for word in invented if word not in rarities()), 2000))


def stories(acts: int, seed: int) -> Iterator[list[Told]]:
    """The acts of one story after the other, without end, in order of the days on which they begin.

    They begin so often that ``acts`` acts take all the days.
    """
    chance = random.Random(seed)
    words = vocabulary()
    shares = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(words))))
    for number in itertools.count():
        actor, target = chance.sample(STATES, 2)
        topic, issue = chance.choices(words, cum_weights=shares, k=8), chance.choice(ISSUES)
        day = FIRST + dt.timedelta(number * ACTS_OF_STORY * DAYS // acts)
        told = [(chance.choice(OFFERS), (actor, target), day)] * chance.randint(1, 4)
        for _ in range(chance.randint(0, 2)):
            later = day + dt.timedelta(chance.randrange(30))
            told += [(chance.choice(ANSWERS), (target, actor), later)] * chance.randint(1, 2)
        made = []
        for kind, dyad, when in told:
            said = chance.sample(topic, 5) + chance.choices(words, cum_weights=shares, k=6)
            made.append(Told(when, kind, dyad, issue, f"{kind.lower()} {' '.join(said)}"))
        yield made


def by_day(told: Iterable[Sequence[Told]]) -> Iterator[list[Told]]:
    """The acts of stories, day by day; answers that are still to come wait, and nothing else is held."""
    waiting: list[tuple[dt.date, str, Told]] = []
    for story in told:
        while waiting and waiting[0][0] < story[0].day:
            yield _next_day(waiting)
        for one in story:
            heapq.heappush(waiting, (one.day, one.words, one))
    while waiting:
        yield _next_day(waiting)


def _next_day(waiting: list[tuple[dt.date, str, Told]]) -> list[Told]:
    day, found = waiting[0][0], []
    while waiting and waiting[0][0] == day:
        found.append(heapq.heappop(waiting)[-1])
    return found


def documents(acts: int, seed: int = 7) -> Iterator[Coded]:
    """Digests of up to ten acts of one day, which hold ``acts`` acts in all."""
    left = acts
    for of_day in by_day(stories(acts, seed)):
        told = of_day[:left]
        left -= len(told)
        # dealt out, so that reports of one act stand in different digests
        parts = min(len(told), max(4, -(-len(told) // 10)))
        yield from (document(seed, number, told[number::parts]) for number in range(parts))
        if not left:
            return


def five_more() -> Coded:
    """One document of five acts, of the day in the middle."""
    day = FIRST + dt.timedelta(DAYS // 2)
    told = [replace(story[0], day=day) for story in itertools.islice(stories(5, seed=8), 5)]
    return document(8, 0, told)


def document(seed: int, number: int, told: Sequence[Told]) -> Coded:
    """A document of these acts, all of one day."""
    day = told[0].day
    text = f"{day} {seed} {number}: " + ". ".join(one.words for one in told)
    made = Document(text, name=f"{day}-{number}", published=day)
    starts = itertools.accumulate((len(one.words) + 2 for one in told), initial=text.index(": ") + 2)
    return Coded(made, tuple(_act(made, start, one) for start, one in zip(starts, told, strict=False)))


def _act(text: Document, start: int, one: Told) -> Act:
    return Act(
        id=digest("act", text.id, start),
        doc=text.id,
        kind=one.kind,
        span=Span.of(text, start, start + len(one.words)),
        trigger=Span.of(text, start, start + len(one.kind)),
        actor=Side("", one.dyad[0], "GOV"),
        target=Side("", one.dyad[1], "GOV"),
        when=When(one.day, one.day),
        issue=one.issue,
        score=0.9,
    )


def keep(store: Store, coded: Iterator[Coded]) -> None:
    """Put documents into the store, many in one transaction."""
    linker = load_linker()
    while some := list(itertools.islice(coded, 500)):
        with store.writing() as writing:
            for one in some:
                filed = filings(linker, one.acts, {one.document.id: one.document.published})
                writing.keep(one.document, one, RUN, places=filed)


def measure(size: int) -> str:
    """A row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "bench.db")
        compare_changes(store, load_linker, rules_digest())  # as a book is opened
        keep(store, documents(size))
        began = time.process_time()
        compare_changes(store, load_linker)
        whole = time.process_time() - began
        with store.reading() as reading:
            joined = len(reading.merges()) + len(reading.links())
        keep(store, iter([five_more()]))
        began = time.process_time()
        compare_changes(store, load_linker)
        one = time.process_time() - began
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
