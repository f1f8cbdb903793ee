"""From what the store knows to what the API answers with."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from watcher.model.record import ChangeRecord, FindingRecord
from watcher.model.report import DocumentStatus
from watcher.model.search import ClauseHit
from watcher.model.source import Document, slug
from watcher.model.standing import Ledger, Stand
from watcher.model.text import DocumentText
from watcher.model.version import Evidence, Version
from watcher.site.paths import (
    change_page,
    document_page,
    evidence_file,
    feed,
    raw_file,
    service_page,
    text_file,
    version_page,
    versions_page,
)
from watcher.voice import Voice, stance
from watcher.web.api import links, shapes
from watcher.web.api.links import Links


class Maker:
    """Makes shapes with their addresses; words of its own are English."""

    def __init__(self, to: Links) -> None:
        self._to = to
        self._voice = Voice.of("en")
        self._document_refs = lru_cache(1_000)(self._document_ref)

    def service_ref(self, name: str) -> shapes.ServiceRef:
        """A platform, in short."""
        return shapes.ServiceRef(
            id=slug(name),
            url=self._to.api(f"services/{slug(name)}"),
            page=self._to.page(service_page(name)),
            name=name,
        )

    def service(self, documents: Sequence[Document]) -> shapes.Service:
        """A platform, from its documents."""
        name = documents[0].service
        return shapes.Service(
            **dict(self.service_ref(name)),
            groups=groups(documents),
            documents=len(documents),
            documents_url=self._to.api(f"services/{slug(name)}/documents"),
            feed=self._to.page(feed(name)),
        )

    def document_ref(self, document: Document) -> shapes.DocumentRef:
        """A document, in short; files name the same ones over and over."""
        return self._document_refs(document)

    def _document_ref(self, document: Document) -> shapes.DocumentRef:
        return shapes.DocumentRef(
            id=document.key,
            url=self._to.api(links.of_document(document.key)),
            page=self._to.page(document_page(document.key)),
            service=document.service,
            name=document.name,
            title=document.title,
        )

    def version_ref(self, key: str, number: int, text: str) -> shapes.VersionRef:
        """A version, in short."""
        return shapes.VersionRef(
            id=f"{key}/{number}",
            url=self._to.api(links.of_version(key, number)),
            page=self._to.page(version_page(key, number)),
            number=number,
            text=text,
        )

    def document(self, status: DocumentStatus, ledger: Ledger) -> shapes.Document:
        """A document and how its tracking goes."""
        one = status.document
        step = ledger.version(one.key)
        return shapes.Document(
            **dict(self.document_ref(one)),
            variant=one.variant,
            kind=one.kind,
            language=one.language,
            groups=list(one.groups),
            sources=[page.url for page in one.pages],
            vouched_by=one.source,
            opt_out=one.opt_out,
            versions=status.versions,
            versions_url=self._to.api(f"{links.of_document(one.key)}/versions"),
            current=self.version_ref(one.key, step.number, step.text) if step else None,
            last_change=status.last_change,
            tracking=shapes.Tracking.model_validate(status),
        )

    def version(self, document: Document, one: Version, before: Version | None) -> shapes.Version:
        """A version with its proof; `before` is the one that it followed."""
        here = links.of_version(one.document, one.number)
        return shapes.Version(
            **dict(self.version_ref(one.document, one.number, one.text)),
            document=self.document_ref(document),
            kind=one.kind,
            seen_at=one.seen_at,
            confirmed_at=one.confirmed_at,
            returns_to=one.returns_to,
            rules=one.rules,
            text_url=self._to.api(f"{here}/text"),
            markdown_url=self._to.api(f"{here}/text.md"),
            exact_url=self._to.page(text_file(one.text)),
            findings_url=self._to.api(f"{here}/findings"),
            comparison=self._to.page(versions_page(before, one)) if before else None,
            evidence=[self._proof(page) for page in one.evidence],
        )

    def text(self, document: Document, one: Version, text: DocumentText) -> shapes.Text:
        """A text, whole."""
        return shapes.Text(
            id=f"{one.document}/{one.number}",
            url=self._to.api(f"{links.of_version(one.document, one.number)}/text"),
            page=self._to.page(version_page(one.document, one.number)),
            document=self.document_ref(document),
            version=one.number,
            seen_at=one.seen_at,
            sha256=one.text,
            title=text.title,
            language=text.language,
            words=text.words,
            exact_url=self._to.page(text_file(one.text)),
            clauses=[shapes.Clause.model_validate(clause) for clause in text.clauses],
        )

    def finding(self, record: FindingRecord) -> shapes.Finding:
        """A finding of a version."""
        return shapes.Finding(**self._finding(record))

    def standing(self, record: FindingRecord) -> shapes.StandingFinding:
        """A finding with its dates."""
        stand = record.stand
        if stand is None:
            raise ValueError("a finding without its dates")
        return shapes.StandingFinding(
            **self._finding(record),
            since=stand.since,
            first_seen=stand.first_seen,
            category_since=stand.category_since,
        )

    def change(self, record: ChangeRecord) -> shapes.Change:
        """A change with both wordings and where its proof is."""
        one, key = record.change, record.document.key
        judged = one.now or one.before
        taken = record.withdrawn
        return shapes.Change(
            id=f"{record.event}-{record.position + 1}",
            url=self._to.api(links.of_change(record.event, record.position)),
            page=self._to.page(change_page(record.event)),
            event=record.event,
            document=self.document_ref(record.document),
            seen_at=record.seen_at,
            updated_at=record.updated,
            old=self.version_ref(key, record.old, record.old_text),
            new=self.version_ref(key, record.new, record.new_text),
            category=one.category,
            change=one.change,
            matters=one.change.matters,
            severity=one.severity,
            tone=one.tone,
            headline=self._voice.headline(record.document, one),
            rule=one.rule,
            pack=judged.pack if judged else "",
            language=one.language,
            quote=one.quote,
            previous=one.previous,
            reasons=list(one.reasons),
            now=shapes.Reading.model_validate(one.now) if one.now else None,
            before=shapes.Reading.model_validate(one.before) if one.before else None,
            evidence=self._to.page(evidence_file(record.event)),
            withdrawn=shapes.Withdrawn.model_validate(taken) if taken else None,
        )

    def status(
        self, documents: Sequence[Document], ledger: Ledger, at: datetime, categories: Sequence[str] = ()
    ) -> shapes.Status:
        """What the documents of a platform said at a moment; only in `categories`, when any are named."""
        name = documents[0].service
        return shapes.Status(
            **dict(self.service_ref(name)),
            groups=groups(documents),
            read=any(
                ledger.version(one.key, at) and ledger.why_unjudged(one.key, at) is None for one in documents
            ),
            says=[
                position
                for one in documents
                for position in self._positions(one, ledger, at)
                if not categories or position.category in categories
            ],
        )

    def found(self, hit: ClauseHit) -> shapes.FoundClause:
        """A clause that a search found."""
        key, last = hit.document.key, hit.stays[-1].version
        return shapes.FoundClause(
            id=f"{key}/{hit.key}",
            url=self._to.api(f"{links.of_version(key, last)}/text"),
            page=self._clause_page(key, last, hit.key),
            document=self.document_ref(hit.document),
            clause=hit.key,
            path=list(hit.path),
            text=hit.text,
            first_seen=hit.first_seen,
            stands=hit.stands,
            stays=[shapes.Stay.model_validate(stay) for stay in hit.stays],
        )

    def _proof(self, page: Evidence) -> shapes.Proof:
        return shapes.Proof(
            source=page.url,
            final=page.final_url,
            fetched_at=page.fetched_at,
            sha256=page.sha256,
            raw=self._to.page(raw_file(page.sha256)),
            content_type=page.content_type,
            status=page.status,
            saved_by_person=page.saved_by_person,
        )

    def _finding(self, record: FindingRecord) -> dict[str, Any]:
        key, step = record.document.key, record.version
        return {
            **dict(shapes.Reading.model_validate(record.finding)),
            "id": f"{key}/{step.number}/{record.position + 1}",
            "url": self._to.api(links.of_finding(key, step.number, record.position)),
            "page": self._clause_page(key, step.number, record.finding.clause),
            "document": self.document_ref(record.document),
            "version": self.version_ref(key, step.number, step.text),
            "seen_at": step.seen_at,
            "current": record.current,
        }

    def _positions(self, document: Document, ledger: Ledger, at: datetime) -> Iterable[shapes.Position]:
        alike: dict[tuple[str, str], list[Stand]] = defaultdict(list)
        for stand in ledger.stands(document.key, at):
            alike[stand.entry.category, stand.entry.polarity].append(stand)
        for (category, polarity), stands in alike.items():
            lead = min(stands, key=lambda one: one.since)
            said = stance(self._voice, category, polarity)
            yield shapes.Position(
                category=category,
                stance=said.word,
                tone=said.tone,
                polarity=polarity,
                document=self.document_ref(document),
                version=lead.version,
                findings=len(stands),
                category_since=lead.category_since,
                since=lead.since,
                clause=lead.entry.clause,
                clause_page=self._clause_page(document.key, lead.version, lead.entry.clause),
            )

    def _clause_page(self, key: str, version: int, clause: str) -> str:
        return self._to.page(f"{version_page(key, version)}#c-{clause}")


def groups(documents: Iterable[Document]) -> list[str]:
    """The kinds of platform that any of them names."""
    return sorted({group for document in documents for group in document.groups})
