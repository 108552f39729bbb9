"""Acts as a table: one row an act, one column a plain value, for spreadsheets, data frames and Parquet.

A field that has several values (channels passed through, conditions, answers) is joined with "; ".
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from rejoinder.codebook import codebook
from rejoinder.codebook.dyads import states_of
from rejoinder.draft import Coded
from rejoinder.errors import UsageError
from rejoinder.records import Act, Document, Link, Side, When

if TYPE_CHECKING:
    import polars
    import pyarrow

__all__ = ["COLUMNS", "About", "Acts", "Cell", "Row", "arrow_schema", "time_precision"]

Cell = str | int | float | bool | dt.date | None
Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class About:
    """What a table says of an act besides the act: its document, who else reports it, what it answers.

    ``reports`` counts the documents that tell of the act, ``outlets`` the independent outlets they came from (copies of
    one report count once; 0 where none is known). ``answers`` are the links to the acts it answers, ``answered_by``
    those from the acts that answer it. ``reviewed``: somebody judged the act.
    """

    document: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: dt.date | None = None
    reports: int = 1
    outlets: int = 0
    answers: tuple[Link, ...] = ()
    answered_by: tuple[Link, ...] = ()
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    type: type[Cell]
    of: Callable[[Act, About], Cell]


class Acts(Sequence[Act]):
    """Acts found, in order, with what tables say about them."""

    def __init__(self, acts: Iterable[Act], about: Mapping[str, About] | None = None) -> None:
        """``about`` maps act ids to their About; an act that is not in it gets an empty one."""
        self._acts = tuple(acts)
        self._about = dict(about or {})

    @classmethod
    def of(cls, coded: Iterable[Coded]) -> "Acts":
        """All acts of documents coded without a book, document by document."""
        acts: list[Act] = []
        about: dict[str, About] = {}
        for one in coded:
            acts += one.acts
            about.update(_about(one.document, act, one.links) for act in one.acts)
        return cls(acts, about)

    def about(self, act: Act) -> About:
        """What the table says of ``act`` besides the act."""
        return self._about.get(act.id, About())

    def to_dicts(self) -> list[Row]:
        """A dict an act, with the columns of the CSV and Parquet exports; dates are ``datetime.date``."""
        return list(self._rows())

    def to_arrow(self) -> "pyarrow.Table":
        """A pyarrow table with the same columns."""
        import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

        return pa.Table.from_pylist(self.to_dicts(), schema=arrow_schema())

    def to_polars(self) -> "polars.DataFrame":
        """A polars data frame with the same columns. Raises UsageError where polars is not installed."""
        try:
            import polars as pl  # noqa: PLC0415  (not a dependency: used where the user has it)
        except ImportError as error:
            raise UsageError(
                "polars is not installed. Install it (pip install polars), or use to_arrow() or to_dicts()."
            ) from error
        frame = pl.from_arrow(self.to_arrow())
        assert isinstance(frame, pl.DataFrame)
        return frame

    def _rows(self) -> Iterator[Row]:
        for act in self._acts:
            about = self.about(act)
            yield {column.name: column.of(act, about) for column in _COLUMNS}

    @overload
    def __getitem__(self, at: int) -> Act: ...
    @overload
    def __getitem__(self, at: slice) -> "Acts": ...
    def __getitem__(self, at: int | slice) -> "Act | Acts":
        return Acts(self._acts[at], self._about) if isinstance(at, slice) else self._acts[at]

    def __len__(self) -> int:
        return len(self._acts)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Acts):
            return self._acts == other._acts and all(self.about(act) == other.about(act) for act in self._acts)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._acts)

    def __repr__(self) -> str:
        return f"<Acts: {len(self._acts)}>"


def arrow_schema() -> "pyarrow.Schema":
    """The names and types of the columns, as pyarrow has them."""
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), dt.date: pa.date32()}
    return pa.schema([(column.name, types[column.type]) for column in _COLUMNS])


def time_precision(when: When) -> int | None:
    """How well the day is known, as ACLED counts: 1 the day, 2 within a week, 3 within a month or worse; None open."""
    if when.earliest is None or when.latest is None:
        return None
    days = (when.latest - when.earliest).days + 1
    if days == 1:
        return 1
    return 2 if days <= 7 else 3


def _about(document: Document, act: Act, links: Sequence[Link]) -> tuple[str, About]:
    return act.id, About(
        document=document.name,
        title=document.title,
        outlet=document.outlet,
        url=document.url,
        published=document.published,
        outlets=1 if document.outlet else 0,
        answers=tuple(link for link in links if link.answer == act.id),
        answered_by=tuple(link for link in links if link.offer == act.id),
    )


def _joined(parts: Iterable[str]) -> str | None:
    return "; ".join(parts) or None


def _side_columns(name: str, of: Callable[[Act], Side | None]) -> Iterator[_Column]:
    def part(pick: Callable[[Side], str | None]) -> Callable[[Act, About], Cell]:
        def cell(act: Act, _about: About) -> Cell:
            side = of(act)
            return None if side is None else pick(side)

        return cell

    yield _Column(name, str, part(lambda side: side.text))
    yield _Column(f"{name}_state", str, part(lambda side: side.state))
    yield _Column(f"{name}_states", str, part(lambda side: _joined(states_of(side))))
    yield _Column(f"{name}_role", str, part(lambda side: side.role))
    yield _Column(f"{name}_party", str, part(lambda side: side.party))


def _links(links: Iterable[Link], end: Callable[[Link], str]) -> str | None:
    return _joined(f"{link.how} {end(link)}" for link in links)


_COLUMNS: tuple[_Column, ...] = (
    _Column("act_id", str, lambda act, _: act.id),
    _Column("doc_id", str, lambda act, _: act.doc),
    _Column("document", str, lambda _, about: about.document),
    _Column("event_date", dt.date, lambda act, _: act.when.earliest),
    _Column("time_precision", int, lambda act, _: time_precision(act.when)),
    _Column("date_earliest", dt.date, lambda act, _: act.when.earliest),
    _Column("date_latest", dt.date, lambda act, _: act.when.latest),
    _Column("date_partial", str, lambda act, _: act.when.partial),
    _Column("date_text", str, lambda act, _: act.when.said.quote if act.when.said else None),
    _Column("kind", str, lambda act, _: act.kind),
    _Column("alt_kind", str, lambda act, _: act.alt_kind),
    _Column("quad_class", int, lambda act, _: codebook().quad(act.kind)),
    *_side_columns("actor", lambda act: act.actor),
    *_side_columns("target", lambda act: act.target),
    _Column("mutual", bool, lambda act, _: act.mutual),
    _Column("realis", str, lambda act, _: act.realis),
    _Column("background", bool, lambda act, _: act.background),
    _Column("issue", str, lambda act, _: act.issue),
    _Column("channel", str, lambda act, _: act.voice.channel),
    _Column("speaker", str, lambda act, _: act.voice.speaker.text if act.voice.speaker else None),
    _Column("via", str, lambda act, _: _joined(act.voice.via)),
    _Column("due", dt.date, lambda act, _: act.due),
    _Column("conditions", str, lambda act, _: _joined(span.quote for span in act.conditions)),
    _Column("answers", str, lambda _, about: _links(about.answers, lambda link: link.offer)),
    _Column("answered_by", str, lambda _, about: _links(about.answered_by, lambda link: link.answer)),
    _Column("same_as", str, lambda act, _: act.same_as),
    _Column("reports", int, lambda _, about: about.reports),
    _Column("outlets", int, lambda _, about: about.outlets),
    _Column("trigger", str, lambda act, _: act.trigger.quote),
    _Column("trigger_start", int, lambda act, _: act.trigger.start),
    _Column("trigger_end", int, lambda act, _: act.trigger.end),
    _Column("start", int, lambda act, _: act.span.start),
    _Column("end", int, lambda act, _: act.span.end),
    _Column("quote", str, lambda act, _: act.span.quote),
    _Column("score", float, lambda act, _: act.score),
    _Column("rule", str, lambda act, _: act.rule),
    _Column("coder", str, lambda act, _: act.coder),
    _Column("reviewed", bool, lambda _, about: about.reviewed),
    _Column("title", str, lambda _, about: about.title),
    _Column("outlet", str, lambda _, about: about.outlet),
    _Column("url", str, lambda _, about: about.url),
    _Column("published", dt.date, lambda _, about: about.published),
)

COLUMNS: tuple[str, ...] = tuple(column.name for column in _COLUMNS)
"""The names of the columns, in order."""
