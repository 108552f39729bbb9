"""The tasks from rows to acts: which texts there are, which row speaks for each, and what it says."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from rejoinder.book.direct import loaded
from rejoinder.draft import Coded
from rejoinder.link import OPENING, Linker, Setting, load_linker
from rejoinder.pipeline import failure_of
from rejoinder.read import InputFailure
from rejoinder.records import Document
from rejoinder.spread.buckets import Buckets, bucket_of
from rejoinder.spread.choosing import Place, Seen, chosen
from rejoinder.spread.handed import card_row, entry_row, lookup_row
from rejoinder.spread.job import SHOWN, Done, Job, once, rows_for, writers
from rejoinder.spread.linking import entries, home_of, searches
from rejoinder.spread.pieces import Piece, rows_of
from rejoinder.spread.storage import Row
from rejoinder.spread.tables import (
    act_rows,
    document_row,
    link_rows,
    problem_rows,
    source_row,
    to_source,
)

__all__ = ["choose", "code", "survey"]

_AT_ONCE = 200
"""How many documents are held, with all they give, before it is written."""
_LEFT = ("documents", "acts", "links", "problems")
_HANDED = ("cards", "entries", "lookups")


def survey(job: Job, piece: Piece) -> Done:
    """Say of each row of ``piece`` which text it holds and what it tells of it; put aside what holds none."""
    return once(job, "survey", piece.number, lambda: _survey(job, piece))


def choose(job: Job, bucket: int) -> Done:
    """For each text of ``bucket``, say which rows need not be coded; keep all places it came from."""
    return once(job, "choose", bucket, lambda: _choose(job, bucket))


def code(job: Job, piece: Piece) -> Done:
    """Code the rows of ``piece`` that speak for their texts; file their acts for comparison."""
    return once(job, "code", piece.number, lambda: _code(job, piece))


def _survey(job: Job, piece: Piece) -> Done:
    lacks: list[Row] = []
    with writers(job, piece.number, ("unreadable", "seen")) as out:
        seen: list[Row] = []
        for row in rows_of(piece, dict(job.columns)):
            if isinstance(row.item, InputFailure):
                lacks.append({"origin": row.item.origin, "message": row.item.message})
                continue
            document = _dated(row.item, job)
            place = {"bucket": bucket_of(document.id, job.buckets), "piece": piece.number, "row": row.number}
            seen.append({**place, **source_row(document.id, document)})
        out["seen"].write(seen)
        out["unreadable"].write(lacks)
    failures = tuple(f"{lack['origin']}: {lack['message']}" for lack in lacks[:SHOWN])
    return Done({"rows": {"read": len(seen), "unreadable": len(lacks)}}, failures)


def _choose(job: Job, bucket: int) -> Done:
    of: dict[str, list[Seen]] = {}
    for row in rows_for(job, "seen", job.pieces, bucket):
        place = Place(int(str(row["piece"])), int(str(row["row"])))
        of.setdefault(str(row["doc_id"]), []).append(Seen(place, to_source(row)))
    spare: list[Row] = []
    sources: list[Row] = []
    for doc in sorted(of):
        _, different, others = chosen(of[doc])
        spare += [{"bucket": place.piece, "row": place.row} for place in others]
        sources += [source_row(doc, one.source) for one in different]
    with writers(job, bucket, ("sources", "spare")) as out:
        out["spare"].write(spare)
        out["sources"].write(sources)
    return Done({"documents": {"unchanged": len(spare)}})


def _code(job: Job, piece: Piece) -> Done:
    coder, linker = loaded(job.parser, job.floor, gate=job.gate), load_linker()
    buckets = Buckets.for_linker(job.buckets, linker)
    spare = {row["row"] for row in rows_for(job, "spare", job.buckets, piece.number)}
    rows = (row for row in rows_of(piece, dict(job.columns)) if row.number not in spare)
    wanted = (row.item for row in rows if isinstance(row.item, Document))
    done: list[Done] = []
    with writers(job, piece.number, (*_LEFT, *_HANDED)) as out:
        while some := [coder.code(_dated(document, job)) for document in islice(wanted, _AT_ONCE)]:
            for table, found in (_left(some) | _handed(some, linker, buckets)).items():
                out[table].write(found)
            done += map(_done, some)
    total = Done.sum(done)
    return replace(total, failures=total.failures[:SHOWN])


def _dated(document: Document, job: Job) -> Document:
    return replace(document, published=document.published or job.published)


def _left(some: list[Coded]) -> dict[str, list[Row]]:
    """What is known of documents that were coded, by table."""
    return {
        "documents": [document_row(coded) for coded in some],
        "acts": [row for coded in some for row in act_rows(coded)],
        "links": [row for coded in some for row in link_rows(coded.links, across=False)],
        "problems": [row for coded in some for row in problem_rows(coded.problems)],
    }


def _handed(some: list[Coded], linker: Linker, buckets: Buckets) -> dict[str, list[Row]]:
    """Where the first mentions are filed, and what they look up; the same lookup of several acts once."""
    found: dict[str, dict[object, Row]] = {table: {} for table in _HANDED}
    for coded in some:
        setting = _setting(coded)
        for act in coded.acts:
            card = linker.card(act, setting)
            home = home_of(card, linker, buckets) if act.same_as is None else None
            if home is None:
                continue
            found["cards"][act.id] = card_row(home, act, setting)
            found["entries"].update((entry, entry_row(entry)) for entry in entries(card, home, buckets))
            found["lookups"].update((one, lookup_row(one)) for one in searches(card, home, linker, buckets))
    return {table: list(rows.values()) for table, rows in found.items()}


def _setting(coded: Coded) -> Setting:
    settled = frozenset(link.answer for link in coded.links)
    return Setting(coded.document.published, coded.document.text[:OPENING], settled)


def _done(coded: Coded) -> Done:
    return Done(
        {
            "documents": {coded.status: 1},
            "mentions": {"all": len(coded.acts)},
            "acts": Counter(act.kind for act in coded.acts if act.same_as is None),
            "links": Counter(str(row["how"]) for row in link_rows(coded.links, across=False)),
            "problems": Counter(problem.code for problem in dict.fromkeys(coded.problems)),
        },
        tuple(_failure(coded)),
    )


def _failure(coded: Coded) -> Iterator[str]:
    if coded.status == "failed":
        why = failure_of(coded)
        yield f"{coded.document.origin}: {why.message if why else 'nothing is known of why.'}"
