"""Telling readers when a platform that they follow has been unreadable for a week, and when it is back."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from watcher.alerts.wants import follows
from watcher.model.folding import digest
from watcher.model.note import Outage
from watcher.model.report import DocumentStatus
from watcher.store import Store

if TYPE_CHECKING:
    from watcher.settings import Settings

SILENT_AFTER = timedelta(days=7)


def look(settings: "Settings", store: Store, now: datetime) -> None:
    """Begin and end outages as the checks went, with a notice for each follower.

    A platform is silent when none of its documents could be read for a week, and back as soon as one can be. One that
    fails among others is the operator's business.
    """
    platforms = _platforms(settings, store)
    lasting = {one.service: one for one in store.outages.lasting()}
    for service, outage in lasting.items():
        documents = platforms.get(service, ())
        if not documents or any(_read_since(one, outage.since) for one in documents):
            store.outages.end(outage, now, tell=bool(documents))
    for service, documents in platforms.items():
        since = _silent_since(documents)
        if service not in lasting and since is not None and now - since >= SILENT_AFTER:
            # It may have been silent since then once before, and left the config in between.
            outage = Outage(digest(f"{service}\n{since.isoformat()}\n{now.isoformat()}")[:16], service, since)
            store.outages.begin(outage, _followers(store, documents), now)


def _platforms(settings: "Settings", store: Store) -> dict[str, tuple[DocumentStatus, ...]]:
    """Of each watched platform those terms that were ever looked at.

    What it tells machines can often be read when its terms cannot, which is no comfort to their readers.
    """
    watched = {one.key: one for one in settings.documents}
    platforms: dict[str, tuple[DocumentStatus, ...]] = {}
    for status in store.reports.statuses():
        document = watched.get(status.document.key)
        if document is not None and document.kind == "terms" and status.last_check is not None:
            platforms[document.service] = (*platforms.get(document.service, ()), status)
    return platforms


def _silent_since(documents: Sequence[DocumentStatus]) -> datetime | None:
    """Since when none could be read; None while one can."""
    since = [one.failing_since for one in documents if one.failures]
    if len(since) < len(documents):
        return None
    return max((at for at in since if at is not None), default=None)


def _read_since(status: DocumentStatus, since: datetime) -> bool:
    return not status.failures and status.last_good is not None and status.last_good > since


def _followers(store: Store, documents: Sequence[DocumentStatus]) -> Iterable[str]:
    return [
        one.id
        for one in store.subscribers.all()
        if any(follows(one, status.document) for status in documents)
    ]
