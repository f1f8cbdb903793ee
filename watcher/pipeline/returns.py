"""A text that came back and stayed."""

from dataclasses import replace
from datetime import datetime, timedelta

from watcher.diff import compare
from watcher.model.alert import Event, Notice
from watcher.model.source import Document
from watcher.pipeline.desk import Desk
from watcher.pipeline.news import news

# Servers that are being updated show two texts in turn for hours, some for days. What stays longer was taken back.
STAYS_AFTER = timedelta(days=3)


def settle_return(document: Document, desk: Desk, at: datetime) -> Event | None:
    """Judge a return once it has stood for three days, and tell what it takes back or restores.

    A return itself is told to nobody, because pages that alternate would be told of again and again; nothing that was
    told of this document before is told now.
    """
    archive = desk.store.archive
    version = archive.unjudged_return(document.key)
    if version is None or at - version.seen_at < STAYS_AFTER:
        return None
    before = next(one for one in archive.versions(document.key) if one.number == version.number - 1)
    old, new = archive.text(before.text), archive.text(version.text)
    comparison = compare(old, new)
    judgement = desk.judge(comparison, service=document.service, known=lambda _: False)
    changes = news(document, judgement, archive)
    event, notices = None, tuple[Notice, ...]()
    if changes:
        event = Event(
            document, before.number, version.number, before.text, version.text, version.seen_at, changes
        )
        notices = tuple(desk.announce(event))
    archive.judged(replace(version, rules=judgement.rules or "none"), event, notices)
    return event
