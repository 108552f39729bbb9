"""The tables of a run: those it leaves behind, and those its steps hand to each other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rejoinder.book.table import Acts, arrow_schema
from rejoinder.draft import Coded
from rejoinder.records import Document, Link, Merge, Problem
from rejoinder.spread.storage import Row
from rejoinder.store import distinct
from rejoinder.store.codec import dump

if TYPE_CHECKING:
    import pyarrow

__all__ = [
    "act_rows",
    "document_row",
    "link_rows",
    "merge_rows",
    "problem_rows",
    "schema",
    "source_row",
    "to_source",
]

_ELSEWHERE = ("answers", "answered_by", "reports", "outlets")
"""Columns of a book's table of acts that follow from links and merges, which are tables of their own here."""

_DESCRIBED = "name:str title:str outlet:str author:str url:str origin:str published:day dated_by:str"
_LAYOUT: Mapping[str, str] = {
    # what is left behind
    "documents": f"doc_id:str {_DESCRIBED} status:str characters:int acts:int",
    "sources": f"doc_id:str {_DESCRIBED}",
    "links": "id:str answer:str offer:str how:str score:float coder:str across:bool record:str",
    "merges": "id:str report:str act:str score:float coder:str record:str",
    "problems": "doc_id:str stage:str code:str message:str start:int end:int record:str",
    "unreadable": "origin:str message:str",
    # what steps hand to each other: the first column says to whom
    "seen": f"bucket:int doc_id:str piece:int row:int {_DESCRIBED}",
    "spare": "bucket:int row:int",
    "cards": "bucket:int id:str act:str published:day opening:str settled:bool",
    "entries": "bucket:int actor:str target:str kind:str day:day act:str home:int",
    "lookups": "bucket:int actor:str target:str kind:str since:day until:day by:int",
    "wanted": "bucket:int act:str by:int",
}


def schema(table: str) -> "pyarrow.Schema":
    """The columns of ``table``."""
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    if table == "acts":
        columns = [column for column in arrow_schema() if column.name not in _ELSEWHERE]
        return pa.schema([*columns, pa.field("record", pa.string())])
    types = {"str": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "day": pa.date32()}
    parts = (column.split(":") for column in _LAYOUT["cards" if table == "sent" else table].split())
    return pa.schema([(name, types[kind]) for name, kind in parts])


def act_rows(coded: Coded) -> Iterator[Row]:
    """A row an act, with the record itself as JSON."""
    for act, row in zip(coded.acts, Acts.of([coded]).to_dicts(), strict=True):
        yield {**{name: value for name, value in row.items() if name not in _ELSEWHERE}, "record": dump(act)}


def document_row(coded: Coded) -> Row:
    """The document as it was coded, without its text."""
    document = coded.document
    return {
        **source_row(document.id, document),
        "status": coded.status,
        "characters": len(document.text),
        "acts": len(coded.acts),
    }


def source_row(doc: str, source: Document) -> Row:
    """What a place says of the text with the id ``doc``."""
    return {"doc_id": doc, **_picked(source, *_names(_DESCRIBED))}


def to_source(row: Mapping[str, object]) -> Document:
    """What :func:`source_row` was made of, without its text."""
    return Document("", **{name: row[name] for name in _names(_DESCRIBED)})  # type: ignore[arg-type]  # as written


def link_rows(links: Iterable[Link], *, across: bool) -> list[Row]:
    """A row a link, one of each id."""
    return [
        {**_picked(link, "id", "answer", "offer", "how", "score", "coder"), "across": across, "record": dump(link)}
        for link in distinct(links)
    ]


def merge_rows(merges: Iterable[Merge]) -> list[Row]:
    """A row a merge."""
    return [
        {**_picked(merge, "id", "report", "act", "score", "coder"), "record": dump(merge)} for merge in distinct(merges)
    ]


def _picked(record: object, *names: str) -> Row:
    """The fields of ``record`` that are columns as they are."""
    return {name: getattr(record, name) for name in names}


def _names(layout: str) -> list[str]:
    return [column.split(":")[0] for column in layout.split()]


def problem_rows(problems: Iterable[Problem]) -> list[Row]:
    """A row a problem, each once."""
    return [
        {
            "doc_id": problem.doc,
            "stage": problem.stage,
            "code": problem.code,
            "message": problem.message,
            "start": problem.span.start if problem.span else None,
            "end": problem.span.end if problem.span else None,
            "record": dump(problem),
        }
        for problem in dict.fromkeys(problems)
    ]
