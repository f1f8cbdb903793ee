"""The operator's note: written when there is something new, at most once a day, and at once for what waits for her."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from watcher.alerts import Links, addressed, note
from watcher.alerts.rhythm import next_digest, zone
from watcher.model.alert import Subscriber
from watcher.model.folding import digest
from watcher.model.note import Fact, Topic
from watcher.model.report import DocumentStatus
from watcher.model.version import Doubt
from watcher.signing import Signer
from watcher.store import Store

if TYPE_CHECKING:
    from watcher.settings import Settings

HOUR = 8
_ONCE: frozenset[Topic] = frozenset({"held", "reading", "listed", "hub"})
"""Topics of which the end is no news."""
_AT_ONCE: frozenset[Topic] = frozenset({"held", "listed"})
"""Topics that do not wait for the daily note."""
_LATELY = timedelta(days=30)
"""What a legal hub showed longer ago is no news for an operator who asks for notes only now."""
_TWICE = 2
"""What fails to come once may come the next time; it is told when it failed twice in a row."""

Source = Callable[["Settings", Store, datetime], Iterable[Fact]]


def write(settings: "Settings", store: Store, signer: Signer, now: datetime) -> bool:
    """Put a note into the outbox if one is due; whether it was. Without `mail.operator` nothing is written."""
    if not settings.mail.operator:
        return False
    facts = {(one.topic, one.key): one for source in SOURCES for one in source(settings, store, now)}
    standing = store.facts.standing()
    new = [one for key, one in facts.items() if key not in standing]
    over = [key for key in standing if key not in facts and key[0] not in _ONCE]
    # A document that fails for another reason now is not well again.
    ill = {_subject(key) for key in facts}
    well = [standing[key] for key in over if _subject(key) not in ill]
    operator = Subscriber(
        settings.mail.operator,
        settings.mail.operator_language,
        rhythm="daily",
        hour=HOUR,
        timezone=settings.timezone,
    )
    last = store.facts.last()
    waits = any(one.topic in _AT_ONCE for one in new)
    if not (waits or last is None or next_digest(operator, last) <= now):
        return False
    if not new and not well:
        if over:
            store.facts.tell((), over, now)
        return False
    # A note has no reader's links: it is no subscription.
    links = Links(settings.site.base_url, signer)
    day = now.astimezone(zone(settings.timezone))
    body = note(new, list(dict.fromkeys(well)), operator.language, links, day=day)
    about = digest("\n".join([now.isoformat(), *(f"{one.topic} {one.key}" for one in new), *well]))[:16]
    letter = addressed(
        body,
        operator,
        about=about,
        kind="operator",
        options=settings.mail,
        links=Links("", signer),
        written_at=now,
    )
    store.facts.tell(new, over, now, letter, body)
    return True


def _subject(key: tuple[str, str]) -> str:
    """What a key is about: a document's key, without the reason behind it."""
    return key[1].partition(" ")[0]


def documents(settings: "Settings", store: Store, _now: datetime) -> Iterator[Fact]:
    """Documents that fail, were refused, lost their selectors, or stand at another address."""
    watched = {one.key for one in settings.documents}
    doubts = {str(one) for one in Doubt}
    for status in store.reports.statuses():
        if status.document.key not in watched:
            continue
        if status.failures:
            refused = status.reason in doubts
            if refused or status.failures >= _TWICE:
                yield _failing(status, store, refused=refused)
            continue
        for page in store.archive.pages(status.document.key):
            if _moved(page.url, page.final_url):
                yield Fact(
                    "moved",
                    f"{status.document.key} {page.final_url}",
                    status.document.title,
                    detail=f"{page.url} → {page.final_url}",
                )


def _failing(status: DocumentStatus, store: Store, *, refused: bool) -> Fact:
    document = status.document
    topic: Topic = (
        "selectors" if status.reason == Doubt.SELECTORS else "quarantined" if refused else "failing"
    )
    commands: tuple[str, ...] = ()
    kept = store.archive.quarantined(document.key) if refused else ()
    if topic == "selectors" and kept:
        commands = (
            f"watcher quarantine raw {kept[-1].id}",
            "watcher extract PAGE --select CSS",
        )
    elif kept:
        commands = (f"watcher quarantine show {kept[-1].id}", f"watcher quarantine accept {kept[-1].id}")
    return Fact(
        topic, f"{document.key} {status.reason}", document.title, status.reason, status.detail, commands
    )


def held(_settings: "Settings", store: Store, now: datetime) -> Iterator[Fact]:
    """Alerts that wait for the operator's look."""
    for one in store.notices.held(now):
        yield Fact(
            "held",
            one.event.id,
            one.event.document.title,
            count=one.readers,
            at=one.until,
            commands=(f"watcher held release {one.event.id}", f"watcher held stop {one.event.id}"),
        )


def letters(settings: "Settings", store: Store, _now: datetime) -> Iterator[Fact]:
    """Letters that were given up, by how many; whose they are stays in the outbox."""
    given_up = store.outbox.counts(asked=False).failed
    if given_up:
        yield Fact(
            "letters", f"given-up {given_up}", "outbox", count=given_up, commands=("watcher outbox list",)
        )


def readings(_settings: "Settings", store: Store, _now: datetime) -> Iterator[Fact]:
    """What readers call wrong, and nobody has decided about."""
    for one in store.wrong_readings.listed():
        event = store.reports.event(one.event)
        yield Fact(
            "reading",
            str(one.number),
            event.document.title if event else one.event,
            detail=one.note,
            commands=(
                "watcher wrong list",
                f"watcher wrong withdraw {one.number} --note TEXT",
                f"watcher wrong dismiss {one.number}",
            ),
        )


def listed(settings: "Settings", store: Store, now: datetime) -> Iterator[Fact]:
    """Documents that appeared on a legal hub, moved there or are gone; pages that moved are among `documents`."""
    watched = {one.service for one in settings.documents}
    for one in store.sightings.all():
        if one.kind == "page_moved" or one.service not in watched or now - one.at > _LATELY:
            continue
        follow = (f'watcher suggest --service "{one.service}"',) if one.kind != "document_gone" else ()
        addresses = f"{one.before} → {one.url}" if one.before else one.url
        yield Fact(
            "listed", f"{one.document} {one.id}", f"{one.service}: {one.title}", one.kind, addresses, follow
        )


SOURCES: tuple[Source, ...] = (held, readings, listed, documents, letters)
"""Where facts come from; news of other watchers joins here, as a source of its own."""


def _moved(asked: str, answered: str) -> bool:
    """Whether a page answers at another place, not counting https, www, a slash at the end, and what follows a `?`."""
    return bool(answered) and _place(asked) != _place(answered)


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/").casefold()
