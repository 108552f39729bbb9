"""Summaries that lists and counts are read from, and triggers that note what has to be worked out anew."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None


def _text(*names: str, key: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=key, nullable=False) for name in names]


_ORDER = ("day", "doc", "start", "end", "trigger_start", "act")
_YES_NO = ("background", "answered")

_TRIGGERS = """
CREATE TRIGGER unsummed_acts_insert AFTER INSERT ON acts BEGIN
    INSERT INTO unsummed (act)
    SELECT act FROM (SELECT new.id AS act) WHERE act IS NOT NULL;
END;;
CREATE TRIGGER unsummed_acts_update AFTER UPDATE OF record, same_as ON acts BEGIN
    INSERT INTO unsummed (act)
    SELECT act FROM (SELECT new.id AS act) WHERE act IS NOT NULL;
END;;
CREATE TRIGGER unsummed_acts_delete AFTER DELETE ON acts BEGIN
    INSERT INTO unsummed (act)
    SELECT act FROM (SELECT old.id AS act) WHERE act IS NOT NULL;
END;;
CREATE TRIGGER unsummed_merges_insert AFTER INSERT ON merges BEGIN
    INSERT INTO unsummed (act)
    SELECT act FROM (SELECT new.report AS act
        UNION SELECT new.act AS act) WHERE act IS NOT NULL;
END;;
CREATE TRIGGER unsummed_merges_delete AFTER DELETE ON merges BEGIN
    INSERT INTO unsummed (act)
    SELECT act FROM (SELECT old.report AS act
        UNION SELECT old.act AS act) WHERE act IS NOT NULL;
END;;
CREATE TRIGGER unsummed_links_insert AFTER INSERT ON links BEGIN
    INSERT INTO unsummed (act)
    SELECT act FROM (SELECT new.answer AS act
        UNION SELECT new.offer AS act) WHERE act IS NOT NULL;
END;;
CREATE TRIGGER unsummed_links_delete AFTER DELETE ON links BEGIN
    INSERT INTO unsummed (act)
    SELECT act FROM (SELECT old.answer AS act
        UNION SELECT old.offer AS act) WHERE act IS NOT NULL;
END;;
CREATE TRIGGER unsummed_judgements_insert AFTER INSERT ON judgements BEGIN
    INSERT INTO unsummed (act)
    SELECT act FROM (SELECT json_extract(new.joined, '$.answer') AS act
        UNION SELECT json_extract(new.joined, '$.offer') AS act
        UNION SELECT json_extract(new.joined, '$.report') AS act
        UNION SELECT json_extract(new.joined, '$.act') AS act) WHERE act IS NOT NULL;
END;;
CREATE TRIGGER unsummed_judgements_delete AFTER DELETE ON judgements BEGIN
    INSERT INTO unsummed (act)
    SELECT act FROM (SELECT json_extract(old.joined, '$.answer') AS act
        UNION SELECT json_extract(old.joined, '$.offer') AS act
        UNION SELECT json_extract(old.joined, '$.report') AS act
        UNION SELECT json_extract(old.joined, '$.act') AS act) WHERE act IS NOT NULL;
END;;
CREATE TRIGGER figures_insert AFTER INSERT ON documents BEGIN
    INSERT INTO figures (name, value) VALUES ('documents ' || new.status, 1)
    ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
END;;
CREATE TRIGGER figures_delete AFTER DELETE ON documents BEGIN
    INSERT INTO figures (name, value) VALUES ('documents ' || old.status, -1)
    ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
    DELETE FROM figures WHERE name = 'documents ' || old.status AND value = 0;
END;;
CREATE TRIGGER figures_update AFTER UPDATE OF status ON documents BEGIN
    INSERT INTO figures (name, value) VALUES ('documents ' || old.status, -1)
    ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
    DELETE FROM figures WHERE name = 'documents ' || old.status AND value = 0;
    INSERT INTO figures (name, value) VALUES ('documents ' || new.status, 1)
    ON CONFLICT (name) DO UPDATE SET value = value + excluded.value;
