"""What is found between documents is kept by act instead of by dyad; judgements; sketches of documents."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Drop what was linked by dyad, and have all first mentions compared anew."""
    op.add_column("documents", sa.Column("sketch", sa.LargeBinary))
    op.add_column("acts", sa.Column("day", sa.Text))
    op.create_index("acts_day", "acts", ["day"])
    _filed()
    _judgements()
    op.create_table(
        "changes",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("act", sa.Text),
        sa.Column("actor", sa.Text),
        sa.Column("target", sa.Text),
        sa.Column("kind", sa.Text),
        sa.Column("day", sa.Text),
        sqlite_autoincrement=True,
    )
    for table in ("merges", "links", "problems"):
        op.execute(f"DELETE FROM {table} WHERE scope LIKE '%-%'")  # noqa: S608 - names of our own
    op.execute("INSERT INTO changes (act) SELECT id FROM acts WHERE same_as IS NULL ORDER BY id")
    op.drop_table("stale")
    op.execute("PRAGMA user_version = 2")


def _filed() -> None:
    op.create_table(
        "filed",
        sa.Column("act", sa.Text, sa.ForeignKey("acts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("actor", sa.Text, primary_key=True),
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
    )
    op.create_index("filed_pair", "filed", ["actor", "target", "kind", "day", "act"])
    op.create_index("filed_actor", "filed", ["actor", "kind", "day", "act"])
    op.create_index("filed_target", "filed", ["target", "kind", "day", "act"])


def _judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("joined", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_index("judgements_subject", "judgements", ["subject"])
