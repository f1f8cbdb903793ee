"""The tables. Alembic's migrations make them; a test keeps both alike."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
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
    Column("failing_since", Moment),
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

subscriber = Table(
    "subscriber",
    metadata,
    Column("address", String(320), primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("wishes", JSON, nullable=False),
)

# Asked for on the site and not confirmed yet; a row goes when it is confirmed, and in any case when its link expires.
request = Table(
    "request",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("address", String(320), nullable=False, index=True),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("wishes", JSON, nullable=False),
)

# What counts towards a limit: when, and a keyed digest of the address or network, which does not tell either.
asked = Table(
    "asked",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Index(None, "key", "at"),
)

suggestion = Table(
    "suggestion",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("platform", String(200), nullable=False),
    Column("url", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# A reader's word that a reading is wrong; `position` is the change within the event, empty for all of it.
wrong_reading = Table(
    "wrong_reading",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("event", ForeignKey("event.id"), nullable=False, index=True),
    Column("position", Integer),
    Column("note", Text, nullable=False),
    Column("address", String(320), nullable=False, index=True),
    Column("language", String(35), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(20), nullable=False, server_default="open"),
)

# That a subscriber (or a channel) is to be told something; written with it. `settled_at` is when a letter was made of
# it, or when it was seen that there is nothing to tell; `told` are the keys of the changes in that letter.
notice = Table(
    "notice",
    metadata,
    Column("subscriber", String(100), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("about", String(40), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("held_until", Moment),
    Column("settled_at", Moment, index=True),
    Column("letter", String(200), index=True),
    Column("told", JSON),
    Index(None, "kind", "about"),
)

# A finding that was marked wrong; `whole` is the change as it was told.
withdrawal = Table(
    "withdrawal",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("event", ForeignKey("event.id"), nullable=False, index=True),
    Column("change", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("note", Text, nullable=False),
    Column("whole", JSON, nullable=False),
)

# A platform of which nothing could be read for a week.
outage = Table(
    "outage",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("service", String(200), nullable=False, index=True),
    Column("since", Moment, nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("back_at", Moment),
)

# What the operator was told of: once when it began, once when it was over.
fact = Table(
    "fact",
    metadata,
    Column("topic", String(20), primary_key=True),
    Column("key", String(300), primary_key=True),
    Column("about", Text, nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("over_at", Moment),
)

# Addresses that a mail server refused for good, and how often in a row.
refused = Table(
    "refused",
    metadata,
    Column("address", String(320), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("problem", Text, nullable=False),
)

# What many letters share: subject, text and HTML with room for each one's own links, packed.
body = Table(
    "body",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)

# Letters to hand over; claimed, sent and failed are separate facts. A claim ends at `claimed_until`, or sooner when it
# is seen that whoever made it is dead; `claimed_at` stays as long as the letter may have been handed over.
# `tried_at` is when it last was not taken, `refused_since` when its recipient first refused it for now. `event` is
# empty for letters that tell of none or of several. `way` is "mail", or "channel:" and a channel's name.
outbox = Table(
    "outbox",
    metadata,
    Column("message_id", String(200), primary_key=True),
    Column("kind", String(20), nullable=False, server_default="alert"),
    Column("way", String(100), nullable=False, server_default="mail"),
    Column("event", ForeignKey("event.id")),
    Column("address", String(320), nullable=False, index=True),
    Column("letter", JSON, nullable=False),
    Column("body", ForeignKey("body.digest")),
    Column("written_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("next_try", Moment),
    Column("tried_at", Moment),
    Column("refused_since", Moment),
    Column("claimed_at", Moment),
    Column("claimed_by", String(32), index=True),
    Column("claimed_until", Moment),
    Column("sent_at", Moment, index=True),
    Column("failed_at", Moment),
    Column("problem", Text, nullable=False, default=""),
)

# What the operator should hear: documents on hubs that appear, move or are gone, and watched pages that moved.
sighting = Table(
    "sighting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(30), nullable=False),
    Column("service", String(200), nullable=False, index=True),
    Column("document", String(200), nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("concerns", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

# Where a page stands now that the config names by its address of before.
move = Table(
    "move",
    metadata,
    Column("document", String(200), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("how", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("tried", Boolean, nullable=False),
)
