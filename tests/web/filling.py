"""Versions and changes of made-up platforms, put into a real store."""

from datetime import datetime, timedelta

from tests.web.conftest import LUMALIA, NOW, WAVECREST
from watcher.model.alert import Event
from watcher.model.fetched import Fetched
from watcher.model.finding import Change, ChangeKind, Cue, Finding
from watcher.model.source import Document
from watcher.model.standing import Says
from watcher.model.text import Clause, DocumentText
from watcher.model.version import Evidence, KnownPage, Version, VersionKind
from watcher.store import Store

HOST = "You allow us to store and show what you upload so that we can run the service."
TRAIN = "You allow us to store and show what you upload, and to train machine learning models with it."
PARTNERS = "We may share recordings with research partners who build generative music systems."
RIGHTS = "You keep all rights in what you upload."
DAY = timedelta(days=1)


def text(*lines: str, language: str = "en", title: str = "Terms") -> DocumentText:
    """A text from lines: `## heading` or a paragraph."""
    path, clauses = (), []
    for line in lines:
        if line.startswith("## "):
            path = (line[3:],)
            clauses.append(Clause("heading", line[3:], line[3:], (), level=2))
        else:
            clauses.append(Clause("paragraph", line, line, path))
    return DocumentText(title, language, tuple(clauses))


def finding(category: str, quote: str, cue: str = "", severity: str = "high") -> Finding:
    at = quote.index(cue) if cue else 0
    return Finding(
        category,
        f"en-{category.replace('_', '-')}-1",
        "ai-en 3",
        severity,
        quote,
        "en",
        (Cue(at, at + len(cue), "training"),) if cue else (),
        clause=Clause("paragraph", quote, "").key,
        actor="provider",
        objects=("content",),
    )


def change(
    kind: str, now: Finding | None, before: Finding | None = None, previous: str | None = None
) -> Change:
    told = now or before
    return Change(
        told.category,
        ChangeKind(kind),
        told.severity,
        told.rule,
        told.quote,
        previous,
        "en",
        now=now,
        before=before,
    )


def add(
    store: Store,
    document: Document,
    words: DocumentText,
    at: datetime,
    *,
    changes: tuple[Change, ...] = (),
    says: tuple[Finding, ...] = (),
    body: bytes | None = None,
    headers: tuple[tuple[str, str], ...] = (
        ("content-type", "text/html; charset=utf-8"),
        ("server", "made-up"),
    ),
    answered: bool = True,
    had_at: datetime | None = None,
) -> Event | None:
    """The next version of a document, as the pipeline records one."""
    before = store.archive.latest(document.key)
    number = before.number + 1 if before else 1
    url = document.pages[0].url
    page = Fetched(
        url,
        url,
        200,
        headers,
        body or f"<html>{words.markdown}</html>".encode(),
        had_at or at,
        answered=answered,
    )
    proof = Evidence(url, url, at, page.sha256, "text/html; charset=utf-8")
    kind = VersionKind.CHANGED if before else VersionKind.FIRST
    event = None
    if before and changes:
        event = Event(document, before.number, number, before.text, words.digest, at, changes)
    store.archive.record(
        Version(document.key, number, kind, at, words.digest, "read 1", "s", (proof,), rules="ai-en 3"),
        at=at,
        text=words,
        before=None,
        pages=[KnownPage(url, url, page.validators, "text/html", page.sha256, "glance")],
        fetched=[page],
        event=event,
        says=Says(says, "ai-en 3"),
    )
    return event


def fill(store: Store) -> Event:
    """Two platforms; Wavecrest begins to train and then shares with partners. The event of the first change."""
    start = NOW - 60 * DAY
    grant = finding("training_grant", TRAIN, "train", "critical")
    add(store, WAVECREST, text("## Your content", RIGHTS, HOST, "## Law", "Irish law applies."), start)
    event = add(
        store,
        WAVECREST,
        text("## Your content", RIGHTS, TRAIN, "## Law", "Irish law applies."),
        start + 10 * DAY,
        changes=(change("introduced", grant, previous=HOST),),
        says=(grant,),
    )
    share = finding("third_party_training", PARTNERS, "generative music systems")
    add(
        store,
        WAVECREST,
        text("## Your content", RIGHTS, TRAIN, PARTNERS, "## Law", "Irish law applies."),
        start + 20 * DAY,
        changes=(change("introduced", share),),
        says=(grant, share),
    )
    ban = finding(
        "training_restriction", "You may not train machine learning models with Lumalia.", "train", "medium"
    )
    add(store, LUMALIA, text("Be kind.", ban.quote, RIGHTS), start + 5 * DAY, says=(ban,))
    add(
        store,
        LUMALIA,
        text("Be kind.", RIGHTS),
        start + 30 * DAY,
        changes=(change("removed", None, ban),),
    )
    assert event is not None
    return event
