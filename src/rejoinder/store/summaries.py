"""The tables that lists and counts are read from: worked out of the other tables, and never the only place of anything.

What is written to acts, links, merges and judgements is noted in ``unsummed`` by triggers; ``rejoinder.book.summing``
works out anew what that concerns. So they may lag behind, until what is noted has been gone through.
"""

from sqlalchemy import Boolean, Column, Float, Index, Integer, MetaData, Table, Text, text

__all__ = ["EVER", "EVERYWHERE", "UNDATED", "add_to"]

EVERYWHERE = ""
"""The place of rows that are not of one dyad."""

UNDATED = "~"
"""The day of what has none: after every day."""

EVER = "ever"
"""The unit of what is counted without regard to days."""

_EVERYWHERE = text("place = ''")
_ORDER = ("day", "doc", "start", "end", "trigger_start", "act")
_YES_NO = ("background", "answered")
_HEADS = text("place = '' AND head IS NULL")


def add_to(metadata: MetaData) -> dict[str, Table]:
    """The tables, by name, as part of ``metadata``."""
    tables = (_unsummed(metadata), _listed(metadata), _threaded(metadata), *_counted(metadata))
    return {table.name: table for table in tables}


def _unsummed(metadata: MetaData) -> Table:
    return Table(
        "unsummed",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("act", Text, nullable=False),
        Index("unsummed_act", "act"),
    )


def _listed(metadata: MetaData) -> Table:
    """Every act, once for the whole book and once for each dyad (place), in the order of lists.

    ``head`` is the act that it tells of too, None where it speaks for itself. ``long``: it may have been on days more
    than a month apart, or on any day up to its ``latest``. ``reports`` counts documents. ``actors``, ``targets`` and
    ``dyads`` are codes between spaces.
    """
    return Table(
        "listed",
        metadata,
        Column("place", Text, primary_key=True),
        Column("day", Text, primary_key=True),
        Column("doc", Text, primary_key=True),
        Column("start", Integer, primary_key=True),
        Column("end", Integer, primary_key=True),
        Column("trigger_start", Integer, primary_key=True),
        Column("act", Text, primary_key=True),
        Column("head", Text),
        Column("latest", Text),
        Column("long", Boolean, nullable=False),
        Column("kind", Text, nullable=False),
        Column("issue", Text, nullable=False),
        Column("channel", Text),
        Column("realis", Text, nullable=False),
        Column("background", Boolean, nullable=False),
        Column("score", Float, nullable=False),
        Column("answered", Boolean, nullable=False),
        Column("reports", Integer, nullable=False),
        Column("actors", Text, nullable=False),
        Column("targets", Text, nullable=False),
        Column("dyads", Text, nullable=False),
        Index("listed_act", "act", sqlite_where=_EVERYWHERE),
        Index("listed_head", "head", sqlite_where=text("place = '' AND head IS NOT NULL")),
        Index("listed_score", "place", "score"),
        Index("listed_long", "place", "day", sqlite_where=text("long")),
        # in the order of the list; what follows lets most questions be answered by the index alone
        Index("listed_kind", "kind", *_ORDER, "head", *_YES_NO, "issue", "channel", "realis", sqlite_where=_HEADS),
        Index("listed_issue", "issue", *_ORDER, "head", *_YES_NO, sqlite_where=_HEADS),
        Index("listed_channel", "channel", *_ORDER, "head", *_YES_NO, sqlite_where=_HEADS),
        Index("listed_realis", "realis", *_ORDER, "head", *_YES_NO, sqlite_where=_HEADS),
        sqlite_with_rowid=False,
    )


def _threaded(metadata: MetaData) -> Table:
    """Every thread, once for the whole book and once for each dyad of its offer (place).

    ``day`` and ``latest`` bound the day of the offer. ``settled`` is its status as if no day were the newest: what is
    "open" has lapsed once the newest day of the book lies after ``due``. ``opened`` is the day that silence is counted
    from, ``silence`` the days until the first reply, where there is one.
    """
    return Table(
        "threaded",
        metadata,
        Column("place", Text, primary_key=True),
        Column("day", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("offer", Text, nullable=False),
        Column("latest", Text),
        Column("kind", Text, nullable=False),
        Column("issue", Text, nullable=False),
        Column("settled", Text, nullable=False),
        Column("due", Text),
        Column("opened", Text),
        Column("replied", Boolean, nullable=False),
        Column("silence", Integer),
        Column("dyads", Text, nullable=False),
        Index("threaded_id", "id", sqlite_where=_EVERYWHERE),
        Index("threaded_offer", "offer", "settled", "due", sqlite_where=_EVERYWHERE),
        Index("threaded_settled", "place", "settled", "due"),
        sqlite_with_rowid=False,
    )


def _counted(metadata: MetaData) -> tuple[Table, ...]:
    """Acts and reports (documents that tell of them) by dyad, by pair of states, and in all.

    ``unit`` is day, month or (of pairs) year or ever, ``day`` the first one of it. A quad class of 0 is none.
    """
    return (
        Table(
            "tallies",
            metadata,
            Column("dyad", Text, primary_key=True),
            Column("unit", Text, primary_key=True),
            Column("day", Text, primary_key=True),
            Column("actor", Text, primary_key=True),
            Column("kind", Text, primary_key=True),
            Column("background", Boolean, primary_key=True),
            Column("acts", Integer, nullable=False),
            Column("reports", Integer, nullable=False),
            sqlite_with_rowid=False,
        ),
        Table(
            "pairings",
            metadata,
            Column("unit", Text, primary_key=True),
            Column("day", Text, primary_key=True),
            Column("actor", Text, primary_key=True),
            Column("target", Text, primary_key=True),
            Column("quad", Integer, primary_key=True),
            Column("background", Boolean, primary_key=True),
            Column("acts", Integer, nullable=False),
            Column("reports", Integer, nullable=False),
            sqlite_with_rowid=False,
        ),
        Table(
            "months",
            metadata,
            Column("dyad", Text, primary_key=True),
            Column("month", Text, primary_key=True),
            Column("cooperation", Integer, nullable=False),
            Column("conflict", Integer, nullable=False),
            sqlite_with_rowid=False,
        ),
        Table(
            "dyads",
            metadata,
            Column("dyad", Text, primary_key=True),
            Column("acts", Integer, nullable=False),
            Index("dyads_acts", "acts"),
            sqlite_with_rowid=False,
        ),
        Table("figures", metadata, Column("name", Text, primary_key=True), Column("value", Integer, nullable=False)),
    )
