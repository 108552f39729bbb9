"""Acts can be judged: judgements know their document and who made them, and what the coder found is kept beside."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

_INSIDE = """
UPDATE judgements SET doc = (
    SELECT answer.doc FROM acts AS answer JOIN acts AS offer ON offer.doc = answer.doc
    WHERE answer.id = json_extract(judgements.joined, '$.answer')
      AND offer.id = json_extract(judgements.joined, '$.offer')
) WHERE what = 'link'
"""


def upgrade() -> None:
    """Add the columns and the table; of old judgements, those of links inside a document belong to it."""
    for name in ("doc", "by", "batch"):
        op.add_column("judgements", sa.Column(name, sa.Text))
    op.execute("UPDATE judgements SET \"by\" = json_extract(record, '$.by')")
    op.execute(_INSIDE)
    op.drop_index("judgements_subject", "judgements")
    for name in ("subject", "doc", "by", "what"):
        op.create_index(f"judgements_{name}", "judgements", [name, "n"])
    op.add_column("acts", sa.Column("reviewed", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("acts_reviewed", "acts", ["reviewed", "score", "id"])
    op.create_table(
        "originals",
        sa.Column("doc", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.execute("PRAGMA user_version = 5")
