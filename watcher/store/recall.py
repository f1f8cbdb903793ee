"""What the archive knows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select

from watcher.errors import DamagedError
from watcher.model.fetched import Answer, Validators
from watcher.model.finding import Change
from watcher.model.folding import digest, fold
from watcher.model.text import DocumentText
from watcher.model.version import (
    Doubt,
    Evidence,
    KnownPage,
    Quarantined,
    QuarantineState,
    Version,
    VersionKind,
)
from watcher.store import schema
from watcher.store.packing import from_json, unpack, unpack_json


class Recall:
    """Documents, raw pages, texts, versions and quarantine, as they were seen."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def latest(self, document: str) -> Version | None:
        """The version that stands, or None before the first."""
        table = schema.version
        query = select(table).where(table.c.document == document).order_by(table.c.number.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return _version(row) if row else None

    def unjudged_return(self, document: str) -> Version | None:
        """The version that stands when it is a return whose meaning was not judged yet."""
        latest = self.latest(document)
        return latest if latest and latest.kind is VersionKind.RETURN and not latest.rules else None

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
        try:
            return unpack_json(DocumentText, packed)
        except DamagedError as error:
            raise DamagedError(error.what, where=f"text {text_digest}", remedy=error.remedy) from error

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

    def addresses(self, document: str) -> dict[str, str]:
        """Where pages stand now that moved, by the address in the config."""
        table = schema.move
        query = select(table.c.url, table.c.address).where(table.c.document == document, table.c.settled)
        with self._engine.connect() as connection:
            return {row.url: row.address for row in connection.execute(query)}

    def raw(self, sha256: str) -> bytes:
        """A raw page by the SHA-256 of its bytes; raises `KeyError` when there is none."""
        query = select(schema.blob.c.packed).where(schema.blob.c.sha256 == sha256)
        with self._engine.connect() as connection:
            packed = connection.execute(query).scalar()
        if packed is None:
            raise KeyError(sha256)
        try:
            return unpack(packed)
        except DamagedError as error:
            raise DamagedError(error.what, where=f"page {sha256}", remedy=error.remedy) from error

    def answer(self, document: str, page: Evidence) -> Answer | None:
        """What the server said when it gave the bytes of a page: the latest such answer up to when the page was seen.

        A store of an older program knows it from its record of tries, with few headers; None when nothing is known.
        """
        answer, attempt = schema.answer, schema.attempt
        kept = (
            select(answer)
            .where(answer.c.sha256 == page.sha256, answer.c.url == page.url, answer.c.at <= page.fetched_at)
            .order_by(answer.c.at.desc(), answer.c.id.desc())
        )
        tried = (
            select(attempt)
            .where(
                attempt.c.document == document,
                attempt.c.url == page.url,
                attempt.c.sha256 == page.sha256,
                attempt.c.outcome == "fetched",
                attempt.c.at <= page.fetched_at,
            )
            .order_by(attempt.c.at.desc(), attempt.c.id.desc())
        )
        with self._engine.connect() as connection:
            if row := connection.execute(kept.limit(1)).first():
                return _answer(row, row.redirects)
            if row := connection.execute(tried.limit(1)).first():
                return _answer(row, (), whole=False)
        return None

    def unmodified(self, document: str, page: Evidence, since: datetime) -> Answer | None:
        """The last answer after `since`, up to when the page was seen, that nothing changed (304); None without one."""
        attempt = schema.attempt
        query = (
            select(attempt)
            .where(
                attempt.c.document == document,
                attempt.c.url == page.url,
                attempt.c.outcome == "unchanged",
                attempt.c.at > since,
                attempt.c.at <= page.fetched_at,
            )
            .order_by(attempt.c.at.desc(), attempt.c.id.desc())
        )
        with self._engine.connect() as connection:
            row = connection.execute(query.limit(1)).first()
        return _answer(row, (), whole=False) if row else None

    def waiting(self, document: str) -> tuple[Quarantined, ...]:
        """Texts that wait for a later fetch to confirm them, newest first."""
        table = schema.quarantine
        query = (
            select(table)
            .where(table.c.document == document, table.c.state == QuarantineState.WAITING)
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

    def quarantined_lately(self, document: str, most: int) -> tuple[tuple[Quarantined, ...], int]:
        """The latest pages that were refused, at most so many, and how many there are."""
        table = schema.quarantine
        mine = table.c.document == document
        query = select(table).where(mine).order_by(table.c.at.desc(), table.c.id.desc()).limit(most)
        with self._engine.connect() as connection:
            total = connection.execute(select(func.count()).select_from(table).where(mine)).scalar()
            return tuple(_quarantined(row) for row in connection.execute(query)), total or 0

    def quarantine_entry(self, number: int) -> Quarantined:
        """A refused page by its id; raises `KeyError` when there is none."""
        query = select(schema.quarantine).where(schema.quarantine.c.id == number)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise KeyError(number)
        return _quarantined(row)

    def rejected(self, document: str, loose: str) -> bool:
        """Whether an operator rejected a text that is the same but for punctuation, glyphs and numbering."""
        table = schema.quarantine
        query = (
            select(table.c.id)
            .join(schema.text, schema.text.c.digest == table.c.text)
            .where(
                table.c.document == document,
                table.c.state == QuarantineState.REJECTED,
                schema.text.c.loose == loose,
            )
        )
        with self._engine.connect() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def told(self, document: str, change: Change) -> bool:
        """Whether the same change of the same words was announced of this document before."""
        table = schema.change
        query = select(table.c.event).where(
            table.c.document == document,
            table.c.told == told_key(change),
            table.c.category == change.category,
            table.c.kind == change.change.value,
        )
        with self._engine.connect() as connection:
            return connection.execute(query.limit(1)).first() is not None


def told_key(change: Change) -> str:
    """What makes two changes of one kind the same news: the words of the quote."""
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


def _answer(row: Row[Any], redirects: Sequence[str], *, whole: bool = True) -> Answer:
    return Answer(
        url=row.url,
        final_url=row.final_url or row.url,
        at=row.at,
        status=row.status or 200,
        headers=tuple((name, value) for name, value in row.headers),
        sha256=row.sha256 or "",
        redirects=tuple(redirects),
        whole=whole,
    )


def _page(row: Row[Any]) -> KnownPage:
    return KnownPage(
        url=row.url,
        final_url=row.final_url,
        validators=Validators(row.etag, row.last_modified),
        content_type=row.content_type,
        sha256=row.sha256,
        glance=row.glance,
        reading=row.reading,
    )


def _quarantined(row: Row[Any]) -> Quarantined:
    return Quarantined(
        document=row.document,
        at=row.at,
        doubt=Doubt(row.doubt),
        detail=row.detail,
        evidence=from_json(tuple[Evidence, ...], row.evidence),
        text=row.text,
        state=QuarantineState(row.state),
        id=row.id,
    )


def count_versions(connection: Connection) -> dict[str, int]:
    """How many versions each document has."""
    table = schema.version
    query = select(table.c.document, func.count()).group_by(table.c.document)
    return {row[0]: row[1] for row in connection.execute(query)}
