"""The whole story of one check, top to bottom.

Fetch the pages, from where they stand now; read them by the document's kind; fetch them again through a browser when
they are shells that only a browser fills; refuse them when they are not the document; see whether the text is new;
compare, judge; record the version with what it says, its event and who is to hear of it in one transaction.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from watcher.diff import compare
from watcher.errors import FetchError
from watcher.model.alert import Event, Notice
from watcher.model.fetched import Fetched
from watcher.model.finding import Judgement
from watcher.model.source import Document
from watcher.model.text import DocumentText
from watcher.model.version import Doubt, KnownPage, Quarantined, QuarantineState, Reading, VersionKind
from watcher.pipeline.desk import Checked, Desk, Outcome
from watcher.pipeline.hubs import hub_news, not_there_before
from watcher.pipeline.moves import come, learn
from watcher.pipeline.news import news
from watcher.pipeline.pages import evidence, filled, know, settled
from watcher.pipeline.returns import settle_return
from watcher.pipeline.texts import first_seen, heard_before, next_version, reading_of, standing_text
from watcher.store import Archive


async def check(document: Document, desk: Desk) -> Checked:
    """Check one document once. Problems with the page or the network are results, not exceptions."""
    archive, at = desk.store.archive, desk.now()
    known = archive.pages(document.key)
    standing = archive.latest(document.key)

    def stands() -> DocumentText | None:
        return standing_text(document, standing, archive) if standing else None

    try:
        document, answers, sightings = await come(document, known, desk, stands)
    except FetchError as error:
        archive.failed(document.key, at=at, reason=error.reason, detail=error.what)
        return Checked(document, Outcome.FAILED, reason=error.reason, detail=error.what, retry=error.retry)

    today = reading_of(document)
    pages = tuple(
        know(document, page, one, known, today) for page, one in zip(document.pages, answers, strict=True)
    )
    if [(page.glance, today) for page in pages] == [(page.glance, page.reading) for page in known]:
        archive.unchanged(document.key, at=at, pages=settled(pages, known), known=known, fetched=answers)
        sightings += learn(document, answers, known, desk, stood=True)
        event = settle_return(document, desk, at)
        return Checked(document, Outcome.UNCHANGED, event=event, sightings=sightings)

    fetched = filled(answers, pages, archive)
    before = stands()
    reading = await desk.read(document, fetched, before)
    if reading.verdict.doubt is Doubt.SHELL:
        if desk.browser is not None and not all(page.javascript for page in document.pages):
            return await check(document, replace(desk, pages=desk.browser, browser=None))
        reading = _advised(reading, desk.no_browser)
    sighted = first_seen(document, reading, archive) if reading.verdict.waits else None
    if reading.text is None or (reading.verdict.doubt and sighted is None):
        return replace(_refuse(document, reading, fetched, at, archive), sightings=sightings)

    sightings += learn(document, answers, known, desk, stood=standing is not None)
    if before is not None and reading.text.digest == before.digest:
        archive.unchanged(document.key, at=at, pages=settled(pages, known), known=known, fetched=fetched)
        event = settle_return(document, desk, at)
        return Checked(document, Outcome.UNCHANGED, event=event, sightings=sightings)

    checked = take(
        document,
        reading.text,
        fetched,
        desk,
        at=at,
        seen_at=sighted or fetched[0].fetched_at,
        confirmed_at=at if sighted else None,
        known=pages,
        before=before,
    )
    return replace(checked, sightings=sightings + checked.sightings)


def take(
    document: Document,
    text: DocumentText,
    fetched: Sequence[Fetched],
    desk: Desk,
    *,
    at: datetime,
    seen_at: datetime,
    confirmed_at: datetime | None = None,
    known: Sequence[KnownPage] = (),
    before: DocumentText | None = None,
    saved_by_person: bool = False,
) -> Checked:
    """Take a text for the document's new version: compare it with the one that stands, judge, record, announce.

    `known` may hold what is known of the same pages already, and `before` the standing text.
    """
    archive = desk.store.archive
    standing = archive.latest(document.key) or not_there_before(document, desk)
    if before is None and standing is not None:
        before = standing_text(document, standing, archive)
    version = next_version(document, text, fetched, archive, standing=standing, before=before)
    proof = evidence(fetched, saved_by_person=saved_by_person)
    version = replace(version, seen_at=seen_at, confirmed_at=confirmed_at, evidence=proof)
    judgement, event, notices = Judgement(), None, tuple[Notice, ...]()
    sightings, moves = (
        hub_news(document, before, text, desk, seen_at) if document.kind == "hub" and before else ((), ())
    )
    if version.kind is VersionKind.CHANGED and standing is not None and before is not None:
        comparison = compare(before, text)
        judgement = desk.judge(
            comparison, service=document.service, known=heard_before(document, standing, archive)
        )
        version = replace(version, rules=judgement.rules)
        changes = news(document, judgement, archive)
        if changes:
            event = Event(
                document, standing.number, version.number, before.digest, version.text, seen_at, changes
            )
            notices = tuple(desk.announce(event))
    known_text = desk.store.findings.read(version.text)
    archive.record(
        version,
        at=at,
        text=text,
        before=before,
        pages=tuple(
            know(document, page, one, known, reading_of(document))
            for page, one in zip(document.pages, fetched, strict=True)
        ),
        fetched=fetched,
        says=None if desk.says is None or known_text else desk.says(text, service=document.service),
        event=event,
        notices=notices,
        sightings=sightings,
        moves=moves,
    )
    outcome = Outcome(version.kind.value)
    return Checked(document, outcome, version, event, unjudged=judgement.unjudged, sightings=sightings)


def _advised(reading: Reading, advice: str) -> Reading:
    detail = f"{reading.verdict.detail} {advice}".strip()
    return replace(reading, verdict=replace(reading.verdict, detail=detail))


def _refuse(
    document: Document, reading: Reading, fetched: Sequence[Fetched], at: datetime, archive: Archive
) -> Checked:
    verdict = reading.verdict
    if verdict.doubt is None:
        raise ValueError(f"a reading of {document.key} has neither text nor doubt")
    waiting = verdict.waits and reading.text is not None
    state = QuarantineState.WAITING if waiting else QuarantineState.REFUSED
    archive.refused(
        document.key,
        Quarantined(document.key, at, verdict.doubt, verdict.detail, evidence(fetched), state=state),
        fetched=fetched,
        text=reading.text,
    )
    return Checked(
        document,
        Outcome.WAITING if waiting else Outcome.REFUSED,
        reason=verdict.doubt.value,
        detail=verdict.detail,
        retry=True,
    )
