"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

_FULL_TEXT = """
CREATE VIRTUAL TABLE documents_words USING fts5(
    title, text, content='documents', content_rowid='n', tokenize='porter unicode61 remove_diacritics 2'
);;
CREATE TRIGGER documents_words_insert AFTER INSERT ON documents BEGIN
    INSERT INTO documents_words (rowid, title, text) VALUES (new.n, new.title, new.text);
END;;
CREATE TRIGGER documents_words_delete AFTER DELETE ON documents BEGIN
    INSERT INTO documents_words (documents_words, rowid, title, text)
    VALUES ('delete', old.n, old.title, old.text);
END;;
CREATE TRIGGER documents_words_update AFTER UPDATE OF title, text ON documents BEGIN
    INSERT INTO documents_words (documents_words, rowid, title, text)
    VALUES ('delete', old.n, old.title, old.text);
    INSERT INTO documents_words (rowid, title, text) VALUES (new.n, new.title, new.text);
END
"""


def upgrade() -> None:
    """Create everything, and mark the file as a book."""
    _documents()
    _acts()
    _derived()
    # an index over the words of title and text that holds no copy of them, and the triggers that keep it up
    for statement in _FULL_TEXT.split(";;"):
        op.execute(statement)
    op.execute("PRAGMA application_id = 1380598866")
    op.execute("PRAGMA user_version = 1")


def _documents() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("coded_as", sa.Text, nullable=False),
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("documents_name", "documents", ["name"])
    op.create_table(
        "sources",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("doc", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
    )
    op.create_index("sources_doc", "sources", ["doc"])
    op.create_index("sources_name", "sources", ["name"])


def _acts() -> None:
    op.create_table(
        "acts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("doc", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("actor_state", sa.Text),
        sa.Column("actor_role", sa.Text, nullable=False),
        sa.Column("target_state", sa.Text),
        sa.Column("target_role", sa.Text),
        sa.Column("dyad", sa.Text),
        sa.Column("earliest", sa.Text),
        sa.Column("latest", sa.Text),
        sa.Column("channel", sa.Text),
        sa.Column("issue", sa.Text, nullable=False),
        sa.Column("realis", sa.Text, nullable=False),
        sa.Column("background", sa.Boolean, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("same_as", sa.Text),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("trigger_start", sa.Integer, nullable=False),
        sa.Column("trigger_end", sa.Integer, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_index("acts_doc", "acts", ["doc", "start"])
    op.create_index("acts_kind", "acts", ["kind"])
    op.create_index("acts_earliest", "acts", ["earliest"])
    op.create_index("acts_same_as", "acts", ["same_as"])
    op.create_table(
        "act_states",
        sa.Column("act", sa.Text, sa.ForeignKey("acts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("side", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, primary_key=True),
    )
    op.create_index("act_states_state", "act_states", ["state", "side"])
    op.create_table(
        "act_dyads",
        sa.Column("act", sa.Text, sa.ForeignKey("acts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("dyad", sa.Text, primary_key=True),
    )
    op.create_index("act_dyads_dyad", "act_dyads", ["dyad"])


def _derived() -> None:
    op.create_table(
        "links",
        sa.Column("scope", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("answer", sa.Text, sa.ForeignKey("acts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("offer", sa.Text, sa.ForeignKey("acts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_index("links_answer", "links", ["answer"])
    op.create_index("links_offer", "links", ["offer"])
    op.create_table(
        "merges",
        sa.Column("scope", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("report", sa.Text, sa.ForeignKey("acts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("act", sa.Text, sa.ForeignKey("acts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_index("merges_report", "merges", ["report"])
    op.create_index("merges_act", "merges", ["act"])
    op.create_table(
        "problems",
        sa.Column("scope", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("doc", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_index("problems_doc", "problems", ["doc"])
    op.create_index("problems_code", "problems", ["code"])
    op.create_table(
        "stale",
        sa.Column("dyad", sa.Text, primary_key=True),
        sa.Column("token", sa.Text, nullable=False),
    )
