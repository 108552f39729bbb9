"""From batches of rows to batches of acts."""

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rejoinder.book.table import Acts, Row, arrow_schema
from rejoinder.frames.rows import Columns, Numbered, check_types, documents
from rejoinder.pipeline import Pipeline, failure_of

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Run", "schema_with"]

_ID = "document"
"""The column of the table of acts that names the document."""


@dataclass(slots=True)
class _Lacks:
    """The rows that gave no document, or one that could not be coded: how many of each sort, and the first."""

    rows: int = 0
    sorts: Counter[str] = field(default_factory=Counter)
    example: str = ""

    def add(self, sort: str, number: int, reason: str) -> None:
        self.sorts[sort] += 1
        self.example = self.example or f"row {number}: {reason}"

    def warn(self) -> None:
        if self.sorts:
            told = ", ".join(f"{sort} {count:,}" for sort, count in sorted(self.sorts.items()))
            message = f"{self.sorts.total():,} of {self.rows:,} rows were not coded: {told}. First: {self.example}"
            warnings.warn(message, stacklevel=2)


@dataclass(frozen=True, slots=True)
class Run:
    """How rows become acts: ``columns`` of the input, what codes them, and the ``schema`` of the result."""

    columns: Columns
    coder: Pipeline
    schema: "pyarrow.Schema"

    def all(self, pieces: Iterable["pyarrow.RecordBatch"]) -> Iterator["pyarrow.RecordBatch"]:
        """The acts of each batch; one warning in the end where rows were not coded."""
        lacks = _Lacks()
        for piece in pieces:
            yield self._acts(piece, lacks.rows, lacks)
        lacks.warn()

    def each(self, pieces: Iterable["pyarrow.RecordBatch"]) -> Iterator["pyarrow.RecordBatch"]:
        """The acts of each batch; a warning for each batch with rows that were not coded."""
        seen = 0
        for piece in pieces:
            lacks = _Lacks()
            acts = self._acts(piece, seen, lacks)
            lacks.warn()
            yield acts
            seen += piece.num_rows

    def _acts(self, piece: "pyarrow.RecordBatch", first: int, lacks: _Lacks) -> "pyarrow.RecordBatch":
        import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

        check_types(self.columns, piece.schema)
        found: list[Row] = []
        of: list[int] = []
        for row in documents(piece, self.columns, first, Numbered()):
            if row.document is None:
                lacks.add(row.sort, row.number, row.lack)
                continue
            coded = self.coder.code(row.document)
            if coded.status == "failed" and (problem := failure_of(coded)):
                lacks.add(problem.code, row.number, problem.message)
            # one at a time: two rows may hold the same text, and so the same acts, under other names
            found += Acts.of([coded]).to_dicts()
            of += [row.number - first] * len(coded.acts)
        lacks.rows += piece.num_rows
        acts = pa.RecordBatch.from_pylist(found, schema=arrow_schema())
        at = self.schema.get_field_index(_ID)
        return acts.set_column(at, self.schema.field(at), self._names(piece, of, first))

    def _names(self, piece: "pyarrow.RecordBatch", of: list[int], first: int) -> "pyarrow.Array":
        """What the documents of the acts are called: the value in the id column, or the row's number."""
        import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

        if self.columns.id is None:
            return pa.array([first + at for at in of], pa.int64())
        # cast first: of some types that frames come with, pyarrow cannot take single values
        return piece.column(self.columns.id).cast(self.schema.field(_ID).type).take(pa.array(of, pa.int64()))


def schema_with(id_type: "pyarrow.DataType | None") -> "pyarrow.Schema":
    """The schema of the table of acts, with a column "document" of this type (None: row numbers)."""
    import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

    kind = pa.int64() if id_type is None else id_type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_string_view(kind):
        kind = pa.large_string()
    schema = arrow_schema()
    return schema.set(schema.get_field_index(_ID), pa.field(_ID, kind))
