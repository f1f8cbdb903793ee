"""What is written when something was seen: each step one transaction, either all of it kept or nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from watcher.model.alert import Event, Notice
from watcher.model.fetched import Attempt, Fetched
from watcher.model.finding import Change
from watcher.model.sighting import Move, Sighting
from watcher.model.source import Document
from watcher.model.standing import Says
from watcher.model.text import DocumentText
from watcher.model.version import Evidence, KnownPage, Quarantined, QuarantineState, Version
from watcher.store import findings, schema, stamps
from watcher.store import notices as told
from watcher.store import sightings as kept_sightings
from watcher.store.packing import pack, pack_json, to_json
from watcher.store.recall import Recall, told_key
from watcher.store.search import index


class Archive(Recall):
    """The archive, to read and to write."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._writing = engine.execution_options(write=True)

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
            table = schema.document
            known = {row.key: row for row in connection.execute(select(table.c.key, table.c.definition))}
            if any(
                row["key"] not in known or known[row["key"]].definition != row["definition"] for row in rows
            ):
                connection.execute(statement, rows)
                stamps.bump(connection)
                stamps.bump(connection, stamps.DOCUMENTS)

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
        self,
        document: str,
        *,
        at: datetime,
        pages: Sequence[KnownPage],
        fetched: Sequence[Fetched],
        known: Sequence[KnownPage] = (),
    ) -> None:
        """The document stands as it stood; what the server gave to ask with next time is renewed.

        `known` is what `pages` gave before; nothing of it is written again.
        """
        with self._writing.begin() as connection:
            _checked(connection, document, at)
            if tuple(pages) != tuple(known):
                needed = {page.sha256 for page in pages} - {page.sha256 for page in known}
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
                    "state": quarantined.state.value,
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
            stamps.bump(connection)

    def decide(self, number: int, state: QuarantineState) -> None:
        """Write down what an operator decided about a refused page."""
        table = schema.quarantine
        with self._writing.begin() as connection:
            connection.execute(update(table).where(table.c.id == number).values(state=state.value))

    def record(
        self,
        version: Version,
        *,
        at: datetime,
        text: DocumentText,
        before: DocumentText | None,
        pages: Sequence[KnownPage],
        fetched: Sequence[Fetched],
        says: Says | None = None,
        event: Event | None = None,
        notices: Sequence[Notice] = (),
        sightings: Sequence[Sighting] = (),
        moves: Sequence[Move] = (),
    ) -> None:
        """A new version with everything that follows from it, in one transaction.

        `text` and `before` are kept by their digests (`before` may have been read anew from old raw pages); `says` is
        what the text says, None when that is known or left for later; `notices` say who is to be told of the event.
        `sightings` are for the operator, `moves` addresses to try that a hub gave.
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
            index.add_version(connection, version.document, version.number, version.seen_at, text)
            if says is not None:
                findings.keep(connection, version.text, says)
            _renew_pages(connection, version.document, pages)
            _checked(connection, version.document, at)
            _release(connection, version.document)
            stamps.bump(connection)
            kept_sightings.add(connection, sightings)
            kept_sightings.suppose(connection, moves)
            if event is not None:
                _keep_event(connection, event)
                told.add(connection, notices)

    def judged(self, version: Version, event: Event | None, notices: Sequence[Notice]) -> None:
        """A recorded version was judged by the rules that it names: keep what that gave, in one transaction."""
        table = schema.version
        place = table.c.document == version.document, table.c.number == version.number
        with self._writing.begin() as connection:
            connection.execute(update(table).where(*place).values(rules=version.rules))
            stamps.bump(connection)
            if event is not None:
                _keep_event(connection, event)
                told.add(connection, notices)

    def replace_events(self, document: str, events: Sequence[Event]) -> None:
        """Put `events` in the place of a document's recorded ones.

        One that somebody was told of, or that a reader wrote about, is kept, empty.
        """
        event, change, notice = schema.event, schema.change, schema.notice
        kept = {one.id for one in events}
        with self._writing.begin() as connection:
            index.remove_changes(connection, document)
            stamps.bump(connection)
            stamps.bump(connection, stamps.READINGS)
            connection.execute(delete(change).where(change.c.document == document))
            named = {
                row.event
                for table in (schema.outbox, schema.withdrawal, schema.wrong_reading)
                for row in connection.execute(select(table.c.event).distinct())
            }
            announced = select(notice.c.about).where(notice.c.kind == "event").distinct()
            named |= {row.about for row in connection.execute(announced)}
            known = {
                row.id for row in connection.execute(select(event.c.id).where(event.c.document == document))
            }
            connection.execute(delete(event).where(event.c.id.in_(known - kept - named)))
            for one in events:
                if one.id in known:
                    _keep_changes(connection, one)
                else:
                    _keep_event(connection, one)


def _keep_raw(connection: Connection, fetched: Sequence[Fetched]) -> None:
    known = schema.blob.c.sha256
    for one in fetched:
        if connection.execute(select(known).where(known == one.sha256)).first() is None:
            connection.execute(
                schema.blob.insert(), {"sha256": one.sha256, "size": len(one.body), "packed": pack(one.body)}
            )
        if one.answered:
            _keep_answer(connection, one)


def _keep_answer(connection: Connection, one: Fetched) -> None:
    connection.execute(
        schema.answer.insert(),
        {
            "sha256": one.sha256,
            "url": one.url,
            "final_url": one.final_url,
            "at": one.fetched_at,
            "status": one.status,
            # Cookies belong to the visit and not to the page; a session that gets published may still be open.
            "headers": [list(pair) for pair in one.headers if pair[0] != "set-cookie"],
            "redirects": list(one.redirects),
        },
    )


def _keep_text(connection: Connection, text: DocumentText) -> None:
    known = schema.text.c.digest
    if connection.execute(select(known).where(known == text.digest)).first() is not None:
        return
    connection.execute(
        schema.text.insert(),
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
    if not pages:
        return
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
                "reading": page.reading,
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
        values["failing_since"] = func.coalesce(table.c.failing_since, bindparam("at", at, schema.Moment))
    else:
        values |= {"failures": 0, "failing_since": None, "last_good": at}
    connection.execute(update(table).where(table.c.key == document).values(values))


def _release(connection: Connection, document: str) -> None:
    # A healthy check settles what was refused or waited: it was confirmed, or it did not last.
    table = schema.quarantine
    open_ones = table.c.state.in_((QuarantineState.WAITING, QuarantineState.REFUSED))
    connection.execute(
        update(table).where(table.c.document == document, open_ones).values(state=QuarantineState.SETTLED)
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
    _keep_changes(connection, event)


def _keep_changes(connection: Connection, event: Event) -> None:
    connection.execute(
        schema.change.insert(),
        [
            {
                "event": event.id,
                "position": position,
                "document": event.document.key,
                "category": change.category,
                "kind": change.change.value,
                "severity": change.severity,
                "told": told_key(change),
                "whole": to_json(Change, change),
            }
            for position, change in enumerate(event.changes)
        ],
    )
    index.add_changes(connection, event.id, event.changes)
