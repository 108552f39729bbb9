"""The tasks that link across documents: who wants whose card, the cards on their way, and what is decided."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from rejoinder.link import Across, Card, Linker, load_linker
from rejoinder.spread.handed import to_card, to_entry, to_lookup, wanted_row
from rejoinder.spread.job import Done, Job, once, rows_for, writers
from rejoinder.spread.linking import decided, nearest
from rejoinder.spread.storage import Row
from rejoinder.spread.tables import link_rows, merge_rows, problem_rows

__all__ = ["find", "join", "send"]


def find(job: Job, bucket: int) -> Done:
    """Find what is looked up under the keys of ``bucket``: which cards are wanted where."""
    return once(job, "find", bucket, lambda: _find(job, bucket))


def send(job: Job, bucket: int) -> Done:
    """Send the cards of ``bucket`` to where they are wanted."""
    return once(job, "send", bucket, lambda: _send(job, bucket))


def join(job: Job, bucket: int) -> Done:
    """Decide about the acts of ``bucket``."""
    return once(job, "join", bucket, lambda: _join(job, bucket))


def _find(job: Job, bucket: int) -> Done:
    filed = map(to_entry, rows_for(job, "entries", job.pieces, bucket))
    lookups = map(to_lookup, rows_for(job, "lookups", job.pieces, bucket))
    wanted = nearest(filed, lookups, load_linker().near)
    with writers(job, bucket, ("wanted",)) as out:
        out["wanted"].write([wanted_row(one) for one in sorted(wanted)])
    return Done()


def _send(job: Job, bucket: int) -> Done:
    by: dict[str, set[int]] = defaultdict(set)
    for row in rows_for(job, "wanted", job.buckets, bucket):
        by[str(row["act"])].add(int(str(row["by"])))
    cards = rows_for(job, "cards", job.pieces, bucket) if by else ()
    sent: list[Row] = [{**row, "bucket": other} for row in cards for other in sorted(by.get(str(row["id"]), ()))]
    with writers(job, bucket, ("sent",)) as out:
        out["sent"].write(sent)
    return Done()


def _join(job: Job, bucket: int) -> Done:
    linker = load_linker()
    own = list(_cards(rows_for(job, "cards", job.pieces, bucket), linker))
    sent = _cards(rows_for(job, "sent", job.buckets, bucket), linker) if own else ()
    found = list(decided(own, sent, linker))
    merges = merge_rows(merge for _, one in found for merge in one.merges)
    links = link_rows((link for _, one in found for link in one.links), across=True)
    problems = problem_rows(problem for _, one in found for problem in one.problems)
    with writers(job, bucket, ("merges", "links", "problems"), "across") as out:
        out["merges"].write(merges)
        out["links"].write(links)
        out["problems"].write(problems)
    return Done(
        {
            "merged": Counter(_merged(found)),
            "links": Counter(str(row["how"]) for row in links),
            "problems": Counter(str(row["code"]) for row in problems),
        }
    )


def _cards(rows: Iterator[Row], linker: Linker) -> Iterator[Card]:
    return (to_card(row, linker) for row in rows)


def _merged(found: list[tuple[Card, Across]]) -> Iterator[str]:
    """The kinds of acts that are reports of others."""
    return (card.act.kind for card, one in found if one.merges)
