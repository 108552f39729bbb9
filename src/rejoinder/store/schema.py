"""The tables of a book as the newest migration leaves them.

``migrations/`` creates them; a test holds the two together. Records are kept whole as JSON in ``record``; the other
columns repeat what queries filter on. ``scope`` says what a row was derived from and is replaced with: a document's id,
or an act's for what was decided between documents about that act.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, false

from rejoinder.store.summaries import add_to

__all__ = [
    "APPLICATION_ID",
    "FULL_TEXT",
    "HEAD",
    "RULES",
    "SUMMARIES",
    "VERSION",
    "act_dyads",
    "act_states",
    "acts",
    "changes",
    "documents",
    "dyads",
    "figures",
    "filed",
    "judgements",
    "links",
    "listed",
    "merges",
    "meta",
    "metadata",
    "months",
    "originals",
    "pairings",
    "problems",
    "runs",
    "sources",
    "tallies",
    "threaded",
    "unsummed",
]

APPLICATION_ID = 0x524A4452
"""``PRAGMA application_id`` of a book: "RJDR"."""

VERSION = 6
"""``PRAGMA user_version`` of the schema below; a migration adds one."""

HEAD = "0006"
"""The newest migration."""

FULL_TEXT = "documents_words"
"""The FTS5 table over documents, kept up by triggers."""

RULES = "rules"
"""Under this name ``meta`` holds a digest of the rules that decisions between documents rest on."""

SUMMARIES = "summaries"
"""Under this name ``meta`` holds a digest of the rules that summaries rest on."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What holds for the book as a whole."""

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("settings", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("origin", Text, nullable=False),
    Column("published", Text),
    Column("status", Text, nullable=False),
    Column("coded_as", Text, nullable=False),
    Column("run", Text, ForeignKey("runs.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("sketch", LargeBinary),
    Column("author", Text),
    Column("dated_by", Text),
    Index("documents_name", "name"),
    Index("documents_published", "published"),
    Index("documents_status", "status", "n"),
)

sources = Table(
    "sources",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("doc", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("origin", Text, nullable=False),
    Column("published", Text),
    Column("author", Text),
    Column("dated_by", Text),
    Index("sources_doc", "doc"),
    Index("sources_name", "name"),
    Index("sources_outlet", "outlet", "doc"),
)

acts = Table(
    "acts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("doc", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor_state", Text),
    Column("actor_role", Text, nullable=False),
    Column("target_state", Text),
    Column("target_role", Text),
    Column("dyad", Text),
    Column("earliest", Text),
    Column("latest", Text),
    Column("channel", Text),
    Column("issue", Text, nullable=False),
    Column("realis", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("same_as", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Column("day", Text),
    Column("reviewed", Boolean, nullable=False, server_default=false()),
    Index("acts_doc", "doc", "start"),
    Index("acts_kind", "kind"),
    Index("acts_earliest", "earliest"),
    Index("acts_same_as", "same_as"),
    Index("acts_day", "day"),
    Index("acts_reviewed", "reviewed", "score", "id"),
)
"""``reviewed``: somebody judged the act, and that stands."""

act_states = Table(
    "act_states",
    metadata,
    Column("act", Text, ForeignKey("acts.id", ondelete="CASCADE"), primary_key=True),
    Column("side", Text, primary_key=True),
    Column("state", Text, primary_key=True),
    Index("act_states_state", "state", "side"),
)

act_dyads = Table(
    "act_dyads",
    metadata,
    Column("act", Text, ForeignKey("acts.id", ondelete="CASCADE"), primary_key=True),
    Column("dyad", Text, primary_key=True),
    Index("act_dyads_dyad", "dyad"),
)

links = Table(
    "links",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("answer", Text, ForeignKey("acts.id", ondelete="CASCADE"), nullable=False),
    Column("offer", Text, ForeignKey("acts.id", ondelete="CASCADE"), nullable=False),
    Column("how", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("record", Text, nullable=False),
    Index("links_id", "id"),
    Index("links_answer", "answer"),
    Index("links_offer", "offer"),
)

merges = Table(
    "merges",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("report", Text, ForeignKey("acts.id", ondelete="CASCADE"), nullable=False),
    Column("act", Text, ForeignKey("acts.id", ondelete="CASCADE"), nullable=False),
    Column("score", Float, nullable=False),
    Column("record", Text, nullable=False),
    Index("merges_id", "id"),
    Index("merges_report", "report"),
    Index("merges_act", "act"),
)

problems = Table(
    "problems",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("doc", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("stage", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("record", Text, nullable=False),
    Index("problems_doc", "doc"),
    Index("problems_code", "code"),
)

filed = Table(
    "filed",
    metadata,
    Column("act", Text, ForeignKey("acts.id", ondelete="CASCADE"), primary_key=True),
    Column("actor", Text, primary_key=True),
    Column("target", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("day", Text, nullable=False),
    Index("filed_pair", "actor", "target", "kind", "day", "act"),
    Index("filed_actor", "actor", "kind", "day", "act"),
    Index("filed_target", "target", "kind", "day", "act"),
)
"""Under which pairs of states, and on which day (``acts.day``), an act is looked up from other documents."""

changes = Table(
    "changes",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("act", Text),
    Column("actor", Text),
    Column("target", Text),
    Column("kind", Text),
    Column("day", Text),
    sqlite_autoincrement=True,
)
"""What has changed since acts were last compared across documents: an interrupted run is finished by the next.

A row names an act that came or was judged, or else says where an act was filed that is gone.
"""

judgements = Table(
    "judgements",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("subject", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("joined", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("doc", Text),
    Column("by", Text),
    Column("batch", Text),
    Index("judgements_subject", "subject", "n"),
    Index("judgements_doc", "doc", "n"),
    Index("judgements_by", "by", "n"),
    Index("judgements_what", "what", "n"),
)
"""What people said, in the order they said it. ``joined`` is the record judged, a ``what``: act, link or merge.

``doc`` is the document of an act, or of both ends of a link. Rows are only ever added; they outlive the acts, which may
come back.
"""

originals = Table(
    "originals",
    metadata,
    Column("doc", Text, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("record", Text, nullable=False),
)
"""What the coder by itself found in a document in which something is judged; there ``acts`` holds what people left."""

_summaries = add_to(metadata)
unsummed, listed, threaded = (_summaries[name] for name in ("unsummed", "listed", "threaded"))
tallies, pairings, months, dyads, figures = (
    _summaries[name] for name in ("tallies", "pairings", "months", "dyads", "figures")
)
