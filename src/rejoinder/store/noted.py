"""What people said of whole documents: who is to code one, who is done with it."""

from collections.abc import Collection

from sqlalchemy import select

from rejoinder.records import Judgement
from rejoinder.store import schema as s
from rejoinder.store.rows import Rows, among

__all__ = ["DOCUMENT", "Noted"]

DOCUMENT = "document"
"""The ``what`` of such a judgement. Its ``doc`` stays empty: that column says where acts and links were judged."""


class Noted(Rows):
    """What can be asked of a book about its documents as wholes."""

    def notes(self, field: str | None = None) -> list[Judgement]:
        """All judgements of documents, or those of ``field``, in the order they were made."""
        query = select(s.judgements.c.record).where(s.judgements.c.what == DOCUMENT).order_by(s.judgements.c.n)
        return [said for said in self._load(Judgement, query) if field in (None, said.field)]

    def in_order(self, docs: Collection[str]) -> list[str]:
        """Those of the documents ``docs`` that are there, in the order they were first kept."""
        query = select(s.documents.c.id).where(among(s.documents.c.id, docs)).order_by(s.documents.c.n)
        return list(self._from.execute(query).scalars())