END
""".split(";;")  # noqa: SIM905 - SQL is read line by line


def upgrade() -> None:
    """Make the tables, and note every act."""
    op.create_table("unsummed", sa.Column("n", sa.Integer, primary_key=True), sa.Column("act", sa.Text, nullable=False))
    op.create_index("unsummed_act", "unsummed", ["act"])
    _listed()
    _threaded()
    _counted()
    for statement in _TRIGGERS:
        op.execute(statement)
    op.create_index("documents_published", "documents", ["published"])
    op.create_index("documents_status", "documents", ["status", "n"])
    op.create_index("sources_outlet", "sources", ["outlet", "doc"])
    for table in ("links", "merges"):
        op.create_index(f"{table}_id", table, ["id"])
    op.execute("INSERT INTO figures (name, value) SELECT 'documents ' || status, count(*) FROM documents GROUP BY 1")
    op.execute("INSERT INTO unsummed (act) SELECT id FROM acts ORDER BY doc, start, id")
    op.execute("PRAGMA user_version = 6")


def _listed() -> None:
    op.create_table(
        "listed",
        *_text("place", "day", "doc", key=True),
        *(sa.Column(name, sa.Integer, primary_key=True, nullable=False) for name in ("start", "end", "trigger_start")),
        *_text("act", key=True),
        sa.Column("head", sa.Text),
        sa.Column("latest", sa.Text),
        sa.Column("long", sa.Boolean, nullable=False),
        *_text("kind", "issue"),
        sa.Column("channel", sa.Text),
        *_text("realis"),
        sa.Column("background", sa.Boolean, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        *_text("actors", "targets", "dyads"),
        sqlite_with_rowid=False,
    )
    op.create_index("listed_score", "listed", ["place", "score"])
    for name, columns, where in (
        ("listed_act", ["act"], "place = ''"),
        ("listed_head", ["head"], "place = '' AND head IS NOT NULL"),
        ("listed_long", ["place", "day"], "long"),
        (
            "listed_kind",
            ["kind", *_ORDER, "head", *_YES_NO, "issue", "channel", "realis"],
            "place = '' AND head IS NULL",
        ),
        ("listed_issue", ["issue", *_ORDER, "head", *_YES_NO], "place = '' AND head IS NULL"),
        ("listed_channel", ["channel", *_ORDER, "head", *_YES_NO], "place = '' AND head IS NULL"),
        ("listed_realis", ["realis", *_ORDER, "head", *_YES_NO], "place = '' AND head IS NULL"),
    ):
        op.create_index(name, "listed", columns, sqlite_where=sa.text(where))


def _threaded() -> None:
    op.create_table(
        "threaded",
        *_text("place", "day", "id", key=True),
        *_text("offer"),
        sa.Column("latest", sa.Text),
        *_text("kind", "issue", "settled"),
        sa.Column("due", sa.Text),
        sa.Column("opened", sa.Text),
        sa.Column("replied", sa.Boolean, nullable=False),
        sa.Column("silence", sa.Integer),
        *_text("dyads"),
        sqlite_with_rowid=False,
    )
    op.create_index("threaded_id", "threaded", ["id"], sqlite_where=sa.text("place = ''"))
    op.create_index("threaded_offer", "threaded", ["offer", "settled", "due"], sqlite_where=sa.text("place = ''"))
    op.create_index("threaded_settled", "threaded", ["place", "settled", "due"])


def _counted() -> None:
    def counts() -> list[sa.Column[int]]:
        return [sa.Column(name, sa.Integer, nullable=False) for name in ("acts", "reports")]

    background = sa.Column("background", sa.Boolean, primary_key=True, nullable=False)
    keys = _text("dyad", "unit", "day", "actor", "kind", key=True)
    op.create_table("tallies", *keys, background, *counts(), sqlite_with_rowid=False)
    op.create_table(
        "pairings",
        *_text("unit", "day", "actor", "target", key=True),
        sa.Column("quad", sa.Integer, primary_key=True, nullable=False),
        sa.Column("background", sa.Boolean, primary_key=True, nullable=False),
        *counts(),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "months",
        *_text("dyad", "month", key=True),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("cooperation", "conflict")),
        sqlite_with_rowid=False,
    )
    acts = sa.Column("acts", sa.Integer, nullable=False)
    op.create_table("dyads", *_text("dyad", key=True), acts, sqlite_with_rowid=False)
    op.create_index("dyads_acts", "dyads", ["acts"])
    value = sa.Column("value", sa.Integer, nullable=False)
    op.create_table("figures", sa.Column("name", sa.Text, primary_key=True), value)
