"""Documents know who wrote them, and who says when they were published."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the two columns; of what was read before, neither is known."""
    for table in ("documents", "sources"):
        for name in ("author", "dated_by"):
            op.add_column(table, sa.Column(name, sa.Text))
    op.execute("PRAGMA user_version = 4")
