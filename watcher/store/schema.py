"""The tables. Alembic's migrations make them; a test keeps both alike."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A time kept in UTC on every database; only times with a zone go in and come out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC without a zone, as SQLite keeps it."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


# Raw pages by the SHA-256 of their bytes, packed with zstandard.
blob = Table(
    "blob",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

# What a server said when it gave the bytes of a raw page, for proof: everything but cookies.
answer = Table(
    "answer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", ForeignKey("blob.sha256"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("final_url", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("redirects", JSON, nullable=False),
)

# Texts by their digest: the clauses as JSON, packed; `loose` is equal for texts that differ in looks only.
text = Table(
    "text",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("loose", String(64), nullable=False, index=True),
    Column("language", String(35), nullable=False),
    Column("words", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

# A watched document as it was last configured, and how its tracking goes.
document = Table(
    "document",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("service", String(200), nullable=False, index=True),
    Column("definition", JSON, nullable=False),
    Column("last_check", Moment),
    Column("last_good", Moment),
    Column("failures", Integer, nullable=False, default=0),
    Column("reason", String(40), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
)

# The last good answer for each page: what to ask with, and what to compare bytes and visible text with.
page = Table(
    "page",
    metadata,
    Column("document", ForeignKey("document.key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("final_url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("content_type", Text, nullable=False, default=""),
    Column("sha256", ForeignKey("blob.sha256"), nullable=False),
    Column("glance", String(64), nullable=False),
    Column("reading", String(120), nullable=False),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", ForeignKey("document.key"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("status", Integer),
    Column("final_url", Text),
    Column("headers", JSON, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64)),
    Column("duration", Float, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("detail", Text, nullable=False),
)

version = Table(
    "version",
    metadata,
    Column("document", ForeignKey("document.key"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("text", ForeignKey("text.digest"), nullable=False),
    Column("returns_to", Integer),
    Column("extractor", String(40), nullable=False),
    Column("selectors", String(64), nullable=False),
    Column("rules", String(80), nullable=False),
    Column("evidence", JSON, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", ForeignKey("document.key"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("doubt", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("text", ForeignKey("text.digest")),
    Column("evidence", JSON, nullable=False),
)

# A new version that changes what the document says; `id` depends on the document and both texts only.
event = Table(
    "event",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("document", String(200), nullable=False),
    Column("old", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("old_text", ForeignKey("text.digest"), nullable=False),
    Column("new_text", ForeignKey("text.digest"), nullable=False),
    Column("seen_at", Moment, nullable=False, index=True),
    ForeignKeyConstraint(["document", "old"], ["version.document", "version.number"]),
    ForeignKeyConstraint(["document", "new"], ["version.document", "version.number"]),
)

# Which rules read a text, or why none could; identical texts are read once, whatever documents they stand in.
judged = Table(
    "judged",
    metadata,
    Column("text", ForeignKey("text.digest"), primary_key=True),
    Column("rules", String(80), nullable=False),
    Column("unjudged", String(80), nullable=False),
)

# What a text says, in reading order.
finding = Table(
    "finding",
    metadata,
    Column("text", ForeignKey("judged.text"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("category", String(60), nullable=False, index=True),
    Column("rule", String(120), nullable=False),
    Column("clause", String(16), nullable=False, index=True),
    Column("polarity", String(20), nullable=False),
    Column("whole", JSON, nullable=False),
)

# Counts every change of a kind, so that whoever keeps pages sees at one glance whether they still hold.
stamp = Table(
    "stamp",
    metadata,
    Column("topic", String(20), primary_key=True),
    Column("count", Integer, nullable=False),
)

# `told` is the digest of the folded quote: the same thing is never told twice of one document.
change = Table(
    "change",
    metadata,
    Column("event", ForeignKey("event.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("document", String(200), nullable=False),
    Column("category", String(60), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("severity", String(20), nullable=False, server_default="low"),
    Column("told", String(64), nullable=False),
    Column("whole", JSON, nullable=False),
    Index(None, "document", "told"),
)

# Distinct wordings of clauses, which the index of words points to: each kept once, however many versions show it.
clause = Table(
    "clause",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("text", Text, nullable=False),
)

# The life of a clause in a document, as `watcher.model.life` tells it. `key` is the clause's identity, `clause` its
# last wording, `stays` all times in which it stood; `since` and `until` (null while it stands) bound them.
life = Table(
    "life",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", ForeignKey("document.key"), nullable=False),
    Column("key", String(16), nullable=False),
    Column("clause", ForeignKey("clause.id"), nullable=False, index=True),
    Column("path", JSON, nullable=False),
    Column("stays", JSON, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    UniqueConstraint("document", "key"),
)

# A number for each change, which the index of words points to.
change_entry = Table(
    "change_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event", String(16), nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("event", "position"),
    ForeignKeyConstraint(["event", "position"], ["change.event", "change.position"]),
)

subscriber = Table(
    "subscriber",
    metadata,
    Column("address", String(320), primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("wishes", JSON, nullable=False),
)

# One letter for each subscriber and event; claimed, sent and failed are separate facts. `event` is empty for letters
# that tell of none, such as one that asks to confirm an address.
outbox = Table(
    "outbox",
    metadata,
    Column("message_id", String(200), primary_key=True),
    Column("kind", String(20), nullable=False, server_default="alert"),
    Column("event", ForeignKey("event.id")),
    Column("address", String(320), nullable=False, index=True),
    Column("letter", JSON, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("next_try", Moment),
    Column("claimed_at", Moment),
    Column("sent_at", Moment, index=True),
    Column("failed_at", Moment),
    Column("problem", Text, nullable=False, default=""),
)
