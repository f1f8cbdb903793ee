"""Documents, attempts, raw pages, texts, versions and quarantine."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from watcher.model.alert import Event, Letter
from watcher.model.fetched import Attempt, Fetched, Validators
from watcher.model.finding import Change
from watcher.model.folding import digest, fold
from watcher.model.source import Document
from watcher.model.text import DocumentText
from watcher.model.version import Doubt, Evidence, KnownPage, Quarantined, Version, VersionKind
from watcher.store import outbox, schema
from watcher.store.packing import from_json, pack, pack_json, to_json, unpack, unpack_json


class Archive:
    """What was seen, and when. Every method is one transaction: either all of it is kept or nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)

    # What is known

    def latest(self, document: str) -> Version | None:
        """The version that stands, or None before the first."""
        table = schema.version
        query = select(table).where(table.c.document == document).order_by(table.c.number.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return _version(row) if row else None

    def versions(self, document: str) -> tuple[Version, ...]:
        """All versions, oldest first."""
        table = schema.version
        query = select(table).where(table.c.document == document).order_by(table.c.number)
        with self._engine.connect() as connection:
            return tuple(_version(row) for row in connection.execute(query))

    def text(self, text_digest: str) -> DocumentText:
        """A kept text by its digest; raises `KeyError` when there is none."""
        query = select(schema.text.c.packed).where(schema.text.c.digest == text_digest)
        with self._engine.connect() as connection:
            packed = connection.execute(query).scalar()
        if packed is None:
            raise KeyError(text_digest)
        return unpack_json(DocumentText, packed)

    def version_like(self, document: str, loose: str) -> Version | None:
        """The oldest version whose text is the same but for punctuation, glyphs and numbering."""
        table = schema.version
        query = (
            select(table)
            .join(schema.text, schema.text.c.digest == table.c.text)
            .where(table.c.document == document, schema.text.c.loose == loose)
            .order_by(table.c.number)
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return _version(row) if row else None

    def pages(self, document: str) -> tuple[KnownPage, ...]:
        """The last good answers, in the order of the document's pages."""
        table = schema.page
        query = select(table).where(table.c.document == document).order_by(table.c.position)
        with self._engine.connect() as connection:
            return tuple(_page(row) for row in connection.execute(query))

    def raw(self, sha256: str) -> bytes:
        """A raw page by the SHA-256 of its bytes; raises `KeyError` when there is none."""
        query = select(schema.blob.c.packed).where(schema.blob.c.sha256 == sha256)
        with self._engine.connect() as connection:
            packed = connection.execute(query).scalar()
        if packed is None:
            raise KeyError(sha256)
        return unpack(packed)

    def waiting(self, document: str) -> tuple[Quarantined, ...]:
        """Texts that wait for a later fetch to confirm them, newest first."""
        table = schema.quarantine
        query = (
            select(table)
            .where(table.c.document == document, table.c.waiting)
            .order_by(table.c.at.desc(), table.c.id.desc())
        )
        with self._engine.connect() as connection:
            return tuple(_quarantined(row) for row in connection.execute(query))

    def quarantined(self, document: str) -> tuple[Quarantined, ...]:
        """Every page that was refused, oldest first."""
        table = schema.quarantine
        query = select(table).where(table.c.document == document).order_by(table.c.at, table.c.id)
        with self._engine.connect() as connection:
            return tuple(_quarantined(row) for row in connection.execute(query))

    def told(self, document: str, change: Change) -> bool:
        """Whether the same change of the same words was announced of this document before."""
        table = schema.change
        query = select(table.c.event).where(
            table.c.document == document,
            table.c.told == _told(change),
            table.c.category == change.category,
            table.c.kind == change.change.value,
        )
        with self._engine.connect() as connection:
            return connection.execute(query.limit(1)).first() is not None

    # What is written

    def remember(self, documents: Iterable[Document]) -> None:
        """Keep the definitions of the documents that are watched now; history under other keys stays."""
        rows = [
            {"key": d.key, "service": d.service, "definition": to_json(Document, d), "failures": 0}
            for d in documents
        ]
        if not rows:
            return
        statement = insert(schema.document)
        statement = statement.on_conflict_do_update(
            index_elements=["key"],
            set_={"service": statement.excluded.service, "definition": statement.excluded.definition},
        )
        with self._writing.begin() as connection:
            connection.execute(statement, rows)

    def attempted(self, document: str, attempts: Sequence[Attempt]) -> None:
        """Keep the record of tries; raw bytes are kept only with a version or in quarantine."""
        if not attempts:
            return
        rows = [{"document": document, **to_json(Attempt, a), "at": a.at} for a in attempts]
        with self._writing.begin() as connection:
            connection.execute(schema.attempt.insert(), rows)

    def failed(self, document: str, *, at: datetime, reason: str, detail: str) -> None:
        """No page was had: the last good version stands, and the failure is counted."""
        with self._writing.begin() as connection:
            _checked(connection, document, at, reason=reason, detail=detail)

    def unchanged(
        self, document: str, *, at: datetime, pages: Sequence[KnownPage], fetched: Sequence[Fetched]
    ) -> None:
        """The document stands as it stood; what the server gave to ask with next time is renewed."""
        with self._writing.begin() as connection:
            _checked(connection, document, at)
            needed = {page.sha256 for page in pages}
            _keep_raw(connection, [one for one in fetched if one.sha256 in needed])
            _renew_pages(connection, document, pages)
            _release(connection, document)

    def refused(
        self,
        document: str,
        quarantined: Quarantined,
        *,
        fetched: Sequence[Fetched],
        text: DocumentText | None,
        waiting: bool,
    ) -> None:
        """The page is not the document: keep it with its bytes and the reason, and count the failure."""
        with self._writing.begin() as connection:
            _keep_raw(connection, fetched)
            if text is not None:
                _keep_text(connection, text)
            connection.execute(
                schema.quarantine.insert(),
                {
                    "document": document,
                    "at": quarantined.at,
                    "doubt": quarantined.doubt.value,
                    "detail": quarantined.detail,
                    "waiting": waiting,
                    "text": text.digest if text is not None else None,
                    "evidence": to_json(tuple[Evidence, ...], quarantined.evidence),
                },
            )
            _checked(
                connection,
                document,
                quarantined.at,
                reason=quarantined.doubt.value,
                detail=quarantined.detail,
            )

    def record(
        self,
        version: Version,
        *,
        at: datetime,
        text: DocumentText,
        before: DocumentText | None,
        pages: Sequence[KnownPage],
        fetched: Sequence[Fetched],
        event: Event | None = None,
        letters: Sequence[Letter] = (),
    ) -> None:
        """A new version with everything that follows from it, in one transaction.

        `text` and `before` are kept by their digests (`before` may have been read anew from old raw pages); the
        event's letters go to the outbox, where each exists once.
        """
        with self._writing.begin() as connection:
            _keep_raw(connection, fetched)
            for one in (text, before):
                if one is not None:
                    _keep_text(connection, one)
            connection.execute(
                schema.version.insert(),
                {
                    "document": version.document,
                    "number": version.number,
                    "kind": version.kind.value,
                    "seen_at": version.seen_at,
                    "confirmed_at": version.confirmed_at,
                    "text": version.text,
                    "returns_to": version.returns_to,
                    "extractor": version.extractor,
                    "selectors": version.selectors,
                    "rules": version.rules,
                    "evidence": to_json(tuple[Evidence, ...], version.evidence),
                },
            )
            _renew_pages(connection, version.document, pages)
            _checked(connection, version.document, at)
            _release(connection, version.document)
            if event is not None:
                _keep_event(connection, event)
                outbox.add(connection, letters)


def _keep_raw(connection: Connection, fetched: Sequence[Fetched]) -> None:
    known = schema.blob.c.sha256
    for one in fetched:
        if connection.execute(select(known).where(known == one.sha256)).first() is None:
            connection.execute(
                schema.blob.insert(), {"sha256": one.sha256, "size": len(one.body), "packed": pack(one.body)}
            )


def _keep_text(connection: Connection, text: DocumentText) -> None:
    connection.execute(
        insert(schema.text).on_conflict_do_nothing(),
        {
            "digest": text.digest,
            "loose": text.loose_digest,
            "language": text.language,
            "words": text.words,
            "packed": pack_json(DocumentText, text),
        },
    )


def _renew_pages(connection: Connection, document: str, pages: Sequence[KnownPage]) -> None:
    connection.execute(delete(schema.page).where(schema.page.c.document == document))
    connection.execute(
        schema.page.insert(),
        [
            {
                "document": document,
                "position": position,
                "url": page.url,
                "final_url": page.final_url,
                "etag": page.validators.etag,
                "last_modified": page.validators.last_modified,
                "content_type": page.content_type,
                "sha256": page.sha256,
                "glance": page.glance,
            }
            for position, page in enumerate(pages)
        ],
    )


def _checked(
    connection: Connection, document: str, at: datetime, *, reason: str = "", detail: str = ""
) -> None:
    table = schema.document
    values: dict[str, Any] = {"last_check": at, "reason": reason, "detail": detail}
    if reason:
        values["failures"] = table.c.failures + 1
    else:
        values |= {"failures": 0, "last_good": at}
    connection.execute(update(table).where(table.c.key == document).values(values))


def _release(connection: Connection, document: str) -> None:
    # A healthy check settles what waited: it was confirmed, or it did not last.
    table = schema.quarantine
    connection.execute(
        update(table).where(table.c.document == document, table.c.waiting).values(waiting=False)
    )


def _keep_event(connection: Connection, event: Event) -> None:
    connection.execute(
        schema.event.insert(),
        {
            "id": event.id,
            "document": event.document.key,
            "old": event.old,
            "new": event.new,
            "old_text": event.old_text,
            "new_text": event.new_text,
            "seen_at": event.seen_at,
        },
    )
    connection.execute(
        schema.change.insert(),
        [
            {
                "event": event.id,
                "position": position,
                "document": event.document.key,
                "category": change.category,
                "kind": change.change.value,
                "told": _told(change),
                "whole": to_json(Change, change),
            }
            for position, change in enumerate(event.changes)
        ],
    )


def _told(change: Change) -> str:
    return digest(fold(change.quote))


def _version(row: Row[Any]) -> Version:
    return Version(
        document=row.document,
        number=row.number,
        kind=VersionKind(row.kind),
        seen_at=row.seen_at,
        text=row.text,
        extractor=row.extractor,
        selectors=row.selectors,
        evidence=from_json(tuple[Evidence, ...], row.evidence),
        returns_to=row.returns_to,
        confirmed_at=row.confirmed_at,
        rules=row.rules,
    )


def _page(row: Row[Any]) -> KnownPage:
    return KnownPage(
        url=row.url,
        final_url=row.final_url,
        validators=Validators(row.etag, row.last_modified),
        content_type=row.content_type,
        sha256=row.sha256,
        glance=row.glance,
    )


def _quarantined(row: Row[Any]) -> Quarantined:
    return Quarantined(
        document=row.document,
        at=row.at,
        doubt=Doubt(row.doubt),
        detail=row.detail,
        evidence=from_json(tuple[Evidence, ...], row.evidence),
        text=row.text,
    )


def count_versions(connection: Connection) -> dict[str, int]:
    """How many versions each document has."""
    table = schema.version
    query = select(table.c.document, func.count()).group_by(table.c.document)
    return {row[0]: row[1] for row in connection.execute(query)}
